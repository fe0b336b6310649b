//! One change after another, and both judges of its Rust: the diff and the compiler, which must say the same.

use std::path::{Path, PathBuf};

use tamarack::Input;
use tamarack_diff::{self as diff, Rust};
use tamarack_witness::{Comparison, Subject, Workspace, compare};

const KENNEL: &str = include_str!("kennel.oas.yaml");

/// What is changed into what, and the kinds of the rows that are `major`.
const CASES: &[(&str, &str, &[&str])] = &[
    // Nothing that code could see.
    ("version: '1'", "version: '2'", &[]),
    ("enum: [calm, wild]", "x-enum: [calm, wild]", &[]),
    ("https://{region}", "https://dogs.{region}", &[]),
    // What is added breaks nothing.
    ("enum: [calm, wild]", "enum: [calm, wild, shy]", &[]),
    ("note: {type: string}", "note: {type: string}\n        size: {type: integer}", &[]),
    ("'404': {", "'410': {description: Gone.}\n        '404': {", &[]),
    (
        "- {name: depth,",
        "- {name: page, in: query, schema: {type: string}}\n        - {name: depth,",
        &[],
    ),
    (
        "/toys/count:\n",
        "/toys/new: {get: {operationId: new_toys, responses: {'204': {description: None.}}}}\n  /toys/count:\n",
        &[],
    ),
    // Operations and what they take.
    ("operationId: count_toys", "operationId: number_of_toys", &["operation-renamed"]),
    ("  /toys/count:\n    get:", "  /toys/count:\n    x-get:", &["operation-removed"]),
    (
        "operationId: count_toys\n",
        "operationId: count_toys\n      parameters: [{name: of, in: query, schema: {type: string}}]\n",
        &[],
    ),
    (
        "operationId: count_toys\n",
        "operationId: count_toys\n      parameters: [{name: of, in: query, required: true, schema: {type: string}}]\n",
        &["required-parameter-added"],
    ),
    (
        "        - {name: lang, in: header, required: true, schema: {type: string}}\n",
        "",
        &["required-parameter-removed"],
    ),
    (
        "        - {name: depth, in: query, schema: {type: integer}}\n",
        "",
        &["optional-parameter-removed"],
    ),
    ("lang, in: header, required: true,", "lang, in: header,", &["became-optional"]),
    ("depth, in: query, schema", "depth, in: query, required: true, schema", &["became-required"]),
    (
        "depth, in: query, schema: {type: integer}",
        "depth, in: query, schema: {type: number}",
        &["type-generalized"],
    ),
    (
        "/dogs/{id}:\n    get:\n      operationId: get_dog\n      parameters:\n        - {name: id,",
        "/dogs/{dog}:\n    get:\n      operationId: get_dog\n      parameters:\n        - {name: dog,",
        &["path-parameter-renamed"],
    ),
    (
        "schema: {type: string}}\n        - {name: depth",
        "schema: {type: string, enum: [en]}}\n        - {name: depth",
        &["enum-added", "constant-header-changed"],
    ),
    ("enum: [v1]", "enum: [v2]", &["constant-header-changed"]),
    (
        "        - {name: X-Kennel, in: header, required: true, schema: {type: string, enum: [v1]}}\n",
        "",
        &["constant-header-removed"],
    ),
    // Bodies.
    (
        "      requestBody:\n        content: {application/json",
        "      requestBody:\n        required: true\n        content: {application/json",
        &["became-required"],
    ),
    (
        "        required: true\n        content:\n          application/json",
        "        content:\n          application/json",
        &[],
    ),
    (
        "          application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/NewDog'}}\n",
        "",
        &["media-type-removed"],
    ),
    (
        "      requestBody:\n        content: {application/json: {schema: {$ref: '#/components/schemas/Toy'}}}\n",
        "",
        &["body-removed"],
    ),
    (
        "content: {application/json: {schema: {$ref: '#/components/schemas/Toy'}}}\n      responses",
        "content: {application/json: {schema: {type: string}}}\n      responses",
        &["type-changed"],
    ),
    (
        "operationId: count_toys\n",
        "operationId: count_toys\n      requestBody: {required: true, content: {application/json: {schema: {type: string}}}}\n",
        &["body-added"],
    ),
    // Replies.
    (
        "'200': {description: How many., content: {application/json: {schema: {type: integer}}}}",
        "'200': {description: How many.}",
        &["response-body-removed"],
    ),
    (
        "'201': {description: Added.}",
        "'201': {description: Added., content: {application/json: {schema: {type: string}}}}",
        &["response-body-added"],
    ),
    ("'201': {description: Added.}", "'202': {description: Added.}", &[]),
    (
        "'201': {description: Added.}",
        "'201': {description: Added.}\n        '202': {description: Later., content: {application/json: {schema: {type: string}}}}",
        &["status-added"],
    ),
    (
        "How many., content: {application/json: {schema: {type: integer}}}",
        "How many., content: {application/json: {schema: {type: string}}}",
        &["type-changed"],
    ),
    (
        "How many., content: {application/json: {schema: {type: integer}}}",
        "How many., content: {text/plain: {schema: {type: string}}}",
        &["type-changed"],
    ),
    (
        "{type: array, items: {$ref: '#/components/schemas/Toy'}}",
        "{type: array, items: {$ref: '#/components/schemas/Ball'}}",
        &["reference-changed"],
    ),
    ("        '409': {description: Taken.}\n", "", &["status-removed"]),
    (
        "'409': {description: Taken.}",
        "'409': {description: Taken., content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}}",
        &["response-body-added"],
    ),
    (
        "'404': {description: None., content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}}",
        "'404': {description: None., content: {application/json: {schema: {type: string}}}}",
        &["type-changed"],
    ),
    // Members.
    ("        note: {type: string}\n", "", &["property-removed"]),
    ("note: {type: string}", "memo: {type: string}", &["property-removed"]),
    ("required: [kind, name]", "required: [kind, name, note]", &["became-required"]),
    ("required: [name, mood]", "required: [name]", &["became-optional"]),
    (
        "required: [kind, name]\n      properties:",
        "required: [kind, name, size]\n      properties:\n        size: {type: integer}",
        &["property-added"],
    ),
    (
        "        name: {type: string}\n        mood: {type: string, enum: [calm, wild]}",
        "        mood: {type: string, enum: [calm, wild]}\n        name: {type: string}",
        &["constructor-changed"],
    ),
    (
        "kind: {type: string, enum: [dog]}",
        "kind: {type: string, enum: [dog, pup]}",
        &["constructor-changed"],
    ),
    (
        "name: {type: string}\n        mood",
        "name: {type: string, nullable: true}\n        mood",
        &["nullable-added"],
    ),
    ("age: {type: integer}", "age: {type: integer, nullable: true}", &[]),
    ("age: {type: integer}", "age: {type: integer, format: int32}", &["type-specialized"]),
    ("age: {type: integer}", "age: {type: string}", &["type-changed"]),
    (
        "size: {type: integer}",
        "size: {type: string, enum: [big]}",
        &["type-changed", "constructor-changed"],
    ),
    ("      additionalProperties: {type: string}\n", "", &["additional-changed"]),
    (
        "      additionalProperties: {type: string}\n",
        "      additionalProperties: {type: integer}\n",
        &["type-changed"],
    ),
    (
        "marks: {type: object, additionalProperties: {type: string}}",
        "marks: {type: object, additionalProperties: {type: integer}}",
        &["type-changed"],
    ),
    (
        "properties: {street: {type: string}}",
        "properties: {road: {type: integer}}",
        &["property-removed"],
    ),
    ("text: {type: string}", "text: {type: string, readOnly: true}", &[]),
    // Lists of values.
    ("enum: [calm, wild]", "enum: [calm]", &["enum-value-removed"]),
    (", enum: [calm, wild]", "", &["enum-dropped"]),
    ("note: {type: string}", "note: {type: string, enum: [short]}", &["enum-added"]),
    (
        "enum: [calm, wild]",
        "enum: [calm, wild]\n          , x-enum-varnames: [Calm, Fierce]",
        &["enum-value-renamed"],
    ),
    // Types.
    ("    Chip: {type: string}", "    Chip: {type: integer}", &["type-changed"]),
    ("    Chip: {type: string}", "    Chip: {type: string, nullable: true}", &[]),
    ("    Chip: {type: string}", "    Chip: {type: string, enum: [a1]}", &["enum-added"]),
    ("    Chip: {type: string}", "    Chip: {type: object}", &["type-changed"]),
    ("chip: {$ref: '#/components/schemas/Chip'}", "chip: {type: string}", &[]),
    (
        "chip: {$ref: '#/components/schemas/Chip'}",
        "chip: {$ref: '#/components/schemas/Problem'}",
        &["reference-changed"],
    ),
    // Unions.
    (
        "        - {$ref: '#/components/schemas/Rope'}\n      discriminator:\n        propertyName: type\n        mapping: {ball: '#/components/schemas/Ball', rope: '#/components/schemas/Rope'}",
        "      discriminator:\n        propertyName: type\n        mapping: {ball: '#/components/schemas/Ball'}",
        &["variant-removed"],
    ),
    (
        "rope: '#/components/schemas/Rope'",
        "line: '#/components/schemas/Rope'",
        &["variant-removed"],
    ),
    // What the API sends.
    ("  barked:\n", "  howled:\n", &["unknown"]),
    ("  fed:\n    post:", "  fed:\n    x-post:", &["unknown"]),
    ("  fed:\n", "  slept: {post: {responses: {}}}\n  fed:\n", &[]),
    ("name: X-Time, in: header,", "name: X-Time, in: header, required: true,", &["unknown"]),
    (
        "parameters: [{name: X-Time, in: header, schema: {type: integer}}]",
        "parameters: []",
        &["unknown"],
    ),
    (
        "properties: {grams: {type: integer}}",
        "properties: {grams: {type: string}}",
        &["type-changed"],
    ),
    // Around.
    ("default: north, enum: [north, south]", "default: north, enum: [north]", &["server-changed"]),
    ("default: north, enum: [north, south]", "default: south, enum: [north, south]", &[]),
    ("    door: {type: http, scheme: bearer}\n", "", &["security-scheme-removed"]),
    (
        "door: {type: http, scheme: bearer}",
        "door: {type: http, scheme: basic}",
        &["security-scheme-changed"],
    ),
    (
        "door: {type: http, scheme: bearer}",
        "door: {type: apiKey, in: query, name: door}",
        &["security-scheme-changed"],
    ),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn subject(text: &str) -> Subject {
    Subject::of(&Input::new("kennel.oas.yaml", text), &root()).expect("a document")
}

#[test]
fn the_compiler_says_what_the_diff_says() {
    let old = subject(KENNEL);
    let mut changed = Vec::new();
    for (from, to, _) in CASES {
        assert!(KENNEL.contains(from), "`{from}` is not in the document");
        changed.push(subject(&KENNEL.replacen(from, to, 1)));
    }
    let comparisons: Vec<_> = (CASES.iter().zip(&changed))
        .map(|((from, to, _), new)| Comparison { name: format!("{from} -> {to}"), old: &old, new })
        .collect();
    let workspace = Workspace {
        repository: root(),
        folder: root().join("target/witness/cases"),
        target: root().join("target/witness/target"),
    };
    let judgements = compare(&comparisons, &workspace).expect("cargo runs");
    let mut wrong = Vec::new();
    for ((case, new), it) in CASES.iter().zip(&changed).zip(&judgements) {
        let diff = diff::compare(&old.model, &new.model);
        let major = diff.findings.iter().filter(|it| it.verdict.rust == Rust::Major);
        let major: Vec<_> = major.map(|it| it.kind.id()).collect();
        if !it.is_exact() || major != case.2 {
            wrong.push(format!("{} -> {}\n{major:?}\n{it:#?}", case.0, case.1));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
