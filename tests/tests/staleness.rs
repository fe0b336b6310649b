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
fn the_pages_of_changes_are_up_to_date() {
    let folder = specs::root().join("docs/changes");
    assert_eq!(complaint_about_pages(&specs::pages(), &folder), "");
}

#[test]
fn a_touched_a_deleted_and_an_added_page_are_each_named() {
    let pages = specs::pages();
    let dir = fresh_copy("pages", &pages);
    assert_eq!(complaint_about_pages(&pages, &dir), "");

    let touched = dir.join("README.md");
    let text = fs::read_to_string(&touched).expect("a page");
    fs::write(&touched, format!("{text}by hand\n")).expect("a page");
    fs::remove_file(dir.join("pinecone/oauth/2025-10--2026-04.md")).expect("a page goes away");
    fs::create_dir_all(dir.join("acme")).expect("a folder");
    fs::write(dir.join("acme/1--2.md"), "<!-- @generated -->\n").expect("a page");
    let complaint = complaint_about_pages(&pages, &dir);
    let complaint = complaint.replace(&dir.display().to_string(), "docs/changes");
    let lines: Vec<_> = complaint.lines().filter(|it| !it.starts_with(' ')).collect();
    assert_eq!(
        lines,
        [
            "modified: docs/changes/README.md",
            "new: docs/changes/pinecone/oauth/2025-10--2026-04.md",
            "orphan: docs/changes/acme/1--2.md",
            "docs/changes/ is stale: 1 modified, 1 new, 1 orphan; run `cargo xtask codegen`",
        ]
    );

    let changes = sync::plan_whole(&pages, &dir).expect("the folder can be read");
    sync::apply(&pages, &dir, &changes).expect("the pages are written");
    assert_eq!(complaint_about_pages(&pages, &dir), "");
    assert!(!dir.join("acme").exists());
}

#[test]
fn a_page_that_somebody_wrote_is_never_overwritten() {
    let pages = specs::pages();
    let dir = fresh_copy("own-page", &pages);
    fs::write(dir.join("notes.md"), "# Ours\n").expect("a page");
    let error = sync::plan_whole(&pages, &dir).expect_err("nobody's work is deleted");
    assert!(error.to_string().contains("notes.md` would be overwritten or deleted"), "{error}");
}

#[test]
fn each_two_versions_that_follow_each_other_have_a_page() {
    let pages = specs::pages();
    let paths: Vec<_> = pages.keys().map(String::as_str).collect();
    // Past the pre-release as well as to it and from it.
    assert_eq!(
        paths,
        [
            "README.md",
            "pinecone/oauth/2025-04--2025-10.md",
            "pinecone/oauth/2025-10--2026-01.alpha.md",
            "pinecone/oauth/2025-10--2026-04.md",
            "pinecone/oauth/2026-01.alpha--2026-04.md",
        ]
    );
    for path in &paths[1..] {
        assert!(pages["README.md"].contains(&format!("({path})")), "no link to {path}");
        assert!(pages[*path].contains("`specs/pinecone/"), "{path} tells no place");
    }
    let root = specs::root().display().to_string();
    assert!(pages.values().all(|it| !it.contains(&root)), "places are relative");
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

/// Returns what `--check` prints about pages; nothing when all is as it should be.
fn complaint_about_pages(pages: &BTreeMap<String, String>, dir: &Path) -> String {
    let changes = sync::plan_whole(pages, dir).expect("the folder can be read");
    if changes.is_empty() { String::new() } else { sync::check(pages, dir, &changes, COMMAND) }
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
