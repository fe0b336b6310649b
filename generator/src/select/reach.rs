//! Follows the references of what is kept, to find what nothing refers to any more.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::Value;

use super::members;
use crate::document::METHODS;
use crate::pointer::{Pointer, PointerSet};
use crate::resolve::local_pointer;

/// The components that are removed when nothing refers to them. Security schemes stay: they are few, and
/// credentials belong to the client.
const REMOVED: [&str; 8] = [
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "links",
    "callbacks",
];

/// What is known of a document while its references are followed.
pub(super) struct Reach<'a> {
    tree: &'a Value,
    /// The operations that are left out.
    pub(super) dropped: PointerSet,
    /// Those of them that stay, since something refers to a part of them.
    pub(super) needed: PointerSet,
    /// The paths that stay.
    paths: BTreeSet<String>,
    /// The components that stay, and whether a value can be of one: of a schema that is only a part of
    /// `allOf`, none is.
    components: BTreeMap<(String, String), Use>,
    /// The component schemas that extend each one.
    children: BTreeMap<String, Vec<&'a str>>,
    /// What is still to be looked at: nodes, references and components.
    open: Vec<(&'a Value, Use)>,
    references: Vec<(Pointer, Use)>,
    used: Vec<(String, String, Use)>,
    left: Vec<&'static str>,
    pub(super) removed: PointerSet,
}

/// How something refers to a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    /// As a part of `allOf`.
    Part,
    /// In any other way: a value can be of what extends it.
    Value,
    /// As what extends a schema of which values can be.
    Child,
}

impl<'a> Reach<'a> {
    pub(super) fn new(tree: &'a Value, dropped: PointerSet) -> Self {
        let mut children: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        let schemas = tree.get("components").and_then(|it| it.get("schemas"));
        for (name, schema) in members(schemas) {
            let parts = schema.get("allOf").and_then(Value::as_sequence).into_iter().flatten();
            for base in parts.filter_map(|it| component_name(it.get("$ref")?.as_str()?)) {
                children.entry(base).or_default().push(name);
            }
        }
        Self {
            tree,
            dropped,
            needed: PointerSet::default(),
            paths: BTreeSet::new(),
            components: BTreeMap::new(),
            children,
            open: Vec::new(),
            references: Vec::new(),
            used: Vec::new(),
            left: Vec::new(),
            removed: PointerSet::default(),
        }
    }

