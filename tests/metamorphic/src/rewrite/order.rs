//! Orders that mean nothing.

use serde_json::Value;

use super::schema::each_schema;

/// Returns the text of the document with the members of every object in reverse order.
pub(super) fn members_reversed(node: &Value) -> String {
    match node {
        Value::Object(all) => {
            let members = all.iter().rev().map(|(key, value)| {
                format!("{}:{}", Value::from(key.as_str()), members_reversed(value))
            });
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Array(list) => {
            format!("[{}]", list.iter().map(members_reversed).collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}

/// Reverses `oneOf` and `anyOf`.
pub(super) fn branches_reversed(document: &Value) -> Option<Value> {
    reversed(document, &["oneOf", "anyOf"])
}

/// Reverses `required`.
pub(super) fn required_reversed(document: &Value) -> Option<Value> {
    reversed(document, &["required"])
}

fn reversed(document: &Value, keywords: &[&str]) -> Option<Value> {
    each_schema(document, &mut |schema| {
        let mut any = false;
        for keyword in keywords {
            if let Some(list) = schema.get_mut(*keyword).and_then(Value::as_array_mut) {
                any |= list.len() > 1;
                list.reverse();
            }
        }
        any
    })
}

/// Reverses the parameters of operations.
pub(super) fn parameters_reversed(document: &Value) -> Option<Value> {
    let mut acc = document.clone();
    let mut any = false;
    for operation in super::structure::operations(&mut acc) {
        if let Some(list) = operation.get_mut("parameters").and_then(Value::as_array_mut) {
            any |= list.len() > 1;
            list.reverse();
        }
    }
    any.then_some(acc)
}
