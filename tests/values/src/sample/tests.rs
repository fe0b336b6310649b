//! Values that are made are valid, and differ.

use std::collections::BTreeSet;

use serde_json::Value;
use tamarack_reader::document::Document;

use super::Sampler;
use crate::choices::Choices;
use crate::validity::Validity;

const DOCUMENT: &str = "
openapi: 3.0.4
components:
  schemas:
    Scalars:
      type: object
      required: [text, count]
      properties:
        text: {type: string, minLength: 3, maxLength: 5}
        count: {type: integer, format: int32, minimum: 2, maximum: 4, exclusiveMaximum: true}
        share: {type: number, minimum: 0, maximum: 1}
        word: {type: string, enum: [a, b]}
        none: {type: boolean, nullable: true}
    Lists:
      type: array
      minItems: 1
      maxItems: 2
      items: {$ref: '#/components/schemas/Scalars'}
    Maps: {type: object, additionalProperties: {type: integer}}
    Ring: {type: object, required: [name], properties: {name: {type: string}, next: {$ref: '#/components/schemas/Ring'}}}
    Base:
      type: object
      required: [kind]
      properties: {kind: {type: string}}
      discriminator: {propertyName: kind, mapping: {c: '#/components/schemas/Child'}}
    Child: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, required: [n], properties: {n: {type: integer}}}]}
    Either:
      oneOf: [{$ref: '#/components/schemas/Child'}, {$ref: '#/components/schemas/Maps'}, {type: string}]
";

/// Returns the values of a component.
fn values(name: &str) -> Vec<Value> {
    let document = Document::read(DOCUMENT).expect("the document can be read");
    let validity = Validity::of(document.root().value).expect("the validator reads it");
    let at = format!("#/components/schemas/{name}");
    let schema = document.find(&at).expect("the component is there");
    let mut choices = Choices::of(3);
    let made = (0..100).filter_map(|_| Sampler::new(&document, &mut choices).value(&schema));
    made.filter(|it| validity.is_valid(&at, it) == Some(true)).collect()
}

#[test]
fn most_values_are_valid_and_many_differ() {
    for name in ["Scalars", "Lists", "Maps", "Ring", "Child", "Either"] {
        let values = values(name);
        let distinct: BTreeSet<String> = values.iter().map(Value::to_string).collect();
        assert!(values.len() > 60, "{name}: {} valid values", values.len());
        assert!(distinct.len() > 2, "{name}: {distinct:?}");
    }
}

#[test]
fn what_extends_a_base_has_its_tag() {
    assert!(values("Child").iter().all(|it| it["kind"] == "c"));
    assert!(values("Base").iter().all(|it| it["kind"] == "Base"));
}