    /// Leaves members of the document out.
    pub(super) fn leave(&mut self, members: &[&'static str]) {
        self.left.extend(members);
    }

    /// Keeps a path, without the operations that are left out.
    pub(super) fn path(&mut self, path: &str) {
        if self.paths.insert(path.to_owned()) {
            let at = Pointer::root().join(&["paths", path]);
            self.path_item(&at);
        }
    }

    fn path_item(&mut self, at: &Pointer) {
        let Some(item) = at.find(self.tree) else { return };
        for (name, node) in members(Some(item)) {
            if name == "$ref" {
                self.refer(node, Use::Value);
            }
            let is_dropped = METHODS.contains(&name) && self.dropped.contains(&at.child(name));
            if !is_dropped {
                self.open.push((node, Use::Value));
            }
        }
    }

    /// Follows all references.
    pub(super) fn follow(&mut self) {
        for (name, node) in members(Some(self.tree)) {
            let is_apart = ["paths", "components"].contains(&name) || self.left.contains(&name);
            if !is_apart {
                self.open.push((node, Use::Value));
            }
        }
        for (section, node) in members(self.tree.get("components")) {
            if !REMOVED.contains(&section) && section != "pathItems" {
                self.open.push((node, Use::Value));
            }
        }
        loop {
            if let Some((node, way)) = self.open.pop() {
                self.node(node, way);
            } else if let Some((target, way)) = self.references.pop() {
                self.reference(target, way);
            } else if let Some((section, name, way)) = self.used.pop() {
                self.component(section, name, way);
            } else {
                break;
            }
        }
    }

    fn node(&mut self, node: &'a Value, way: Use) {
        match node {
            Value::Sequence(elements) => {
                self.open.extend(elements.iter().map(|it| (it, way)));
            }
            Value::Mapping(all) => {
                for (name, value) in all {
                    match name.as_str() {
                        Some("$ref") => self.refer(value, way),
                        Some("allOf") => self.open.push((value, Use::Part)),
                        Some("discriminator") => {
                            for (_, target) in members(value.get("mapping")) {
                                self.mapped(target);
                            }
                        }
                        _ => self.open.push((value, Use::Value)),
                    }
                }
            }
            _ => {}
        }
    }

    /// Notes the entry of a mapping: a reference, or the name of a schema.
    fn mapped(&mut self, target: &Value) {
        let name = target.as_str().unwrap_or_default();
        let schemas = self.tree.get("components").and_then(|it| it.get("schemas"));
        if schemas.is_some_and(|it| it.get(name).is_some()) {
            self.used.push(("schemas".to_owned(), name.to_owned(), Use::Value));
        } else {
            self.refer(target, Use::Value);
        }
    }

    fn refer(&mut self, text: &Value, way: Use) {
        let target = text.as_str().and_then(local_pointer);
        self.references.extend(target.map(|it| (it, way)));
    }

    fn reference(&mut self, target: Pointer, way: Use) {
        let tokens = target.tokens();
        match tokens.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["components", section, name, ..] => {
                self.used.push(((*section).to_owned(), (*name).to_owned(), way));
            }
            ["paths", path, ..] => self.path(path),
            _ => {}
        }
        // A part of an operation that is left out.
        let mut above = Some(target);
        while let Some(at) = above {
            if self.dropped.swap_remove(&at) {
                self.open.extend(at.find(self.tree).map(|it| (it, Use::Value)));
                self.needed.insert(at);
                return;
            }
            above = at.parent();
        }
    }

    fn component(&mut self, section: String, name: String, way: Use) {
        let components = self.tree.get("components");
        let Some(node) = components.and_then(|it| it.get(&*section)?.get(&*name)) else { return };
        let key = (section, name);
        let before = self.components.get(&key).copied();
        if before >= Some(way) {
            return;
        }
        let (section, name) = (&key.0, &key.1);
        // An alias is used as what it stands for is.
        let is_alias = node.get("$ref").is_some_and(Value::is_string);
        if section == "pathItems" {
            self.path_item(&Pointer::root().join(&["components", section, name]));
        } else if before.is_none() || is_alias {
            self.open.push((node, way));
        }
        let has_children = way == Use::Child || (way == Use::Value && is_base(node));
        if section == "schemas" && has_children {
            let children = self.children.get(name).into_iter().flatten();
            let used = children.map(|it| (section.clone(), (*it).to_owned(), Use::Child));
            self.used.extend(used.collect::<Vec<_>>());
        }
        self.components.insert(key, way);
    }

    /// Finds what is to be removed.
    pub(super) fn finish(mut self) -> Self {
        let root = Pointer::root();
        for name in &self.left {
            if self.tree.get(*name).is_some() {
                self.removed.insert(root.child(name));
            }
        }
        let paths = root.child("paths");
        for (path, _) in members(self.tree.get("paths")) {
            if !self.paths.contains(path) && !path.starts_with("x-") {
                self.removed.insert(paths.child(path));
            }
        }
        let sections = REMOVED.iter().chain(&["pathItems"]);
        for section in sections {
            let nodes = self.tree.get("components").and_then(|it| it.get(*section));
            for (name, _) in members(nodes) {
                if !self.components.contains_key(&((*section).to_owned(), name.to_owned())) {
                    self.removed.insert(root.join(&["components", section, name]));
                }
            }
        }
        self.removed.extend(self.dropped.iter().cloned());
        self
    }
}

/// Returns whether values can be of what extends a schema.
fn is_base(node: &Value) -> bool {
    node.get("discriminator").is_some()
        && node.get("oneOf").is_none()
        && node.get("anyOf").is_none()
}

fn component_name(reference: &str) -> Option<String> {
    let mut tokens = local_pointer(reference)?.tokens();
    let name = tokens.pop()?;
    (tokens == ["components", "schemas"]).then_some(name)
}
