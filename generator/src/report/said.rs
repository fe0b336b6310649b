//! A place of untyped JSON in, whether the document says there which types its values have out.

use std::collections::BTreeSet;

use serde_yaml::Value;

use crate::document::Lister;
use crate::pointer::Pointer;

/// The kinds of JSON besides `null` and those that others include; a schema that allows all of them says nothing.
const KINDS: [&str; 5] = ["array", "boolean", "number", "object", "string"];

/// Returns whether the schema at a place, or that of the property, parameter or body there, has a type for its
/// values, whose items or further properties may have none: `{}`, a list without `items` and a free map have none.
pub(super) fn says(raw: &Value, at: &Pointer) -> bool {
    let mut walk = Walk { raw, seen: BTreeSet::new() };
    let Some(node) = at.find(raw) else { return true };
    match node {
        // A parameter, a header or a body.
        Value::Mapping(it) if it.contains_key("schema") => {
            it.get("schema").is_some_and(|it| walk.says(it))
        }
        Value::Mapping(it) if it.contains_key("content") => {
            let media = it.get("content").and_then(Value::as_mapping);
            let schemas = media.into_iter().flatten().filter_map(|(_, it)| it.get("schema"));
            schemas.fold(false, |acc, it| acc | walk.says(it))
        }
        // An entry of a mapping.
        Value::String(text) => walk.target(text),
        node => walk.says(node),
    }
}

/// Returns whether a schema is that of a text, itself or behind references, which lists no values.
pub(super) fn is_text(raw: &Value, at: &Pointer) -> bool {
    let mut seen = BTreeSet::new();
    let mut node = at.find(raw);
    while let Some(text) = node.and_then(|it| it.get("$ref")).and_then(Value::as_str) {
        if !seen.insert(text) {
            return false;
        }
        node = Pointer::parse(text).and_then(|it| it.find(raw));
    }
    node.is_some_and(|it| {
        let lists = Lister::ALL.into_iter().any(|by| it.get(by.keyword()).is_some());
        !lists && it.get("type").and_then(Value::as_str) == Some("string")
    })
}

struct Walk<'a> {
    raw: &'a Value,
    /// The references that were followed.
    seen: BTreeSet<&'a str>,
}

impl<'a> Walk<'a> {
    fn target(&mut self, text: &'a str) -> bool {
        // What a ring of references says, another part of it says.
        if !self.seen.insert(text) {
            return false;
        }
        // A reference that leads nowhere leads to no type.
        let found = Pointer::parse(text).and_then(|it| it.find(self.raw));
        found.is_some_and(|it| self.says(it))
    }

    fn says(&mut self, schema: &'a Value) -> bool {
        if let Some(text) = schema.get("$ref").and_then(Value::as_str)
            && self.target(text)
        {
            return true;
        }
        let has = |key: &str| schema.get(key).is_some();
        let lists = Lister::ALL.into_iter().any(|it| has(it.keyword()));
        if lists || ["const", "properties", "patternProperties", "prefixItems"].into_iter().any(has)
        {
            return true;
        }
        let list = |key: &str| schema.get(key).and_then(Value::as_sequence);
        let branches = ["oneOf", "anyOf"].into_iter().filter_map(list);
        if branches.into_iter().any(|it| it.len() > 1) {
            return true;
        }
        let parts = ["allOf", "oneOf", "anyOf"].into_iter().filter_map(list).flatten();
        if parts.fold(false, |acc, it| acc | self.says(it)) {
            return true;
        }
        let types: Vec<&str> = match schema.get("type") {
            Some(Value::String(ty)) => vec![ty],
            Some(Value::Sequence(types)) => types.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let types: Vec<&str> = types.into_iter().filter(|it| *it != "null").collect();
        match types.as_slice() {
            [] if has("items") => self.inside(schema, "items"),
            [] => has("additionalProperties") && self.inside(schema, "additionalProperties"),
            ["array"] => self.inside(schema, "items"),
            ["object"] => self.inside(schema, "additionalProperties"),
            types => !KINDS.iter().all(|it| types.contains(it)),
        }
    }

    /// Returns whether the items or the further properties have a type.
    fn inside(&mut self, schema: &'a Value, key: &str) -> bool {
        schema.get(key).is_some_and(|it| self.says(it))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_a(schema: &str) -> bool {
        let document = format!("{{a: {schema}, b: {{type: string}}, ring: {{$ref: '#/ring'}}}}");
        let raw: Value = serde_yaml::from_str(&document).expect("it is YAML");
        says(&raw, &Pointer::root().child("a"))
    }

    #[test]
    fn a_schema_without_a_type_says_nothing() {
        for schema in [
            "{}",
            "true",
            "{description: Anything., nullable: true, example: 1}",
            "{type: array}",
            "{type: array, items: {}}",
            "{type: object, additionalProperties: {}}",
            "{type: object, additionalProperties: true}",
            "{allOf: [{description: a}, {}]}",
            "{type: [array, boolean, integer, number, object, string, 'null']}",
            "{schema: {type: array, items: {title: Any}}}",
            "{$ref: '#/ring'}",
            "{$ref: '#/nowhere'}",
        ] {
            assert!(!at_a(schema), "{schema}");
        }
    }

    #[test]
    fn any_other_schema_says_something() {
        for schema in [
            "{type: string}",
            "{$ref: '#/b'}",
            "{enum: [1, a]}",
            "{type: array, items: {type: string}}",
            "{type: array, prefixItems: [{}]}",
            "{additionalProperties: {$ref: '#/b'}}",
            "{oneOf: [{}, {type: string}]}",
            "{allOf: [{}, {$ref: '#/b'}]}",
            "{type: [string, integer]}",
            "{content: {application/json: {schema: {type: object, properties: {}}}}}",
        ] {
            assert!(at_a(schema), "{schema}");
        }
    }
}
