//! What the schemas at one place of a value say of its properties and items, references and branches taken together.

use std::collections::BTreeSet;

use serde_json::Value;
use tamarack_reader::document::{Document, Node};

/// The schemas that say something of one value: those given, and all that they refer to, combine or choose from.
#[derive(Clone, Debug)]
pub struct View<'d> {
    nodes: Vec<Node<'d>>,
    /// How many of them, from the first on, speak of every value: the others are branches, or may be chosen.
    n_firm: usize,
}

/// The schemas of a place of a value: those that speak of every value, and those of branches.
#[derive(Clone, Debug, Default)]
pub struct Schemas<'d> {
    firm: Vec<Node<'d>>,
    chosen: Vec<Node<'d>>,
}

impl<'d> From<Node<'d>> for Schemas<'d> {
    fn from(node: Node<'d>) -> Self {
        Self { firm: vec![node], chosen: Vec::new() }
    }
}

impl Schemas<'_> {
    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.firm.is_empty() && self.chosen.is_empty()
    }
}

impl<'d> View<'d> {
    /// Returns what some schemas say together.
    pub fn of(document: &'d Document, start: Schemas<'d>) -> Self {
        let Schemas { firm: mut open, mut chosen } = start;
        let mut seen = BTreeSet::new();
        let mut nodes = Vec::new();
        let mut n_firm = None;
        loop {
            let Some(node) = open.pop() else {
                n_firm.get_or_insert(nodes.len());
                match chosen.pop() {
                    Some(node) => open.push(node),
                    None => break,
                }
                continue;
            };
            if !seen.insert(node.at.clone()) {
                continue;
            }
            open.extend(node.text("$ref").and_then(|it| document.find(it)));
            open.extend(node.list("allOf"));
            for key in ["oneOf", "anyOf"] {
                chosen.extend(node.list(key));
            }
            for key in ["if", "then", "else"] {
                chosen.extend(node.get(key));
            }
            chosen.extend(node.map("dependentSchemas").into_iter().map(|it| it.1));
            chosen.extend(heirs(document, &node));
            nodes.push(node);
        }
        Self { n_firm: n_firm.unwrap_or(nodes.len()), nodes }
    }

    /// Returns the schemas of a property.
    pub fn property(&self, key: &str) -> Schemas<'d> {
        self.below(|node| match node.get("properties").and_then(|it| it.get(key)) {
            Some(own) => vec![own],
            None => {
                let further = node.get("additionalProperties").filter(|it| it.value.is_object());
                node.map("patternProperties").into_iter().map(|it| it.1).chain(further).collect()
            }
        })
    }

    /// Returns the schemas of an item.
    pub fn item(&self, index: usize) -> Schemas<'d> {
        self.below(|node| {
            let prefix = node.list("prefixItems");
            let further = node.get("items").filter(|_| index >= prefix.len());
            prefix.get(index).cloned().into_iter().chain(further).collect()
        })
    }

    /// Returns the schemas of a part; those of branches are branches.
    fn below(&self, of: impl Fn(&Node<'d>) -> Vec<Node<'d>>) -> Schemas<'d> {
        let (firm, chosen) = self.nodes.split_at(self.n_firm);
        Schemas {
            firm: firm.iter().flat_map(&of).collect(),
            chosen: chosen.iter().flat_map(&of).collect(),
        }
    }

    /// Returns whether the document says that there can be a property of this name, or nothing of any property.
    pub fn declares(&self, key: &str) -> bool {
        let says = |node: &Node<'_>| {
            let further = node.value.get("additionalProperties");
            node.value.get("properties").is_some_and(|it| it.get(key).is_some())
                || node.value.get("patternProperties").is_some()
                || further.is_some_and(|it| *it != Value::Bool(false))
        };
        self.nodes.iter().any(says) || !self.has_properties()
    }

    /// Returns whether some schema has properties.
    fn has_properties(&self) -> bool {
        self.nodes.iter().any(|it| it.value.get("properties").is_some())
    }

    /// Returns whether objects may have properties that no schema names, which need not be kept.
    pub fn is_open(&self) -> bool {
        let closes = |node: &Node<'_>| {
            let further = node.value.get("additionalProperties");
            further.is_some()
                || node.value.get("unevaluatedProperties").is_some()
                || node.value.get("patternProperties").is_some()
                || node.value.get("propertyNames").is_some()
                || node.value.get("maxProperties").is_some()
        };
        self.has_properties() && !self.nodes.iter().any(closes)
    }

    /// Returns whether every value has a property.
    pub fn requires(&self, key: &str) -> bool {
        self.nodes[..self.n_firm].iter().any(|it| lists_as_required(it, key))
    }

    /// Returns whether some schema, be it a branch, requires a property.
    pub fn may_require(&self, key: &str) -> bool {
        self.nodes.iter().any(|it| lists_as_required(it, key))
    }

    /// Returns whether some schema lists texts.
    pub fn lists_texts(&self) -> bool {
        let lists = |node: &Node<'_>| {
            let values = ["enum", "x-enum"].map(|it| node.value.get(it).and_then(Value::as_array));
            values.into_iter().flatten().any(|it| it.iter().all(Value::is_string))
        };
        self.nodes.iter().any(lists)
    }

    /// Returns whether numbers have single precision.
    pub fn is_single(&self) -> bool {
        self.nodes.iter().any(|it| it.text("format") == Some("float"))
    }

    /// Returns the schemas.
    pub fn schemas(&self) -> impl Iterator<Item = &Node<'d>> {
        self.nodes.iter()
    }

    /// Returns the places of the schemas.
    pub fn places(&self) -> impl Iterator<Item = &str> {
        self.nodes.iter().map(|it| it.at.as_str())
    }
}

fn lists_as_required(node: &Node<'_>, key: &str) -> bool {
    let list = node.value.get("required").and_then(Value::as_array);
    list.is_some_and(|it| it.iter().any(|name| name.as_str() == Some(key)))
}

/// Returns the schemas that a value of a schema with a discriminator can have as well.
fn heirs<'d>(document: &'d Document, node: &Node<'d>) -> Vec<Node<'d>> {
    let Some(discriminator) = node.get("discriminator") else { return Vec::new() };
    let mapped = discriminator.map("mapping").into_iter().filter_map(|(_, it)| {
        let text = it.value.as_str()?;
        document.find(text).or_else(|| document.find(&format!("#/components/schemas/{text}")))
    });
    let mut acc: Vec<_> = mapped.collect();
    if node.list("oneOf").is_empty() && node.list("anyOf").is_empty() {
        acc.extend(document.children(&node.at));
    }
    acc
}
