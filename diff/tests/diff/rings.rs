//! Documents whose schemas extend or define themselves are compared, and what changed inside of them is found.

use tamarack::{Input, Model};
use tamarack_diff::{self as diff, Kind};

fn model(schemas: &str) -> Model {
    let content = format!(
        "openapi: 3.1.0
info: {{title: t, version: v}}
paths:
  /x:
    post:
      operationId: x
      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}
      responses:
        '200':
          description: d
          content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}
components:
  schemas:
{schemas}"
    );
    tamarack::read(&Input::new("spec", content)).model.expect("the document can be read")
}

/// Compares two documents, each also with itself.
fn kinds(old: &str, new: &str) -> Vec<Kind> {
    let (old, new) = (model(old), model(new));
    for same in [&old, &new] {
        assert!(diff::compare(same, same).findings.is_empty());
    }
    diff::compare(&old, &new).findings.iter().map(|it| it.kind).collect()
}

#[test]
fn a_property_comes_to_a_type_that_extends_itself() {
    for (before, after) in [("{allOf: [", "]}"), ("{type: array, items: {allOf: [", "]}}")] {
        let of = |extension: &str| {
            let own = "{$ref: '#/components/schemas/A'}";
            format!(
                "    A: {{properties: {{a: {{type: string}}, own: {before}{own}, {extension}{after}}}}}\n"
            )
        };
        let found = kinds(
            &of("{required: [own]}"),
            &of("{required: [own], properties: {more: {type: string}}}"),
        );
        assert!(found.contains(&Kind::PropertyAdded), "{found:?}");
    }
}

#[test]
fn two_schemas_that_extend_each_other_inside() {
    let of = |ty: &str| {
        format!(
            "    A: {{properties: {{b: {{allOf: [{{$ref: '#/components/schemas/B'}}, {{properties: {{x: {{type: {ty}}}}}}}]}}}}}}
    B: {{properties: {{a: {{allOf: [{{$ref: '#/components/schemas/A'}}, {{properties: {{y: {{type: string}}}}}}]}}}}}}\n"
        )
    };
    let found = kinds(&of("string"), &of("integer"));
    assert!(found.contains(&Kind::TypeChanged), "{found:?}");
}

#[test]
fn a_list_of_itself_and_a_ring_of_references() {
    let lists =
        "    A: {type: array, items: {allOf: [{$ref: '#/components/schemas/A'}, {minItems: 1}]}}\n";
    let map = "    A: {type: object, additionalProperties: {allOf: [{$ref: '#/components/schemas/A'}, {minProperties: 1}]}}\n";
    let ring = "    A: {oneOf: [{$ref: '#/components/schemas/B'}, {type: 'null'}]}\n    B: {allOf: [{$ref: '#/components/schemas/A'}]}\n";
    for (old, new) in [(lists, map), (map, ring), (ring, lists)] {
        assert!(!kinds(old, new).is_empty(), "{old}{new}");
    }
}
