//! A schema in, a random value that should be valid for it out.
//!
//! Nothing is solved: what `pattern`, `not` or `oneOf` forbid is found by the validator, and another value is made.

mod scalar;
#[cfg(test)]
mod tests;

use serde_json::{Map, Value, json};
use tamarack_reader::document::{Document, Node};

use crate::choices::Choices;

/// How deep values nest at most.
const MOST_LEVELS: usize = 10;

/// How many schemas are sampled for one value, before only what is required is.
const MOST_SCHEMAS: usize = 300;

/// Makes one value.
#[derive(Debug)]
pub struct Sampler<'d, 'c> {
    document: &'d Document,
    choices: &'c mut Choices,
    n_schemas: usize,
}

impl<'d, 'c> Sampler<'d, 'c> {
    /// A sampler for one value.
    pub fn new(document: &'d Document, choices: &'c mut Choices) -> Self {
        Self { document, choices, n_schemas: 0 }
    }

    /// Returns a value of a schema; `None` where none is found.
    pub fn value(&mut self, schema: &Node<'d>) -> Option<Value> {
        self.at_level(schema, 0)
    }

    fn at_level(&mut self, schema: &Node<'d>, level: usize) -> Option<Value> {
        self.n_schemas += 1;
        if level > MOST_LEVELS || self.n_schemas > MOST_SCHEMAS * 10 {
            return None;
        }
        let (node, _) = self.document.follow(schema);
        if node.text("$ref").is_some() {
            return None;
        }
        let value = self.of_node(&node, level)?;
        Some(self.tagged(&node, value))
    }

    fn of_node(&mut self, node: &Node<'d>, level: usize) -> Option<Value> {
        if let Some(is_any) = node.value.as_bool() {
            return is_any.then(|| scalar::any(self.choices));
        }
        if let Some(value) = node.value.get("const") {
            return Some(value.clone());
        }
        if let Some(values) = node.value.get("enum").and_then(Value::as_array) {
            return self.choices.pick(values).cloned();
        }
        let types = types(node.value);
        let is_nullable = types.contains(&"null") || node.is("nullable");
        if is_nullable && self.choices.one_in(8) {
            return Some(Value::Null);
        }
        let types: Vec<&str> = types.into_iter().filter(|it| *it != "null").collect();
        let mut parts = Vec::new();
        let own = self.choices.pick(&types).copied().or_else(|| implied(node.value));
        let combines = ["allOf", "oneOf", "anyOf"].iter().any(|it| node.value.get(it).is_some());
        let says_itself = node.value.get("properties").is_some() || !combines;
        if let Some(ty) = own.filter(|_| says_itself) {
            parts.push(self.of_type(node, ty, level)?);
        }
        for part in node.list("allOf") {
            if says_something(part.value) {
                parts.push(self.at_level(&part, level)?);
            }
        }
        for key in ["oneOf", "anyOf"] {
            let branches = node.list(key);
            if let Some(branch) = self.choices.pick(&branches).cloned() {
                // Branches that only say which properties go together.
                if says_something(branch.value) {
                    parts.push(self.branch(node, &branch, level)?);
                }
            }
        }
        match merged(parts) {
            Some(value) => Some(value),
            None => Some(scalar::any(self.choices)),
        }
    }

    /// Returns a value of a branch, with the tag that the discriminator gives it.
    fn branch(&mut self, union: &Node<'d>, branch: &Node<'d>, level: usize) -> Option<Value> {
        let mut value = self.at_level(branch, level)?;
        let Some(discriminator) = union.get("discriminator") else { return Some(value) };
        if let (Some(property), Some(members)) =
            (discriminator.text("propertyName"), value.as_object_mut())
        {
            let (target, _) = self.document.follow(branch);
            if let Some(tag) = self.tag(&discriminator, &target) {
                self.set_tag(&target, members, property, tag);
            }
        }
        Some(value)
    }

    /// Gives a value of a component the tag of a discriminator that it inherits.
    fn tagged(&mut self, node: &Node<'d>, mut value: Value) -> Value {
        let Some(members) = value.as_object_mut() else { return value };
        let mut open = vec![node.clone()];
        let mut seen = Vec::new();
        while let Some(next) = open.pop() {
            if seen.contains(&next.at) {
                continue;
            }
            seen.push(next.at.clone());
            let is_union = next.value.get("oneOf").is_some() || next.value.get("anyOf").is_some();
            if let Some(discriminator) = next.get("discriminator").filter(|_| !is_union)
                && let Some(property) = discriminator.text("propertyName")
                && let Some(tag) = self.tag(&discriminator, node)
            {
                self.set_tag(node, members, property, tag);
            }
            open.extend(next.list("allOf").iter().map(|it| self.document.follow(it).0));
        }
        value
    }

