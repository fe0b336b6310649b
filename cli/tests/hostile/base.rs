//! The document that rows are made from, and ways to put something in one of its places.

use serde_json::{Value, json};

/// A small document in which nothing is wrong.
pub(crate) fn base() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Pets", "version": "1", "description": "Pets." },
        "servers": [{ "url": "https://pets.example/v1" }],
        "paths": { "/pets/{id}": { "put": {
            "operationId": "put_pet",
            "summary": "Puts a pet.",
            "description": "Puts it.",
            "parameters": [
                { "name": "id", "in": "path", "required": true, "description": "Which.", "schema": { "type": "string" } },
                { "name": "limit", "in": "query", "schema": { "type": "integer" } }
            ],
            "requestBody": {
                "required": true,
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Pet" } } }
            },
            "responses": { "200": {
                "description": "The pet.",
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Pet" } } }
            } }
        } } },
        "components": {
            "securitySchemes": { "Key": { "type": "apiKey", "in": "header", "name": "X-Key", "description": "A key." } },
            "schemas": {
                "Pet": {
                    "type": "object",
                    "description": "A pet.",
                    "required": ["name"],
                    "properties": {
                        "name": { "type": "string", "description": "Its name." },
                        "kind": { "type": "string", "enum": ["cat", "dog"] },
                        "subject": { "$ref": "#/components/schemas/Subject" }
                    }
                },
                "Subject": { "type": "object", "properties": { "a": { "type": "string" } } }
            }
        }
    })
}

/// Returns the base with a value at a place; what holds the place is there, the last step may be new.
pub(crate) fn with(pointer: &str, value: Value) -> Value {
    let mut acc = base();
    set(&mut acc, pointer, value);
    acc
}

/// Puts a value at a place.
pub(crate) fn set(document: &mut Value, pointer: &str, value: Value) {
    let (above, last) = pointer.rsplit_once('/').expect("a place below the root");
    let last = last.replace("~1", "/").replace("~0", "~");
    let node = document.pointer_mut(above).expect("the place exists");
    match node {
        Value::Array(list) => list[last.parse::<usize>().expect("an index")] = value,
        _ => node[last] = value,
    }
}

/// Returns the base with these schemas beside its own; `Subject` is the one that is used.
pub(crate) fn with_schemas(schemas: Value) -> Value {
    let mut acc = base();
    let Value::Object(schemas) = schemas else { unreachable!("a map of schemas") };
    for (name, schema) in schemas {
        acc["components"]["schemas"][name] = schema;
    }
    acc
}

/// The same as OpenAPI 3.1.
pub(crate) fn in_3_1(mut document: Value) -> Value {
    document["openapi"] = json!("3.1.0");
    document
}
