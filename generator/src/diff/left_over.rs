//! What is left over of a thing in both versions in, a row for each keyword out that came, went or changed: never silence.

use std::collections::BTreeMap;

use serde_json::Value;

use super::alike::{Alike, Comparison, Outcome};
use super::at::At;
use super::describe::{self, cut};
use super::documentation;
use super::kind::Kind;
use super::verdict::{Rust, Wire};
use super::walk::{Change, Node, Position, Version, Walk};
use super::within;
use crate::api::{Api, Fate, LeftOver, StatusPattern, Written};
use crate::pointer::Pointer;

/// Compares what is left over of the document as a whole, after all else has been compared:
/// operations that are left out, webhooks, schemes that no client can send.
pub(super) fn compare_document(walk: &mut Walk<'_>) {
    let root = Pointer::root();
    let at = At::new(Node::Document, "", &root, &root);
    let first = walk.changes.len();
    compare(walk, &at, (&walk.old.api.left_over, &walk.new.api.left_over), first);
}

/// Returns whether a version has something that its model could not hold.
pub(super) fn is_left_out(api: &Api, at: &Pointer) -> bool {
    api.left_over.iter().any(|it| it.keyword.is_none() && it.pointer == *at)
}

type Lists<'a> = (&'a [LeftOver], &'a [LeftOver]);

/// What is left over at one way of a thing, in one version or both.
struct Pair<'a> {
    was: Option<&'a LeftOver>,
    is: Option<&'a LeftOver>,
    outcome: Outcome,
}

/// Compares two lists; `first` is the first change of the thing they belong to.
pub(super) fn compare(walk: &mut Walk<'_>, at: &At, (old, new): Lists<'_>, first: usize) {
    let mut ways: BTreeMap<&[String], (Vec<&LeftOver>, Vec<&LeftOver>)> = BTreeMap::new();
    for was in old {
        ways.entry(&was.way).or_default().0.push(was);
    }
    for is in new {
        ways.entry(&is.way).or_default().1.push(is);
    }
    let mut comparison = Comparison::new(walk.old.api, walk.new.api, &walk.pairing);
    let mut found = Vec::new();
    for (way, (old, new)) in ways {
        let pairs = pairs(&mut comparison, at, old, new);
        found.push((way, pairs, std::mem::take(&mut comparison.met)));
    }
    for (way, pairs, met) in found {
        let node = node(walk, at, way);
        for (types, flow) in met {
            walk.meet(types, node, flow);
        }
        for pair in pairs.into_iter().filter(|it| it.outcome.worst() != Alike::Same) {
            tell(walk, &At { node, ..at.clone() }, &pair, first);
        }
    }
}

/// Pairs what is the same first, the rest in order.
fn pairs<'a>(
    comparison: &mut Comparison<'_>,
    at: &At,
    old: Vec<&'a LeftOver>,
    mut new: Vec<&'a LeftOver>,
) -> Vec<Pair<'a>> {
    let mut changed = Vec::new();
    for was in old {
        let same = |is: &&LeftOver| {
            let outcome = comparison.compare(Some(&was.value), Some(&is.value), at.flow);
            outcome.worst() == Alike::Same
        };
        match new.iter().position(same) {
            Some(index) => {
                new.remove(index);
            }
            None => changed.push(was),
        }
    }
    let n_both = changed.len().min(new.len());
    let both = changed.iter().zip(&new).map(|(was, is)| (Some(*was), Some(*is)));
    let gone = changed.iter().skip(n_both).map(|was| (Some(*was), None));
    let come = new.iter().skip(n_both).map(|is| (None, Some(*is)));
    let value = |it: Option<&'a LeftOver>| it.map(|it| &it.value);
    let pair = |(was, is)| {
        let outcome = comparison.compare(value(was), value(is), at.flow);
        Pair { was, is, outcome }
    };
    both.chain(gone).chain(come).map(pair).collect()
}

