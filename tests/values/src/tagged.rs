//! A tree of JSON Schema in, the same with what `discriminator` says of a union out.
//!
//! A validator passes the keyword over: a value that says `kind: cat` and is no cat may be a dog for it, and of what is
//! wrong with a cat it only says that no branch fits. The tag is the hint which schema is expected (OpenAPI 3.0.4
//! §4.8.25): where it names a branch, the value is judged by that branch.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// Where the components are.
const SCHEMAS: &str = "#/components/schemas/";

/// Lets each value of a union be judged by the branch that its tag names.
pub(crate) fn with_tags(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let members: Map<String, Value> =
                members.iter().map(|(key, value)| (key.clone(), with_tags(value))).collect();
            Value::Object(by_tag(members))
        }
        Value::Array(items) => items.iter().map(with_tags).collect(),
        other => other.clone(),
    }
}

fn by_tag(mut members: Map<String, Value>) -> Map<String, Value> {
    let Some((property, tags)) = tags(&members) else { return members };
    let names: Vec<&String> = tags.keys().collect();
    let is =
        |test: Value| json!({ "required": [property], "properties": { property.clone(): test } });
    let of_tags: Vec<Value> = tags
        .iter()
        .map(|(tag, target)| json!({ "if": is(json!({ "const": tag })), "then": { "$ref": target } }))
        .collect();
    let is_known = is(json!({ "enum": names }));
    let mut others = Map::new();
    for key in ["oneOf", "anyOf"] {
        others.extend(members.remove(key).map(|it| (key.to_owned(), it)));
    }
    members.insert("if".to_owned(), is_known);
    members.insert("then".to_owned(), json!({ "allOf": of_tags }));
    members.insert("else".to_owned(), Value::Object(others));
    members
}

/// Returns the property and the schema of each tag; nothing for what is no such union.
fn tags(members: &Map<String, Value>) -> Option<(String, BTreeMap<String, String>)> {
    let branches = members.get("oneOf").or_else(|| members.get("anyOf"))?.as_array()?;
    let discriminator = members.get("discriminator").filter(|_| !members.contains_key("if"))?;
    let property = discriminator.get("propertyName")?.as_str()?;
    let branches: Vec<&str> = branches.iter().filter_map(|it| it.get("$ref")?.as_str()).collect();
    let mut acc: BTreeMap<String, String> = BTreeMap::new();
    for (tag, target) in
        discriminator.get("mapping").and_then(Value::as_object).into_iter().flatten()
    {
        let target = target.as_str()?;
        let is_place = target.contains(['/', '.']);
        let target = if is_place { target.to_owned() } else { format!("{SCHEMAS}{target}") };
        acc.insert(tag.clone(), target);
    }
    // One that nothing is mapped to has the tag of its name.
    for branch in branches {
        let name = branch.strip_prefix(SCHEMAS).filter(|_| acc.values().all(|it| it != branch));
        if let Some(name) = name {
            acc.entry(name.to_owned()).or_insert_with(|| branch.to_owned());
        }
    }
    (!acc.is_empty()).then(|| (property.to_owned(), acc))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validity::Validity;

    #[test]
    fn a_value_is_judged_by_the_branch_that_its_tag_names() {
        let document = json!({"openapi": "3.0.3", "components": {"schemas": {
            "Pet": {
                "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
                "discriminator": {"propertyName": "kind", "mapping": {"cat": "Cat"}},
            },
            "Cat": {"type": "object", "properties": {"lives": {"type": "integer", "maximum": 9}}},
            "Dog": {"type": "object"},
        }}});
        let validity = Validity::of(&with_tags(&document)).expect("a document");
        let said = |value: Value| {
            let found = validity.violations("#/components/schemas/Pet", &value).expect("a schema");
            found.into_iter().map(|(at, keyword)| format!("{at} {keyword}")).collect::<Vec<_>>()
        };
        assert_eq!(said(json!({"kind": "cat", "lives": 10})), ["/lives maximum"]);
        assert_eq!(said(json!({"kind": "cat", "lives": 9})), [""; 0]);
        assert_eq!(said(json!({"kind": "Dog", "lives": 10})), [""; 0]);
        // Of another tag nobody knows.
        assert_eq!(said(json!({"kind": "cow", "lives": 10})), [""; 0]);
    }
}
