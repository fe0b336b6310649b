//! Adds a row where documents differ in what the models do not hold.

use std::collections::BTreeSet;
use std::iter;

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
    let reported = reported(walk);
    for at in &lost {
        let inside = iter::successors(at.parent(), Pointer::parent).any(|it| lost.contains(&it));
        if !inside && !reported.contains(at) {
            compare_texts(walk, at);
        }
    }
    compare_security(walk);
}

/// Returns the places of which a row has said that they came or went.
fn reported(walk: &Walk<'_>) -> BTreeSet<Pointer> {
    let sides = walk.changes.iter().flat_map(|it| [&it.old.pointer, &it.new.pointer]);
    sides.cloned().collect()
}

fn compare_texts(walk: &mut Walk<'_>, at: &Pointer) {
    let (was, is) = (at.find(walk.old.raw), at.find(walk.new.raw));
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
    let reported = reported(walk);
    let old = &walk.old.api.security_schemes;
    let known: BTreeSet<&Pointer> = old.iter().map(|it| &it.pointer).collect();
    for scheme in &schemes {
        if reported.contains(&scheme.pointer) {
            continue;
        }
        let bare = |root: &Value| scheme.pointer.find(root).map(without_texts);
        if known.contains(&scheme.pointer) && bare(walk.old.raw) != bare(walk.new.raw) {
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
