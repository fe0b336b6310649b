//! Values of another kind than OpenAPI gives their place: each costs what stands there and no more.

use serde_json::{Value, json};

use crate::base::with;
use crate::row::Row;

/// Places of the base, by what OpenAPI has there.
const PLACES: &[(&str, &str)] = &[
    ("info", "/info"),
    ("title", "/info/title"),
    ("servers", "/servers"),
    ("paths", "/paths"),
    ("path item", "/paths/~1pets~1{id}"),
    ("operation", "/paths/~1pets~1{id}/put"),
    ("parameters", "/paths/~1pets~1{id}/put/parameters"),
    ("parameter", "/paths/~1pets~1{id}/put/parameters/1"),
    ("request body", "/paths/~1pets~1{id}/put/requestBody"),
    ("content", "/paths/~1pets~1{id}/put/requestBody/content"),
    ("responses", "/paths/~1pets~1{id}/put/responses"),
    ("response", "/paths/~1pets~1{id}/put/responses/200"),
    ("components", "/components"),
    ("schemas", "/components/schemas"),
    ("schema", "/components/schemas/Subject"),
    ("properties", "/components/schemas/Subject/properties"),
    ("type", "/components/schemas/Subject/type"),
    ("required", "/components/schemas/Pet/required"),
    ("enum", "/components/schemas/Pet/properties/kind/enum"),
    ("security scheme", "/components/securitySchemes/Key"),
];

pub(crate) fn rows() -> Vec<Row> {
    let values = [("null", Value::Null), ("a list", json!([[]])), ("a number", json!(3))];
    let mut acc = Vec::new();
    for (place, pointer) in PLACES {
        for (what, value) in &values {
            acc.push(Row::tree(format!("{what} as {place}"), &with(pointer, value.clone())));
        }
    }
    acc
}
