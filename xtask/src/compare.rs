//! The command `cargo xtask compare`: compares documents of the corpora with the code generated from them.

use std::collections::BTreeMap;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

use tamarack_reader::difference::{Difference, Fact};
use tamarack_reader::generated::generate;
use tamarack_reader::{Examined, examine};

use crate::Exit;
use crate::corpus::{corpora, documents, missing};

/// The corpora that are compared.
const FOLDERS: [&str; 2] = ["pinecone", "wild"];

const N_THREADS: usize = 2;

/// Schemas can refer to each other as deep as a document is long.
const STACK_BYTES: usize = 256 << 20;

/// What came of one document.
enum Outcome {
    /// The text is not OpenAPI 3.0 or 3.1.
    Unreadable,
    /// A reader did not understand it, or something panicked.
    Failed(String),
    Compared(Examined),
}

/// Compares every document whose name has the pattern. Fails when the corpora are absent, when a reader
/// does not understand something, and when a difference is told by no diagnostic.
pub(crate) fn run(only: Option<&str>) -> Exit {
    let root = corpora();
    let mut all = Vec::new();
    for folder in FOLDERS.map(|it| root.join(it)) {
        match documents(&folder) {
            Ok(documents) => all.extend(documents),
            Err(error) => return missing(&folder, &error.to_string()),
        }
    }
    let name = |path: &Path| path.strip_prefix(&root).unwrap_or(path).display().to_string();
    let mut named: Vec<(String, PathBuf)> = all.into_iter().map(|it| (name(&it), it)).collect();
    named.retain(|(name, _)| only.is_none_or(|it| name.contains(it)));
    if named.is_empty() {
        return missing(&root, "it holds no such document");
    }
    let begun = Instant::now();
    let mut total = Total::default();
    outcomes(&named, |name, outcome| total.add(name, outcome));
    total.print(begun.elapsed().as_secs_f64());
    if total.uncovered.is_empty() && total.n_failed == 0 { Exit::Done } else { Exit::Failed }
}

/// Looks at all documents, a few at a time; what came of each goes to `each` in their order.
fn outcomes(named: &[(String, PathBuf)], mut each: impl FnMut(&str, Outcome)) {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..N_THREADS {
            let (sender, next) = (sender.clone(), &next);
            let work = move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some((name, path)) = named.get(index) else { break };
                    let found = panic::catch_unwind(AssertUnwindSafe(|| outcome(name, path)));
                    let found = found.unwrap_or_else(|_| Outcome::Failed("panic".to_owned()));
                    // Nobody listens any more when the receiver has panicked.
                    let _ = sender.send((index, found));
                }
            };
            let spawned = thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, work);
            if let Err(error) = spawned {
                eprintln!("error: no thread: {error}");
            }
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut n_done = 0;
        for (index, outcome) in receiver {
            waiting.insert(index, outcome);
            while let Some(outcome) = waiting.remove(&n_done) {
                each(&named[n_done].0, outcome);
                n_done += 1;
            }
        }
    });
}

fn outcome(name: &str, path: &Path) -> Outcome {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => return Outcome::Failed(error.to_string()),
    };
    let generated = generate(name, &text, None);
    let Some(files) = generated.files else { return Outcome::Unreadable };
    match examine(&text, &files, &generated.diagnostics) {
        Ok(examined) => Outcome::Compared(examined),
        Err(error) => Outcome::Failed(error),
    }
}

/// The sums over all documents.
#[derive(Default)]
struct Total {
    n_documents: usize,
    n_unreadable: usize,
    n_failed: usize,
    n_operations: usize,
    n_differences: usize,
    facts: BTreeMap<Fact, usize>,
    uncovered: BTreeMap<Fact, usize>,
}

impl Total {
    /// Adds a document and prints what no diagnostic tells.
    fn add(&mut self, name: &str, outcome: Outcome) {
        self.n_documents += 1;
        match outcome {
            Outcome::Unreadable => self.n_unreadable += 1,
            Outcome::Failed(why) => {
                println!("{name}: FAILED: {why}");
                self.n_failed += 1;
            }
            Outcome::Compared(it) => {
                self.n_operations += it.comparison.operations;
                self.n_differences += it.comparison.differences.len();
                for (fact, n) in it.comparison.facts {
                    *self.facts.entry(fact).or_default() += n;
                }
                it.uncovered.iter().for_each(|it| self.add_uncovered(name, it));
            }
        }
    }

    fn add_uncovered(&mut self, name: &str, it: &Difference) {
        println!("{name}{it}");
        *self.uncovered.entry(it.fact).or_default() += 1;
    }

    fn print(&self, seconds: f64) {
        for (fact, n) in &self.facts {
            let n_uncovered = self.uncovered.get(fact).copied().unwrap_or_default();
            println!("{fact}: {n} compared, {n_uncovered} differ without a diagnostic");
        }
        let n_facts: usize = self.facts.values().sum();
        let n_uncovered: usize = self.uncovered.values().sum();
        println!(
            "{} documents ({} not OpenAPI, {} failed): {} operations, {n_facts} facts compared, {} differ: {} with a \
             diagnostic, {n_uncovered} without; {seconds:.0} s",
            self.n_documents,
            self.n_unreadable,
            self.n_failed,
            self.n_operations,
            self.n_differences,
            self.n_differences - n_uncovered,
        );
    }
}
