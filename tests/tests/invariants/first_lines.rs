//! Every Rust file begins with its documentation.

use std::fs;

use tamarack_tests::sources::rust_files;
use tamarack_tests::specs;

#[test]
fn every_file_begins_with_its_documentation() {
    let mut without = Vec::new();
    for (folder, least) in [
        ("cli/src", 5),
        ("cli/tests", 5),
        ("conformance", 15),
        ("diff/src", 50),
        ("diff/tests", 5),
        ("generator/src", 50),
        ("generator/tests", 5),
        ("runtime/src", 10),
        ("xtask/src", 2),
        ("tests/src", 5),
        ("tests/tests", 5),
        ("tests/fuzz", 20),
        ("tests/reader", 20),
        ("tests/witness", 5),
        ("examples", 1),
        ("generated/src", 30),
        ("fuzz", 5),
        ("bench", 20),
    ] {
        let files = rust_files(&specs::root().join(folder));
        assert!(files.len() >= least, "{folder} has {} files", files.len());
        for path in files {
            let text = fs::read_to_string(&path).expect("a text");
            let first = text.lines().next().unwrap_or_default();
            if first.strip_prefix("//! ").is_none_or(|it| it.trim().is_empty()) {
                without.push(path);
            }
        }
    }
    assert!(without.is_empty(), "{without:#?}");
}
