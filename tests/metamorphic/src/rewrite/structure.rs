//! Parts of a document at another place: components, path items, operations.

use serde_json::{Map, Value, json};

use crate::edit::{self, METHODS};

fn path_items(document: &mut Value) -> impl Iterator<Item = &mut Map<String, Value>> {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten();
    let items = paths.filter(|(path, _)| path.starts_with('/'));
    items.filter_map(|(_, item)| item.as_object_mut())
}

/// Returns the operations of `paths`.
pub(super) fn operations(document: &mut Value) -> impl Iterator<Item = &mut Map<String, Value>> {
    path_items(document).flat_map(|item| {
        let all = item.iter_mut().filter(|(key, _)| METHODS.contains(&key.as_str()));
        all.filter_map(|(_, operation)| operation.as_object_mut())
    })
}

/// Moves the parameters of operations to their path item where it has no other operation.
pub(super) fn parameters_to_the_path(document: &Value) -> Option<Value> {
    let mut acc = document.clone();
    let mut any = false;
    for item in path_items(&mut acc) {
        let methods: Vec<_> =
            item.keys().filter(|it| METHODS.contains(&it.as_str())).cloned().collect();
        let [method] = methods.as_slice() else { continue };
        if item.contains_key("parameters") {
            continue;
        }
        let moved = item[method].as_object_mut().and_then(|it| it.remove("parameters"));
        if let Some(moved) = moved {
            any = true;
            item.insert("parameters".to_owned(), moved);
        }
    }
    any.then_some(acc)
}

/// Puts every inline node that `find` returns among the components, and a reference in its place.
fn as_components(
    document: &Value,
    kind: &str,
    find: impl Fn(&mut Map<String, Value>) -> Vec<&mut Value>,
) -> Option<Value> {
    let mut acc = document.clone();
    let mut moved = Vec::new();
    for operation in operations(&mut acc) {
        for node in find(operation).into_iter().filter(|it| it.is_object()) {
            if node.get("$ref").is_none() {
                let name = format!("ZzMoved{}", moved.len());
                let reference = json!({ "$ref": format!("#/components/{kind}/{name}") });
                moved.push((name, std::mem::replace(node, reference)));
            }
        }
    }
    if moved.is_empty() {
        return None;
    }
    let components = acc.as_object_mut()?.entry("components").or_insert_with(|| json!({}));
    let all = components.as_object_mut()?.entry(kind).or_insert_with(|| json!({}));
    all.as_object_mut()?.extend(moved);
    Some(acc)
}

/// Makes every inline parameter of an operation a component.
pub(super) fn parameters_as_components(document: &Value) -> Option<Value> {
    as_components(document, "parameters", |operation| {
        let list = operation.get_mut("parameters").and_then(Value::as_array_mut);
        list.into_iter().flatten().collect()
    })
}

/// Makes every inline response a component.
pub(super) fn responses_as_components(document: &Value) -> Option<Value> {
    as_components(document, "responses", |operation| {
        let map = operation.get_mut("responses").and_then(Value::as_object_mut);
        let all = map.into_iter().flatten().filter(|(status, _)| !status.starts_with("x-"));
        all.map(|it| it.1).collect()
    })
}

/// Makes every inline request body a component.
pub(super) fn bodies_as_components(document: &Value) -> Option<Value> {
    as_components(document, "requestBodies", |operation| {
        operation.get_mut("requestBody").into_iter().collect()
    })
}

/// Writes out references of operations to parameters, responses and request bodies.
pub(super) fn written_out(document: &Value) -> Option<Value> {
    let mut acc = document.clone();
    let mut any = false;
    let mut write_out = |node: &mut Value| {
        let reference = node.get("$ref").and_then(Value::as_str);
        let end = reference.and_then(edit::target);
        if let Some(found) = end.and_then(|it| edit::find(document, &it)) {
            any = true;
            *node = found.clone();
        }
    };
    for operation in operations(&mut acc) {
        if let Some(list) = operation.get_mut("parameters").and_then(Value::as_array_mut) {
            list.iter_mut().for_each(&mut write_out);
        }
        if let Some(map) = operation.get_mut("responses").and_then(Value::as_object_mut) {
            map.values_mut().for_each(&mut write_out);
        }
        operation.get_mut("requestBody").into_iter().for_each(&mut write_out);
    }
    any.then_some(acc)
}

/// Writes the security of the document at each operation without its own.
pub(super) fn security_at_operations(document: &Value) -> Option<Value> {
    let mut acc = document.clone();
    let security = acc.as_object_mut()?.remove("security")?;
    for operation in operations(&mut acc) {
        operation.entry("security").or_insert_with(|| security.clone());
    }
    Some(acc)
}

/// Writes out the defaults of `style`, `explode` and `required` (OpenAPI 3.0.4 sections 4.7.12 and 4.7.13).
pub(super) fn defaults_written(document: &Value) -> Option<Value> {
    let mut acc = document.clone();
    let mut any = false;
    for operation in operations(&mut acc) {
        let list = operation.get_mut("parameters").and_then(Value::as_array_mut);
        for parameter in list.into_iter().flatten().filter_map(Value::as_object_mut) {
            let style = match parameter.get("in").and_then(Value::as_str) {
                Some("query" | "cookie") => "form",
                Some("path" | "header") => "simple",
                _ => continue,
            };
            if parameter.contains_key("content") || parameter.contains_key("style") {
                continue;
            }
            any = true;
            parameter.insert("style".to_owned(), style.into());
            parameter.entry("explode").or_insert((style == "form").into());
            parameter.entry("required").or_insert(false.into());
        }
        if let Some(body) = operation.get_mut("requestBody").and_then(Value::as_object_mut)
            && !body.contains_key("$ref")
            && !body.contains_key("required")
        {
            any = true;
            body.insert("required".to_owned(), false.into());
        }
    }
    any.then_some(acc)
}
