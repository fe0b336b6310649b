//! Whether a schema allows `null`, in the spellings of 3.0 and 3.1.

use std::collections::BTreeSet;

use serde_json::Value;

use super::schema::is_null;
use super::{Document, Node};

/// What a schema says of `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Null {
    /// It is a value.
    Allowed,
    /// It is none.
    Refused,
    /// Nothing, as of any other value.
    Unsaid,
}

/// Returns what the schema at a node says of `null`.
pub(super) fn null(document: &Document, node: &Node<'_>) -> Null {
    said(document, node, &mut BTreeSet::new())
}

fn said(document: &Document, node: &Node<'_>, seen: &mut BTreeSet<String>) -> Null {
    if !seen.insert(node.at.clone()) {
        return Null::Unsaid;
    }
    let answer = own(document, node, seen);
    // The same schema may be met again on another way.
    seen.remove(&node.at);
    answer
}

fn own(document: &Document, node: &Node<'_>, seen: &mut BTreeSet<String>) -> Null {
    let lists_null = |key: &str| {
        node.value
            .get(key)
            .and_then(Value::as_array)
            .is_some_and(|it| it.iter().any(Value::is_null))
    };
    let types_null = node.value.get("type").and_then(Value::as_array);
    if node.is_nullable()
        || is_null(node)
        || types_null.is_some_and(|it| it.iter().any(|it| it == "null"))
        || lists_null("enum")
        || lists_null("x-enum")
        || lists_null("x-extensible-enum")
    {
        return Null::Allowed;
    }
    for keyword in ["oneOf", "anyOf"] {
        let branches = node.list(keyword);
        if branches.iter().any(|it| said(document, it, seen) == Null::Allowed) {
            return Null::Allowed;
        }
    }
    if let Some(target) = node.text("$ref").and_then(|it| document.find(it)) {
        return said(document, &target, seen);
    }
    // `nullable: false` leaves the types as they are (OpenAPI 3.0.4 §4.7.24.1): without `type`, all.
    let parts: Vec<_> = node.list("allOf").iter().map(|it| said(document, it, seen)).collect();
    let is_typed = node.value.get("type").is_some();
    if is_typed || parts.contains(&Null::Refused) {
        Null::Refused
    } else if parts.contains(&Null::Allowed) {
        Null::Allowed
    } else if ["oneOf", "anyOf", "enum", "properties", "items"]
        .iter()
        .any(|it| node.value.get(*it).is_some())
    {
        Null::Refused
    } else {
        Null::Unsaid
    }
}
