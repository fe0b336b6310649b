//! Each block of Rust on a page is compiled somewhere, and each block of data is parsed.

use std::fs;
use std::path::Path;

use tamarack_tests::fences::{Block, blocks};
use tamarack_tests::specs::root;

use crate::markdown::{Page, pages};

/// Pages whose blocks of Rust are doctests, unless they say `ignore`, each with what includes it.
const DOCTESTS: [(&str, &str); 2] =
    [("README.md", "tests/src/lib.rs"), ("conformance/README.md", "conformance/src/lib.rs")];

/// Folders with programs that are compiled with the workspace and have what the other blocks show.
const PROGRAMS: [&str; 2] = ["examples", "tests/tests/pages/shown"];

/// Languages that are no code.
const PROSE: [&str; 2] = ["text", ""];

/// Returns the lines of a text that have something to say, whatever the spaces in them.
fn lines(text: &str) -> Vec<String> {
    let lines = text.lines().map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|it| !it.is_empty()).collect()
}

/// Returns the sources in a folder.
fn sources(folder: &Path, acc: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let path = entry.path();
        if entry.file_type().expect("a type").is_dir() {
            if entry.file_name() != "target" {
                sources(&path, acc);
            }
        } else if path.extension().is_some_and(|it| it == "rs") {
            acc.push(fs::read_to_string(path).expect("a text"));
        }
    }
}

/// Returns whether the lines of a block stand in a source, one after the other.
fn is_in(block: &Block<'_>, source: &str) -> bool {
    let (wanted, there) = (lines(block.text), lines(source));
    !wanted.is_empty() && there.windows(wanted.len()).any(|it| it == wanted)
}

fn is_doctest(page: &Page, block: &Block<'_>) -> bool {
    !block.info.contains("ignore") && DOCTESTS.iter().any(|(path, _)| *path == page.path)
}

#[test]
fn each_block_of_rust_is_compiled() {
    let mut programs = Vec::new();
    for folder in PROGRAMS {
        sources(&root().join(folder), &mut programs);
    }
    let (mut missing, mut n_blocks) = (Vec::new(), 0);
    for page in pages().iter().filter(|it| !it.is_generated()) {
        for block in blocks(&page.text).iter().filter(|it| it.language() == "rust") {
            n_blocks += 1;
            if !is_doctest(page, block) && !programs.iter().any(|it| is_in(block, it)) {
                missing.push(format!("{}:{}\n{}", page.path, block.line, block.text));
            }
        }
    }
    assert!(missing.is_empty(), "not in {PROGRAMS:?}:\n{}", missing.join("\n"));
    assert!(n_blocks > 20, "{n_blocks}");
}

#[test]
fn a_page_of_doctests_is_included_by_a_crate() {
    for (page, source) in DOCTESTS {
        let text = fs::read_to_string(root().join(source)).expect("a source");
        let name = if page == "README.md" { "../../README.md" } else { "../README.md" };
        let included = format!("#[doc = include_str!(\"{name}\")]");
        assert!(text.contains(&included), "{source} does not include {page}");
    }
}

#[test]
fn each_block_of_data_is_parsed() {
    let mut n_blocks = 0;
    for page in pages().iter().filter(|it| !it.is_generated()) {
        for block in blocks(&page.text) {
            let text = block.plain();
            let fault = match block.language() {
                "toml" => toml::from_str::<toml::Table>(&text).err().map(|it| it.to_string()),
                "yaml" => {
                    serde_yaml::from_str::<serde_yaml::Value>(&text).err().map(|it| it.to_string())
                }
                "json" => {
                    serde_json::from_str::<serde_json::Value>(&text).err().map(|it| it.to_string())
                }
                // Those have tests of their own, the last one in `cli/tests/commands/typed.rs`.
                "rust" | "sh" => continue,
                other => {
                    assert!(PROSE.contains(&other), "{}:{}: `{other}`", page.path, block.line);
                    continue;
                }
            };
            n_blocks += 1;
            assert_eq!(fault, None, "{}:{}", page.path, block.line);
        }
    }
    assert!(n_blocks > 20, "{n_blocks}");
}
