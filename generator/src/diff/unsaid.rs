//! Adds a row for each differing keyword that no other row covers.
//!
//! The model holds what code is generated from. A `maxProperties` on a struct,
//! the default of a whole body or the schema of a text are not in it, and are
//! part of the contract all the same. So after the models are compared, nodes
//! that stand at one place in both documents are, in the one dialect that the
//! stage `document` makes.

mod left_over;
mod listed;
mod place;
mod said;
mod schema;

use std::collections::BTreeSet;

use super::at::At;
use super::kind::Kind;
use super::verdict::Wire;
use super::walk::{Change, Walk};
use crate::document::{Document, Parameter, RefOr, RequestBody, Table};
use crate::pointer::Pointer;

use listed::{Listed, Moved, Moves};
use place::Places;
use said::Said;

/// Compares what stands at one place in both documents.
pub(super) fn compare(walk: &mut Walk<'_>, old: &Document, new: &Document) {
    let said = Said::of(walk);
    let places = Places::of(walk);
    let elsewhere = Moved::of(walk);
    let listed = (Listed::of(old, |at| elsewhere.place(at)), Listed::of(new, |at| at));
    let moves = Moves::of(&listed.0, &listed.1, elsewhere);
    let unused = Unused::of(old, new);
    let mut rows = Vec::new();
    for (at, was) in &old.parameters {
        let RefOr::Node(was) = was else { continue };
        let Some(to) = moves.partner(at).filter(|_| !unused.holds(at)) else { continue };
        if let Some(RefOr::Node(is)) = new.parameters.get(to.get(at)) {
            rows.extend(parameter(&said, &places, was, is));
        }
    }
    rows.extend(alone(&said, &places, &listed.0, &listed.1));
    for (at, was) in &old.request_bodies {
        let Some(to) = moves.partner(at).filter(|_| !unused.holds(at)) else { continue };
        if let (RefOr::Node(was), Some(RefOr::Node(is))) = (was, new.request_bodies.get(to.get(at)))
        {
            rows.extend(body(&said, &places, was, is));
        }
    }
    rows.extend(bodies_alone(&said, &places, old, new));
    for row in rows {
        walk.push(row);
    }
    for (at, was) in &old.schemas {
        let RefOr::Node(was) = was else { continue };
        let Some(to) = moves.partner(at) else { continue };
        if let Some(RefOr::Node(is)) = new.schemas.get(to.get(at))
            && !schema::is_same(was, is)
            && !unused.holds(at)
        {
            schema::compare(walk, &said, &places, was, is);
        }
    }
    left_over::compare(walk, &places, &moves);
}

/// Returns a row about what cannot be decided.
fn unknown(at: &At, old: Option<String>, new: Option<String>) -> Change {
    let mut change = at.change(Kind::Unknown).wire(Wire::Unknown, Wire::Unknown);
    (change.old.value, change.new.value) = (old, new);
    change
}

fn parameter(said: &Said, places: &Places, was: &Parameter, is: &Parameter) -> Option<Change> {
    let bare = |it: &Parameter| {
        let mut data = serde_json::to_value(&it.data).unwrap_or_default();
        if let Some(members) = data.as_object_mut() {
            // What the model holds of them it has compared; of the others
            // none changes a message.
            members.retain(|key, _| {
                !key.starts_with("x-")
                    && !["description", "example", "examples", "schema", "content", "name"]
                        .contains(&key.as_str())
            });
        }
        let contents: Vec<_> = it.content.iter().map(|it| it.0.clone()).collect();
        (data, contents, it.schema.is_some())
    };
    let (old, new) = (bare(was), bare(is));
    if old == new || said.anything(&was.pointer, &is.pointer) {
        return None;
    }
    let name = &is.data.parameter_data_ref().name;
    let at = places.at(&was.pointer, &is.pointer).named(&format!(" {name}"));
    Some(unknown(&at, Some(old.0.to_string()), Some(new.0.to_string())))
}

