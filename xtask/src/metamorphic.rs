//! The command `cargo xtask metamorphic`: tests the diff with documents of the corpora, changed at random
//! and rewritten without a change.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::time::Instant;

use tamarack_metamorphic::random::Random;
use tamarack_metamorphic::{Subject, change, reach};

use crate::{Exit, each_document};

/// Larger documents are left out: each change of one is a document that is read again.
const MAX_BYTES: usize = 1 << 20;

/// Of a document that is larger, fewer changes are tried, and fewer ways to rewrite it, so that no document takes
/// longer than one of this size.
const WHOLE_BYTES: usize = 64 << 10;

/// Returns how many of `n` are tried with a document of a size: at least one.
fn share(n: usize, bytes: usize) -> usize {
    if bytes <= WHOLE_BYTES { n } else { (n * WHOLE_BYTES).div_ceil(bytes) }
}

/// The arguments of the command.
pub(crate) struct Options {
    pub(crate) only: Option<String>,
    /// The number of changes of each document.
    pub(crate) changes: usize,
    pub(crate) seed: u64,
}

/// What came of one document.
#[derive(Default)]
struct Outcome {
    n_changes: usize,
    n_rewritten: usize,
    /// Whether the document is too large, or not OpenAPI.
    skipped: bool,
    faults: Vec<String>,
}

/// Tests the diff with every document whose path contains the pattern. Fails if a change has no verdict, or
/// if a rewritten document has one.
pub(crate) fn run(options: &Options) -> Exit {
    let named = match each_document::named(options.only.as_deref()) {
        Ok(named) => named,
        Err(exit) => return exit,
    };
    let begun = Instant::now();
    let mut total = Outcome::default();
    let mut n_skipped = 0;
    let work = |name: &str, path: &Path| outcome(name, path, options);
    let panicked = || Outcome { faults: vec!["panic".to_owned()], ..Outcome::default() };
    each_document::run(&named, work, panicked, |name, it| {
        it.faults.iter().for_each(|fault| println!("{name}: {fault}"));
        total.n_changes += it.n_changes;
        total.n_rewritten += it.n_rewritten;
        total.faults.extend(it.faults);
        n_skipped += usize::from(it.skipped);
    });
    println!(
        "{} documents ({n_skipped} too large or not OpenAPI): {} changes and {} rewritten documents, {} faults; {} s",
        named.len(),
        total.n_changes,
        total.n_rewritten,
        total.faults.len(),
        begun.elapsed().as_secs(),
    );
    if total.faults.is_empty() { Exit::Done } else { Exit::Failed }
}

fn outcome(name: &str, path: &Path, options: &Options) -> Outcome {
    let skipped = Outcome { skipped: true, ..Outcome::default() };
    let text = match fs::read_to_string(path) {
        Ok(text) if text.len() <= MAX_BYTES => text,
        Ok(_) => return skipped,
        Err(error) => return Outcome { faults: vec![error.to_string()], ..Outcome::default() },
    };
    let Some(subject) = Subject::read(&text) else { return skipped };
    let mut acc = Outcome::default();
    let mut hasher = DefaultHasher::new();
    (name, options.seed).hash(&mut hasher);
    let all = change::changes(&subject.document, &reach::reached(&subject.document));
    let mut random = Random::new(hasher.finish());
    for it in random.some(all, share(options.changes, text.len())) {
        acc.n_changes += 1;
        acc.faults
            .extend(subject.fault_of_change(&it).map(|fault| format!("{}: {fault}", it.title())));
    }
    let all = subject.rewrites();
    let n = share(all.len(), text.len());
    for it in random.some(all, n) {
        acc.n_rewritten += 1;
        acc.faults
            .extend(subject.fault_of_rewrite(&it).map(|fault| format!("{}: {fault}", it.name)));
    }
    acc
}
