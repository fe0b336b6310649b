//! The keywords of schemas in, what they say together out.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Discriminator, Further, Kind, Schema, Union, Values};
use crate::document::nullable::{Null, null};
use crate::document::{Document, Node};

impl Document {
    /// Reads what the schemas at some nodes say together, as the parts of `allOf` do.
    pub fn schema<'d>(&'d self, nodes: &[Node<'d>]) -> Schema<'d> {
        let mut acc = Schema {
            places: Vec::new(),
            parts: Vec::new(),
            nullable: self.nullable(nodes),
            kinds: None,
            properties: BTreeMap::new(),
            required: BTreeMap::new(),
            values: None,
            items: Vec::new(),
            has_prefix: false,
            further: Further::Unsaid,
            unions: Vec::new(),
            discriminator: None,
            format: None,
            is_media: false,
            never: false,
            read_only: false,
            write_only: false,
        };
        let mut open: Vec<(Node<'d>, bool)> =
            nodes.iter().rev().cloned().map(|it| (it, true)).collect();
        let mut seen = BTreeSet::new();
        while let Some((node, is_own)) = open.pop() {
            if !seen.insert(node.at.clone()) {
                continue;
            }
            if is_own {
                acc.places.push(node.at.clone());
            }
            acc.parts.push(node.at.clone());
            acc.say(&node, is_own);
            let parts = node.list("allOf");
            // A wrapper around one schema, with texts beside it, is that schema.
            let substance = parts.iter().filter(|it| says_something(it)).count();
            let wraps = is_own && substance == 1 && !says_more_than_parts(&node);
            let parts = parts.into_iter().rev();
            // What stands beside a reference is meant as well.
            let target = node.text("$ref").and_then(|it| self.find(it));
            open.extend(parts.map(|it| (it.clone(), wraps && says_something(&it))));
            open.extend(target.map(|it| (it, is_own)));
        }
        acc
    }

    fn nullable(&self, nodes: &[Node<'_>]) -> bool {
        let said: Vec<Null> = nodes.iter().map(|it| null(self, it)).collect();
        // Of several schemas of one property, `{nullable: true}` alone is written to add `null` to the others.
        nodes.iter().any(adds_null)
            || (said.contains(&Null::Allowed) && !said.contains(&Null::Refused))
    }
}

fn adds_null(node: &Node<'_>) -> bool {
    let typed = ["type", "$ref", "allOf", "oneOf", "anyOf", "enum", "properties", "items"];
    node.is_nullable() && !typed.iter().any(|it| node.value.get(*it).is_some())
}

impl<'d> Schema<'d> {
    /// Adds what one schema says itself.
    fn say(&mut self, node: &Node<'d>, is_own: bool) {
        if node.value == &Value::Bool(false) || is_never(node) {
            self.never = true;
        }
        self.say_kinds(node);
        for (name, schema) in node.map("properties") {
            self.properties.entry(name.to_owned()).or_default().push(schema);
        }
        if let Some(list) = node.get("required") {
            let names = list.value.as_array().into_iter().flatten().filter_map(Value::as_str);
            for name in names {
                self.required.entry(name.to_owned()).or_insert_with(|| list.at.clone());
            }
        }
        self.say_values(node);
        self.items.extend(node.get("items").filter(|it| !it.value.is_array()));
        self.has_prefix |= node.get("prefixItems").is_some();
        self.say_further(node);
        let mut is_chosen = false;
        for keyword in ["oneOf", "anyOf"] {
            let branches: Vec<_> =
                node.list(keyword).into_iter().filter(|it| !is_null(it)).collect();
            // Whoever extends a union that it is a branch of has been chosen.
            let is_branch = branches
                .iter()
                .filter_map(|it| it.text("$ref"))
                .any(|it| !is_own && self.places.iter().any(|own| own == it));
            is_chosen |= is_branch;
            // Of several parts that say the same the first says it: a value that is valid for one is for each
            // (JSON Schema 2020-12 §10.2.1.1).
            let is_said = self.unions.iter().any(|it| {
                let values = |branches: &[Node<'d>]| -> Vec<_> {
                    branches.iter().map(|it| it.value).collect()
                };
                it.at.ends_with(keyword) && values(&it.branches) == values(&branches)
            });
            if !branches.is_empty() && !is_branch && !is_said {
                self.unions.push(Union { at: crate::place::child(&node.at, keyword), branches });
            }
        }
        let is_union = node.get("oneOf").is_some() || node.get("anyOf").is_some();
        // The discriminator of a base chooses among its children, not inside of them.
        if let Some(it) = node.get("discriminator").filter(|_| is_own || is_union && !is_chosen) {
            self.discriminator = discriminator(&it).or(self.discriminator.take());
        }
        if let Some(format) = node.text("format") {
            self.format = Some(format.to_owned());
        }
        let says = |keyword: &str| node.get(keyword).is_some();
        self.is_media |= says("contentMediaType") && !says("contentEncoding");
        self.read_only |= node.is("readOnly");
        self.write_only |= node.is("writeOnly");
    }

    fn say_kinds(&mut self, node: &Node<'_>) {
        let names: Vec<&str> = match node.value.get("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => return,
        };
        let kinds: BTreeSet<Kind> = names.into_iter().filter_map(kind).collect();
        if kinds.is_empty() {
            return;
        }
        self.kinds = Some(match self.kinds.take() {
            None => kinds,
            Some(before) => before.iter().filter_map(|it| both(*it, &kinds)).collect(),
        });
    }

    fn say_values(&mut self, node: &Node<'_>) {
        let lists = ["enum", "x-enum", "x-extensible-enum"];
        let list = lists.iter().find_map(|key| node.get(key).filter(|it| it.value.is_array()));
        let one = node.get("const").map(|it| (it.at.clone(), vec![it.value.clone()]));
        let found = list.map(|it| (it.at, it.value.as_array().cloned().unwrap_or_default()));
        for (at, mut values) in found.into_iter().chain(one) {
            values.retain(|it| !it.is_null());
            match &mut self.values {
                Some(known) => {
                    // Of two lists a value is in both.
                    let common: Vec<_> =
                        known.values.iter().filter(|it| values.contains(it)).cloned().collect();
                    known.values = if common.is_empty() { values } else { common };
                    known.at.push(at);
                }
                None => self.values = Some(Values { values, at: vec![at] }),
            }
        }
    }

    fn say_further(&mut self, node: &Node<'d>) {
        let said = match node.get("additionalProperties") {
            Some(it) if it.value == &Value::Bool(false) => Further::Denied,
            Some(it) if it.value == &Value::Bool(true) || is_empty(&it) => Further::Any(it.at),
            Some(it) if it.value.is_object() => Further::Schema(vec![it]),
            _ => Further::Unsaid,
        };
        self.further = match (std::mem::replace(&mut self.further, Further::Unsaid), said) {
            (Further::Schema(mut a), Further::Schema(b)) => {
                a.extend(b);
                Further::Schema(a)
            }
            // What one part allows is read, whatever another one denies: two closed parts would
            // otherwise allow nothing at all.
            (a, b) => {
                if rank(&a) >= rank(&b) {
                    a
                } else {
                    b
                }
            }
        };
    }
}

/// A schema says more than that anything is allowed, and that more than a denial.
fn rank(further: &Further<'_>) -> u8 {
    match further {
        Further::Unsaid => 0,
        Further::Denied => 1,
        Further::Any(_) => 2,
        Further::Schema(_) => 3,
    }
}

/// Returns the kind that a type is called; `null` is none.
fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "boolean" => Kind::Boolean,
        "integer" => Kind::Integer,
        "number" => Kind::Number,
        "string" => Kind::String,
        "array" => Kind::List,
        "object" => Kind::Object,
        _ => return None,
    })
}

