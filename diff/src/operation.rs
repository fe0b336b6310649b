//! Pairs the operations of both models and compares them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use tamarack::api::{Operation, PathPart, Server};
use tamarack::plan::{Argument, ConstIdent, PlannedOperation};
use tamarack::pointer::Pointer;

use super::at::At;
use super::documentation;
use super::kind::Kind;
use super::left_over::{self, is_left_out};
use super::rust::signature;
use super::verdict::{Rust, Wire};
use super::walk::{Change, Node, OperationPair, Walk};
use super::{body, pages, parameter, response, security, types};

/// Pairs the operations, then compares each pair and all types it reaches.
pub(super) fn compare_all(walk: &mut Walk<'_>) {
    walk.operations = pairs(&walk.old.api.operations, &walk.new.api.operations);
    for index in 0..walk.operations.len() {
        let pair = walk.operations[index];
        compare(walk, pair);
        types::compare_met(walk);
    }
    alone(walk);
}

/// An operation is the same by its id, else by method and path; an id that a document gives to
/// several operations comes last.
fn pairs(old: &[Operation], new: &[Operation]) -> Vec<OperationPair> {
    let by_id = |it: &Operation| Some((it.id.clone(), Vec::new()));
    let by_own_id = |it: &Operation| by_id(it).filter(|_| !it.has_shared_id);
    let by_place = |it: &Operation| {
        let path = shape_of_path(it).into_iter().map(|it| it.map(str::to_owned)).collect();
        Some((it.method.to_string(), path))
    };
    let mut acc: BTreeMap<usize, usize> = BTreeMap::new();
    pair_by(&by_own_id, old, new, &mut acc);
    pair_by(&by_place, old, new, &mut acc);
    pair_by(&by_id, old, new, &mut acc);
    acc.into_iter().map(|(new, old)| (old, new)).collect()
}

type Key = (String, Vec<Option<String>>);

/// Pairs those operations that have no partner yet and one key, several of one key in their order;
/// `None` is no key.
fn pair_by(
    key: &dyn Fn(&Operation) -> Option<Key>,
    old: &[Operation],
    new: &[Operation],
    acc: &mut BTreeMap<usize, usize>,
) {
    let taken: BTreeSet<usize> = acc.values().copied().collect();
    let free = old.iter().enumerate().filter(|(index, _)| !taken.contains(index));
    let mut known: BTreeMap<Key, VecDeque<usize>> = BTreeMap::new();
    for (key, index) in free.filter_map(|(index, it)| Some((key(it)?, index))) {
        known.entry(key).or_default().push_back(index);
    }
    for (index, is) in new.iter().enumerate() {
        if !acc.contains_key(&index)
            && let Some(partner) = key(is).and_then(|it| known.get_mut(&it)?.pop_front())
        {
            acc.insert(index, partner);
        }
    }
}

/// Returns the path without the names of its parameters.
fn shape_of_path(it: &Operation) -> Vec<Option<&str>> {
    (it.path.iter())
        .map(|part| match part {
            PathPart::Literal(text) => Some(text.as_str()),
            PathPart::Parameter(_) => None,
        })
        .collect()
}

/// Returns, for example, `GET /pets/{id}`.
pub(super) fn label(it: &Operation) -> String {
    format!("{} {}", it.method, it.template())
}

/// What stands behind an id that the document does not give.
pub(super) const MADE: &str = " (from method and path)";

/// Returns the id of an operation, and whether it is a made one.
fn named(it: &Operation) -> String {
    if it.has_made_id { format!("{}{MADE}", it.id) } else { it.id.clone() }
}

fn compare(walk: &mut Walk<'_>, pair: OperationPair) {
    let (old, old_code) = walk.old.operation(pair.0);
    let (new, new_code) = walk.new.operation(pair.1);
    let at = At::new(Node::Operation(pair), &new.id, &old.pointer, &new.pointer);
    let code = |change: Change| change.code(Some(signature(old_code)), Some(signature(new_code)));
    if old_code.method != new_code.method {
        let change = at.change(Kind::OperationRenamed).values(named(old), named(new));
        walk.push(code(change.rust(Rust::Major)));
    }
    let start = walk.changes.len();
    let moved = old.method != new.method || shape_of_path(old) != shape_of_path(new);
    if moved {
        let change = at.change(Kind::OperationMoved).wire(Wire::Breaking, Wire::None);
        walk.push(change.values(label(old), label(new)).rust(Rust::Patch));
    }
    documentation::compare(walk, &at, &old.docs, &new.docs);
    documentation::compare_deprecated(walk, &at, old.deprecated, new.deprecated);
    compare_tags(walk, &at, &old.tags, &new.tags);
    security::compare(walk, &at, &old.security, &new.security);
    compare_servers(walk, &at, (old, old_code), (new, new_code));
    compare_retries(walk, &at, old, new);
    pages::compare(walk, &at, (old, old_code), (new, new_code));
    let first = walk.changes.len();
    parameter::compare(walk, pair, moved);
    body::compare(walk, pair);
    response::compare(walk, pair);
    compare_order(walk, &at, (first, moved), (old, old_code), (new, new_code));
    left_over::compare(walk, &at, (&old.left_over, &new.left_over), start);
}

fn compare_tags(walk: &mut Walk<'_>, at: &At, old: &[String], new: &[String]) {
    let sorted = |tags: &[String]| {
        let mut tags = tags.to_vec();
        tags.sort_unstable();
        tags.join(", ")
    };
    if sorted(old) != sorted(new) {
        walk.push(at.change(Kind::TagsChanged).values(sorted(old), sorted(new)));
    }
}

