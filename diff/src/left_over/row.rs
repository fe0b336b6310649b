//! The row of a keyword that the model does not express, unless another row says it already.

use serde_json::Value;
use tamarack::api::{Fate, LeftOver, TypeId, Written};
use tamarack::pointer::Pointer;

use super::super::alike::{Alike, Comparison};
use super::super::at::At;
use super::super::describe::{cut, cut_both, quoted};
use super::super::kind::Kind;
use super::super::verdict::{Rust, Wire};
use super::super::walk::{Change, Node, Position, Version, Walk};
use super::super::{documentation, within};
use super::branches::{self, Branches};
use super::{Pair, presence, words};

/// Adds the row of a keyword that was added, removed or changed.
pub(super) fn push(walk: &mut Walk<'_>, at: &At, pair: &Pair<'_>, first: usize) {
    let Some(one) = pair.is.or(pair.was) else { return };
    let place = |it: Option<&LeftOver>, other: &Pointer| it.map_or(other, |it| &it.pointer).clone();
    let (old, new) = (place(pair.was, &at.old), place(pair.is, &at.new));
    // The kind of these rows names the keyword already.
    let n_named = match (one.fate, one.keyword.as_deref()) {
        (Fate::Note, Some("title" | "description"))
        | (Fate::Annotation, Some("default" | "deprecated" | "format")) => one.way.len() - 1,
        _ => one.way.len(),
    };
    let subject = words::subject(at, &one.way[..n_named]);
    let at = At { subject, old, new, code: None, ..at.clone() };
    let is_node = one.keyword.is_none() && (pair.was.is_none() || pair.is.is_none());
    if is_told_by_flow(walk, &at, pair, first)
        || is_node && is_told(walk, &at, pair, first)
        || is_told_by(walk, &at, pair, first)
    {
        return;
    }
    let value = |version: Version<'_>, it: Option<&LeftOver>| {
        it.map(|it| words::json(version, &it.value, 0))
    };
    let (was, is) = (value(walk.old, pair.was), value(walk.new, pair.is));
    if pair.outcome.worst() == Alike::ButTexts {
        let text = |it: &Option<Value>| it.as_ref().and_then(Value::as_str).map(str::to_owned);
        let named = |name: &str| {
            let member = |it: &Option<Value>| it.as_ref().and_then(|it| it.get(name).cloned());
            member(&was) != member(&is)
        };
        return match at.node {
            Node::Outside(_) if named("tags") => walk.push(at.change(Kind::TagsChanged)),
            Node::Outside(_) if named("operationId") => {
                walk.push(at.change(Kind::OperationRenamed));
            }
            _ => documentation::push_text(walk, &at, text(&was).as_deref(), text(&is).as_deref()),
        };
    }
    if push_branches(walk, &at, pair) {
        return;
    }
    match (one.fate, one.keyword.as_deref()) {
        (Fate::Annotation, Some("default")) => {
            return documentation::compare_default(walk, &at, was.as_ref(), is.as_ref());
        }
        (Fate::Annotation, Some("deprecated")) => {
            let is_true = |it: &Option<Value>| *it == Some(Value::Bool(true));
            let before = walk.changes.len();
            documentation::compare_deprecated(walk, &at, is_true(&was), is_true(&is));
            // No generated item depends on it, else the model would express it.
            walk.changes[before..].iter_mut().for_each(|it| it.rust = Rust::None);
            return;
        }
        _ => {}
    }
    let is_format = one.keyword.as_deref() == Some("format");
    let mut change = presence::change(walk, &at, pair)
        .unwrap_or_else(|| change(&at, one, (was.as_ref(), is.as_ref())));
    let is_named = change.kind != Kind::Unknown;
    let text = |it: Option<Value>| match it {
        Some(Value::String(format)) if is_format && is_named => Some(format),
        Some(Value::String(format)) if is_format => Some(format!("format: {format}")),
        other => other.map(|it| it.to_string()),
    };
    (change.old.value, change.new.value) = match (text(was), text(is)) {
        // What of an operation came or went is all of it.
        (Some(_), None) if change.kind == Kind::OperationRemoved => (Some(at.subject), None),
        (None, Some(_)) if change.kind == Kind::OperationAdded => (None, Some(at.subject)),
        (Some(was), Some(is)) => {
            let [was, is] = cut_both(&was, &is);
            (Some(was), Some(is))
        }
        (was, is) => (was.map(|it| cut(&it)), is.map(|it| cut(&it))),
    };
    let differs = |it: Alike| it == Alike::No;
    change.sent = change.sent.if_any(differs(pair.outcome.sent));
    change.received = change.received.if_any(differs(pair.outcome.received));
    walk.push(change);
}