/// Returns what carries something left over. What the model has no operation for
/// carries it by itself.
fn node(walk: &mut Walk<'_>, at: &At, way: &[String]) -> Node {
    let way: Vec<&str> = way.iter().map(String::as_str).collect();
    let label = match (at.node, way.as_slice()) {
        (Node::Document, ["paths", path, method, ..]) => {
            format!("{} {path}", method.to_ascii_uppercase())
        }
        (Node::Document, ["webhooks" | "x-webhooks", name, ..]) => format!("webhook {name}"),
        (Node::Operation(pair), ["parameters", ..]) => {
            return Node::Site(pair, Position::Parameter);
        }
        (Node::Operation(pair), ["requestBody", ..]) => return Node::Site(pair, Position::Body),
        (Node::Operation(pair), ["responses", status, ..]) => {
            let hundred = || Some(StatusPattern::Range(status.get(..1)?.parse().ok()?));
            let exact = status.parse().ok().map(StatusPattern::Exact);
            let status = exact.or_else(hundred).unwrap_or(StatusPattern::Default);
            return Node::Site(pair, Position::Response(status));
        }
        (Node::Operation(pair), _) => {
            let operation = super::operation::label(&walk.new.api.operations[pair.1]);
            match way.as_slice() {
                ["callbacks", name, ..] => format!("{operation} callback {name}"),
                _ => return at.node,
            }
        }
        _ => return at.node,
    };
    walk.outside(label)
}

/// Adds the row of what came, went or changed.
fn tell(walk: &mut Walk<'_>, at: &At, pair: &Pair<'_>, first: usize) {
    let Some(one) = pair.is.or(pair.was) else { return };
    let place = |it: Option<&LeftOver>, other: &Pointer| it.map_or(other, |it| &it.pointer).clone();
    let (old, new) = (place(pair.was, &at.old), place(pair.is, &at.new));
    // The kind of such a row says the keyword.
    let n_named = match (one.fate, one.keyword.as_deref()) {
        (Fate::Note, Some("title" | "description"))
        | (Fate::Annotation, Some("default" | "deprecated" | "format")) => one.way.len() - 1,
        _ => one.way.len(),
    };
    let subject = subject(at, &one.way[..n_named]);
    let at = At { subject, old, new, code: None, ..at.clone() };
    let is_node = one.keyword.is_none() && (pair.was.is_none() || pair.is.is_none());
    if is_node && is_told(walk, &at, first) || is_told_by(walk, &at, pair, first) {
        return;
    }
    let value =
        |version: Version<'_>, it: Option<&LeftOver>| it.map(|it| json(version, &it.value, 0));
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
    match (one.fate, one.keyword.as_deref()) {
        (Fate::Annotation, Some("default")) => {
            return documentation::compare_default(walk, &at, was.as_ref(), is.as_ref());
        }
        (Fate::Annotation, Some("deprecated")) => {
            let is_true = |it: &Option<Value>| *it == Some(Value::Bool(true));
            let before = walk.changes.len();
            documentation::compare_deprecated(walk, &at, is_true(&was), is_true(&is));
            // No item of the code stands for it, else the model had held it.
            walk.changes[before..].iter_mut().for_each(|it| it.rust = Rust::None);
            return;
        }
        _ => {}
    }
    let is_format = one.keyword.as_deref() == Some("format");
    let text = |it: Option<Value>| match it {
        Some(Value::String(format)) if is_format => Some(format),
        other => other.map(|it| cut(&it.to_string())),
    };
    let mut change = change(&at, one, (was.as_ref(), is.as_ref()));
    (change.old.value, change.new.value) = (text(was), text(is));
    let differs = |it: Alike| it == Alike::No;
    change.sent = change.sent.if_any(differs(pair.outcome.sent));
    change.received = change.received.if_any(differs(pair.outcome.received));
    walk.push(change);
}

/// Returns what came, went or changed, in both directions.
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

