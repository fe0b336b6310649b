//! What is generated is what the generator writes today, and a difference is named, whatever it is.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tamarack::sync;
use tamarack_tests::specs::{self, CLIENTS, COMMAND, GOLDENS, TOP_LEVEL};

#[test]
fn generated_is_up_to_date() {
    for target in [CLIENTS, GOLDENS] {
        let folder = specs::root().join(target.out);
        assert_eq!(complaint(&specs::files(target), &folder), "");
    }
}

#[test]
fn a_touched_a_deleted_and_an_added_file_are_each_named() {
    let files = specs::files(CLIENTS);
    let dir = fresh_copy("stale", &files);
    assert_eq!(complaint(&files, &dir), "");

    let touched = dir.join("src/lib.rs");
    let text = fs::read_to_string(&touched).expect("a file");
    fs::write(&touched, format!("{text}// by hand\n")).expect("a file");
    fs::remove_file(dir.join("src/plainid/mod.rs")).expect("a file goes away");
    fs::write(dir.join("src/plainid/old.rs"), "// @generated\n").expect("a file");
    assert_eq!(
        complaint(&files, &dir).replace(&dir.display().to_string(), "generated"),
        "\
modified: generated/src/lib.rs
  @@ -27,2 +27 @@
   pub use tamarack_runtime as runtime;
  -// by hand
new: generated/src/plainid/mod.rs
orphan: generated/src/plainid/old.rs
generated/ is stale: 1 modified, 1 new, 1 orphan; run `cargo xtask codegen`
"
    );
}

#[test]
fn a_file_that_somebody_added_is_named_and_not_called_stale() {
    let files = specs::files(CLIENTS);
    let dir = fresh_copy("foreign", &files);
    fs::write(dir.join("src/mine.rs"), "fn mine() {}\n").expect("a file");
    let error = sync::plan(&files, &dir, &TOP_LEVEL).expect_err("nobody's work is deleted");
    assert!(error.to_string().contains("src/mine.rs` would be overwritten or deleted"), "{error}");
}

#[test]
fn every_single_file_is_compared() {
    let files = specs::files(CLIENTS);
    let dir = fresh_copy("each", &files);
    for (path, text) in &files {
        fs::write(dir.join(path), format!("{text}\n")).expect("a file");
        let changes = sync::plan(&files, &dir, &TOP_LEVEL).expect("the folder can be read");
        assert_eq!(changes.modified.iter().collect::<Vec<_>>(), [path]);
        fs::write(dir.join(path), text).expect("a file");
    }
}

/// Returns what `--check` prints; nothing when all is as it should be.
fn complaint(files: &BTreeMap<String, String>, dir: &Path) -> String {
    let changes = sync::plan(files, dir, &TOP_LEVEL).expect("the folder can be read");
    if changes.is_empty() { String::new() } else { sync::check(files, dir, &changes, COMMAND) }
}

/// Returns a folder of this test's own that holds the files.
fn fresh_copy(name: &str, files: &BTreeMap<String, String>) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("staleness").join(name);
    if dir.exists() {
        fs::remove_dir_all(&dir).expect("an old folder goes away");
    }
    for (path, text) in files {
        let path = dir.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    dir
}
