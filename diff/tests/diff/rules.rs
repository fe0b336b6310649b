//! The smallest change of each kind, with its three verdicts.

use tamarack::{Input, Model};
use tamarack_diff::{self as diff, Rust, Wire};

use crate::replaced::{self, Row};

/// A document that sends and receives one type.
const PETS: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    post:
      operationId: add_pet
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses:
        '200':
          description: The pet.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: {type: string, maxLength: 9}
        kind: {type: string, enum: [cat, dog]}
        friend: {$ref: '#/components/schemas/Pet'}
";

fn model(text: &str) -> Model {
    tamarack::read(&Input::new("pets.yaml", text)).model.expect("a model")
}

/// Replaces one text of the document and compares; each row is written as
/// kind, subject, request, response, Rust.
#[track_caller]
fn check(from: &str, to: &str, expected: &[Row<'_>]) {
    replaced::check(PETS, from, to, expected);
}

#[test]
fn an_optional_property() {
    let to = "friend: {type: string}\n        age: {type: integer}";
    let from = "friend: {$ref: '#/components/schemas/Pet'}";
    check(
        from,
        &format!("{from}\n        age: {{type: integer}}"),
        &[("property-added", "Pet.age", Wire::Compatible, Wire::Compatible, Rust::Minor)],
    );
    check(
        from,
        to,
        &[
            ("type-changed", "Pet.friend", Wire::Breaking, Wire::Breaking, Rust::Major),
            ("property-added", "Pet.age", Wire::Compatible, Wire::Compatible, Rust::Minor),
        ],
    );
}

#[test]
fn a_property_that_is_required() {
    check(
        "required: [name]",
        "required: [name, friend]",
        &[("became-required", "Pet.friend", Wire::Breaking, Wire::Compatible, Rust::Major)],
    );
    check(
        "      required: [name]\n",
        "",
        &[("became-optional", "Pet.name", Wire::Compatible, Wire::Breaking, Rust::Major)],
    );
}

#[test]
fn a_list_of_values() {
    let closed = "enum: [cat, dog]";
    check(
        closed,
        "x-enum: [cat, dog]",
        &[("enum-opened", "Pet.kind", Wire::Compatible, Wire::Potentially, Rust::None)],
    );
    check(closed, "enum: [dog, cat]", &[]);
    check(
        closed,
        "enum: [cat, dog, cow]",
        &[("enum-value-added", "Pet.kind", Wire::Compatible, Wire::Potentially, Rust::Minor)],
    );
    check(
        closed,
        "enum: [cat]",
        &[("enum-value-removed", "Pet.kind", Wire::Breaking, Wire::Compatible, Rust::Major)],
    );
    check(
        ", enum: [cat, dog]",
        "",
        &[("enum-dropped", "Pet.kind", Wire::Compatible, Wire::Potentially, Rust::Major)],
    );
}

#[test]
fn a_bound() {
    check(
        "maxLength: 9",
        "maxLength: 8",
        &[("constraint-tightened", "Pet.name", Wire::Breaking, Wire::Compatible, Rust::Patch)],
    );
    check(
        ", maxLength: 9",
        "",
        &[("constraint-loosened", "Pet.name", Wire::Compatible, Wire::Potentially, Rust::Patch)],
    );
}

#[test]
fn a_null() {
    check(
        "{type: string, maxLength: 9}",
        "{type: string, maxLength: 9, nullable: true}",
        &[("nullable-added", "Pet.name", Wire::Compatible, Wire::Breaking, Rust::Major)],
    );
}

#[test]
fn a_renamed_component_is_one_row() {
    let renamed =
        PETS.replace("schemas/Pet'", "schemas/Animal'").replace("    Pet:", "    Animal:");
    let diff = diff::compare(&model(PETS), &model(&renamed));
    let rows: Vec<_> = diff.findings.iter().map(|it| (it.kind.id(), it.subject.as_str())).collect();
    assert_eq!(rows, [("type-renamed", "Animal")]);
    assert_eq!(diff.verdict().wire(), Wire::None);
}

#[test]
fn a_renamed_operation_is_one_row() {
    check(
        "add_pet",
        "create_pet",
        &[("operation-renamed", "create_pet", Wire::None, Wire::None, Rust::Major)],
    );
}

#[test]
fn another_status_with_the_same_body() {
    check(
        "'200':",
        "'201':",
        &[("status-swapped", "add_pet response 201", Wire::None, Wire::Breaking, Rust::None)],
    );
}

/// An operation that takes the id of another one is no new version of it.
#[test]
fn an_id_that_several_operations_have_pairs_none_of_them() {
    let operation =
        |path: &str| format!("  {path}: {{get: {{operationId: list, responses: {{}}}}}}\n");
    let document = |paths: &[&str]| {
        let paths: String = paths.iter().map(|it| operation(it)).collect();
        model(&format!("openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths:\n{paths}"))
    };
    let diff = diff::compare(&document(&["/b"]), &document(&["/b", "/a"]));
    let kinds: Vec<_> =
        diff.findings.iter().map(|it| (it.kind.id(), it.subject.as_str())).collect();
    assert_eq!(kinds, [("operation-renamed", "get_b"), ("operation-added", "list")]);
}

/// A number is written as a text in a request, so that any text holds it; a text need not be a number.
#[test]
fn a_parameter_of_numbers_that_holds_any_text() {
    let add = "operationId: add_pet";
    let of =
        |ty: &str| format!("{add}\n      parameters: [{{in: query, name: a, schema: {{{ty}}}}}]");
    let document = |ty: &str| PETS.replace(add, &of(ty));
    let row = |old: &str, new: &str| {
        let diff = diff::compare(&model(&document(old)), &model(&document(new)));
        let row = |it: &diff::Finding| (it.kind.id(), it.verdict.request, it.verdict.rust);
        diff.findings.iter().map(row).collect::<Vec<_>>()
    };
    let wider = [("type-generalized", Wire::Compatible, Rust::Major)];
    let narrower = [("type-specialized", Wire::Breaking, Rust::Major)];
    for ty in ["type: integer", "type: number", "type: boolean", "type: integer, minimum: 1"] {
        assert_eq!(row(ty, "type: string"), wider, "{ty}");
        assert_eq!(row("type: string", ty), narrower, "{ty}");
    }
    let list = |ty: &str| format!("type: array, items: {{type: {ty}}}");
    assert_eq!(row(&list("integer"), &list("string")), wider);
    // Not every text is allowed.
    for ty in ["type: string, maxLength: 2", "type: string, format: date"] {
        assert!(row("type: integer", ty).iter().any(|it| it.1 == Wire::Breaking), "{ty}");
    }
}

/// What a parameter holds that no code expresses is unknown, but not whether a request needs it.
#[test]
fn a_parameter_that_no_code_expresses() {
    let add = "operationId: add_pet";
    let of = |required: &str| {
        let schema = "{type: object, properties: {a: {type: array, items: {type: object}}}}";
        PETS.replace(
            add,
            &format!(
                "{add}\n      parameters: [{{in: header, name: A, {required}schema: {schema}}}]"
            ),
        )
    };
    let rows = |old: &str, new: &str| {
        let diff = diff::compare(&model(old), &model(new));
        let row = |it: &diff::Finding| (it.kind.id(), it.verdict.request, it.verdict.response);
        diff.findings.iter().map(row).collect::<Vec<_>>()
    };
    let free = of("");
    assert_eq!(rows(PETS, &free), [("optional-parameter-added", Wire::Compatible, Wire::None)]);
    assert_eq!(rows(&free, PETS), [("optional-parameter-removed", Wire::Potentially, Wire::None)]);
    // An operation that needs it is not generated.
    assert_eq!(rows(PETS, &of("required: true, ")), [("unknown", Wire::Unknown, Wire::Unknown)]);
}

/// What a name stands for is no more than what is written in its place.
#[test]
fn a_bound_behind_a_name_is_within_a_wider_one() {
    const FRIENDS: &str = "friend: {$ref: '#/components/schemas/Pet'}";
    let named = PETS
        .replace(FRIENDS, "friends: {type: array, items: {$ref: '#/components/schemas/Short'}}")
        + "    Short: {type: string, maxLength: 5}\n";
    let from = "friends: {type: array, items: {$ref: '#/components/schemas/Short'}}";
    let union = |most: u32| {
        format!(
            "friends: {{oneOf: [{{type: array, items: {{type: string, maxLength: {most}}}}}, {{type: integer}}]}}"
        )
    };
    let row = |kind, request| (kind, "Pet.friends", request, Wire::Breaking, Rust::Major);
    replaced::check(&named, from, &union(7), &[row("type-generalized", Wire::Compatible)]);
    replaced::check(&named, from, &union(4), &[row("type-changed", Wire::Breaking)]);
}
