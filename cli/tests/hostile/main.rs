//! Some 500 hostile documents, in a table: the exit code of the binary, what it prints and what it writes.
//!
//! A row is a document and the exit codes that the rules of the README give it: 3 for what cannot be read or is not
//! OpenAPI 3.0 or 3.1, 4 for what `--strict` or an overlay refuses, 0 for everything else, since a node that cannot be
//! generated costs only itself.
#![expect(
    clippy::disallowed_methods,
    reason = "a test sets up its folder by hand and looks at the clock"
)]
#![allow(
    clippy::format_collect,
    clippy::format_push_string,
    clippy::needless_pass_by_value,
    clippy::similar_names,
    clippy::type_complexity,
    reason = "a table of documents: a row is written as it reads"
)]

mod base;
mod contents;
mod names;
mod overlays;
mod parameters;
mod paths;
mod references;
mod row;
mod run;
mod schemas;
mod security;
mod shapes;
mod syntax;
mod texts;

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::thread;

use row::Row;

/// `syn` calls itself for each level of a type, in a build without optimisations.
const STACK: usize = 256 * 1024 * 1024;

/// How many rows there are at least.
const ENOUGH: usize = 300;

fn rows() -> Vec<Row> {
    let mut acc = Vec::new();
    acc.extend(syntax::rows());
    acc.extend(shapes::rows());
    acc.extend(references::rows());
    acc.extend(schemas::rows());
    acc.extend(names::rows());
    acc.extend(texts::rows());
    acc.extend(paths::rows());
    acc.extend(parameters::rows());
    acc.extend(contents::rows());
    acc.extend(security::rows());
    acc.extend(overlays::rows());
    acc
}

#[test]
fn the_table_is_long_and_each_row_stands_once() {
    let rows = rows();
    let names: BTreeSet<_> = rows.iter().map(|it| it.name.as_str()).collect();
    assert!(rows.len() >= ENOUGH, "{}", rows.len());
    assert_eq!(names.len(), rows.len());
}

#[test]
fn every_document_ends_as_the_rules_say() {
    let rows = rows();
    let queue = Mutex::new(rows.iter());
    let faults = Mutex::new(Vec::new());
    let n_threads = thread::available_parallelism().map_or(2, |it| it.get().min(8));
    let work = || {
        loop {
            let Some(row) = queue.lock().expect("no thread panics").next() else { break };
            let found = run::fault(row);
            faults.lock().expect("no thread panics").extend(found);
        }
    };
    thread::scope(|scope| {
        for _ in 0..n_threads {
            let builder = thread::Builder::new().stack_size(STACK);
            builder.spawn_scoped(scope, work).expect("a thread");
        }
    });
    let mut faults: Vec<String> = faults.into_inner().expect("no thread panics");
    faults.sort();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
