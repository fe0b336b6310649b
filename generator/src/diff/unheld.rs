//! What the models do not hold in, a row that says so where the documents differ out: never silence.

use std::collections::BTreeSet;

use serde_yaml::Value;

use super::alike::{self, Alike, Side};
use super::at::At;
use super::describe::cut;
use super::kind::Kind;
use super::verdict::{Rust, Wire};
use super::walk::{Node, Walk};
use crate::pointer::Pointer;

/// Compares the text of what was left out of either model, and of the parts of
/// security that a client does not need and the models do not keep.
pub(super) fn compare(walk: &mut Walk<'_>, old: &[Pointer], new: &[Pointer]) {
    let lost: BTreeSet<&Pointer> = old.iter().chain(new).collect();
    for at in &lost {
        let inside = lost.iter().any(|other| other != at && other.holds(at));
        if !inside && !is_reported(walk, at) {
            compare_texts(walk, at);
        }
    }
    compare_security(walk);
}

/// A row of the place itself has said that it came or went.
fn is_reported(walk: &Walk<'_>, at: &Pointer) -> bool {
    walk.changes.iter().any(|it| it.new.pointer == *at || it.old.pointer == *at)
}

fn compare_texts(walk: &mut Walk<'_>, at: &Pointer) {
    let (was, is) = (find(walk.old.raw, at), find(walk.new.raw, at));
    let tokens = at.tokens();
    let here = At::new(Node::Document, cut(&tokens.join(" ")), at, at);
    let (old, new) = (Some(walk.old.raw), Some(walk.new.raw));
    let mut change =
        match alike::compare(Side { node: was, root: old }, Side { node: is, root: new }) {
            Alike::Same => return,
            Alike::ButTexts if tags(was) != tags(is) => here.change(Kind::TagsChanged),
            Alike::ButTexts => here.change(Kind::DocsChanged),
            Alike::No => here.change(Kind::Unknown).wire(Wire::Unknown, Wire::Unknown),
        };
    let words = |it: Option<&Value>| it.map(|_| "not held by the model".to_owned());
    if change.kind == Kind::Unknown {
        (change.old.value, change.new.value) = (words(was), words(is));
    }
    walk.push(change.rust(Rust::None));
}

fn tags(node: Option<&Value>) -> Option<&Value> {
    node.and_then(|it| it.get("tags"))
}

/// Scopes, flows and URLs of security are compared as they are written.
fn compare_security(walk: &mut Walk<'_>) {
    let schemes = walk.new.api.security_schemes.clone();
    for scheme in &schemes {
        if is_reported(walk, &scheme.pointer) {
            continue;
        }
        let bare = |root: &Value| find(root, &scheme.pointer).map(without_texts);
        let known = walk.old.api.security_schemes.iter().any(|it| it.pointer == scheme.pointer);
        if known && bare(walk.old.raw) != bare(walk.new.raw) {
            compare_texts(walk, &scheme.pointer);
        }
    }
    let at = Pointer::root().child("security");
    let same = |it: &crate::api::Operation| it.security.clone();
    let held = walk.operations.iter().all(|(old, new)| {
        same(&walk.old.api.operations[*old]) == same(&walk.new.api.operations[*new])
    });
    if held {
        compare_texts(walk, &at);
    }
}

/// Descriptions of a scheme have a row of their own.
fn without_texts(it: &Value) -> Value {
    let mut acc = it.clone();
    if let Value::Mapping(map) = &mut acc {
        map.remove("description");
    }
    acc
}

/// Returns the node at a pointer.
pub(super) fn find<'a>(root: &'a Value, at: &Pointer) -> Option<&'a Value> {
    at.tokens().iter().try_fold(root, |node, token| match node {
        Value::Mapping(map) => {
            (map.iter()).find(|(key, _)| is_key(key, token)).map(|(_, value)| value)
        }
        Value::Sequence(list) => list.get(token.parse::<usize>().ok()?),
        _ => None,
    })
}

/// A status may be written as a number.
fn is_key(key: &Value, token: &str) -> bool {
    match key {
        Value::String(key) => key == token,
        Value::Number(key) => key.to_string() == token,
        _ => false,
    }
}
