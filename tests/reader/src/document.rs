//! An OpenAPI document as a tree of JSON values: nodes with their places, and where references lead.

mod nullable;
pub mod operation;
pub mod path;
pub mod schema;
mod text;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::place;

/// A document.
#[derive(Debug)]
pub struct Document {
    root: Value,
}

/// A value of a document, and its place as a JSON pointer: `#/paths/~1pets/get`.
#[derive(Clone, Debug)]
pub struct Node<'d> {
    /// The value.
    pub value: &'d Value,
    /// The place.
    pub at: String,
}

impl Document {
    /// Reads a document; the error says why it cannot be read.
    pub fn read(text: &str) -> Result<Self, String> {
        text::read(text).map(|root| Self { root })
    }

    /// Returns the whole document.
    pub fn root(&self) -> Node<'_> {
        Node { value: &self.root, at: "#".to_owned() }
    }

    /// Returns what a pointer leads to.
    pub fn find(&self, pointer: &str) -> Option<Node<'_>> {
        let path = pointer.strip_prefix('#')?;
        let mut node = self.root();
        for token in path.split('/').skip(1) {
            let token = place::unescaped(&percent_decoded(token));
            node = match node.value {
                Value::Array(_) => node.index(token.parse().ok()?)?,
                _ => node.get(&token)?,
            };
        }
        (path.is_empty() || path.starts_with('/')).then_some(node)
    }

    /// Returns the components that extend a schema through `allOf`, at any distance.
    pub fn children(&self, base: &str) -> Vec<Node<'_>> {
        let components = self.find("#/components/schemas").map(|it| it.members());
        let all = components.unwrap_or_default().into_iter().map(|it| it.1);
        all.filter(|it| it.at != base && it.text("$ref").is_none() && self.extends(it, base))
            .collect()
    }

    /// Returns whether a schema extends another one.
    pub fn extends(&self, node: &Node<'_>, base: &str) -> bool {
        let mut open = node.list("allOf");
        let mut seen = BTreeSet::new();
        while let Some(part) = open.pop() {
            let (end, _) = self.follow(&part);
            if end.at == base {
                return true;
            }
            if seen.insert(end.at.clone()) {
                open.extend(end.list("allOf"));
            }
        }
        false
    }

    /// Follows the references of a node, as far as they lead inside the document; the way there comes out
    /// as well, from the node itself to the end.
    pub fn follow<'d>(&'d self, node: &Node<'d>) -> (Node<'d>, Vec<String>) {
        let mut way = vec![node.at.clone()];
        let mut node = node.clone();
        while let Some(next) = node.text("$ref").and_then(|it| self.find(it)) {
            if way.contains(&next.at) {
                break;
            }
            way.push(next.at.clone());
            node = next;
        }
        (node, way)
    }
}

impl<'d> Node<'d> {
    /// Returns the property of an object.
    pub fn get(&self, key: &str) -> Option<Node<'d>> {
        let value = self.value.as_object()?.get(key)?;
        Some(Node { value, at: place::child(&self.at, key) })
    }

    /// Returns the element of a list.
    pub fn index(&self, index: usize) -> Option<Node<'d>> {
        let value = self.value.as_array()?.get(index)?;
        Some(Node { value, at: format!("{}/{index}", self.at) })
    }

    /// Returns the text of a property.
    pub fn text(&self, key: &str) -> Option<&'d str> {
        self.value.get(key)?.as_str()
    }

    /// Returns whether a property is `true`.
    pub fn is(&self, key: &str) -> bool {
        self.value.get(key).and_then(Value::as_bool).unwrap_or_default()
    }

    /// Returns whether a schema says `nullable`, or in its absence `x-nullable` (Swagger 2.0).
    pub fn is_nullable(&self) -> bool {
        self.is("nullable") || self.get("nullable").is_none() && self.is("x-nullable")
    }

    /// Returns the elements of the list that a property is.
    pub fn list(&self, key: &str) -> Vec<Node<'d>> {
        let Some(list) = self.get(key) else { return Vec::new() };
        (0..list.value.as_array().map_or(0, Vec::len)).filter_map(|it| list.index(it)).collect()
    }

    /// Returns the properties of the object that a property is, each with its key.
    pub fn map(&self, key: &str) -> Vec<(&'d str, Node<'d>)> {
        self.get(key).map(|it| it.members()).unwrap_or_default()
    }

    /// Returns the properties of this object.
    pub fn members(&self) -> Vec<(&'d str, Node<'d>)> {
        let members = self.value.as_object().into_iter().flatten();
        members
            .map(|(key, value)| (key.as_str(), Node { value, at: place::child(&self.at, key) }))
            .collect()
    }
}

/// Decodes what a URI fragment encodes.
fn percent_decoded(text: &str) -> String {
    let mut acc = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((byte, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        let decoded = hex.and_then(|it| u8::from_str_radix(it, 16).ok()).filter(|_| *byte == b'%');
        acc.push(decoded.unwrap_or(*byte));
        rest = if decoded.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(acc).unwrap_or_else(|_| text.to_owned())
}