    /// Returns the tag of a schema: the one mapped to it, else the name of the component.
    fn tag(&mut self, discriminator: &Node<'d>, target: &Node<'d>) -> Option<String> {
        let mapping = discriminator.map("mapping");
        let leads = |it: &Node<'d>| {
            let text = it.value.as_str().unwrap_or_default();
            let by_name = format!("#/components/schemas/{text}");
            let found = self.document.find(text).or_else(|| self.document.find(&by_name));
            found.is_some_and(|it| self.document.follow(&it).0.at == target.at)
        };
        let tags: Vec<&str> =
            mapping.iter().filter(|(_, it)| leads(it)).map(|(tag, _)| *tag).collect();
        let name = target.at.strip_prefix("#/components/schemas/").filter(|it| !it.contains('/'));
        self.choices.pick(&tags).copied().or(name).map(str::to_owned)
    }

    /// Sets the tag, unless the schema has its own values for it.
    fn set_tag(
        &mut self,
        target: &Node<'d>,
        members: &mut Map<String, Value>,
        property: &str,
        tag: String,
    ) {
        let own = target.get("properties").and_then(|it| it.get(property));
        let own = own.map(|it| self.document.follow(&it).0);
        let fixed = own.as_ref().map(|it| it.value).filter(|it| {
            it.get("const").is_some() || it.get("enum").is_some_and(|it| it.as_array().is_some())
        });
        let is_listed = |it: &Value| {
            it.get("const").is_some_and(|it| *it == tag)
                || it
                    .get("enum")
                    .and_then(Value::as_array)
                    .is_some_and(|it| it.contains(&json!(tag)))
        };
        if fixed.is_none_or(is_listed) {
            members.insert(property.to_owned(), tag.into());
        }
    }

    fn of_type(&mut self, node: &Node<'d>, ty: &str, level: usize) -> Option<Value> {
        match ty {
            "object" => self.object(node, level),
            "array" => self.array(node, level),
            ty => Some(scalar::of(node.value, ty, self.choices)),
        }
    }

    fn array(&mut self, node: &Node<'d>, level: usize) -> Option<Value> {
        let bound = |key: &str| node.value.get(key).and_then(Value::as_u64);
        let least = usize::try_from(bound("minItems").unwrap_or(0)).unwrap_or(0).min(50);
        let most = bound("maxItems").map_or(least + 3, |it| usize::try_from(it).unwrap_or(0));
        let n = least + self.choices.below(most.saturating_sub(least).min(3) + 1);
        let prefix = node.list("prefixItems");
        let items = node.get("items");
        let mut acc = Vec::new();
        for index in 0..n.max(prefix.len()) {
            let schema = prefix.get(index).or(items.as_ref());
            let item = match schema {
                Some(schema) => self.at_level(schema, level + 1),
                None => Some(scalar::any(self.choices)),
            };
            match item {
                Some(item) => acc.push(item),
                None if index >= least => break,
                None => return None,
            }
        }
        Some(acc.into())
    }

    fn object(&mut self, node: &Node<'d>, level: usize) -> Option<Value> {
        let required: Vec<&str> =
            node.list("required").iter().filter_map(|it| it.value.as_str()).collect();
        let mut acc = Map::new();
        for (key, schema) in node.map("properties") {
            let is_required = required.contains(&key);
            let is_full = self.n_schemas > MOST_SCHEMAS || level > 4;
            if !is_required && (is_full || self.choices.one_in(2)) {
                continue;
            }
            match self.at_level(&schema, level + 1) {
                Some(value) => {
                    acc.insert(key.to_owned(), value);
                }
                None if is_required => return None,
                None => {}
            }
        }
        let further = node.get("additionalProperties");
        if let Some(schema) = further.filter(|it| *it.value != Value::Bool(false)) {
            for index in 0..self.choices.below(3) {
                if let Some(value) = self.at_level(&schema, level + 1) {
                    acc.insert(format!("further-{index}"), value);
                }
            }
        }
        for name in required {
            if !acc.contains_key(name) && node.value.get("properties").is_none() {
                acc.insert(name.to_owned(), scalar::any(self.choices));
            }
        }
        Some(acc.into())
    }
}

/// Returns what `type` allows.
fn types(schema: &Value) -> Vec<&str> {
    match schema.get("type") {
        Some(Value::String(ty)) => vec![ty],
        Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Returns the type that other keywords imply.
fn implied(schema: &Value) -> Option<&'static str> {
    let has = |key: &str| schema.get(key).is_some();
    if has("properties") || has("additionalProperties") {
        Some("object")
    } else if has("items") || has("prefixItems") {
        Some("array")
    } else if has("pattern") || has("minLength") || has("maxLength") {
        Some("string")
    } else if has("minimum") || has("maximum") {
        Some("number")
    } else {
        None
    }
}

/// Returns whether a part of a schema says what its values are.
fn says_something(schema: &Value) -> bool {
    const KEYS: [&str; 10] = [
        "$ref",
        "type",
        "properties",
        "additionalProperties",
        "items",
        "enum",
        "const",
        "allOf",
        "oneOf",
        "anyOf",
    ];
    KEYS.iter().any(|it| schema.get(it).is_some())
}

/// Returns the objects as one, or the first of other values.
fn merged(parts: Vec<Value>) -> Option<Value> {
    let mut acc: Option<Value> = None;
    for part in parts {
        match (&mut acc, part) {
            (Some(Value::Object(all)), Value::Object(more)) => {
                for (key, value) in more {
                    all.entry(key).and_modify(|it| merge(it, &value)).or_insert(value);
                }
            }
            (None, part) => acc = Some(part),
            (Some(_), _) => {}
        }
    }
    acc
}

/// A property that two parts have is what both say; of two scalars the later, which narrows the earlier.
fn merge(one: &mut Value, other: &Value) {
    match (one, other) {
        (Value::Object(all), Value::Object(more)) => {
            for (key, value) in more {
                match all.get_mut(key) {
                    Some(it) => merge(it, value),
                    None => {
                        all.insert(key.clone(), value.clone());
                    }
                }
            }
        }
        (one, other) => *one = other.clone(),
    }
}
