//! A format that comes, goes or changes breaks code where the crate has types of a library for it, and only there.

use std::path::{Path, PathBuf};

use tamarack::{Choices, Formats, Input, Library};
use tamarack_diff::{self as diff, Rust};
use tamarack_witness::{Comparison, Subject, Workspace, compare};

const CLOCKS: &str = "
openapi: 3.1.0
info: {title: Clocks, version: '1'}
paths:
  /clocks/{id}:
    get:
      operationId: get_clock
      parameters:
        - {name: id, in: path, required: true, schema: {$ref: '#/components/schemas/Id'}}
        - {name: since, in: query, schema: {type: string, format: date}}
      responses:
        '200': {description: A clock., content: {application/json: {schema: {$ref: '#/components/schemas/Clock'}}}}
  /times:
    get:
      operationId: list_times
      responses:
        '200': {description: Times., content: {application/json: {schema: {type: array, items: {type: string, format: date-time}}}}}
components:
  schemas:
    Id: {type: string, format: uuid}
    Clock:
      type: object
      required: [made]
      properties:
        made: {type: string, format: date-time}
        name: {type: string}
        owner: {type: string, format: email}
";

/// What is changed into what, and the kind of the row that is `major`.
const CASES: [(&str, &str, Option<&str>); 9] = [
    ("made: {type: string, format: date-time}", "made: {type: string}", Some("format-removed")),
    (
        "made: {type: string, format: date-time}",
        "made: {type: string, format: date}",
        Some("format-changed"),
    ),
    ("name: {type: string}", "name: {type: string, format: uuid}", Some("format-added")),
    (
        "in: query, schema: {type: string, format: date}",
        "in: query, schema: {type: string}",
        Some("format-removed"),
    ),
    ("items: {type: string, format: date-time}", "items: {type: string}", Some("format-removed")),
    ("Id: {type: string, format: uuid}", "Id: {type: string}", Some("format-removed")),
    (
        "Id: {type: string, format: uuid}",
        "Id: {type: string, format: date}",
        Some("format-changed"),
    ),
    // No library has a type for these.
    ("name: {type: string}", "name: {type: string, format: hostname}", None),
    ("format: email", "format: idn-email", None),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn input(text: &str, libraries: &[Library]) -> Input {
    let formats = Formats::new(libraries.iter().copied()).expect("one type for each format");
    let choices = Choices { formats, ..Choices::default() };
    Input { choices, ..Input::new("clocks.oas.yaml", text) }
}

/// Returns the kinds of the rows that say that code breaks.
fn major(old: &tamarack::Model, new: &tamarack::Model) -> Vec<&'static str> {
    let diff = diff::compare(old, new);
    let rows = diff.findings.iter().filter(|it| it.verdict.rust == Rust::Major);
    rows.map(|it| it.kind.id()).collect()
}

#[test]
fn a_format_is_a_type_where_the_crate_has_a_library() {
    let subject = |text: &str| {
        let input = input(text, &[Library::Jiff, Library::Uuid]);
        Subject::of(&input, &root()).expect("a document")
    };
    let old = subject(CLOCKS);
    let changed: Vec<_> = CASES
        .iter()
        .map(|(from, to, _)| {
            assert!(CLOCKS.contains(from), "`{from}` is not in the document");
            subject(&CLOCKS.replacen(from, to, 1))
        })
        .collect();
    let comparisons: Vec<_> = (CASES.iter().zip(&changed))
        .map(|((from, to, _), new)| Comparison { name: format!("{from} -> {to}"), old: &old, new })
        .collect();
    let workspace = Workspace {
        repository: root(),
        folder: root().join("target/witness/formats"),
        target: root().join("target/witness/target"),
    };
    let judgements = compare(&comparisons, &workspace).expect("cargo runs");
    for ((case, new), it) in CASES.iter().zip(&changed).zip(&judgements) {
        let major = major(&old.model, &new.model);
        assert_eq!(major, Vec::from_iter(case.2), "{} -> {}", case.0, case.1);
        assert!(it.is_exact(), "{} -> {}\n{it:#?}", case.0, case.1);
    }
}

#[test]
fn without_a_library_a_format_breaks_no_code() {
    let model = |text: &str| tamarack::read(&input(text, &[])).model.expect("a document");
    let old = model(CLOCKS);
    for (from, to, _) in CASES {
        assert!(major(&old, &model(&CLOCKS.replacen(from, to, 1))).is_empty(), "{from} -> {to}");
    }
}
