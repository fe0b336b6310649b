//! Schemas written differently that allow the same values.

use serde_json::{Map, Value, json};

use crate::edit::is_30;

/// Keywords that hold a schema, a list or a map of schemas.
const HOLD_ONE: [&str; 4] = ["items", "additionalProperties", "not", "schema"];
const HOLD_LIST: [&str; 4] = ["allOf", "oneOf", "anyOf", "prefixItems"];
const HOLD_MAP: [&str; 3] = ["properties", "patternProperties", "schemas"];

/// Changes every schema of the document, the inner ones first. Returns `None` if `change` returned `false`
/// for each.
pub(super) fn each_schema(
    document: &Value,
    change: &mut dyn FnMut(&mut Map<String, Value>) -> bool,
) -> Option<Value> {
    let mut acc = document.clone();
    let any = visit(&mut acc, false, change);
    any.then_some(acc)
}

fn visit(
    node: &mut Value,
    is_schema: bool,
    change: &mut dyn FnMut(&mut Map<String, Value>) -> bool,
) -> bool {
    let mut any = false;
    match node {
        Value::Array(list) => {
            for it in list {
                any |= visit(it, false, change);
            }
        }
        Value::Object(map) => {
            for (key, value) in map.iter_mut() {
                let key = key.as_str();
                if ["example", "examples", "default", "enum", "const", "mapping"].contains(&key)
                    || key.starts_with("x-")
                {
                    continue;
                }
                match value {
                    Value::Object(_) if HOLD_ONE.contains(&key) => {
                        any |= visit(value, true, change);
                    }
                    Value::Array(list) if HOLD_LIST.contains(&key) => {
                        for it in list {
                            any |= visit(it, true, change);
                        }
                    }
                    Value::Object(map) if HOLD_MAP.contains(&key) => {
                        for it in map.values_mut() {
                            any |= visit(it, true, change);
                        }
                    }
                    other => any |= visit(other, false, change),
                }
            }
            if is_schema {
                any |= change(map);
            }
        }
        _ => {}
    }
    any
}

/// Writes `additionalProperties: {}` at objects that do not mention them. In a form it makes a part of each further
/// property, whose media type depends on the schema (OpenAPI 3.1.1, Encoding Object).
pub(super) fn open_objects_written(document: &Value) -> Option<Value> {
    if has_form(document) {
        return None;
    }
    each_schema(document, &mut |schema| {
        let mentions = ["additionalProperties", "unevaluatedProperties", "allOf", "oneOf", "anyOf"];
        let fits = schema.get("type").is_some_and(|it| it == "object")
            && !mentions.iter().any(|it| schema.contains_key(*it));
        if fits {
            schema.insert("additionalProperties".to_owned(), json!({}));
        }
        fits
    })
}

fn has_form(node: &Value) -> bool {
    let is_form = |ty: &String| ty.starts_with("multipart/") || ty.ends_with("form-urlencoded");
    match node {
        Value::Object(members) => members.iter().any(|(key, it)| {
            key == "content" && it.as_object().is_some_and(|it| it.keys().any(is_form))
                || has_form(it)
        }),
        Value::Array(all) => all.iter().any(has_form),
        _ => false,
    }
}

/// Writes each reference as the only part of `allOf`, except as a branch or a part, whose name matters.
pub(super) fn references_in_all_of(document: &Value) -> Option<Value> {
    each_schema(document, &mut |schema| {
        let mut any = false;
        let mut wrap = |node: &mut Value| {
            if node.as_object().is_some_and(|it| it.len() == 1 && it.contains_key("$ref")) {
                any = true;
                *node = json!({ "allOf": [node.clone()] });
            }
        };
        if let Some(map) = schema.get_mut("properties").and_then(Value::as_object_mut) {
            map.values_mut().for_each(&mut wrap);
        }
        schema.get_mut("items").into_iter().for_each(&mut wrap);
        any
    })
}

