//! Parameters that have no name, no place, no type, or the name of something else.

use serde_json::{Value, json};

use crate::base::{base, set};
use crate::row::Row;

pub(crate) fn rows() -> Vec<Row> {
    let text = || json!({ "type": "string" });
    let one = |what: &'static str, parameter: Value| (what, json!([parameter]));
    let lists = [
        one("without a name", json!({ "in": "query", "schema": text() })),
        one("without a place", json!({ "name": "a", "schema": text() })),
        one("in no place", json!({ "name": "a", "in": "body", "schema": text() })),
        one("without a schema", json!({ "name": "a", "in": "query" })),
        one("with schema and content", json!({ "name": "a", "in": "query", "schema": text(), "content": { "application/json": { "schema": text() } } })),
        one("with two contents", json!({ "name": "a", "in": "query", "content": { "application/json": {}, "text/plain": {} } })),
        one("with content that is no JSON", json!({ "name": "a", "in": "query", "content": { "image/png": {} } })),
        one("with an unknown style", json!({ "name": "a", "in": "query", "style": "matrix", "schema": text() })),
        one("that is a deep object", json!({ "name": "a", "in": "query", "style": "deepObject", "schema": { "type": "object", "properties": { "b": { "type": "object" } } } })),
        one("that is a list of lists", json!({ "name": "a", "in": "query", "schema": { "type": "array", "items": { "type": "array", "items": text() } } })),
        one("called self", json!({ "name": "self", "in": "query", "required": true, "schema": text() })),
        one("called super", json!({ "name": "super", "in": "header", "required": true, "schema": text() })),
        one("without a letter", json!({ "name": "℮", "in": "query", "required": true, "schema": text() })),
        one("with an empty name", json!({ "name": "", "in": "query", "schema": text() })),
        one("with a header's end in the name", json!({ "name": "X-A\r\nX-Evil: 1", "in": "header", "schema": text() })),
        one("with a header's end in the default", json!({ "name": "X-A", "in": "header", "required": true, "schema": { "type": "string", "enum": ["a\r\nX-Evil: 1"] } })),
        one("that is a header of ours", json!({ "name": "Authorization", "in": "header", "schema": text() })),
        one("that is a cookie with a separator", json!({ "name": "a; b=c", "in": "cookie", "schema": text() })),
        one("that no path has", json!({ "name": "zzz", "in": "path", "required": true, "schema": text() })),
        one("of the path that is optional", json!({ "name": "id", "in": "path", "schema": text() })),
        one("of the path that is an object", json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "object" } })),
        ("twice", json!([{ "name": "a", "in": "query", "schema": text() }, { "name": "a", "in": "query", "schema": text() }])),
        ("of one name in four places", places()),
        ("that are 300", (0..300).map(|n| json!({ "name": format!("p{n}"), "in": "query", "required": true, "schema": text() })).collect()),
        ("with the names of our arguments", ["core", "options", "params", "request", "path", "body", "raw"].iter().map(|it| json!({ "name": it, "in": "query", "required": true, "schema": text() })).collect()),
    ];
    let document = |mut list: Value| {
        let mut acc = base();
        // The one of the path stays, so that the path itself is right.
        let declares_id = list.as_array().is_some_and(|it| it.iter().any(|it| it["name"] == "id"));
        if let (Value::Array(list), false) = (&mut list, declares_id) {
            list.push(acc["paths"]["/pets/{id}"]["put"]["parameters"][0].clone());
        }
        set(&mut acc, "/paths/~1pets~1{id}/put/parameters", list);
        acc
    };
    lists
        .into_iter()
        .map(|(what, it)| Row::tree(format!("parameters {what}"), &document(it)))
        .collect()
}

fn places() -> Value {
    let of = |place: &str| json!({ "name": "id", "in": place, "required": true, "schema": { "type": "string" } });
    json!([of("path"), of("query"), of("header"), of("cookie")])
}
