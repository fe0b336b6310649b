//! Schemas that extend themselves, contradict themselves, allow nothing, or use what Rust has no type for.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::base::{in_3_1, with_schemas};
use crate::row::Row;

pub(crate) fn rows() -> Vec<Row> {
    let mut acc = extensions();
    acc.extend(contradictions());
    acc.extend(of_3_1());
    acc.extend(large());
    acc
}

fn subject(name: &str, schema: Value) -> Row {
    Row::tree(name, &with_schemas(json!({ "Subject": schema })))
}

fn this() -> Value {
    json!({ "$ref": "#/components/schemas/Subject" })
}

/// A part of a schema that extends the whole.
fn extensions() -> Vec<Row> {
    let part = json!({ "allOf": [this(), { "type": "object", "properties": { "b": { "type": "string" } } }] });
    let narrowed = json!({ "$ref": "#/components/schemas/Subject", "required": ["a"] });
    let around = |part: &Value| {
        [
            ("a property", json!({ "type": "object", "properties": { "a": part } })),
            (
                "an item",
                json!({ "type": "object", "properties": { "a": { "type": "array", "items": part } } }),
            ),
            ("a map value", json!({ "type": "object", "additionalProperties": part })),
            (
                "a branch",
                json!({ "type": "object", "properties": { "a": { "oneOf": [part, { "type": "string" }] } } }),
            ),
        ]
    };
    let mut acc = Vec::new();
    for (what, schema) in around(&part) {
        acc.push(subject(&format!("{what} that extends its schema"), schema));
    }
    for (what, schema) in around(&narrowed) {
        let document = in_3_1(with_schemas(json!({ "Subject": schema })));
        acc.push(Row::tree(format!("{what} that narrows its schema"), &document));
    }
    acc
}

fn contradictions() -> Vec<Row> {
    let rows = [
        ("a text and a number", json!({ "allOf": [{ "type": "string" }, { "type": "integer" }] })),
        (
            "lists of values without a common one",
            json!({ "allOf": [{ "enum": ["a"] }, { "enum": ["b"] }] }),
        ),
        (
            "a schema and its opposite",
            json!({ "allOf": [{ "type": "string" }, { "not": { "type": "string" } }] }),
        ),
        ("bounds that cross", json!({ "type": "integer", "minimum": 5, "maximum": 1 })),
        (
            "a required property that is not declared",
            json!({ "type": "object", "required": ["z"] }),
        ),
        (
            "a property required twice",
            json!({ "type": "object", "required": ["a", "a"], "properties": { "a": {} } }),
        ),
        ("no values", json!({ "type": "string", "enum": [] })),
        ("null as the only value", json!({ "enum": [null] })),
        ("values of every kind", json!({ "enum": ["a", 1, 1.5, true, null, [], {}] })),
        ("values twice", json!({ "type": "string", "enum": ["a", "a"] })),
        ("values that differ in case", json!({ "type": "string", "enum": ["a", "A", "a ", " a"] })),
        ("empty allOf", json!({ "allOf": [] })),
        ("empty oneOf", json!({ "oneOf": [] })),
        ("empty anyOf", json!({ "anyOf": [] })),
        (
            "branches that are the same",
            json!({ "oneOf": [{ "type": "string" }, { "type": "string" }] }),
        ),
        ("a branch of nothing", json!({ "oneOf": [{}, { "type": "string" }] })),
        (
            "a discriminator without a name",
            json!({ "oneOf": [{ "$ref": "#/components/schemas/Pet" }], "discriminator": {} }),
        ),
        (
            "a discriminator that no branch has",
            json!({ "oneOf": [{ "$ref": "#/components/schemas/Pet" }], "discriminator": { "propertyName": "zzz" } }),
        ),
        (
            "a mapping to nothing",
            json!({ "oneOf": [{ "$ref": "#/components/schemas/Pet" }], "discriminator": { "propertyName": "kind", "mapping": { "a": "#/components/schemas/Missing", "b": "Nope", "": "" } } }),
        ),
        ("an unknown type", json!({ "type": "strng" })),
        ("the type null in 3.0", json!({ "type": "null" })),
        ("a list without items", json!({ "type": "array" })),
        ("items that are a list", json!({ "type": "array", "items": [{ "type": "string" }] })),
        ("a default of another type", json!({ "type": "integer", "default": "a" })),
        ("a pattern that is none", json!({ "type": "string", "pattern": "[(" })),
        (
            "numbers beyond all bounds",
            json!({ "type": "integer", "minimum": -1e300, "maximum": 1e300, "multipleOf": 0 }),
        ),
        ("lengths below zero", json!({ "type": "string", "minLength": -1, "maxLength": 1.5 })),
        ("bounds that are texts", json!({ "type": "integer", "minimum": "0", "maximum": "many" })),
        (
            "a map of maps of maps",
            json!({ "additionalProperties": { "additionalProperties": { "additionalProperties": true } } }),
        ),
        ("a format nobody knows", json!({ "type": "string", "format": "../../x" })),
    ];
    rows.into_iter()
        .map(|(what, schema)| subject(&format!("a schema with {what}"), schema))
        .collect()
}