/// Writes whole numbers of bounds as `1.0`.
pub(super) fn bounds_with_fraction(document: &Value) -> Option<Value> {
    each_schema(document, &mut |schema| {
        let mut any = false;
        for key in ["minimum", "maximum"] {
            let whole = schema.get(key).and_then(Value::as_i64);
            if let Some(whole) = whole.and_then(|it| i32::try_from(it).ok()) {
                any = true;
                schema.insert(key.to_owned(), json!(f64::from(whole)));
            }
        }
        any
    })
}

/// Leaves out `type: string` beside an enum of strings.
pub(super) fn enums_without_type(document: &Value) -> Option<Value> {
    each_schema(document, &mut |schema| {
        let strings = schema.get("enum").and_then(Value::as_array);
        let fits = schema.get("type").is_some_and(|it| it == "string")
            && strings.is_some_and(|it| !it.is_empty() && it.iter().all(Value::is_string));
        if fits {
            schema.remove("type");
        }
        fits
    })
}

/// Writes `type: [T, "null"]` of a scalar as `oneOf` of the scalar and null; OpenAPI 3.1 has both.
pub(super) fn null_as_branch(document: &Value) -> Option<Value> {
    if is_30(document) {
        return None;
    }
    each_schema(document, &mut |schema| {
        let Some([Value::String(kind), Value::String(null)]) =
            schema.get("type").and_then(Value::as_array).map(Vec::as_slice)
        else {
            return false;
        };
        let scalar = ["string", "integer", "number", "boolean"].contains(&kind.as_str());
        if null != "null" || !scalar || schema.contains_key("enum") || schema.contains_key("oneOf")
        {
            return false;
        }
        let kind = kind.clone();
        let annotations = ["description", "title", "example", "examples", "default", "deprecated"];
        let (outer, mut inner): (Map<_, _>, Map<_, _>) = std::mem::take(schema)
            .into_iter()
            .partition(|(key, _)| annotations.contains(&key.as_str()) || key.starts_with("x-"));
        inner.insert("type".to_owned(), kind.into());
        *schema = outer;
        schema.insert("oneOf".to_owned(), json!([inner, { "type": "null" }]));
        true
    })
}

/// Divides the properties of objects into two parts of `allOf`.
pub(super) fn objects_in_two_parts(document: &Value) -> Option<Value> {
    const DIVIDED: [&str; 3] = ["type", "properties", "required"];
    const STAYS: [&str; 4] = ["description", "title", "example", "examples"];
    each_schema(document, &mut |schema| {
        let known = |key: &str| DIVIDED.contains(&key) || STAYS.contains(&key);
        let count = schema.get("properties").and_then(Value::as_object).map_or(0, Map::len);
        if count < 2 || !schema.keys().all(|it| known(it)) {
            return false;
        }
        let properties = schema.remove("properties");
        let Some(Value::Object(mut first)) = properties else { return false };
        let names: Vec<String> = first.keys().skip(count / 2).cloned().collect();
        let second: Map<_, _> =
            names.iter().filter_map(|it| Some((it.clone(), first.remove(it)?))).collect();
        let required = match schema.remove("required") {
            Some(Value::Array(list)) => list,
            _ => Vec::new(),
        };
        let ty = schema.remove("type");
        let is_of = |properties: &Map<String, Value>, it: &Value| {
            it.as_str().is_some_and(|it| properties.contains_key(it))
        };
        // What another part declares can be required, too.
        let (in_second, in_first): (Vec<_>, Vec<_>) =
            required.into_iter().partition(|it| is_of(&second, it));
        let part = |properties: Map<String, Value>, required: Vec<Value>| {
            let mut acc = json!({ "properties": properties });
            // Without it, values that are no objects are allowed (JSON Schema 2020-12 core section 10.3.2.1).
            if let Some(ty) = &ty {
                acc["type"] = ty.clone();
            }
            if !required.is_empty() {
                acc["required"] = required.into();
            }
            acc
        };
        let parts = json!([part(first, in_first), part(second, in_second)]);
        schema.insert("allOf".to_owned(), parts);
        true
    })
}
