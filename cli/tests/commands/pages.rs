//! The generated pages of `docs/` with codes and messages are up to date.

use std::fs;
use std::path::{Path, PathBuf};

use tamarack::{codes, pages};

const COMMAND: &str = "cargo xtask codegen";

fn package() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_page_of_codes_is_up_to_date() {
    let page = read(&package().join("../docs/diagnostics.md"));
    assert!(page == pages::diagnostics(COMMAND), "docs/diagnostics.md is stale; run `{COMMAND}`");
    for (code, sentence) in codes::ALL {
        assert!(page.contains(&format!("### {}\n\n{sentence}\n", code.0)), "{}", code.0);
    }
}

#[test]
fn the_page_of_mutations_shows_what_the_tests_print() {
    let tests = package().join("tests");
    let printed = |name: &str| {
        Ok::<_, ()>(read(
            &tests.join(format!("commands/snapshots/commands__mutations__{name}.snap")),
        ))
    };
    let template = read(&tests.join("mutations.md"));
    let wanted = pages::with_printed(&template, COMMAND, printed).expect("no snapshot fails");
    let page = read(&package().join("../docs/mutations.md"));
    assert!(page == wanted, "docs/mutations.md is stale; run `{COMMAND}`");
    assert_eq!(page.matches("\n$ tamarack generate -> ").count(), 12);
}
