//! A schema in, a value that is probably one of its own out.

use serde_json::{Map, Value, json};

use crate::choices::Choices;
use crate::tables;

/// How deep references are followed.
const MAX_DEPTH: usize = 6;

/// Makes a value of a schema of `document`.
pub(super) fn of(
    schema: &Value,
    document: &Value,
    choices: &mut Choices<'_>,
    depth: usize,
) -> Value {
    if depth > MAX_DEPTH {
        return Value::Null;
    }
    if let Some(reference) = schema["$ref"].as_str().and_then(|it| it.strip_prefix('#')) {
        let target = document.pointer(reference).unwrap_or(&Value::Null);
        return of(target, document, choices, depth + 1);
    }
    for keyword in ["oneOf", "anyOf"] {
        if let Some(branches) = schema[keyword].as_array().filter(|it| !it.is_empty()) {
            return of(choices.pick(branches), document, choices, depth + 1);
        }
    }
    for keyword in ["enum", "x-enum"] {
        if let Some(values) = schema[keyword].as_array().filter(|it| !it.is_empty())
            && !choices.one_in(6)
        {
            return choices.pick(values).clone();
        }
    }
    let is_nullable = schema.get("nullable").or(schema.get("x-nullable"));
    if is_nullable.is_some_and(|it| it == true) && choices.one_in(4) {
        return Value::Null;
    }
    match schema["type"].as_str() {
        Some("boolean") => json!(choices.one_in(2)),
        Some("integer") => json!(i64::try_from(choices.below(60_000)).unwrap_or(0) - 30_000),
        Some("number") => json!(f64::from(u16::try_from(choices.below(60_000)).unwrap_or(0)) / 7.0),
        Some("string") => json!(tables::name(choices)),
        Some("array") => {
            let n = choices.below(4);
            (0..n).map(|_| of(&schema["items"], document, choices, depth + 1)).collect()
        }
        _ => object(schema, document, choices, depth),
    }
}

fn object(schema: &Value, document: &Value, choices: &mut Choices<'_>, depth: usize) -> Value {
    let mut acc = Map::new();
    for part in schema["allOf"].as_array().into_iter().flatten() {
        if let Value::Object(members) = of(part, document, choices, depth + 1) {
            acc.extend(members);
        }
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let is_required = schema["required"].as_array().is_some_and(|it| it.contains(&json!(name)));
        if is_required || choices.one_in(2) {
            acc.insert(name.clone(), of(property, document, choices, depth + 1));
        }
    }
    if choices.one_in(4) {
        acc.insert(tables::name(choices), tables::value(choices));
    }
    Value::Object(acc)
}
