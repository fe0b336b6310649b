//! What the models do not hold and a contract says all the same: the smallest change of each, with its row.

use tamarack::{Input, Model};
use tamarack_diff::{self as diff, Rust, Wire};

use crate::replaced::{self, Row};

/// A document with places that no code is generated from.
const NOTES: &str = "\
openapi: 3.0.3
info: {title: Notes, version: '1'}
servers:
  - {url: 'https://{place}.example', variables: {place: {default: a, enum: [a, b], description: Where.}}}
security: [{key: []}]
paths:
  /notes:
    post:
      operationId: add_note
      parameters:
        - {name: stray, in: path, required: true, schema: {type: string}}
      requestBody:
        content: {text/plain: {schema: {type: string, maxLength: 9}}}
      responses:
        '200':
          description: The note.
          content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}
  /files:
    post:
      operationId: add_file
      requestBody:
        content:
          anything:
            schema: {type: object, required: [a, b], properties: {a: {type: string}, b: {$ref: '#/components/schemas/Id'}}}
      responses: {'204': {description: Done.}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
  schemas:
    Id: {type: string}
    Note:
      type: object
      maxProperties: 5
      properties:
        text: {type: string}
        mood: {type: string, x-enum: [good, bad]}
        part:
          anyOf:
            - {type: string}
            - {type: object, properties: {a: {type: string}}}
";

fn model(text: &str) -> Model {
    tamarack::read(&Input::new("notes.yaml", text)).model.expect("a model")
}

/// Replaces one text of the document and compares; each row is written as
/// kind, subject, request, response, Rust.
#[track_caller]
fn check(from: &str, to: &str, expected: &[Row<'_>]) {
    replaced::check(NOTES, from, to, expected);
}

#[test]
fn the_schema_of_a_text() {
    check(
        "maxLength: 9",
        "maxLength: 8",
        &[(
            "constraint-tightened",
            "add_note request body",
            Wire::Breaking,
            Wire::None,
            Rust::Patch,
        )],
    );
    check(
        "schema: {type: string, maxLength: 9}",
        "schema: {type: integer, maxLength: 9}",
        &[("unknown", "add_note request body", Wire::Unknown, Wire::None, Rust::None)],
    );
}

#[test]
fn a_bound_of_a_struct() {
    check(
        "maxProperties: 5",
        "maxProperties: 6",
        &[("constraint-loosened", "Note", Wire::None, Wire::Potentially, Rust::Patch)],
    );
}

#[test]
fn the_default_of_a_component() {
    check(
        "Id: {type: string}",
        "Id: {type: string, default: x}",
        &[("default-added", "Id", Wire::Potentially, Wire::None, Rust::Patch)],
    );
}

#[test]
fn a_path_parameter_without_a_place() {
    check(
        "        - {name: stray, in: path, required: true, schema: {type: string}}\n",
        "        - {name: other, in: query, schema: {type: string}}\n",
        &[
            ("unknown", "add_note parameter stray", Wire::Unknown, Wire::None, Rust::None),
            (
                "optional-parameter-added",
                "query parameter other",
                Wire::Compatible,
                Wire::None,
                Rust::Minor,
            ),
        ],
    );
}

#[test]
fn a_scheme_that_no_client_can_send() {
    check(
        "{type: apiKey, in: header, name: X-Key}",
        "{type: mutualTLS}",
        &[
            (
                "security-scheme-changed",
                "security scheme key",
                Wire::Breaking,
                Wire::None,
                Rust::Major,
            ),
            ("unknown", "add_note", Wire::Unknown, Wire::None, Rust::Patch),
        ],
    );
}

/// Of an operation that is left out, order, references and texts are not told
/// as changes of its messages.
#[test]
fn an_operation_that_is_left_out() {
    check("required: [a, b]", "required: [b, a]", &[]);
    check("b: {$ref: '#/components/schemas/Id'}", "b: {type: string}", &[]);
    check(
        "required: [a, b]",
        "description: Two parts., required: [a, b]",
        &[("docs-changed", "POST /files", Wire::None, Wire::None, Rust::None)],
    );
    check(
        "required: [a, b]",
        "required: [a]",
        &[("unknown", "POST /files", Wire::Unknown, Wire::None, Rust::None)],
    );
}

/// What no code expresses hangs in the model, so that it is seen to change.
#[test]
fn what_is_left_over() {
    let row = |subject, request, response| ("unknown", subject, request, response, Rust::None);
    check(
        "text: {type: string}",
        "text: {type: string, not: {enum: [x]}}",
        &[row("Note.text not", Wire::None, Wire::Unknown)],
    );
    check(
        "      operationId: add_note\n",
        "      operationId: add_note\n      callbacks: {done: {'{$url}': {post: {responses: {}}}}}\n",
        &[("unknown", "add_note callback done", Wire::Unknown, Wire::Unknown, Rust::Minor)],
    );
}

#[test]
fn a_variable_of_a_server() {
    check("enum: [a, b]", "enum: [b, a]", &[]);
    check(
        "Where.",
        "At which place.",
        &[("docs-changed", "servers {place}", Wire::None, Wire::None, Rust::None)],
    );
}

/// An open list allowed every text before.
#[test]
fn an_open_list_that_is_gone() {
    check(
        ", x-enum: [good, bad]",
        "",
        &[("enum-dropped", "Note.mood", Wire::None, Wire::Compatible, Rust::Major)],
    );
}

/// A variant of one kind is the same one, inline or not.
#[test]
fn a_variant_that_became_a_component() {
    let from = "            - {type: object, properties: {a: {type: string}}}\n";
    let to = "            - {$ref: '#/components/schemas/Part'}\n    Part: {type: object, properties: {a: {type: string}}}\n";
    let diff = diff::compare(&model(NOTES), &model(&NOTES.replace(from, to)));
    let kinds: Vec<_> = diff.findings.iter().map(|it| it.kind.id()).collect();
    assert_eq!(diff.verdict().wire(), Wire::None, "{kinds:?}");
    assert!(!kinds.contains(&"variant-removed"), "{kinds:?}");
}

#[test]
fn a_required_property_that_is_not_declared() {
    let (none, ghost) = (
        "Id: {type: string}",
        "Id: {type: string}\n    S: {type: object, required: [a, ghost], properties: {a: {type: string}}}",
    );
    let document = |schema: &str| {
        let text = NOTES.replace(none, schema);
        text.replace("mood: {", "s: {$ref: '#/components/schemas/S'}\n        mood: {")
    };
    let rows = |old: &str, new: &str| -> Vec<(&str, String, Rust)> {
        let diff = diff::compare(&model(&document(old)), &model(&document(new)));
        diff.findings.iter().map(|it| (it.kind.id(), it.subject.clone(), it.verdict.rust)).collect()
    };
    let expected = [("unknown", "S required".to_owned(), Rust::None)];
    assert_eq!(rows(ghost, &ghost.replace("ghost", "spirit")), expected);
    assert_eq!(rows(ghost, &ghost.replace(", ghost", "")), expected);
    assert_eq!(rows(&ghost.replace(", ghost", ""), ghost), expected);
    assert_eq!(rows(ghost, &ghost.replace("a, ghost", "ghost, a")), []);
}

#[test]
fn a_parameter_that_one_model_alone_holds() {
    let (plain, none) = (
        "{name: q, in: query, schema: {type: string}}",
        "{name: q, in: query, style: deepObject, explode: false, schema: {type: object, properties: {x: {type: string}}}}",
    );
    let stray = "{name: stray, in: path, required: true, schema: {type: string}}";
    let document = |parameter: &str| NOTES.replace(stray, parameter);
    let rows = |old: &str, new: &str| -> Vec<(&str, String, Wire, Rust)> {
        let diff = diff::compare(&model(&document(old)), &model(&document(new)));
        let row = |it: &diff::Finding| {
            (it.kind.id(), it.subject.clone(), it.verdict.request, it.verdict.rust)
        };
        diff.findings.iter().map(row).collect()
    };
    let row = |rust| ("unknown", "query parameter q".to_owned(), Wire::Unknown, rust);
    assert_eq!(rows(plain, none), [row(Rust::Major)]);
    assert_eq!(rows(none, plain), [row(Rust::Minor)]);
}

/// One that is written elsewhere has its place there.
#[test]
fn a_parameter_of_another_place_is_another_one() {
    let stray = "        - {name: stray, in: path, required: true, schema: {type: string}}\n";
    let none = "{name: q, in: query, style: deepObject, explode: false, schema: {type: object, properties: {x: {type: string}}}}";
    let elsewhere =
        NOTES.replace("components:\n", &format!("components:\n  parameters:\n    Q: {none}\n"));
    let rows = |document: &str, list: &str| -> Vec<(&str, String)> {
        let old = document.replace(stray, &format!("        - {list}\n"));
        let header = "{name: q, in: header, schema: {type: string}}";
        let new = document.replace(stray, &format!("        - {list}\n        - {header}\n"));
        let diff = diff::compare(&model(&old), &model(&new));
        diff.findings.iter().map(|it| (it.kind.id(), it.subject.clone())).collect()
    };
    let expected = [("optional-parameter-added", "header parameter q".to_owned())];
    assert_eq!(rows(NOTES, none), expected);
    assert_eq!(rows(&elsewhere, "{$ref: '#/components/parameters/Q'}"), expected);
}

/// What is sent for a range is declared beside it, so no code changes.
#[test]
fn a_range_of_media_types_beside_one_of_it() {
    const BODY: &str = "content: {text/plain: {schema: {type: string, maxLength: 9}}}";
    let json = "content: {application/json: {schema: {type: object}}}";
    let range = "content: {application/*+json: {schema: {type: object}}, application/json: {schema: {type: object}}}";
    let whose = "add_note request body";
    let change = |from, to, kind, wire| {
        let document = NOTES.replacen(BODY, from, 1);
        replaced::check(&document, from, to, &[(kind, whose, wire, Wire::None, Rust::None)]);
    };
    change(json, range, "media-type-added", Wire::Compatible);
    change(range, json, "media-type-removed", Wire::Breaking);
}

/// It is what the part is sent as.
#[test]
fn the_media_type_of_a_file() {
    const BODY: &str = "text/plain: {schema: {type: string, maxLength: 9}}";
    let file = "multipart/form-data: {schema: {properties: {a: {type: string, contentMediaType: image/png}}}}";
    let document = NOTES.replacen(BODY, file, 1).replacen("3.0.3", "3.1.0", 1);
    let whose = "add_note request body.a";
    let row = ("field-encoding-changed", whose, Wire::Breaking, Wire::None, Rust::None);
    replaced::check(&document, "image/png", "image/jpeg", &[row]);
}
