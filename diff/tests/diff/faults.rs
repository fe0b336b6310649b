//! Pairs of documents that misled a reviewer once: each with the verdict that it must have.

mod changed;
mod same;
mod written;

use tamarack::{Input, Model};
use tamarack_diff::{self as diff, Diff, Wire};

fn model(text: &str) -> Model {
    tamarack::read(&Input::new("probe.yaml", text)).model.expect("a model")
}

fn compare(old: &str, new: &str) -> Diff {
    diff::compare(&model(old), &model(new))
}

/// A document that sends and receives `S`.
fn document(schema: &str) -> String {
    with(schema, "", "", "")
}

/// The same, with parameters of the operation, what stands beside it, and further components.
fn with(schema: &str, parameters: &str, operation: &str, components: &str) -> String {
    format!(
        "openapi: 3.1.0
info: {{title: Probe, version: '1'}}
servers: [{{url: 'https://probe.test'}}]
paths:
  /x:
    post:
      operationId: do_x
      parameters: [{parameters}]
      requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: '#/components/schemas/S'}}}}}}}}
      responses: {{'200': {{description: Done., content: {{application/json: {{schema: {{$ref: '#/components/schemas/S'}}}}}}}}}}
{operation}
components:
  schemas:
    S: {schema}
    A: {{type: object, properties: {{a: {{type: string}}}}}}
    B: {{type: object, required: [b], properties: {{b: {{type: integer}}}}}}
{components}"
    )
}

fn property(schema: &str) -> String {
    format!("{{type: object, properties: {{p: {schema}}}}}")
}

fn text_of(diff: &Diff) -> String {
    let rows = diff.findings.iter().map(|it| {
        let (old, new) = (&it.old.value, &it.new.value);
        format!("{} {:?}: {old:?} -> {new:?}\n", it.title(), it.verdict)
    });
    rows.collect()
}

#[track_caller]
fn nothing(old: &str, new: &str) {
    for (old, new) in [(old, new), (new, old)] {
        let diff = compare(old, new);
        assert_eq!(text_of(&diff), "");
    }
}

/// Expects one verdict of a pair, and another one of the pair the other way round.
#[track_caller]
fn both_ways(old: &str, new: &str, there: (Wire, Wire), back: (Wire, Wire)) {
    for (old, new, expected) in [(old, new, there), (new, old, back)] {
        one_way(old, new, expected);
    }
}

#[track_caller]
fn one_way(old: &str, new: &str, expected: (Wire, Wire)) {
    let diff = compare(old, new);
    let verdict = diff.verdict();
    assert_eq!((verdict.request, verdict.response), expected, "{}", text_of(&diff));
}

const WIDER: (Wire, Wire) = (Wire::Compatible, Wire::Breaking);

const NARROWER: (Wire, Wire) = (Wire::Breaking, Wire::Compatible);
