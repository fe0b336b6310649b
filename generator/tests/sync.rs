//! The folder after a run, and after a run that failed.
#![expect(clippy::disallowed_methods, reason = "a test sets up its folder by hand")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tamarack::sync::{self, Changes, SyncError};

/// Returns an empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sync").join(name);
    if dir.exists() {
        fs::remove_dir_all(&dir).expect("an old folder goes away");
    }
    fs::create_dir_all(&dir).expect("a new folder");
    dir.join("out")
}

fn files(contents: &[(&str, &str)]) -> BTreeMap<String, String> {
    let marked = |(path, text): &(&str, &str)| (path.to_string(), format!("// @generated\n{text}"));
    contents.iter().map(marked).collect()
}

fn run(files: &BTreeMap<String, String>, dir: &Path) -> Result<Changes, SyncError> {
    let changes = sync::plan(files, dir, &["Cargo.toml", "rustfmt.toml"])?;
    sync::apply(files, dir, &changes)?;
    Ok(changes)
}

/// Returns every file below `dir` with its content.
fn state(dir: &Path) -> BTreeMap<PathBuf, String> {
    let mut acc = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                acc.insert(path.clone(), "folder".to_owned());
                folders.push(path);
            } else {
                let text = fs::read_to_string(&path).expect("a text");
                acc.insert(path, text);
            }
        }
    }
    acc
}

fn changed(path: &Path) -> SystemTime {
    fs::metadata(path).and_then(|it| it.modified()).expect("a time")
}

fn put(path: PathBuf, text: &str) {
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("a file");
}

#[test]
fn a_new_folder_gets_all_files_and_a_second_run_changes_nothing() {
    let dir = folder("new").join("deep");
    let files = files(&[("Cargo.toml", "a"), ("src/lib.rs", "b"), ("src/x/y.rs", "c")]);
    let changes = run(&files, &dir).unwrap();
    assert_eq!(changes.missing.len(), 3);
    assert_eq!(fs::read_to_string(dir.join("src/x/y.rs")).unwrap(), "// @generated\nc");
    let changes = run(&files, &dir).unwrap();
    assert!(changes.is_empty());
    assert_eq!(changes.unchanged.len(), 3);
    let beside: Vec<_> = fs::read_dir(dir.parent().unwrap()).unwrap().collect();
    assert_eq!(beside.len(), 1, "the stage is gone");
}

#[test]
fn only_files_that_differ_are_touched() {
    let dir = folder("touched");
    run(&files(&[("src/a.rs", "1"), ("src/b.rs", "1")]), &dir).unwrap();
    let old = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
    for name in ["src/a.rs", "src/b.rs"] {
        fs::File::open(dir.join(name)).unwrap().set_modified(old).unwrap();
    }
    let changes = run(&files(&[("src/a.rs", "1"), ("src/b.rs", "2")]), &dir).unwrap();
    assert_eq!(changes.modified.iter().collect::<Vec<_>>(), ["src/b.rs"]);
    assert_eq!(changed(&dir.join("src/a.rs")), old);
    assert_ne!(changed(&dir.join("src/b.rs")), old);
}

#[test]
fn orphans_go_with_their_folders_and_what_is_not_ours_stays() {
    let dir = folder("orphans");
    run(&files(&[("src/lib.rs", "1"), ("src/x/y/z.rs", "1"), ("rustfmt.toml", "")]), &dir).unwrap();
    put(dir.join("Cargo.lock"), "lock");
    put(dir.join("target/debug/out.rs"), "built");
    put(dir.join("tests/mine.rs"), "mine");
    let changes = run(&files(&[("src/lib.rs", "1")]), &dir).unwrap();
    assert_eq!(changes.orphans.iter().collect::<Vec<_>>(), ["rustfmt.toml", "src/x/y/z.rs"]);
    assert!(!dir.join("src/x").exists() && !dir.join("rustfmt.toml").exists());
    for kept in ["Cargo.lock", "target/debug/out.rs", "tests/mine.rs", "src/lib.rs"] {
        assert!(dir.join(kept).exists(), "{kept}");
    }
}

#[test]
fn a_run_that_fails_leaves_the_folder_as_it_was() {
    let dir = folder("failed");
    run(&files(&[("src/a.rs", "1"), ("src/old.rs", "1"), ("src/m.rs", "1")]), &dir).unwrap();
    // A folder in the place of a file: the swap fails after the first files are in.
    put(dir.join("src/n.rs/keep.txt"), "# @generated\n");
    fs::remove_file(dir.join("src/m.rs")).unwrap();
    let before = state(dir.parent().unwrap());
    let wanted =
        files(&[("src/a.rs", "2"), ("src/b/new.rs", "2"), ("src/n.rs", "2"), ("src/z.rs", "2")]);
    let mut changes = sync::plan(&wanted, &dir, &[]).unwrap();
    changes.orphans.remove("src/n.rs/keep.txt");
    let error = sync::apply(&wanted, &dir, &changes).unwrap_err();
    assert!(error.to_string().starts_with("cannot write `"), "{error}");
    assert_eq!(state(dir.parent().unwrap()), before);
}

#[test]
fn a_file_that_somebody_wrote_is_neither_overwritten_nor_deleted() {
    let dir = folder("foreign");
    put(dir.join("src/main.rs"), "fn main() {}\n");
    put(dir.join("src/lib.rs"), "pub fn mine() {}\n");
    put(dir.join("src/notes.md"), "mine\n");
    let before = state(&dir);
    let error = run(&files(&[("src/lib.rs", "1")]), &dir).unwrap_err();
    let message = error.to_string();
    assert!(matches!(error, SyncError::Foreign(ref paths) if paths.len() == 3), "{message}");
    assert!(message.contains("src/lib.rs") && message.contains("@generated"), "{message}");
    assert_eq!(state(&dir), before);
}

#[test]
fn the_marker_may_stand_anywhere_in_the_comment_at_the_top() {
    let dir = folder("marker");
    let long = "//! One.\n//!\n//! Two.\n//!\n//! Three.\n//!\n//! @generated by a test.\nmod a;\n";
    put(dir.join("src/lib.rs"), long);
    assert_eq!(run(&files(&[("src/lib.rs", "1")]), &dir).unwrap().modified.len(), 1);
    put(dir.join("src/lib.rs"), "//! One.\n\nconst A: &str = \"@generated\";\n");
    assert!(run(&files(&[("src/lib.rs", "1")]), &dir).is_err());
}

#[test]
fn a_failed_check_names_each_file_what_differs_and_what_to_run() {
    let dir = folder("check");
    run(&files(&[("src/a.rs", "one\n"), ("src/old.rs", "")]), &dir).unwrap();
    let wanted = files(&[("src/a.rs", "two\n"), ("src/b.rs", "")]);
    let changes = sync::plan(&wanted, &dir, &[]).unwrap();
    let message = sync::check(&wanted, &dir, &changes, "cargo xtask codegen");
    assert_eq!(
        message.replace(&dir.display().to_string(), "out"),
        "\
modified: out/src/a.rs
  @@ -1,2 +1,2 @@
   // @generated
  -one
  +two
new: out/src/b.rs
orphan: out/src/old.rs
out/ is stale: 1 modified, 1 new, 1 orphan; run `cargo xtask codegen`
"
    );
}
