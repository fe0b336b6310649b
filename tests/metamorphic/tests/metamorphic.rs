//! Random changes of documents have a row with a verdict; documents that mean the same have none.
#![allow(clippy::print_stdout, reason = "a test says how much it tried")]
#![allow(clippy::disallowed_methods, reason = "the corpus lies where the environment says")]

use std::fs;
use std::path::{Path, PathBuf};

use tamarack_metamorphic::random::Random;
use tamarack_metamorphic::{Subject, change, reach, rewrite};

/// Returns how many changes of a document are tried; `TAMARACK_CHANGES` sets more.
fn n_each(usual: usize) -> usize {
    std::env::var("TAMARACK_CHANGES").ok().and_then(|it| it.parse().ok()).unwrap_or(usual)
}

fn files(folder: &Path, acc: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, acc);
        } else if path.extension().is_some_and(|it| it == "yaml" || it == "json") {
            acc.push(path);
        }
    }
    acc.sort();
}

fn goldens() -> Vec<PathBuf> {
    let mut acc = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../goldens/specs/golden/1"), &mut acc);
    acc.retain(|it| !it.to_string_lossy().contains("overlay"));
    assert!(!acc.is_empty(), "no golden documents");
    acc
}

/// Returns documents of real providers, or none, and says so, where they are not at hand.
fn corpus() -> Vec<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let root = std::env::var_os("TAMARACK_CORPUS").map_or(beside, PathBuf::from);
    let mut acc = Vec::new();
    let part = std::env::var("TAMARACK_PART").unwrap_or_else(|_| "pinecone".to_owned());
    files(&root.join(part), &mut acc);
    if acc.is_empty() {
        eprintln!("skipped: no `pinecone` in the corpus");
    }
    acc
}

fn name(path: &Path) -> String {
    path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default()
}

fn check_changes(paths: &[PathBuf], n: usize) {
    let (mut n_tried, mut faults) = (0, Vec::new());
    for (seed, path) in (0..).zip(paths) {
        let text = fs::read_to_string(path).expect("a file");
        let Some(subject) = Subject::read(&text) else { continue };
        let all = change::changes(&subject.document, &reach::reached(&subject.document));
        for it in Random::new(seed).some(all, n) {
            n_tried += 1;
            if let Some(fault) = subject.fault_of_change(&it) {
                faults.push(format!("{}: {}: {fault}", name(path), it.title()));
            }
        }
    }
    println!("{n_tried} changes, {} faults", faults.len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn check_rewrites(paths: &[PathBuf], every: usize) {
    let (mut n_tried, mut faults) = (0, Vec::new());
    for path in paths.iter().step_by(every) {
        let text = fs::read_to_string(path).expect("a file");
        let Some(subject) = Subject::read(&text) else { continue };
        for it in rewrite::ways().into_iter().filter_map(|it| subject.rewrite(it)) {
            n_tried += 1;
            if let Some(fault) = subject.fault_of_rewrite(&it) {
                faults.push(format!("{}: {}: {fault}", name(path), it.name));
            }
        }
    }
    println!("{n_tried} rewritten documents, {} faults", faults.len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn changes_of_golden_documents_have_a_verdict() {
    check_changes(&goldens(), n_each(20));
}

#[test]
fn changes_of_real_documents_have_a_verdict() {
    check_changes(&corpus(), n_each(2));
}

#[test]
fn rewritten_golden_documents_mean_the_same() {
    check_rewrites(&goldens(), 1);
}

#[test]
fn rewritten_real_documents_mean_the_same() {
    check_rewrites(&corpus(), 5);
}