/// Adds the row of branches that a union gained or lost; returns whether that is all that differs.
fn push_branches(walk: &mut Walk<'_>, at: &At, pair: &Pair<'_>) -> bool {
    let (Some(was), Some(is)) = (pair.was, pair.is) else { return false };
    if pair.outcome.worst() != Alike::No || was.keyword != is.keyword {
        return false;
    }
    let (old, new) = (walk.old, walk.new);
    let mut comparison = Comparison::new(old.api, new.api, &walk.pairing);
    let values = (&was.value, &is.value);
    let found = branches::find(&mut comparison, values, is.keyword.as_deref());
    let Some(found) = found else { return false };
    let named = |version: Version<'_>, all: &[&Written]| {
        let one = |it: &&Written| match words::json(version, it, 0) {
            Value::String(name) => format!("`{name}`"),
            other => other.to_string(),
        };
        cut(&all.iter().map(one).collect::<Vec<_>>().join(", "))
    };
    let mut change = match found {
        Branches::Added(all) => {
            let change = at.change(Kind::VariantAdded).wire(Wire::Compatible, Wire::Breaking);
            change.is(named(new, &all))
        }
        Branches::Removed(all) => {
            let change = at.change(Kind::VariantRemoved).wire(Wire::Breaking, Wire::Compatible);
            change.was(named(old, &all))
        }
    };
    change.sent = change.sent.if_any(pair.outcome.sent == Alike::No);
    change.received = change.received.if_any(pair.outcome.received == Alike::No);
    walk.push(change);
    true
}

/// Returns the change, with its verdicts for both directions.
fn change(at: &At, one: &LeftOver, (was, is): (Option<&Value>, Option<&Value>)) -> Change {
    let is_operation = matches!(at.node, Node::Outside(_)) && one.way.len() == 3;
    let format = |it: Option<&Value>| within::limits(it.and_then(Value::as_str));
    let is_remark = !format(was) && !format(is);
    let kind = match (was, is, one.keyword.as_deref()) {
        (None, Some(_), None) if is_operation => {
            return at.change(Kind::OperationAdded).wire(Wire::Compatible, Wire::None);
        }
        (Some(_), None, None) if is_operation => {
            return at.change(Kind::OperationRemoved).wire(Wire::Breaking, Wire::None);
        }
        (None, Some(_), Some("format")) if is_remark => Kind::FormatAdded,
        (Some(_), None, Some("format")) if is_remark => Kind::FormatRemoved,
        (Some(_), Some(_), Some("format")) if is_remark => Kind::FormatChanged,
        _ => return at.change(Kind::Unknown).wire(Wire::Unknown, Wire::Unknown),
    };
    at.change(kind).wire(Wire::Compatible, Wire::Compatible)
}