fn body(said: &Said, places: &Places, was: &RequestBody, is: &RequestBody) -> Option<Change> {
    if was.required == is.required || said.anything(&was.pointer, &is.pointer) {
        return None;
    }
    let at = places.at(&was.pointer, &is.pointer);
    // The client always sends a body that its schema makes necessary.
    Some(if is.required {
        at.change(Kind::BecameRequired).wire(Wire::Breaking, Wire::None)
    } else {
        at.change(Kind::BecameOptional).wire(Wire::Compatible, Wire::None)
    })
}

/// Returns a row for each body that only one side of an operation has, and
/// that says nothing a model could hold.
fn bodies_alone(said: &Said, places: &Places, old: &Document, new: &Document) -> Vec<Change> {
    let mut acc = Vec::new();
    let empty = |it: &RefOr<RequestBody>| matches!(it, RefOr::Node(it) if it.content.is_empty());
    let both = |at: &Pointer| at.parent().is_some_and(|it| places.is_operation(&it));
    for (of, from, is_new) in [(old, new, false), (new, old, true)] {
        for (at, node) in &of.request_bodies {
            if from.request_bodies.contains_key(at) || !empty(node) || !both(at) {
                continue;
            }
            let told = if is_new { said.anything_new(at) } else { said.anything_old(at) };
            if !told {
                let row = places.at(at, at);
                let words = Some("a body without content".to_owned());
                acc.push(if is_new {
                    unknown(&row, None, words)
                } else {
                    unknown(&row, words, None)
                });
            }
        }
    }
    acc
}

/// Returns a row for each parameter that only one side has and that no row
/// names: a path parameter without a place in the template, for example.
fn alone(said: &Said, places: &Places, old: &Listed<'_>, new: &Listed<'_>) -> Vec<Change> {
    let mut acc = Vec::new();
    for (of, from, is_new) in [(&old.0, &new.0, false), (&new.0, &old.0, true)] {
        for (key, at) in of.iter().filter(|it| !from.contains_key(it.0)) {
            let owner = key.0.parent();
            let both = owner.is_some_and(|it| places.is_operation(&it));
            let told = if is_new { said.anything_new(at) } else { said.anything_old(at) };
            // One behind a reference is another of the same name, as a rule.
            if !both || key.1 == "$ref" || said.about(&key.0, &key.2) || told {
                continue;
            }
            let row = places.at(at, at).named(&format!(" {}", key.2));
            let words = Some(format!("{} parameter {}", key.1, key.2));
            acc.push(if is_new { unknown(&row, None, words) } else { unknown(&row, words, None) });
        }
    }
    acc
}

/// Components beside the schemas that nothing refers to.
struct Unused(BTreeSet<Pointer>);

impl Unused {
    fn of(old: &Document, new: &Document) -> Self {
        fn texts<T>(table: &Table<T>) -> impl Iterator<Item = Pointer> {
            table.values().filter_map(|it| match it {
                RefOr::Ref(text) => Pointer::parse(text),
                RefOr::Node(_) => None,
            })
        }
        let mut used: BTreeSet<Pointer> = BTreeSet::new();
        let mut all: BTreeSet<Pointer> = BTreeSet::new();
        for it in [old, new] {
            used.extend(texts(&it.parameters).chain(texts(&it.request_bodies)));
            used.extend(texts(&it.responses).chain(texts(&it.headers)));
            let names = it.parameters.keys().chain(it.request_bodies.keys());
            let names = names.chain(it.responses.keys()).chain(it.headers.keys());
            let components = names.filter(|it| it.as_str().starts_with("#/components/"));
            all.extend(components.filter(|it| it.as_str().matches('/').count() == 3).cloned());
        }
        Self(all.into_iter().filter(|it| !used.contains(it)).collect())
    }

    fn holds(&self, at: &Pointer) -> bool {
        let text = at.as_str();
        if !text.starts_with("#/components/") || text.starts_with("#/components/schemas/") {
            return false;
        }
        let end = text.match_indices('/').nth(3).map_or(text.len(), |it| it.0);
        Pointer::parse(&text[..end]).is_some_and(|it| self.0.contains(&it))
    }
}
