//! References that lead nowhere, elsewhere, to what is no schema, or back.

use serde_json::{Map, Value, json};

use crate::base::{base, in_3_1, set, with, with_schemas};
use crate::row::Row;

pub(crate) fn rows() -> Vec<Row> {
    let mut acc = targets();
    acc.extend(cycles());
    acc.extend(others());
    acc
}

/// Returns a reference to a schema.
fn to(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// `Subject` refers to something that is no schema of the document.
fn targets() -> Vec<Row> {
    let targets = [
        ("nothing", "#/components/schemas/Missing"),
        ("a section that is not there", "#/definitions/Pet"),
        ("another file", "other.yaml#/Pet"),
        ("a file two folders up", "../../../etc/passwd#/a"),
        ("another host", "https://other.example/a.yaml#/a"),
        ("a host without a scheme", "//other.example/a"),
        ("a file by its scheme", "file:///etc/passwd"),
        ("an empty text", ""),
        ("a bare fragment", "#"),
        ("a slash", "#/"),
        ("an anchor", "#pet"),
        ("a pointer without a hash", "/components/schemas/Pet"),
        ("bad escapes", "#/components/schemas/~2%zz%"),
        ("escapes that are no UTF-8", "#/components/schemas/%ff"),
        ("an index that is too large", "#/servers/99999999999999999999999"),
        ("an index below zero", "#/servers/-1"),
    ];
    let rows = targets.into_iter().map(|(what, text)| {
        let document = with("/components/schemas/Subject", json!({ "$ref": text }));
        Row::tree(format!("a reference to {what}"), &document).lossy()
    });
    let odd = [
        ("the info", "#/info"),
        ("a text", "#/info/title"),
        ("a path", "#/paths/~1pets~1{id}"),
        ("an operation", "#/paths/~1pets~1%7Bid%7D/put"),
        ("a parameter", "#/paths/~1pets~1{id}/put/parameters/0"),
        ("a list", "#/servers"),
        ("all schemas", "#/components/schemas"),
        ("the components", "#/components"),
        ("a security scheme", "#/components/securitySchemes/Key"),
    ];
    let odd = odd.into_iter().map(|(what, text)| {
        let document = with("/components/schemas/Subject", json!({ "$ref": text }));
        Row::tree(format!("a schema that is {what}"), &document)
    });
    let escaped = with(
        "/components/schemas/Pet/properties/subject",
        json!({ "$ref": "#/components/schemas/%53ubject" }),
    );
    let deep = with(
        "/components/schemas/Pet/properties/subject",
        json!({ "$ref": "#/components/schemas/Subject/properties/a" }),
    );
    let value = with("/components/schemas/Subject", json!({ "$ref": 3 }));
    rows.chain(odd)
        .chain([
            Row::tree("a reference with escapes", &escaped).valid(),
            Row::tree("a reference to a property", &deep).valid(),
            Row::tree("a reference that is a number", &value),
        ])
        .collect()
}

/// Ways to stand in a schema, each around a reference.
const RINGS: &[(&str, fn(Value) -> Value)] = &[
    ("allOf", |it| json!({ "allOf": [it] })),
    ("allOf beside a type", |it| json!({ "type": "object", "allOf": [it] })),
    ("oneOf", |it| json!({ "oneOf": [it] })),
    ("anyOf", |it| json!({ "anyOf": [it] })),
    (
        "allOf of two",
        |it| json!({ "allOf": [it, { "type": "object", "properties": { "b": { "type": "string" } } }] }),
    ),
    ("oneOf of two", |it| json!({ "oneOf": [it, { "type": "string" }] })),
    ("anyOf of two", |it| json!({ "anyOf": [it, { "type": "string" }] })),
    ("not", |it| json!({ "not": it })),
    ("items", |it| json!({ "type": "array", "items": it })),
    ("additionalProperties", |it| json!({ "type": "object", "additionalProperties": it })),
    ("a property", |it| json!({ "type": "object", "properties": { "a": it } })),
    (
        "a required property",
        |it| json!({ "type": "object", "required": ["a"], "properties": { "a": it } }),
    ),
];

fn cycles() -> Vec<Row> {
    let mut acc = Vec::new();
    for (name, ring) in RINGS {
        let one = with_schemas(json!({ "Subject": ring(to("Subject")) }));
        acc.push(Row::tree(format!("a ring through {name}"), &one));
        let two = with_schemas(json!({ "Subject": ring(to("B")), "B": ring(to("Subject")) }));
        acc.push(Row::tree(format!("a ring of two through {name}"), &two));
        let used = with_schemas(json!({
            "Subject": { "oneOf": [to("B"), { "type": "integer" }] },
            "B": ring(to("B"))
        }));
        acc.push(Row::tree(format!("a union of a ring through {name}"), &used));
    }
    let bare = with_schemas(json!({ "Subject": to("B"), "B": to("Subject") }));
    acc.push(Row::tree("two references that are each other", &bare).lossy());
    acc.push(
        Row::tree("a reference to itself", &with_schemas(json!({ "Subject": to("Subject") })))
            .lossy(),
    );
    acc
}

fn others() -> Vec<Row> {
    let mut chain = Map::new();
    for n in 0..1_000 {
        chain.insert(format!("C{n}"), to(&format!("C{}", n + 1)));
    }
    chain.insert("C1000".to_owned(), json!({ "type": "string" }));
    chain.insert("Subject".to_owned(), to("C0"));
    let mut parameter = base();
    set(
        &mut parameter,
        "/paths/~1pets~1{id}/put/parameters/1",
        json!({ "$ref": "#/paths/~1pets~1{id}/put/parameters/1" }),
    );
    let mut response = base();
    set(
        &mut response,
        "/components/responses",
        json!({ "A": { "$ref": "#/components/responses/B" }, "B": { "$ref": "#/components/responses/A" } }),
    );
    set(
        &mut response,
        "/paths/~1pets~1{id}/put/responses/200",
        json!({ "$ref": "#/components/responses/A" }),
    );
    let mut item = base();
    set(&mut item, "/paths/~1loop", json!({ "$ref": "#/paths/~1loop" }));
    let siblings = in_3_1(with(
        "/components/schemas/Subject",
        json!({ "$ref": "#/components/schemas/Pet", "required": ["kind"] }),
    ));
    vec![
        Row::tree("a chain of 1,000 references", &with_schemas(Value::Object(chain))).valid(),
        Row::tree("a parameter that is itself", &parameter).lossy(),
        Row::tree("responses that are each other", &response).lossy(),
        Row::tree("a path item that is itself", &item),
        Row::tree("a ring through siblings of a reference", &siblings),
    ]
}
