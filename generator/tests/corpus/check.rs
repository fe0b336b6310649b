//! Documents of the corpora are checked: nothing panics, and what is found is counted.
//!
//! `TAMARACK_CHECKED` says of how many, spread over all; without it a sample is taken.
#![expect(clippy::disallowed_methods, reason = "a test may look for the corpus")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tamarack::at_once;
use tamarack::diagnostic::Diagnostic;
use tamarack::{Input, Mode};

use crate::corpus;

pub(crate) fn documents(folder: &Path, acc: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let is_document =
            path.extension().is_some_and(|it| it == "yaml" || it == "yml" || it == "json");
        if path.is_dir() {
            documents(&path, acc);
        } else if is_document && !path.ends_with("index.json") {
            acc.push(path);
        }
    }
}

/// Returns what `tamarack check` finds, and how many documents could be read.
fn check(paths: &[PathBuf]) -> (Vec<Diagnostic>, usize) {
    let (mut found, mut n_read) = (Vec::new(), 0);
    for path in paths {
        let Ok(content) = std::fs::read_to_string(path) else { continue };
        let input = Input::new(path.display().to_string(), content);
        let outcome = tamarack::check(&input, Mode::Lenient);
        n_read += usize::from(outcome.model.is_some());
        found.extend(outcome.diagnostics.all());
    }
    (found, n_read)
}

/// Returns so many documents, spread over all.
fn sample(paths: Vec<PathBuf>) -> Vec<PathBuf> {
    let wanted = std::env::var("TAMARACK_CHECKED").ok().and_then(|it| it.parse().ok());
    let step = paths.len().div_ceil(wanted.unwrap_or(100).max(1)).max(1);
    paths.into_iter().step_by(step).collect()
}

#[test]
fn no_document_breaks_the_check() {
    let Some(root) = corpus::with("") else {
        return;
    };
    let mut paths = Vec::new();
    documents(&root, &mut paths);
    let paths = sample(paths);
    let (left, right) = paths.split_at(paths.len() / 2);
    let ((mut found, n_left), (more, n_right)) = at_once::both(&left, &right, |it| check(it));
    found.extend(more);
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for it in &found {
        *counts.entry((it.code.0, it.severity)).or_default() += 1;
    }
    println!("{} findings in {} of {} documents", found.len(), n_left + n_right, paths.len());
    for ((code, severity), count) in counts {
        println!("  {code} {severity:?}: {count}");
    }
    assert!((n_left + n_right) * 100 >= paths.len() * 95, "most documents can be read");
}
