//! Other people's documents in, how much code an operation of theirs is out: what is generated is read,
//! compiled and stepped through, so its length is held.

use std::fs;
use std::path::Path;

use tamarack::Input;
use tamarack::strict::Mode;
use tamarack_tests::{one, shared};

/// The lines of an operation with everything that belongs to it, and those outside of the types.
const MOST: usize = 160;
const MOST_OUTSIDE_TYPES: usize = 80;

/// Returns the lines of all files, those outside of the types, and the operations.
fn measured(path: &Path) -> (usize, usize, usize) {
    let content = fs::read_to_string(path).expect("a document");
    let files = one::generate(&Input::new("api.yaml", content), Mode::Lenient).files;
    let all = files.values().map(|text| text.lines().count()).sum();
    let types = files["types.rs"].lines().count();
    let n_operations = files["operations.rs"].matches("\ndeclared_errors! {\n").count();
    (all, all - types, n_operations)
}

#[test]
fn an_operation_is_not_much_code() {
    let Some(corpus) = shared::folder("corpus/pinecone") else { return };
    let (mut all, mut outside, mut n_operations) = (0, 0, 0);
    for version in fs::read_dir(corpus).expect("a folder").flatten() {
        for document in fs::read_dir(version.path()).into_iter().flatten().flatten() {
            // A document of one operation has as much around it as one of many.
            let (lines, other, n) = measured(&document.path());
            if n >= 10 {
                (all, outside, n_operations) = (all + lines, outside + other, n_operations + n);
            }
        }
    }
    let of_one = |lines: usize| lines / n_operations;
    println!(
        "{n_operations} operations: {} lines each, {} outside of the types",
        of_one(all),
        of_one(outside)
    );
    assert!(n_operations > 100, "{n_operations}");
    assert!(of_one(all) <= MOST, "{}", of_one(all));
    assert!(of_one(outside) <= MOST_OUTSIDE_TYPES, "{}", of_one(outside));
}