fn of_3_1() -> Vec<Row> {
    let rows = [
        ("true", json!(true)),
        ("false", json!(false)),
        ("a list of types", json!({ "type": ["string", "integer", "null"] })),
        ("an empty list of types", json!({ "type": [] })),
        ("a type twice", json!({ "type": ["string", "string"] })),
        ("only null", json!({ "type": "null" })),
        ("a constant", json!({ "const": { "a": [1] } })),
        ("a dynamic reference", json!({ "$dynamicRef": "#node", "$dynamicAnchor": "node" })),
        (
            "an id",
            json!({ "$id": "https://other.example/a", "$ref": "#/$defs/b", "$defs": { "b": { "type": "string" } } }),
        ),
        ("an anchor", json!({ "$anchor": "a", "properties": { "b": { "$ref": "#a" } } })),
        (
            "tuples",
            json!({ "type": "array", "prefixItems": [{ "type": "string" }, { "type": "integer" }], "items": false }),
        ),
        (
            "conditions",
            json!({ "if": { "type": "string" }, "then": { "minLength": 1 }, "else": false }),
        ),
        (
            "property names",
            json!({ "type": "object", "propertyNames": { "pattern": "^x" }, "patternProperties": { "(": {} } }),
        ),
        (
            "dependent schemas",
            json!({ "type": "object", "dependentSchemas": { "a": this() }, "dependentRequired": { "a": ["b"] } }),
        ),
        (
            "unevaluated properties",
            json!({ "allOf": [{ "properties": { "a": {} } }], "unevaluatedProperties": false }),
        ),
        (
            "a vocabulary of its own",
            json!({ "$schema": "https://other.example/x", "$vocabulary": { "https://other.example/v": true }, "type": "string" }),
        ),
        (
            "numbers as bounds that exclude",
            json!({ "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": "1" }),
        ),
    ];
    let document = |schema| in_3_1(with_schemas(json!({ "Subject": schema })));
    rows.into_iter().map(|(what, it)| Row::tree(format!("in 3.1 {what}"), &document(it))).collect()
}

/// Wide, deep and doubled: what costs more than its size.
fn large() -> Vec<Row> {
    let nested = |n: usize, wrap: fn(Value) -> Value| {
        (0..n).fold(json!({ "type": "string" }), |acc, _| wrap(acc))
    };
    let mut diamond = Map::new();
    for n in 0..24 {
        let below = json!({ "$ref": format!("#/components/schemas/D{}", n + 1) });
        diamond.insert(format!("D{n}"), json!({ "allOf": [below, below] }));
    }
    diamond.insert(
        "D24".to_owned(),
        json!({ "type": "object", "properties": { "a": { "type": "string" } } }),
    );
    let mut properties = Map::new();
    for n in 0..2_000 {
        properties.insert(format!("p{n}"), json!({ "type": "string" }));
    }
    let values: Vec<_> = (0..20_000).map(|n| format!("v{}", n % 19_961)).collect();
    let mut same = String::new();
    let values_of_few_names: Vec<_> = (0..4_000)
        .map(|n| {
            same.clear();
            let _ = write!(same, "a{}{}", "-".repeat(n / 40 + 1), n % 40);
            same.clone()
        })
        .collect();
    let union = |n: usize| {
        (0..n)
            .map(|n| json!({ "type": "object", "properties": { (format!("k{n}")): {} } }))
            .collect::<Vec<_>>()
    };
    vec![
        subject("allOf 40 deep", nested(40, |it| json!({ "allOf": [it] }))).valid(),
        // Both parsers read 128 levels and no more, and each `allOf` is two.
        Row::unreadable(
            "allOf 100 deep",
            with_schemas(json!({ "Subject": nested(100, |it| json!({ "allOf": [it] })) }))
                .to_string(),
        ),
        subject("lists 60 deep", nested(60, |it| json!({ "type": "array", "items": it }))),
        subject(
            "objects 60 deep",
            nested(60, |it| json!({ "type": "object", "properties": { "a": it } })),
        ),
        subject(
            "maps 60 deep",
            nested(60, |it| json!({ "type": "object", "additionalProperties": it })),
        ),
        subject("unions 40 deep", nested(40, |it| json!({ "oneOf": [it, { "type": "integer" }] }))),
        Row::tree("a diamond of 24 levels", &with_schemas(Value::Object(diamond))).valid(),
        subject("2,000 properties", json!({ "type": "object", "properties": properties })).valid(),
        subject("20,000 values", json!({ "type": "string", "enum": values })),
        subject(
            "4,000 values of few names",
            json!({ "type": "string", "enum": values_of_few_names }),
        ),
        subject("a union of 300", json!({ "oneOf": union(300) })),
        subject(
            "a default of 100,000 characters",
            json!({ "type": "string", "default": "a".repeat(100_000) }),
        )
        .valid(),
    ]
}