/// Returns the kind of what is of this kind and of one of others.
fn both(kind: Kind, others: &BTreeSet<Kind>) -> Option<Kind> {
    match kind {
        _ if others.contains(&kind) => Some(kind),
        Kind::Number if others.contains(&Kind::Integer) => Some(Kind::Integer),
        Kind::Integer if others.contains(&Kind::Number) => Some(Kind::Integer),
        _ => None,
    }
}

/// Returns whether a schema is met by `null` alone.
pub(in crate::document) fn is_null(node: &Node<'_>) -> bool {
    let only = |list: &Value| list.as_array().is_some_and(|it| it.len() == 1 && it[0].is_null());
    let is = |key: &str| node.value.get(key);
    is("type").is_some_and(|it| it == "null")
        || is("const").is_some_and(Value::is_null)
        || is("enum").is_some_and(only)
}

/// `not: {}` refuses every value.
fn is_never(node: &Node<'_>) -> bool {
    node.get("not").is_some_and(|it| is_empty(&it) || it.value == &Value::Bool(true))
}

/// The keywords of a schema that are texts, or say where a value goes.
const TEXTS: [&str; 10] = [
    "title",
    "description",
    "example",
    "examples",
    "default",
    "deprecated",
    "externalDocs",
    "readOnly",
    "writeOnly",
    "nullable",
];

fn says_something(node: &Node<'_>) -> bool {
    let members = node.value.as_object().into_iter().flatten();
    members.map(|(key, _)| key).any(|it| !TEXTS.contains(&it.as_str()) && !it.starts_with("x-"))
}

fn says_more_than_parts(node: &Node<'_>) -> bool {
    let members = node.value.as_object().into_iter().flatten();
    let mut keys =
        members.map(|(key, _)| key.as_str()).filter(|it| !["allOf", "type"].contains(it));
    keys.any(|it| !TEXTS.contains(&it) && !it.starts_with("x-"))
}

fn is_empty(node: &Node<'_>) -> bool {
    node.value.as_object().is_some_and(serde_json::Map::is_empty)
}

fn discriminator(node: &Node<'_>) -> Option<Discriminator> {
    // A bare name is the spelling of Swagger 2.0.
    let property = node.text("propertyName").or(node.value.as_str())?.to_owned();
    let mapping = node.map("mapping").into_iter().filter_map(|(tag, target)| {
        let target = target.value.as_str()?;
        let is_pointer = target.starts_with('#');
        let by_name = crate::place::child("#/components/schemas", target);
        Some((tag.to_owned(), Some(if is_pointer { target.to_owned() } else { by_name })))
    });
    Some(Discriminator { property, mapping: mapping.collect(), at: node.at.clone() })
}
