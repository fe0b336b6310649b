//! A tree of JSON Schema in, the same with what `discriminator` says of a parent out.
//!
//! A validator of JSON Schema passes the keyword over. Where it stands in a component that others extend by `allOf`, the
//! value of the property names the component that a value has to be valid for (OpenAPI 3.0.4 §4.7.25.3): as a name of
//! a component, or by `mapping`.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// Where the components are.
const SCHEMAS: &str = "#/components/schemas/";

/// Below `$defs` of a parent: what it says without its children, which extend that.
const OWN: &str = "/$defs/own";

/// Lets the values of each parent be valid for the child that they name, too.
pub(crate) fn with_children(mut root: Value) -> Value {
    let Some(Value::Object(schemas)) = root.pointer("/components/schemas") else { return root };
    let parents: BTreeMap<String, Value> = schemas
        .iter()
        .filter_map(|(name, schema)| Some((name.clone(), conditions(name, schema, schemas)?)))
        .collect();
    let Some(Value::Object(schemas)) = root.pointer_mut("/components/schemas") else { return root };
    for schema in schemas.values_mut() {
        extend_own(schema, &parents);
    }
    for (name, conditions) in parents {
        let Some(Value::Object(parent)) = schemas.get_mut(&name) else { continue };
        let own = Value::Object(parent.clone());
        let Value::Array(conditions) = conditions else { continue };
        match parent.get_mut("allOf") {
            Some(Value::Array(parts)) => parts.extend(conditions),
            _ => {
                parent.insert("allOf".to_owned(), Value::Array(conditions));
            }
        }
        parent.insert("$defs".to_owned(), json!({ "own": own }));
    }
    root
}

/// Returns which child each value of the property names, as conditions; `None` for what is no parent.
fn conditions(name: &str, schema: &Value, schemas: &Map<String, Value>) -> Option<Value> {
    let is_union = schema.get("oneOf").is_some() || schema.get("anyOf").is_some();
    let discriminator = schema.get("discriminator").filter(|_| !is_union)?;
    let property = discriminator.get("propertyName")?.as_str()?;
    let is_child = |(_, it): &(&String, &Value)| extends(it, name);
    let children: Vec<&String> = schemas.iter().filter(is_child).map(|it| it.0).collect();
    let mut tags: BTreeMap<&str, String> =
        children.iter().map(|it| (it.as_str(), format!("{SCHEMAS}{it}"))).collect();
    for (tag, target) in
        discriminator.get("mapping").and_then(Value::as_object).into_iter().flatten()
    {
        let target = target.as_str()?;
        let target =
            if target.contains('/') { target.to_owned() } else { format!("{SCHEMAS}{target}") };
        tags.insert(tag, target);
    }
    let is_of_child = |target: &str| children.iter().any(|it| target == format!("{SCHEMAS}{it}"));
    let conditions: Vec<Value> = tags
        .into_iter()
        .filter(|(_, target)| is_of_child(target))
        .map(|(tag, target)| {
            json!({
                "if": { "required": [property], "properties": { property: { "const": tag } } },
                "then": { "$ref": target },
            })
        })
        .collect();
    (!conditions.is_empty()).then_some(Value::Array(conditions))
}

fn extends(schema: &Value, parent: &str) -> bool {
    let parts = schema.get("allOf").and_then(Value::as_array);
    let target = format!("{SCHEMAS}{parent}");
    parts.into_iter().flatten().any(|it| it.get("$ref").and_then(Value::as_str) == Some(&target))
}

/// A child extends what its parent says itself.
fn extend_own(schema: &mut Value, parents: &BTreeMap<String, Value>) {
    let parts = schema.get_mut("allOf").and_then(Value::as_array_mut);
    for part in parts.into_iter().flatten() {
        let Some(Value::String(target)) = part.get_mut("$ref") else { continue };
        let name = target.strip_prefix(SCHEMAS);
        if name.is_some_and(|it| parents.contains_key(it)) {
            target.push_str(OWN);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::validity::Validity;

    use super::*;

    #[test]
    fn a_value_of_a_parent_is_one_of_the_child_that_it_names() {
        let document = json!({"openapi": "3.0.3", "components": {"schemas": {
            "Ship": {
                "type": "object",
                "required": ["kind"],
                "properties": {"kind": {"type": "string"}},
                "discriminator": {"propertyName": "kind", "mapping": {"tug": "#/components/schemas/Tug"}},
            },
            "Tug": {"allOf": [{"$ref": "#/components/schemas/Ship"}, {"required": ["pull"]}]},
            "Ferry": {"allOf": [{"$ref": "#/components/schemas/Ship"}, {"required": ["seats"]}]},
        }}});
        let validity = Validity::of(&document).expect("a document");
        let is_valid = |name: &str, value: Value| {
            validity.is_valid(&format!("{SCHEMAS}{name}"), &value).expect("a schema")
        };
        assert!(is_valid("Ship", json!({"kind": "tug", "pull": 1})));
        assert!(!is_valid("Ship", json!({"kind": "tug"})));
        // By its name.
        assert!(!is_valid("Ship", json!({"kind": "Ferry"})));
        assert!(is_valid("Ship", json!({"kind": "raft"})));
        // A child is no other's.
        assert!(is_valid("Ferry", json!({"kind": "tug", "seats": 1})));
    }
}
