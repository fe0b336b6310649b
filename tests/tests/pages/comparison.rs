//! `docs/compare.md`: each row in which Tamarack claims something names a file, a test or a command that exists.

use std::fs;

use tamarack_tests::specs::root;

use crate::markdown::Page;

/// Returns the fault of what is said to show a row.
fn fault(shown_by: &str) -> Option<String> {
    if let Some(command) = shown_by.strip_prefix("cargo xtask ") {
        let xtask = fs::read_to_string(root().join("xtask/src/main.rs")).expect("a source");
        let mut variant = command.to_owned();
        variant[..1].make_ascii_uppercase();
        let is_there = xtask.lines().any(|it| it.starts_with(&format!("    {variant}")));
        return (!is_there).then(|| format!("no command `{command}`"));
    }
    let (path, test) = shown_by.split_once("::").map_or((shown_by, None), |(a, b)| (a, Some(b)));
    let Ok(source) = fs::read_to_string(root().join(path)) else {
        return Some(format!("no file {path}"));
    };
    let test = test?;
    let is_there =
        [format!("fn {test}("), format!("fn {test}<")].iter().any(|it| source.contains(it));
    (!is_there).then(|| format!("{path} has no test `{test}`"))
}

#[test]
fn each_claim_is_shown_by_something_that_exists() {
    let page = Page::read("docs/compare.md");
    let table = page.text.lines().filter(|it| it.starts_with('|')).skip(2);
    let mut n_claims = 0;
    for row in table {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [what, ours, .., shown_by] = cells[..] else { panic!("{row}") };
        assert_eq!(cells.len(), 8, "{row}");
        if ours == "no" {
            assert_eq!(shown_by, "", "{what}: nothing to show");
            continue;
        }
        let names: Vec<&str> = shown_by.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "{what}: nothing shows it");
        for name in names {
            assert_eq!(fault(name), None, "{what}");
        }
        n_claims += 1;
    }
    assert!(n_claims > 20, "{n_claims}");
}

#[test]
fn a_claim_without_a_test_is_found() {
    for (name, is_fine) in [
        ("docs/compare.md", true),
        ("docs/compared.md", false),
        ("tests/tests/pages/comparison.rs::a_claim_without_a_test_is_found", true),
        ("tests/tests/pages/comparison.rs::a_claim_that_is", false),
        ("cargo xtask corpus", true),
        ("cargo xtask corpse", false),
    ] {
        assert_eq!(fault(name).is_none(), is_fine, "{name}");
    }
}