/// Only the overlay says when a call is sent again, so nothing on the wire changes by it.
fn compare_retries(walk: &mut Walk<'_>, at: &At, old: &Operation, new: &Operation) {
    let described = |it: &Operation| {
        let statuses = it.retries.statuses.iter().map(ToString::to_string);
        let key = it.retries.key_header.iter().map(|it| format!("key in {it}"));
        let idempotent = it.retries.idempotent.iter().map(|it| format!("idempotent: {it}"));
        statuses.chain(key).chain(idempotent).collect::<Vec<_>>().join(", ")
    };
    if old.retries != new.retries {
        let change = at.change(Kind::RetriesChanged).rust(Rust::Patch);
        walk.push(change.values(described(old), described(new)));
    }
}

fn compare_servers(
    walk: &mut Walk<'_>,
    at: &At,
    (old, old_code): (&Operation, &PlannedOperation),
    (new, new_code): (&Operation, &PlannedOperation),
) {
    let urls = |it: &Operation| it.servers.iter().map(described).collect::<Vec<_>>();
    let (was, is) = (urls(old), urls(new));
    if was != is {
        let rust = rust_of_servers(walk, old_code.server.as_ref(), new_code.server.as_ref());
        // The same servers on many operations are one change.
        let at = At { subject: "operation servers".to_owned(), ..at.clone() };
        let change = at.change(Kind::ServerChanged).wire(Wire::Potentially, Wire::None);
        walk.push(change.values(was.join(", "), is.join(", ")).rust(rust));
    }
}

/// Returns the URL of a server with what its variables can be.
fn described(server: &Server) -> String {
    let variables = server.variables.iter().map(|it| {
        let default = it.default.as_deref().unwrap_or("none");
        let mut values: Vec<_> = it.values.iter().map(String::as_str).collect();
        // Their order means nothing.
        values.sort_unstable();
        format!(" {{{}: default {default}, values {}}}", it.name, values.join(", "))
    });
    format!("{}{}", server.url, variables.collect::<String>())
}

/// A server that no operation has any more is a constant that is gone.
fn rust_of_servers(walk: &Walk<'_>, old: Option<&ConstIdent>, new: Option<&ConstIdent>) -> Rust {
    let is_gone = |it: &ConstIdent| walk.new.code.servers.iter().all(|new| new.ident != *it);
    match (old, new) {
        (Some(old), _) if is_gone(old) => Rust::Major,
        (old, new) if old == new => Rust::Patch,
        _ => Rust::Minor,
    }
}

/// Reports that the arguments have another order, unless a change of a parameter explains it.
fn compare_order(
    walk: &mut Walk<'_>,
    at: &At,
    (first, moved): (usize, bool),
    (was, old): (&Operation, &PlannedOperation),
    (is, new): (&Operation, &PlannedOperation),
) {
    // A parameter of the same path is the same whatever its name is.
    let key = |operation: &Operation, it: &Argument| match it
        .parameter
        .and_then(|id| operation.slot(id))
        .filter(|_| !moved)
    {
        Some(slot) => (Some(slot), None),
        None => (None, Some(it.wire_name.clone())),
    };
    let keys = |operation: &Operation, code: &PlannedOperation| {
        code.arguments.iter().map(|it| key(operation, it)).collect::<Vec<_>>()
    };
    let (was, is) = (keys(was, old), keys(is, new));
    let said = walk.changes[first..].iter().any(|it| it.rust == Rust::Major);
    if was != is && !said && !new.bundled {
        let change = at.change(Kind::ArgumentsReordered).rust(Rust::Major);
        walk.push(change.code(Some(signature(old)), Some(signature(new))));
    }
}

/// Reports the operations that only one side has.
fn alone(walk: &mut Walk<'_>) {
    let paths = Pointer::root().child("paths");
    let holder = |at: &Pointer| at.parent().unwrap_or_else(|| paths.clone());
    for index in 0..walk.new.api.operations.len() {
        if walk.operations.iter().all(|it| it.1 != index) {
            let (is, code) = walk.new.operation(index);
            let at = At::new(Node::Alone, &is.id, &holder(&is.pointer), &is.pointer);
            let change = at.change(Kind::OperationAdded).is(label(is)).rust(Rust::Minor);
            let change = change.wire(Wire::Compatible, Wire::None);
            let change =
                if is_left_out(walk.old.api, &is.pointer) { unheld_there(change) } else { change };
            walk.push(change.code(None, Some(signature(code))));
        }
    }
    for index in 0..walk.old.api.operations.len() {
        if walk.operations.iter().all(|it| it.0 != index) {
            let (was, code) = walk.old.operation(index);
            let at = At::new(Node::Alone, &was.id, &was.pointer, &holder(&was.pointer));
            let change = at.change(Kind::OperationRemoved).was(label(was)).rust(Rust::Major);
            let change = change.wire(Wire::Breaking, Wire::None);
            let change =
                if is_left_out(walk.new.api, &was.pointer) { unheld_there(change) } else { change };
            walk.push(change.code(Some(signature(code)), None));
        }
    }
}

/// The other document declares the operation, but its model cannot express it:
/// the client gains or loses it, and the effect on the wire is unknown.
fn unheld_there(mut change: Change) -> Change {
    change.kind = Kind::Unknown;
    change.wire(Wire::Unknown, Wire::Unknown)
}