/// Returns whether another row already reports a node that only one of the models can
/// express. The verdicts of such a row become unknown.
fn is_told(walk: &mut Walk<'_>, at: &At, pair: &Pair<'_>, first: usize) -> bool {
    let is_same = |it: &Change| it.subject == at.subject;
    let is_null = |it: &Change| matches!(it.kind, Kind::NullableAdded | Kind::NullableRemoved);
    let mut told = false;
    let (old, new, pairing) = (walk.old, walk.new, &walk.pairing);
    // A type that is one of the branches lies within the union.
    let decided = |types: (Option<TypeId>, Option<TypeId>)| match (pair.was, pair.is, types) {
        (None, Some(is), (Some(was), _)) => {
            let holds = |it| branches::has_branch(new, &is.value, it);
            pairing.new_of(was).is_some_and(holds).then_some((Wire::Compatible, Wire::Breaking))
        }
        (Some(was), None, (_, Some(is))) => {
            let holds = |it| branches::has_branch(old, &was.value, it);
            pairing.old_of(is).is_some_and(holds).then_some((Wire::Breaking, Wire::Compatible))
        }
        _ => None,
    };
    for change in &mut walk.changes[first..] {
        let is_type = matches!(
            change.kind,
            Kind::TypeChanged
                | Kind::TypeGeneralized
                | Kind::TypeSpecialized
                | Kind::Respelled
                | Kind::Unknown
        );
        if is_same(change) && is_type {
            (change.sent, change.received) =
                decided(change.types).unwrap_or((Wire::Unknown, Wire::Unknown));
            told = true;
        }
    }
    if told {
        // Untyped JSON is always nullable, whatever the document says.
        let mut index = 0;
        walk.changes.retain(|it| {
            index += 1;
            index <= first || !(is_same(it) && is_null(it))
        });
        return true;
    }
    let one = [&at.old, &at.new].into_iter().filter(|it| **it != Pointer::root());
    let here = |it: &Change| one.clone().any(|at| it.old.pointer == *at || it.new.pointer == *at);
    match at.node {
        Node::Document | Node::Outside(_) => walk.changes.iter().any(here),
        // A parameter that one model alone holds has its row.
        Node::Site(_, Position::Parameter) => {
            walk.changes[first..].iter().any(|it| it.kind == Kind::Unknown && here(it))
        }
        _ => false,
    }
}

/// One flow of a scheme took the place of another: one row, with both. Returns whether it is so.
fn is_told_by_flow(walk: &mut Walk<'_>, at: &At, pair: &Pair<'_>, first: usize) -> bool {
    let Some(subject) = at.subject.strip_suffix('s').filter(|it| it.ends_with(" flow")) else {
        return false;
    };
    let flows = |it: Option<&LeftOver>| match it.map(|it| &it.value) {
        Some(Written::Map(flows)) => Some(quoted(flows.keys().map(String::as_str))),
        _ => None,
    };
    let Some(row) = walk.changes[first..].iter_mut().find(|it| it.subject == subject) else {
        return false;
    };
    match (pair.was, pair.is) {
        (None, Some(_)) if row.new.value.is_none() => row.new.value = flows(pair.is),
        (Some(_), None) if row.old.value.is_none() => row.old.value = flows(pair.was),
        _ => return false,
    }
    true
}

/// Returns whether another row of the owner implies this change: the row of an enum, or that
/// of a type that was replaced with all its keywords.
fn is_told_by(walk: &Walk<'_>, at: &At, pair: &Pair<'_>, first: usize) -> bool {
    let Some(one) = pair.is.or(pair.was) else { return false };
    let is_alone = pair.is.is_none() || pair.was.is_none();
    let lists = matches!(one.keyword.as_deref(), Some("enum" | "const"));
    walk.changes[first..].iter().any(|it| match it.kind {
        Kind::ValueAdded | Kind::ValueRemoved | Kind::EnumAdded | Kind::EnumDropped => lists,
        // The format gives the width of the type, which changed with it; the items are a part of it.
        Kind::TypeChanged | Kind::TypeGeneralized | Kind::TypeSpecialized
            if matches!(one.keyword.as_deref(), Some("format" | "items")) =>
        {
            it.subject == at.subject
        }
        Kind::TypeChanged | Kind::ReferenceChanged => {
            let is_as_bad = |row: Wire, own: Alike| own != Alike::No || row >= Wire::Unknown;
            is_alone
                && at.subject.starts_with(&it.subject)
                && is_as_bad(it.sent, pair.outcome.sent)
                && is_as_bad(it.received, pair.outcome.received)
        }
        _ => false,
    })
}
