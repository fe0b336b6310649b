//! No text of a document becomes a doctest, and rustc and rustdoc accept all of it.
//!
//! The goldens are compiled and linted as crates of the workspace; here their
//! comments, each as it is written, stand before an item of a crate without
//! dependencies, of which rustdoc lists the tests.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tamarack_tests::specs::{self, GOLDENS};

/// Returns a crate that has the comments of a file, each before an item.
fn with_items(file: &str, acc: &mut String) {
    let mut before = false;
    for line in file.lines().map(str::trim_start) {
        // The docs of a file become those of an item: both are Markdown.
        let comment = line.strip_prefix("//!").or_else(|| line.strip_prefix("///"));
        match comment {
            Some(comment) => {
                let _ = writeln!(acc, "///{comment}");
            }
            None if before => {
                let _ = writeln!(acc, "pub struct Item{};", acc.len());
            }
            None => {}
        }
        before = comment.is_some();
    }
}

fn put(name: &str, content: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("doctests").join(name);
    fs::create_dir_all(&dir).expect("a folder");
    fs::write(dir.join("lib.rs"), content).expect("a file");
    dir
}

/// Runs a tool of the toolchain in the folder of a crate; returns what it prints.
#[track_caller]
fn run(tool: &str, dir: &Path, args: &[&str]) -> String {
    let common = ["lib.rs", "--edition", "2024", "--crate-type", "lib", "--crate-name", "comments"];
    let output = Command::new(tool)
        .current_dir(dir)
        .args(common)
        .args(args)
        .output()
        .expect("a tool of the toolchain");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    printed
}

/// Returns how many tests rustdoc lists, in its words.
fn doctests(dir: &Path) -> String {
    let printed = run("rustdoc", dir, &["--test", "--test-args=--list"]);
    printed.lines().find(|it| it.contains(" benchmarks")).unwrap_or_default().to_owned()
}

#[test]
fn the_goldens_have_no_doctest() {
    let mut acc = String::from("//! Comments.\n\n");
    for (name, file) in specs::files(GOLDENS) {
        if Path::new(&name).extension().is_some_and(|it| it == "rs") {
            with_items(&file, &mut acc);
        }
    }
    assert!(acc.matches("panic!(\"run\")").count() > 40, "the hostile texts are there");
    let dir = put("goldens", &acc);
    assert_eq!(doctests(&dir), "0 tests, 0 benchmarks");
    // Links of ours lead to items that are not in this crate.
    let links = ["-A", "rustdoc::broken_intra_doc_links"];
    run("rustdoc", &dir, &[&["-D", "warnings", "-o", "doc"], &links[..]].concat());
    run("rustc", &dir, &["-D", "warnings", "--emit", "metadata"]);
}

/// Else the test above could not fail.
#[test]
fn a_doctest_would_be_listed() {
    let dir = put("control", "/// ~~~\n/// panic!()\n/// ~~~\npub struct Item;\n");
    assert_eq!(doctests(&dir), "1 test, 0 benchmarks");
}
