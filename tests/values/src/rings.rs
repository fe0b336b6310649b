//! Schemas that are defined by themselves: a validator would look at the same value for ever.
//!
//! For example `Base: {oneOf: [Child]}` with `Child: {allOf: [Base]}`, which authors write for inheritance.

use std::collections::BTreeSet;

use serde_json::Value;

/// The keywords with schemas for the same value, and those with schemas for parts of it.
const SAME: [&str; 8] =
    ["allOf", "oneOf", "anyOf", "not", "if", "then", "else", "dependentSchemas"];
const PARTS: [&str; 8] = [
    "properties",
    "patternProperties",
    "additionalProperties",
    "items",
    "prefixItems",
    "contains",
    "propertyNames",
    "unevaluatedProperties",
];

/// What is known of the schemas of a document.
#[derive(Debug)]
pub(crate) struct Rings {
    root: Value,
    /// Schemas that lead to no ring.
    free: BTreeSet<String>,
    /// Schemas that hold the value of themselves no more than others do.
    straight: BTreeSet<String>,
}

impl Rings {
    pub(crate) fn of(root: Value) -> Self {
        Self { root, free: BTreeSet::new(), straight: BTreeSet::new() }
    }

    /// Returns whether a schema is defined by itself, or leads to one that is.
    pub(crate) fn reaches(&mut self, at: &str) -> bool {
        let mut open = vec![at.to_owned()];
        let mut seen = BTreeSet::new();
        while let Some(at) = open.pop() {
            if self.free.contains(&at) || !seen.insert(at.clone()) {
                continue;
            }
            if self.is_ring(&at, &mut BTreeSet::new()) {
                return true;
            }
            open.extend(self.same(&at));
            open.extend(self.below(&at, &PARTS));
        }
        self.free.append(&mut seen);
        false
    }

    fn is_ring(&mut self, at: &str, above: &mut BTreeSet<String>) -> bool {
        if self.straight.contains(at) {
            return false;
        }
        if !above.insert(at.to_owned()) {
            return true;
        }
        if self.same(at).iter().any(|it| self.is_ring(it, above)) {
            return true;
        }
        above.remove(at);
        self.straight.insert(at.to_owned());
        false
    }

    fn find(&self, at: &str) -> Option<&Value> {
        self.root.pointer(at.strip_prefix('#')?)
    }

    /// Returns the schemas for the same value.
    fn same(&self, at: &str) -> Vec<String> {
        let mut acc = self.below(at, &SAME);
        let reference = self.find(at).and_then(|it| it.get("$ref")?.as_str());
        acc.extend(reference.map(decoded));
        acc
    }

    /// Returns the schemas below keywords: one, or those of a list or a map.
    fn below(&self, at: &str, keywords: &[&str]) -> Vec<String> {
        let mut acc = Vec::new();
        for keyword in keywords {
            let Some(value) = self.find(at).and_then(|it| it.get(keyword)) else { continue };
            let is_map =
                matches!(*keyword, "properties" | "patternProperties" | "dependentSchemas");
            match value {
                Value::Array(items) => {
                    acc.extend((0..items.len()).map(|index| format!("{at}/{keyword}/{index}")));
                }
                Value::Object(members) if is_map => {
                    let escaped = |key: &String| key.replace('~', "~0").replace('/', "~1");
                    acc.extend(members.keys().map(|it| format!("{at}/{keyword}/{}", escaped(it))));
                }
                _ => acc.push(format!("{at}/{keyword}")),
            }
        }
        acc
    }
}

/// Decodes the percent-encoding of a reference.
fn decoded(text: &str) -> String {
    let mut acc = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((byte, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        let value = hex.and_then(|it| u8::from_str_radix(it, 16).ok()).filter(|_| *byte == b'%');
        acc.push(value.unwrap_or(*byte));
        rest = if value.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(acc).unwrap_or_else(|_| text.to_owned())
}
