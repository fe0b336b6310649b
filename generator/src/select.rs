//! Tree and subset in, tree out: without the operations that are left out, and without what only they use.
//!
//! This is done before anything is read, so no stage reports what is left out on purpose, and it costs no time.

mod reach;
mod unmatched;

use std::collections::BTreeSet;

use serde_yaml::Value;

use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::document::METHODS;
use crate::pointer::{Pointer, PointerSet};
use crate::resolve::local_pointer;
use crate::subset::{Candidate, Subset};

use reach::Reach;

/// What a subset leaves out of a document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selected {
    /// The removed nodes, and the operations that are there only because something refers to a part of them.
    pub(crate) removed: PointerSet,
    /// Path and method of operations that are still in the tree.
    pub(crate) skipped: BTreeSet<(String, &'static str)>,
}

impl Selected {
    /// Returns whether a place is left out.
    pub(crate) fn holds(&self, at: &Pointer) -> bool {
        let mut above = Some(at.clone());
        while let Some(at) = above {
            if self.removed.contains(&at) {
                return true;
            }
            above = at.parent();
        }
        false
    }
}

/// An operation of the document.
struct Listed {
    path: String,
    method: &'static str,
    /// The operation itself: a path item can be a reference.
    at: Pointer,
    is_kept: bool,
}

/// Leaves out of a tree what does not belong to a subset; `None` if that does not fit the document.
pub(crate) fn select(tree: &mut Value, subset: &Subset, sink: &mut Sink) -> Option<Selected> {
    if subset.is_whole() {
        return Some(Selected::default());
    }
    let listed = listed(tree, subset);
    if !unmatched::check(tree, subset, sink) {
        return None;
    }
    if !listed.iter().any(|it| it.is_kept) {
        let title = "no operation is left: all that `include` matches, `exclude` matches too";
        sink.push(Diagnostic::error(codes::SUBSET, Pointer::root().child("paths"), title).at_key());
        return None;
    }
    // Two paths can share an operation.
    let kept: BTreeSet<&Pointer> = listed.iter().filter(|it| it.is_kept).map(|it| &it.at).collect();
    let dropped = listed.iter().map(|it| &it.at).filter(|at| !kept.contains(at));
    let mut reach = Reach::new(tree, dropped.cloned().collect());
    if !subset.include.is_empty() {
        // Nothing includes them: they have neither a tag nor a path.
        reach.leave(&["webhooks", "x-webhooks"]);
    }
    for (path, _) in members(tree.get("paths")) {
        let of_path = || listed.iter().filter(|it| it.path == path);
        if of_path().next().is_none() || of_path().any(|it| it.is_kept) {
            reach.path(path);
        }
    }
    reach.follow();
    let Reach { dropped, needed, removed, .. } = reach.finish();
    let mut selected = Selected { removed, skipped: BTreeSet::new() };
    for at in &selected.removed {
        remove(tree, at);
    }
    for it in listed.iter().filter(|it| !it.is_kept) {
        let is_there = !dropped.contains(&it.at) && !selected.holds(&it.at);
        if is_there {
            selected.skipped.insert((it.path.clone(), it.method));
        }
    }
    selected.removed.extend(needed);
    Some(selected)
}

fn listed(tree: &Value, subset: &Subset) -> Vec<Listed> {
    let mut acc = Vec::new();
    operations(tree, |operation, method, at| {
        let is_kept = subset.has(operation);
        acc.push(Listed { path: operation.path.to_owned(), method, at, is_kept });
    });
    acc
}

/// Visits the operations below `paths`, each with its place.
fn operations(tree: &Value, mut visit: impl FnMut(&Candidate<'_>, &'static str, Pointer)) {
    let paths = Pointer::root().child("paths");
    for (path, item) in members(tree.get("paths")).filter(|(path, _)| !path.starts_with("x-")) {
        let (item, at) = followed(tree, item, paths.child(path));
        for method in METHODS {
            let Some(node) = item.get(method).filter(|it| it.is_mapping()) else { continue };
            let tags = node.get("tags").and_then(Value::as_sequence).into_iter().flatten();
            let candidate = Candidate {
                method,
                path,
                id: node.get("operationId").and_then(Value::as_str),
                tags: tags.filter_map(Value::as_str).collect(),
            };
            visit(&candidate, method, at.child(method));
        }
    }
}

/// Returns the path item behind references, with its place.
fn followed<'a>(tree: &'a Value, item: &'a Value, at: Pointer) -> (&'a Value, Pointer) {
    let mut found = (item, at);
    // More steps than any chain that was written by hand, and an end for a ring.
    for _ in 0..64 {
        let has_own = METHODS.iter().any(|method| found.0.get(*method).is_some());
        let target = found.0.get("$ref").and_then(Value::as_str).and_then(local_pointer);
        let Some(target) = target.filter(|_| !has_own) else { break };
        let Some(node) = target.find(tree) else { break };
        found = (node, target);
    }
    found
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&str, &Value)> {
    let all = value.and_then(Value::as_mapping).into_iter().flatten();
    all.filter_map(|(name, value)| Some((name.as_str()?, value)))
}

/// Takes a member of a map away.
fn remove(tree: &mut Value, at: &Pointer) {
    let mut tokens = at.tokens();
    let Some(last) = tokens.pop() else { return };
    let holder = tokens.iter().try_fold(tree, |node, token| node.get_mut(token.as_str()));
    if let Some(members) = holder.and_then(Value::as_mapping_mut) {
        members.shift_remove(last.as_str());
    }
}
