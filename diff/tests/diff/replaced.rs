//! A document, one text in it and another in its place in; the rows of the comparison are as expected.

use tamarack::{Input, Model};
use tamarack_diff::{self as diff, Rust, Wire};

/// A row: kind, subject, request, response, Rust.
pub(crate) type Row<'a> = (&'a str, &'a str, Wire, Wire, Rust);

fn model(text: &str) -> Model {
    tamarack::read(&Input::new("document.yaml", text)).model.expect("a model")
}

/// Replaces a text of the document wherever it stands, and compares both.
#[track_caller]
pub(crate) fn check(document: &str, from: &str, to: &str, expected: &[Row<'_>]) {
    assert!(document.contains(from), "`{from}` is not in the document");
    let diff = diff::compare(&model(document), &model(&document.replace(from, to)));
    let rows: Vec<Row<'_>> = (diff.findings.iter())
        .map(|it| {
            let verdict = it.verdict;
            let (request, response) = (verdict.request, verdict.response);
            (it.kind.id(), it.subject.as_str(), request, response, verdict.rust)
        })
        .collect();
    assert_eq!(rows, expected);
}
