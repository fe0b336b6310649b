//! The report of the real binary over a document with a gap of each kind: its keys, its counts, its places.
#![expect(clippy::disallowed_methods, reason = "a test sets up its folder by hand")]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Map, Value, json};

/// A body whose media type is none, a union without a tag as a body, and a node of the wrong kind.
const SPEC: &str = "\
openapi: 3.0.3
info: {title: Gaps, version: '1'}
paths:
  /good:
    get:
      operationId: good
      responses: {'204': {description: Done.}}
  /upload:
    post:
      operationId: upload
      requestBody:
        required: true
        content:
          a file:
            schema: {type: object, properties: {file: {type: string, format: binary}}}
      responses: {'204': {description: Done.}}
  /either:
    put:
      operationId: either
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Either'}}}
      responses: {'204': {description: Done.}}
  /bad:
    get:
      operationId: bad
      responses: []
components:
  schemas:
    Either:
      properties: {c: {type: string}}
      oneOf:
      - {type: object, properties: {a: {type: string}}}
      - {type: boolean}
    Good: {type: object, properties: {a: {type: string}}}
    Bad: {type: strng}
";

fn report() -> Map<String, Value> {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report_shape");
    fs::create_dir_all(&dir).expect("a folder");
    fs::write(dir.join("gaps.yaml"), SPEC).expect("a file");
    let output = Command::new(env!("CARGO_BIN_EXE_tamarack"))
        .current_dir(&dir)
        .args(["generate", "gaps.yaml", "--out", "out", "--report", "report.json"])
        .output()
        .expect("the binary runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = fs::read_to_string(dir.join("report.json")).expect("a report");
    serde_json::from_str(&text).expect("the report is a JSON object")
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn the_keys_are_exactly_these() {
    let report = report();
    let top: Vec<_> = report.keys().map(String::as_str).collect();
    let expected =
        ["errors", "openapi", "operations", "schemas", "seconds", "secrets", "spec", "warnings"];
    assert_eq!(top, expected);
    assert_eq!(
        keys(&report["operations"]),
        [
            "declared",
            "degraded",
            "excluded",
            "generated",
            "less_than_declared",
            "skipped",
            "untyped"
        ]
    );
    assert_eq!(keys(&report["schemas"]), ["declared", "degraded", "excluded", "generated"]);
    assert_eq!((&report["spec"], &report["openapi"]), (&json!("gaps.yaml"), &json!("3.0.3")));
    assert!(report["seconds"].as_f64().is_some_and(|it| it > 0.0));
}

#[test]
fn every_loss_stands_where_it_is_counted() {
    let mut report = report();
    report.remove("seconds");
    let text = serde_json::to_string_pretty(&report).expect("a value is JSON");
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("gaps", text));
    let operations = &report["operations"];
    let n_of = |list: &str| operations[list].as_array().expect("a list").len();
    let n_lost = n_of("degraded") + n_of("skipped");
    assert_eq!(operations["generated"].as_u64(), u64::try_from(4 - n_lost).ok());
}
