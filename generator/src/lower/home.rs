//! Finds the place that the name of an inline type is made from.

use super::Lowering;
use super::hoist::Home;
use crate::api::Role;
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// Returns where a node below a named type is written.
    pub(super) fn home(&self, target: &Pointer) -> Option<Home> {
        let mut above = target.parent();
        while let Some(at) = above {
            if let Some(id) = self.components.get(&at).or_else(|| self.hoisted.get(&at)) {
                let depth = at.tokens().len();
                let mut roles = roles(&target.tokens()[depth..]);
                if let Some(word) = self.event_word(target) {
                    // Its name is the same from wherever it is met.
                    while roles.pop_if(|it| matches!(it, Role::Variant(_))).is_some() {}
                    roles.push(Role::Variant(word.to_owned()));
                }
                return Some(Home { roles, ..Home::of_type(*id) });
            }
            above = at.parent();
        }
        None
    }
}

/// Reads the way from a schema to one below it.
fn roles(tokens: &[String]) -> Vec<Role> {
    let mut acc = Vec::new();
    let mut tokens = tokens.iter();
    while let Some(keyword) = tokens.next() {
        match keyword.as_str() {
            "items" => acc.push(Role::Item),
            "additionalProperties" => acc.push(Role::Value),
            "oneOf" | "anyOf" => {
                let index =
                    tokens.next().and_then(|it| it.parse::<usize>().ok()).unwrap_or_default();
                acc.push(Role::Variant((index + 1).to_string()));
            }
            // A property of several parts has no position.
            "allOf" if tokens.as_slice().first().is_some_and(|it| it.parse::<usize>().is_ok()) => {
                tokens.next();
            }
            "allOf" | "contentSchema" => {}
            _ => acc.extend(tokens.next().cloned().map(Role::Property)),
        }
    }
    acc
}
