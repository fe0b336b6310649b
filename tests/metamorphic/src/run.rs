//! The long run: every document of the corpora on all cores, the largest first.
#![allow(clippy::print_stdout, reason = "the faults are what the command prints")]

use std::cmp::Reverse;
use std::fmt;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZero;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use crate::random::Random;
use crate::{Subject, change, reach, rewrite};

/// The corpora of single documents.
const FOLDERS: [&str; 2] = ["pinecone", "wild"];

/// Of a document that is larger, fewer changes are tried, and fewer ways to rewrite it, so that no document takes
/// much longer than one of this size.
const WHOLE_BYTES: u64 = 64 << 10;

/// Schemas can refer to each other as deep as a document is long.
const STACK_BYTES: usize = 256 << 20;

/// A document that takes longer is named.
const SLOW: Duration = Duration::from_secs(20);

/// What is tried.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The number of documents, chosen at random; all of them if not set.
    pub documents: Option<usize>,
    /// The number of changes of each document.
    pub changes: usize,
    /// Other seeds choose other documents, changes and rewrites.
    pub seed: u64,
}

/// A document of the corpora.
#[derive(Clone, Debug)]
pub struct Document {
    name: String,
    path: PathBuf,
    bytes: u64,
}

/// Returns the documents below the corpora whose path contains the pattern.
pub fn documents(root: &Path, only: Option<&str>) -> Vec<Document> {
    let mut acc = Vec::new();
    FOLDERS.iter().for_each(|it| add_documents(root, &root.join(it), &mut acc));
    acc.retain(|it| only.is_none_or(|only| it.name.contains(only)));
    acc.sort_by(|a, b| a.name.cmp(&b.name));
    acc
}

fn add_documents(root: &Path, folder: &Path, acc: &mut Vec<Document>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            add_documents(root, &path, acc);
        } else if path
            .extension()
            .is_some_and(|it| ["json", "yaml", "yml"].iter().any(|e| it == *e))
        {
            let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
            let bytes = entry.metadata().map_or(0, |it| it.len());
            acc.push(Document { name, path, bytes });
        }
    }
}

/// What came of a run; displayed as its last line.
#[derive(Clone, Debug, Default)]
pub struct Total {
    n_documents: usize,
    n_unreadable: usize,
    n_changes: usize,
    n_rewritten: usize,
    /// How often the diff was wrong.
    pub n_faults: usize,
    took: Duration,
}

impl fmt::Display for Total {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} documents ({} not OpenAPI): {} changes and {} rewritten documents, {} faults; {} s",
            self.n_documents,
            self.n_unreadable,
            self.n_changes,
            self.n_rewritten,
            self.n_faults,
            self.took.as_secs()
        )
    }
}

/// Tests the diff with the documents; prints each fault, and on standard error how far it is.
pub fn run(all: Vec<Document>, options: &Options) -> Total {
    let begun = Instant::now();
    let n_documents = options.documents.unwrap_or(all.len());
    let mut chosen = Random::new(options.seed).some(all, n_documents);
    // The largest last would keep one core waiting.
    chosen.sort_by_key(|it| Reverse(it.bytes));
    let n_chosen = chosen.len();
    let waiting = Mutex::new(chosen.into_iter());
    let total = Mutex::new(Total::default());
    let work = || {
        while let Some(document) = next(&waiting) {
            let started = Instant::now();
            let tried = panic::catch_unwind(AssertUnwindSafe(|| try_all(&document, options)));
            let tried = tried.unwrap_or_else(|_| Tried::only(vec!["panic".to_owned()]));
            tried.faults.iter().for_each(|fault| println!("{}: {fault}", document.name));
            let Ok(mut total) = total.lock() else { return };
            total.add(&tried);
            if started.elapsed() > SLOW {
                eprintln!("{}: {} s", document.name, started.elapsed().as_secs());
            }
            if total.n_documents.is_multiple_of(20) {
                let (n_changes, seconds) = (total.n_changes, begun.elapsed().as_secs());
                eprintln!(
                    "{}/{n_chosen} documents, {n_changes} changes, {seconds} s",
                    total.n_documents
                );
            }
        }
    };
    let n_cores = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        for _ in 0..n_cores {
            let spawned = thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, &work);
            if let Err(error) = spawned {
                eprintln!("error: no thread: {error}");
            }
        }
    });
    let mut total = total.into_inner().unwrap_or_default();
    total.took = begun.elapsed();
    total
}

fn next(waiting: &Mutex<impl Iterator<Item = Document>>) -> Option<Document> {
    waiting.lock().ok()?.next()
}

impl Total {
    fn add(&mut self, tried: &Tried) {
        self.n_documents += 1;
        self.n_unreadable += usize::from(tried.is_unreadable);
        self.n_changes += tried.n_changes;
        self.n_rewritten += tried.n_rewritten;
        self.n_faults += tried.faults.len();
    }
}

/// What came of one document.
#[derive(Default)]
struct Tried {
    n_changes: usize,
    n_rewritten: usize,
    is_unreadable: bool,
    faults: Vec<String>,
}

impl Tried {
    fn only(faults: Vec<String>) -> Self {
        Self { faults, ..Self::default() }
    }
}

fn try_all(document: &Document, options: &Options) -> Tried {
    let text = match fs::read_to_string(&document.path) {
        Ok(text) => text,
        Err(error) => return Tried::only(vec![error.to_string()]),
    };
    let Some(subject) = Subject::read(&text) else {
        return Tried { is_unreadable: true, ..Tried::default() };
    };
    let mut hasher = DefaultHasher::new();
    (&document.name, options.seed).hash(&mut hasher);
    let mut random = Random::new(hasher.finish());
    let mut acc = Tried::default();
    let all = change::changes(&subject.document, &reach::reached(&subject.document));
    for it in random.some(all, share(options.changes, document.bytes)) {
        acc.n_changes += 1;
        let fault = subject.fault_of_change(&it);
        acc.faults.extend(fault.map(|fault| format!("{}: {fault}", it.title())));
    }
    let ways = rewrite::ways();
    let (n_ways, n_rewrites) = (ways.len(), share(ways.len(), document.bytes));
    let rewritten = random.some(ways, n_ways).into_iter().filter_map(|it| subject.rewrite(it));
    for it in rewritten.take(n_rewrites) {
        acc.n_rewritten += 1;
        let fault = subject.fault_of_rewrite(&it);
        acc.faults.extend(fault.map(|fault| format!("{}: {fault}", it.name)));
    }
    acc
}

/// Returns how many of `n` are tried with a document of a size: at least one.
fn share(n: usize, bytes: u64) -> usize {
    let share = (n as u64).saturating_mul(WHOLE_BYTES).div_ceil(bytes.max(WHOLE_BYTES));
    usize::try_from(share).unwrap_or(n)
}
