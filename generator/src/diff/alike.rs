//! Compares two nodes as written, ignoring order and following references.

use serde_yaml::{Mapping, Value};

use crate::document::Lister;
use crate::pointer::Pointer;

/// How much two nodes say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Alike {
    /// All of it.
    Same,
    /// All but texts and examples.
    ButTexts,
    /// They differ.
    No,
}

/// A node and the document its references lead into.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) node: Option<&'a Value>,
    pub(super) root: Option<&'a Value>,
}

/// Lists in which order means nothing.
fn is_set(keyword: &str) -> bool {
    ["required", "tags", "parameters"].contains(&keyword) || Lister::is_keyword(keyword)
}

/// Members that no message depends on.
const TEXTS: [&str; 7] =
    ["description", "summary", "title", "example", "examples", "externalDocs", "tags"];

/// Members whose own properties have names of the author.
const NAMED: [&str; 6] =
    ["properties", "patternProperties", "schemas", "headers", "content", "$defs"];

/// Deeper than this nothing is alike; a reference can lead back to itself.
const MAX_DEPTH: usize = 64;

/// Compares two nodes.
pub(super) fn compare(a: Side<'_>, b: Side<'_>) -> Alike {
    nodes(a, b, "", 0)
}

fn nodes(a: Side<'_>, b: Side<'_>, key: &str, depth: usize) -> Alike {
    if a.node == b.node {
        return Alike::Same;
    }
    if depth > MAX_DEPTH {
        return Alike::No;
    }
    // One name for both is compared where it is defined.
    let (a, b) = (behind(a), behind(b));
    match (a.node, b.node) {
        (Some(Value::Mapping(one)), Some(Value::Mapping(other))) => {
            maps((a, one), (b, other), key, depth)
        }
        (Some(Value::Sequence(one)), Some(Value::Sequence(other))) => {
            lists((a, one), (b, other), key, depth)
        }
        (one, other) if one == other => Alike::Same,
        _ => Alike::No,
    }
}

/// Returns what a reference leads to.
fn behind(side: Side<'_>) -> Side<'_> {
    let mut node = side.node;
    for _ in 0..MAX_DEPTH {
        let text = node.and_then(|it| it.get("$ref")).and_then(Value::as_str);
        let Some(at) = text.filter(|it| it.starts_with('#')).and_then(Pointer::parse) else {
            break;
        };
        let Some(target) = side.root.and_then(|root| at.find(root)) else { break };
        node = Some(target);
    }
    Side { node, ..side }
}

fn maps(
    (a, one): (Side<'_>, &Mapping),
    (b, other): (Side<'_>, &Mapping),
    key: &str,
    depth: usize,
) -> Alike {
    let named = NAMED.contains(&key);
    let further = other.iter().filter(|(name, _)| !one.contains_key(*name));
    let mut acc = Alike::Same;
    for (name, _) in one.iter().chain(further) {
        let text = name.as_str().unwrap_or_default();
        let (x, y) = (Side { node: one.get(name), ..a }, Side { node: other.get(name), ..b });
        let is_text = !named && (TEXTS.contains(&text) || text.starts_with("x-") && !is_set(text));
        acc = acc.max(match nodes(x, y, if named { "" } else { text }, depth + 1) {
            Alike::No if is_text => Alike::ButTexts,
            other => other,
        });
        if acc == Alike::No {
            break;
        }
    }
    acc
}

fn lists(
    (a, one): (Side<'_>, &[Value]),
    (b, other): (Side<'_>, &[Value]),
    key: &str,
    depth: usize,
) -> Alike {
    if one.len() != other.len() {
        return Alike::No;
    }
    let pair = |x: &Value, y: &Value| {
        nodes(Side { node: Some(x), ..a }, Side { node: Some(y), ..b }, "", depth + 1)
    };
    if !is_set(key) {
        let pairs = one.iter().zip(other).map(|(x, y)| pair(x, y));
        return pairs.fold(Alike::Same, Alike::max);
    }
    let best = |x: &Value| other.iter().map(|y| pair(x, y)).min().unwrap_or(Alike::No);
    one.iter().map(best).fold(Alike::Same, Alike::max)
}
