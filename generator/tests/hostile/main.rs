//! Three hundred hostile documents, made of a table: what the binary ends with, what it says, and what it writes.
//!
//! A row is a document and the exit codes that the rules of the README give it: 3 for what cannot be read or is not
//! OpenAPI 3.0 or 3.1, 4 for what `--strict` or an overlay refuses, 0 for everything else, since a node that cannot be
//! generated costs only itself.
#![expect(
    clippy::disallowed_methods,
    reason = "a test sets up its folder by hand and looks at the clock"
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

/// FIXME: rows that do not end as the rules say.
const NOT_YET: &[&str] = &[
    "20,000 values",
    "a diamond of 24 levels",
    "a dot of Katakana as a property",
    "a dot of Katakana as a value",
    "a dot of Katakana as an operation",
    "a heart as a property",
    "a heart as a value",
    "a heart as an operation",
    "a joiner as a property",
    "a joiner as a value",
    "a joiner as an operation",
    "a map value that extends its schema",
    "a map value that narrows its schema",
    "a property that extends its schema",
    "a property that narrows its schema",
    "a secret beyond the end of a list",
    "a secret in a text that is no pointer",
    "a secret nowhere",
    "a security scheme with a name without a letter",
    "a sign that lexes as a letter as a property",
    "a sign that lexes as a letter as a value",
    "a sign that lexes as a letter as an operation",
    "a union of a ring through allOf beside a type",
    "an overlay that has a key twice",
    "an overlay that has a place that is a number",
    "an overlay that has an unknown key",
    "an overlay that has no place",
    "an overlay that has no reason",
    "an overlay that is no TOML",
    "braces of JSON 100,000 deep",
    "brackets 200,000 deep",
    "brackets 200,000 deep and closed",
    "lists of YAML 20,000 deep",
    "parameters without a letter",
    "texts with 200,000 brackets",
    "variables of a server without a letter",
];

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
    let mut faults: Vec<(&str, String)> = faults.into_inner().expect("no thread panics");
    faults.sort();
    for name in NOT_YET.iter().filter(|it| !faults.iter().any(|(name, _)| name == *it)) {
        println!("`{name}` ends as the rules say; take it off the list");
    }
    faults.retain(|(name, _)| !NOT_YET.contains(name));
    let faults: Vec<_> = faults.iter().map(|(name, fault)| format!("{name}: {fault}")).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
