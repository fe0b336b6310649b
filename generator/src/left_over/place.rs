//! A place of the document in, the steps that lead there out: what stands at each, and which way it travels.

use serde_yaml::Value;

use crate::api::Way;
use crate::document::table::{Kind, OPENAPI};
use crate::pointer::Pointer;

/// A step from a node to one below it.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// What the way is told by; `None` for a position in a list.
    pub(super) name: Option<String>,
    /// What stands there.
    pub(super) kind: Kind,
    pub(super) way: Way,
    /// Whether it is a list whose order means nothing.
    pub(super) is_set: bool,
}

/// Returns the steps to a place.
pub(super) fn steps(at: &Pointer, tree: &Value) -> Vec<Step> {
    let (mut node, mut kind) = (Some(tree), Kind::Node(&OPENAPI));
    let mut acc = Vec::new();
    for token in at.tokens() {
        let is_list = node.is_some_and(Value::is_sequence);
        node = match node {
            Some(Value::Sequence(all)) => token.parse().ok().and_then(|it: usize| all.get(it)),
            Some(other) => other.get(token.as_str()),
            None => None,
        };
        let step = step(kind, &token, is_list, node);
        kind = step.kind;
        acc.push(step);
    }
    acc
}

fn step(kind: Kind, token: &str, is_list: bool, node: Option<&Value>) -> Step {
    let inside = |kind: Kind, name: Option<String>| Step {
        name,
        kind: kind.held(),
        way: Way::Straight,
        is_set: false,
    };
    if let Some(object) = kind.object() {
        let known = object.member(token);
        let others = object.others.unwrap_or(Kind::Json);
        // The whole is what its parts say together; a value or null is the value.
        let is_whole = match token {
            "allOf" => true,
            "oneOf" | "anyOf" => node.is_some_and(is_one_or_null),
            _ => false,
        };
        let name = (!is_whole).then(|| token.to_owned());
        return Step {
            way: known.map_or(Way::Straight, |it| it.way),
            is_set: known.is_some_and(|it| it.is_set),
            ..inside(known.map_or(others, |it| it.kind), name)
        };
    }
    match kind.held() {
        // Parameters are told by their names.
        Kind::List(element) => {
            let name = node.and_then(|it| it.get("name")).and_then(Value::as_str);
            inside(*element, name.map(str::to_owned))
        }
        Kind::Map(inner) => inside(*inner, Some(token.to_owned())),
        _ => inside(Kind::Json, (!is_list).then(|| token.to_owned())),
    }
}

/// Returns whether a list of branches is of one and null.
fn is_one_or_null(branches: &Value) -> bool {
    let is_null = |it: &Value| it.get("type").and_then(Value::as_str) == Some("null");
    let all = branches.as_sequence().map_or(&[][..], Vec::as_slice);
    all.len() == 2 && all.iter().filter(|it| is_null(it)).count() == 1
}
