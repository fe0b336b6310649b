//! The owner of a place of the new document, and its name in a row.

use std::collections::BTreeMap;

use crate::api::StatusPattern;
use crate::diff::at::At;
use crate::diff::describe;
use crate::diff::walk::{Node, OperationPair, Position, Walk};
use crate::pointer::Pointer;

/// The owners of places: types and operations that both versions have.
pub(super) struct Places(BTreeMap<Pointer, Owner>);

struct Owner {
    node: Node,
    subject: String,
}

impl Places {
    pub(super) fn of(walk: &Walk<'_>) -> Self {
        let same = walk.users.keys().filter(|it| walk.pairing.is_same(**it));
        let types = same.map(|pair| {
            let subject = describe::subject(walk.new, pair.1);
            let owner = Owner { node: Node::Types(*pair), subject };
            (walk.new.def(pair.1).pointer.clone(), owner)
        });
        let operations = walk.operations.iter().map(|pair| {
            let operation = &walk.new.api.operations[pair.1];
            let owner = Owner { node: Node::Operation(*pair), subject: operation.id.clone() };
            (operation.pointer.clone(), owner)
        });
        Self(types.chain(operations).collect())
    }

    /// Returns whether an operation that both versions have stands here.
    pub(super) fn is_operation(&self, at: &Pointer) -> bool {
        self.0.get(at).is_some_and(|it| matches!(it.node, Node::Operation(_)))
    }

    /// Returns the place that a row about both nodes has.
    pub(super) fn at(&self, old: &Pointer, new: &Pointer) -> At {
        let mut way = Vec::new();
        let mut above = Some(new.clone());
        while let Some(at) = above {
            if let Some(owner) = self.0.get(&at) {
                way.reverse();
                return owner.at(&way, old, new);
            }
            above = at.parent();
            way.extend(at.tokens().pop());
        }
        At::new(Node::Document, new.tokens().join(" "), old, new)
    }
}

impl Owner {
    fn at(&self, way: &[String], old: &Pointer, new: &Pointer) -> At {
        let node = match self.node {
            Node::Operation(pair) => site(pair, way).unwrap_or(self.node),
            node => node,
        };
        At::new(node, format!("{}{}", self.subject, words(way)), old, new)
    }
}

fn site(pair: OperationPair, way: &[String]) -> Option<Node> {
    let position = match (way.first()?.as_str(), way.get(1)) {
        ("parameters", _) => Position::Parameter,
        ("requestBody", _) => Position::Body,
        ("responses", Some(status)) => Position::Response(match status.as_str() {
            "default" => StatusPattern::Default,
            text => StatusPattern::Exact(text.parse().ok()?),
        }),
        _ => return None,
    };
    Some(Node::Site(pair, position))
}

/// Returns what stands behind the owner: properties by their names, the rest in
/// the words of a row.
fn words(way: &[String]) -> String {
    let mut acc = String::new();
    let mut tokens = way.iter();
    while let Some(token) = tokens.next() {
        match token.as_str() {
            "properties" => acc.extend([".", tokens.next().map_or("", String::as_str)]),
            "items" => acc.push_str("[]"),
            "additionalProperties" => acc.push_str("{}"),
            "allOf" | "oneOf" | "anyOf" => {
                acc.extend(["|", tokens.next().map_or("", String::as_str)]);
            }
            "parameters" => {
                tokens.next();
                acc.push_str(" parameter");
            }
            "requestBody" => acc.push_str(" request body"),
            "responses" => acc.extend([" response ", tokens.next().map_or("", String::as_str)]),
            "headers" => acc.extend([" header ", tokens.next().map_or("", String::as_str)]),
            "content" => {
                tokens.next();
            }
            "schema" => {}
            other => acc.extend([" ", other]),
        }
    }
    acc
}