/// Returns whether a row tells that something is here now, or was, that the other model could
/// not hold. What such a row compares is not known to that model.
fn is_told(walk: &mut Walk<'_>, at: &At, first: usize) -> bool {
    let is_same = |it: &Change| it.subject == at.subject;
    let is_null = |it: &Change| matches!(it.kind, Kind::NullableAdded | Kind::NullableRemoved);
    let mut told = false;
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
            (change.sent, change.received) = (Wire::Unknown, Wire::Unknown);
            told = true;
        }
    }
    if told {
        // Untyped JSON can be `null`; what it stands for may not.
        let mut index = 0;
        walk.changes.retain(|it| {
            index += 1;
            index <= first || !(is_same(it) && is_null(it))
        });
        return true;
    }
    let one = [&at.old, &at.new].into_iter().filter(|it| **it != Pointer::root());
    let here = |it: &Change| one.clone().any(|at| it.old.pointer == *at || it.new.pointer == *at);
    matches!(at.node, Node::Document | Node::Outside(_)) && walk.changes.iter().any(here)
}

/// Returns whether a row of the thing says it already: of a list of values, or of a type in
/// place of another with all that it says.
fn is_told_by(walk: &Walk<'_>, at: &At, pair: &Pair<'_>, first: usize) -> bool {
    let Some(one) = pair.is.or(pair.was) else { return false };
    let is_alone = pair.is.is_none() || pair.was.is_none();
    let lists = matches!(one.keyword.as_deref(), Some("enum" | "const"));
    walk.changes[first..].iter().any(|it| match it.kind {
        Kind::ValueAdded | Kind::ValueRemoved | Kind::EnumAdded | Kind::EnumDropped => lists,
        // With the type its width changed.
        Kind::TypeChanged | Kind::TypeGeneralized | Kind::TypeSpecialized
            if one.keyword.as_deref() == Some("format") =>
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

/// Returns how a row calls what stands at the end of a way.
fn subject(at: &At, way: &[String]) -> String {
    let mut acc = at.subject.clone();
    let mut steps = way.iter().map(String::as_str);
    while let Some(step) = steps.next() {
        match step {
            "properties" => acc.extend([".", steps.next().unwrap_or_default()]),
            "items" => acc.push_str("[]"),
            "additionalProperties" => acc.push_str("{}"),
            "oneOf" | "anyOf" => acc.extend(["|", step]),
            "paths" => {
                let (path, method) = (steps.next(), steps.next());
                let method = method.unwrap_or_default().to_ascii_uppercase();
                acc = format!("{method} {}", path.unwrap_or_default());
            }
            "webhooks" | "x-webhooks" => {
                acc.extend([" webhook ", steps.next().unwrap_or_default()]);
            }
            "callbacks" => acc.extend([" callback ", steps.next().unwrap_or_default()]),
            "parameters" => acc.extend([" parameter ", steps.next().unwrap_or_default()]),
            "headers" => acc.extend([" header ", steps.next().unwrap_or_default()]),
            "responses" => acc.extend([" response ", steps.next().unwrap_or_default()]),
            "requestBody" => acc.push_str(" request body"),
            "securitySchemes" => {
                acc.extend([" security scheme ", steps.next().unwrap_or_default()]);
            }
            "content" => {
                steps.next();
            }
            "components" | "schema" => {}
            other => acc.extend([" ", other]),
        }
    }
    acc.trim().to_owned()
}

/// Returns a value as the document writes it; types by their names.
fn json(version: Version<'_>, it: &Written, depth: usize) -> Value {
    match it {
        _ if depth > DEEPEST => Value::from("…"),
        Written::Plain(value) => value.clone(),
        Written::List(all) | Written::Set(all) => {
            all.iter().map(|it| json(version, it, depth + 1)).collect()
        }
        Written::Map(all) => {
            let all = all.iter().map(|it| (it.0.clone(), json(version, it.1, depth + 1)));
            Value::Object(all.collect())
        }
        Written::Part(index) => match version.api.parts[*index].ty {
            Some(id) => Value::from(describe::name(version, id)),
            None => json(version, &version.api.parts[*index].value, depth + 1),
        },
        Written::Note(inner) | Written::Way(_, inner) => json(version, inner, depth),
    }
}

/// A row is one line: what lies deeper is cut off anyway.
const DEEPEST: usize = 8;
