//! A node and its place, which changes are made of.

use serde_yaml::{Mapping, Value};
use tamarack::pointer::Pointer;

use super::Mutation;

pub(super) trait Texts {
    fn insert_text(&mut self, key: &str, text: &str);
    fn flip(&mut self, key: &str);
}

impl Texts for Mapping {
    fn insert_text(&mut self, key: &str, text: &str) {
        self.insert(key.into(), text.into());
    }

    fn flip(&mut self, key: &str) {
        let is = self.get(key).and_then(Value::as_bool).unwrap_or_default();
        self.insert(key.into(), (!is).into());
    }
}

pub(super) fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).expect("YAML")
}

/// A node and its place.
pub(super) struct Site<'a> {
    pub(super) node: &'a Value,
    pub(super) at: &'a Pointer,
}

impl<'a> Site<'a> {
    pub(super) fn new(node: &'a Value, at: &'a Pointer) -> Self {
        Self { node, at }
    }

    /// Changes the node itself.
    pub(super) fn own(
        &self,
        acc: &mut Vec<Mutation>,
        name: &str,
        change: impl FnOnce(&mut Mapping),
    ) {
        let Some(members) = self.node.as_mapping() else { return };
        let mut members = members.clone();
        change(&mut members);
        let node = Value::Mapping(members);
        acc.push(Mutation { at: self.at.clone(), name: name.to_owned(), node });
    }

    /// Changes a property.
    pub(super) fn set(
        &self,
        acc: &mut Vec<Mutation>,
        member: &str,
        name: &str,
        change: impl FnOnce(&mut Mapping),
    ) {
        if let Some(node) = self.node.get(member) {
            Site::new(node, &self.at.child(member)).own(acc, name, change);
        }
    }

    /// Returns the properties of a map below.
    pub(super) fn members(&self, way: &[&str]) -> Vec<(Pointer, Value)> {
        let found = way.iter().try_fold(self.node, |node, name| node.get(*name));
        let at = self.at.join(way);
        let all = found.and_then(Value::as_mapping).into_iter().flatten();
        all.filter_map(|(name, it)| Some((at.child(name.as_str()?), it.clone()))).collect()
    }

    pub(super) fn list(&self, name: &str) -> Vec<(Pointer, Value)> {
        let all = self.node.get(name).and_then(Value::as_sequence).into_iter().flatten();
        let at = self.at.child(name);
        all.enumerate().map(|(index, it)| (at.index(index), it.clone())).collect()
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.node.get(key).is_some()
    }

    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.node.get(key).and_then(Value::as_str)
    }
}
