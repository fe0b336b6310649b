//! The documents in `specs/` as values, with their examples.

use std::path::{Path, PathBuf};

use serde_json::Value;

/// The keys whose properties have names of their own, none of which is a keyword.
const NAMED: [&str; 9] = [
    "content",
    "headers",
    "parameters",
    "paths",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "variables",
];

/// Returns the paths of all documents, relative to `specs/`, sorted.
pub fn all() -> Vec<String> {
    let (root, mut acc) = (root(), Vec::new());
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("`specs/` can be listed") {
            let path = entry.expect("`specs/` can be listed").path();
            let inside = path.strip_prefix(&root).expect("it is inside").to_string_lossy();
            if path.is_dir() {
                folders.push(path);
            } else if inside.ends_with(".oas.yaml") {
                acc.push(inside.replace('\\', "/"));
            }
        }
    }
    acc.sort();
    acc
}

/// Reads a document, by its path relative to `specs/`.
pub fn load(spec: &str) -> Value {
    let text = std::fs::read_to_string(root().join(spec))
        .unwrap_or_else(|error| panic!("{spec}: {error}"));
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{spec}: {error}"))
}

/// Returns the `example` of a component's schema.
pub fn example(spec: &str, component: &str) -> Value {
    let at = format!("/components/schemas/{component}/example");
    load(spec).pointer(&at).unwrap_or_else(|| panic!("{spec} has no {at}")).clone()
}

/// Returns the path of the document's one operation, and the operation.
pub fn operation(spec: &str) -> (String, Value) {
    let document = load(spec);
    let paths = document["paths"].as_object().unwrap_or_else(|| panic!("{spec} has no paths"));
    let [(path, item)] = paths.iter().collect::<Vec<_>>()[..] else {
        panic!("{spec}: these tests are written for one operation");
    };
    (path.clone(), item["post"].clone())
}

/// Returns whether the operation declares a body for this status.
pub fn declares_body(spec: &str, status: u16) -> bool {
    operation(spec).1["responses"][status.to_string()].get("content").is_some()
}

/// Returns every example of a document by its JSON pointer: `example` of a
/// schema, a parameter or a media type, and the values under `examples`.
pub fn examples(document: &Value) -> Vec<(String, Value)> {
    let mut acc = Vec::new();
    walk(&mut acc, document, "#");
    acc
}

fn walk(acc: &mut Vec<(String, Value)>, value: &Value, at: &str) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let here = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                match (key.as_str(), member) {
                    ("example", data) => acc.push((here, data.clone())),
                    // OpenAPI gives each a name and an object around it, JSON Schema a place in a list.
                    ("examples", Value::Object(named)) => {
                        for (name, example) in named {
                            acc.push((format!("{here}/{name}/value"), example["value"].clone()));
                        }
                    }
                    ("examples", Value::Array(items)) => {
                        for (n, example) in items.iter().enumerate() {
                            acc.push((format!("{here}/{n}"), example.clone()));
                        }
                    }
                    ("default" | "enum" | "x-enum" | "const", _data) => {}
                    (key, Value::Object(named)) if NAMED.contains(&key) => {
                        for (name, member) in named {
                            let name = name.replace('~', "~0").replace('/', "~1");
                            walk(acc, member, &format!("{here}/{name}"));
                        }
                    }
                    (_, member) => walk(acc, member, &here),
                }
            }
        }
        Value::Array(items) => {
            for (n, item) in items.iter().enumerate() {
                walk(acc, item, &format!("{at}/{n}"));
            }
        }
        _ => {}
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs")
}
