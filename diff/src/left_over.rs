//! Compares the keywords that the model does not express: each that came, went or changed has a row.

mod branches;
mod presence;
mod row;
mod words;

use std::collections::BTreeMap;

use tamarack::api::{Api, LeftOver, StatusPattern};
use tamarack::pointer::Pointer;

use super::alike::{Alike, Comparison, Outcome};
use super::at::At;
use super::unmatched::unmatched;
use super::walk::{Node, Position, Walk};
use super::webhook;

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
            let before = walk.changes.len();
            row::push(walk, &At { node, ..at.clone() }, &pair, first);
            if way.len() == 2
                && let Some(code) = webhook::compare(walk, at.node, way)
            {
                for row in walk.changes[before..].iter_mut().filter(|it| it.rust < code.rust) {
                    row.rust = code.rust;
                    (row.old.rust, row.new.rust) = (code.old.clone(), code.new.clone());
                }
            }
        }
    }
}

/// Pairs what is the same first, the rest in order.
fn pairs<'a>(
    comparison: &mut Comparison<'_>,
    at: &At,
    old: Vec<&'a LeftOver>,
    new: Vec<&'a LeftOver>,
) -> Vec<Pair<'a>> {
    let (changed, new) = unmatched(old, new, |was, is| {
        let outcome = comparison.compare(Some(&was.value), Some(&is.value), at.flow);
        outcome.worst() == Alike::Same
    });
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

/// Returns the node that a leftover keyword belongs to. Operations that the model
/// does not have are nodes of their own.
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
