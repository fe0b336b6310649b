//! The command `cargo xtask compare`: compares documents of the corpora with the code generated from them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Instant;

use tamarack_reader::difference::{Difference, Fact};
use tamarack_reader::document::Document;
use tamarack_reader::generated::generate;
use tamarack_reader::rust::Code;
use tamarack_reader::untyped::{less_than_declared, untyped};
use tamarack_reader::{Examined, examine};

use crate::{Exit, each_document};

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
    let named = match each_document::named(only) {
        Ok(named) => named,
        Err(exit) => return exit,
    };
    let begun = Instant::now();
    let mut total = Total::default();
    let failed = || Outcome::Failed("panic".to_owned());
    each_document::run(&named, outcome, failed, |name, outcome| total.add(name, outcome));
    total.print(begun.elapsed().as_secs_f64());
    if total.uncovered.is_empty() && total.n_failed == 0 { Exit::Done } else { Exit::Failed }
}

fn outcome(name: &str, path: &Path) -> Outcome {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => return Outcome::Failed(error.to_string()),
    };
    let generated = generate(name, &text, None);
    let Some(files) = generated.files else { return Outcome::Unreadable };
    let code = match Code::read(&files) {
        Ok(code) => code,
        Err(error) => return Outcome::Failed(error),
    };
    let document = match Document::read(&text) {
        Ok(document) => document,
        Err(error) => return Outcome::Failed(error),
    };
    let recounted = [untyped(&code).len(), less_than_declared(&document, &code).len()];
    let counted = [generated.untyped.len(), generated.less_than_declared.len()];
    if recounted != counted {
        let what = format!(
            "the report counts {counted:?} operations with untyped JSON, at all and where the document has a type; \
             there are {recounted:?}"
        );
        return Outcome::Failed(what);
    }
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
    /// What differs, whether a diagnostic tells it or not.
    differing: BTreeMap<Fact, usize>,
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
                for difference in &it.comparison.differences {
                    *self.differing.entry(difference.fact).or_default() += 1;
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
        let right = |fact: Fact| {
            let n = self.facts.get(&fact).copied().unwrap_or_default();
            format!("{} of {n}", n - self.differing.get(&fact).copied().unwrap_or_default())
        };
        println!(
            "{} operations go to a declared host and base path, {} bodies are sent with a media type that is one",
            right(Fact::Destination),
            right(Fact::ContentType),
        );
    }
}
