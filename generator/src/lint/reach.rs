//! Components that no operation uses.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::{Mapping, Value};

use super::Findings;
use super::sites::Sites;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;
use crate::resolve::local_pointer;

/// The sections of `components` and what is in them.
const SECTIONS: &[(&str, &str)] = &[
    ("schemas", "schema"),
    ("responses", "response"),
    ("parameters", "parameter"),
    ("examples", "example"),
    ("requestBodies", "request body"),
    ("headers", "header"),
    ("securitySchemes", "security scheme"),
    ("links", "link"),
    ("callbacks", "callback"),
    ("pathItems", "path item"),
];

const COMPONENTS: &str = "#/components/";

/// A section and a name in it.
type Component<'a> = (&'static str, &'a str);

/// The components by section and name.
type Components<'a> = BTreeMap<&'static str, BTreeMap<&'a str, &'a Value>>;

pub(super) fn check(sites: &Sites<'_>, acc: &mut Findings<'_>) {
    let filled = |name: &str| {
        sites.tree.get(name).and_then(Value::as_mapping).is_some_and(|it| !it.is_empty())
    };
    // A document of components alone is a library for others.
    if !filled("paths") && !filled("webhooks") {
        return;
    }
    let components = components(sites.tree);
    let reached = reached(sites.tree, &components);
    for (section, what) in SECTIONS {
        for name in components.get(section).into_iter().flat_map(BTreeMap::keys) {
            if !reached.contains(&(*section, *name)) {
                let title = format!("no operation uses the {what} `{name}`");
                let at = Pointer::root().join(&["components", section, name]);
                acc.push(Diagnostic::warning(codes::UNREACHED, at, title).at_key().label("unused"));
            }
        }
    }
}

fn components(tree: &Value) -> Components<'_> {
    let mut acc = Components::new();
    for (section, _) in SECTIONS {
        let members = tree.get("components").and_then(|it| it.get(*section));
        for (name, node) in members.and_then(Value::as_mapping).into_iter().flatten() {
            if let Some(name) = name.as_str().filter(|it| !it.starts_with("x-")) {
                acc.entry(*section).or_default().insert(name, node);
            }
        }
    }
    acc
}

/// Returns the components that are reached from outside of `components`.
///
/// Whatever looks like a reference counts as one, in extensions and examples
/// too, so that no component in use is called unused.
fn reached<'a>(tree: &'a Value, components: &Components<'a>) -> BTreeSet<Component<'a>> {
    let mut reaching = Reaching { components, acc: BTreeSet::new(), open: Vec::new() };
    let root = tree.as_mapping();
    // What the document requires, its operations require.
    if let Some(root) = root {
        reaching.security(root);
    }
    for (name, node) in root.into_iter().flatten() {
        if name.as_str() != Some("components") {
            reaching.mentions(node);
        }
    }
    let extensions = tree.get("components").and_then(Value::as_mapping).into_iter().flatten();
    for (section, node) in extensions {
        if SECTIONS.iter().all(|(known, _)| section.as_str() != Some(*known)) {
            reaching.mentions(node);
        }
    }
    loop {
        while let Some(node) = reaching.open.pop() {
            reaching.mentions(node);
        }
        if !reaching.descend() {
            return reaching.acc;
        }
    }
}

struct Reaching<'c, 'a> {
    components: &'c Components<'a>,
    acc: BTreeSet<Component<'a>>,
    open: Vec<&'a Value>,
}

impl<'a> Reaching<'_, 'a> {
    /// Marks what a node mentions.
    fn mentions(&mut self, node: &'a Value) {
        match node {
            Value::Mapping(members) => {
                self.security(members);
                for (name, value) in members {
                    if name.as_str() == Some("mapping") {
                        let targets = value.as_mapping().into_iter().flat_map(Mapping::values);
                        // A mapping may name a schema without its pointer.
                        targets.filter_map(Value::as_str).for_each(|it| self.mark("schemas", it));
                    }
                    self.mentions(value);
                }
            }
            Value::Sequence(elements) => elements.iter().for_each(|it| self.mentions(it)),
            // References, in whatever key they stand; descriptions can hold some.
            Value::String(text) => {
                for (start, _) in text.match_indices(COMPONENTS) {
                    let ends = |c: char| c.is_whitespace() || "\"'`()<>,".contains(c);
                    self.mark_pointer(text[start..].split(ends).next().unwrap_or_default());
                }
            }
            _ => {}
        }
    }

    fn security(&mut self, members: &'a Mapping) {
        let alternatives = members.get("security").and_then(Value::as_sequence);
        for alternative in alternatives.into_iter().flatten().filter_map(Value::as_mapping) {
            for name in alternative.keys().filter_map(Value::as_str) {
                self.mark("securitySchemes", name);
            }
        }
    }

    fn mark_pointer(&mut self, text: &str) {
        let Some(tokens) = local_pointer(text).map(|it| it.tokens()) else { return };
        if let [_, section, name, ..] = tokens.as_slice() {
            self.mark(section, name);
        }
    }

    fn mark(&mut self, section: &str, name: &str) {
        if let Some((component, node)) = self.find(section, name)
            && self.acc.insert(component)
        {
            self.open.push(node);
        }
    }

    fn find(&self, section: &str, name: &str) -> Option<(Component<'a>, &'a Value)> {
        let (section, members) = self.components.get_key_value(section)?;
        let (name, node) = members.get_key_value(name)?;
        Some(((*section, *name), *node))
    }

    /// Marks the schemas that extend one with a discriminator which is
    /// reached: a value of the one may be a value of the other. Returns
    /// whether there was one.
    fn descend(&mut self) -> bool {
        let n_reached = self.acc.len();
        let schemas = self.components.get("schemas");
        let children: Vec<&str> = schemas
            .into_iter()
            .flatten()
            .filter(|(name, node)| {
                !self.acc.contains(&("schemas", **name)) && self.extends_reached(node, 16)
            })
            .map(|(name, _)| *name)
            .collect();
        for name in children {
            self.mark("schemas", name);
        }
        self.acc.len() > n_reached
    }

    /// Returns whether a schema extends one that is reached and has, or
    /// inherits, a discriminator.
    fn extends_reached(&self, node: &Value, fuel: usize) -> bool {
        self.parents(node).any(|(component, parent)| {
            self.acc.contains(&component) && self.has_discriminator(parent, fuel)
        })
    }

    fn has_discriminator(&self, node: &Value, fuel: usize) -> bool {
        let Some(fuel) = fuel.checked_sub(1) else { return true };
        let parts = node.get("allOf").and_then(Value::as_sequence).into_iter().flatten();
        node.get("discriminator").is_some()
            || parts.into_iter().any(|it| it.get("discriminator").is_some())
            || self.parents(node).any(|(_, parent)| self.has_discriminator(parent, fuel))
    }

    /// Returns the components that a schema extends.
    fn parents<'n>(
        &'n self,
        node: &'n Value,
    ) -> impl Iterator<Item = (Component<'a>, &'a Value)> + 'n {
        let parts = node.get("allOf").and_then(Value::as_sequence).into_iter().flatten();
        parts.chain([node]).filter_map(|part| {
            let tokens = local_pointer(part.get("$ref")?.as_str()?)?.tokens();
            let [_, section, name] = tokens.as_slice() else { return None };
            self.find(section, name)
        })
    }
}
