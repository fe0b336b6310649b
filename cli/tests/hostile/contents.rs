//! Media types and statuses that are none, or too many.

use serde_json::{Value, json};

use crate::base::{base, set};
use crate::row::Row;

const TYPES: &[&str] = &[
    "",
    "json",
    "*/*",
    "application/*",
    "application/json; charset=utf-8",
    "application/json;",
    "APPLICATION/JSON",
    "application/json\r\nX-Evil: 1",
    "a/b/c",
    "text/plain; \"",
    "application/x-ndjson",
    "multipart/form-data",
    "application/xml",
    "text/event-stream",
    "\u{202e}a/b",
    "application/\0",
];

const STATUSES: &[&str] = &[
    "",
    "0",
    "99",
    "2XX",
    "2xx",
    "XXX",
    "600",
    "200.0",
    "default",
    "Default",
    "-1",
    "99999999999",
    "x-a",
    "2\u{200d}00",
];

pub(crate) fn rows() -> Vec<Row> {
    let schema = json!({ "$ref": "#/components/schemas/Pet" });
    let mut acc = Vec::new();
    for (index, ty) in TYPES.iter().enumerate() {
        let content = json!({ *ty: { "schema": schema } });
        let mut document = base();
        set(&mut document, "/paths/~1pets~1{id}/put/requestBody/content", content.clone());
        set(&mut document, "/paths/~1pets~1{id}/put/responses/200/content", content);
        acc.push(Row::tree(format!("media type {index}"), &document));
    }
    for (index, status) in STATUSES.iter().enumerate() {
        let mut document = base();
        set(
            &mut document,
            "/paths/~1pets~1{id}/put/responses",
            json!({ *status: { "description": "A." } }),
        );
        acc.push(Row::tree(format!("status {index}"), &document));
    }
    let mut every = base();
    let statuses: serde_json::Map<String, Value> =
        (100..600).map(|it| (it.to_string(), json!({ "description": "A." }))).collect();
    set(&mut every, "/paths/~1pets~1{id}/put/responses", Value::Object(statuses));
    acc.push(Row::tree("every status", &every));
    let mut none = base();
    set(&mut none, "/paths/~1pets~1{id}/put/responses", json!({}));
    acc.push(Row::tree("no status", &none));
    acc
}
