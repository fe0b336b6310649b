//! Makes documents that grow: one document several times over, and one with as many messages as are asked for.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

/// Writes the document as many times as is asked for into one file.
///
/// # Errors
///
/// When the document is no JSON, or a file cannot be read or written.
pub(crate) fn copies(document: &Path, n: usize, folder: &Path) -> Result<PathBuf, String> {
    let text = fs::read_to_string(document).map_err(|error| error.to_string())?;
    let whole: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let mut acc = whole.clone();
    for copy in 1..n {
        let mut more = whole.clone();
        renamed(&mut more, copy);
        for (path, item) in taken(&mut more, "/paths") {
            acc["paths"][format!("/copy{copy}{path}")] = item;
        }
        for (kind, components) in taken(&mut more, "/components") {
            // Schemes are the same for all copies.
            if let (Value::Object(components), true) = (components, kind != "securitySchemes") {
                for (name, component) in components {
                    acc["components"][&kind][name_of(&name, copy)] = component;
                }
            }
        }
    }
    write(&acc, folder, &format!("copies-{n}.json"))
}

/// Writes a document with so many operations, each with a keyword that no generator of Rust has a type for.
///
/// # Errors
///
/// When the file cannot be written.
pub(crate) fn remarks(n: usize, folder: &Path) -> Result<PathBuf, String> {
    let operation = |index: usize| {
        let schema = json!({"type": "object", "properties": {"a": {"type": "string"}}, "not": {"required": ["b"]}});
        let response =
            json!({"description": "Done.", "content": {"application/json": {"schema": schema}}});
        (
            format!("/p{index}"),
            json!({"get": {"operationId": format!("get{index}"), "responses": {"200": response}}}),
        )
    };
    let paths: Map<String, Value> = (0..n).map(operation).collect();
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "Remarks", "version": "1"},
        "servers": [{"url": "https://remarks.example"}],
        "paths": paths,
    });
    write(&document, folder, &format!("remarks-{n}.json"))
}

fn write(document: &Value, folder: &Path, name: &str) -> Result<PathBuf, String> {
    let path = folder.join(name);
    let text = serde_json::to_string_pretty(document).map_err(|error| error.to_string())?;
    fs::write(&path, text).map_err(|error| error.to_string())?;
    Ok(path)
}

fn taken(document: &mut Value, pointer: &str) -> Map<String, Value> {
    match document.pointer_mut(pointer).map(Value::take) {
        Some(Value::Object(members)) => members,
        _ => Map::new(),
    }
}

fn name_of(name: &str, copy: usize) -> String {
    format!("{name}Copy{copy}")
}

/// Gives operations, and what is referred to, the names of the copy.
fn renamed(node: &mut Value, copy: usize) {
    match node {
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::String(text) if key == "operationId" => *text = name_of(text, copy),
                    Value::String(text)
                        if text.starts_with("#/components/")
                            && !text.contains("/securitySchemes/") =>
                    {
                        *text = name_of(text, copy);
                    }
                    _ => renamed(value, copy),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|it| renamed(it, copy)),
        _ => {}
    }
}
