//! Applies the `add` entries of an overlay to a tree (RFC 6902 §4.1).

use serde_yaml::{Mapping, Value};

use super::{Addition, Overlay};
use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::load::MAX_NESTING;
use crate::pointer::Pointer;

/// Adds every node that the overlay adds, in its order.
pub(super) fn apply(tree: &mut Value, overlay: &Overlay, sink: &mut Sink) {
    for addition in &overlay.add {
        if let Err(reason) = add(tree, addition) {
            let at = Pointer::parse(&addition.at).unwrap_or_else(Pointer::root);
            let title = format!("the `add` entry for `{}` does not fit: {reason}", addition.at);
            let diagnostic = Diagnostic::error(codes::OVERLAY_MISFIT, at, title);
            sink.push(diagnostic.help("remove the entry, or correct its `at`"));
        }
    }
}

fn add(tree: &mut Value, addition: &Addition) -> Result<(), String> {
    let at = Pointer::parse(&addition.at).ok_or("`at` is no JSON pointer")?;
    let value = serde_yaml::to_value(&addition.value).map_err(|error| error.to_string())?;
    let mut tokens = at.tokens();
    // Entry by entry, an overlay could nest deeper than any document can.
    if tokens.len() > MAX_NESTING {
        return Err(format!("it nests deeper than {MAX_NESTING} levels"));
    }
    let Some(last) = tokens.pop() else {
        return Err("the whole document cannot be added".to_owned());
    };
    let parent = tokens.pop();
    let mut node = tree;
    for token in tokens {
        node = child(node, &token).ok_or_else(|| format!("`{token}` does not exist"))?;
    }
    if let Some(parent) = parent {
        if child(node, &parent).is_none() {
            let Value::Mapping(members) = &mut *node else {
                return Err(format!("`{parent}` does not exist"));
            };
            let is_list = last == "-" || last == "0";
            let made =
                if is_list { Value::Sequence(Vec::new()) } else { Value::Mapping(Mapping::new()) };
            members.insert(parent.clone().into(), made);
        }
        node = child(node, &parent).ok_or_else(|| format!("`{parent}` does not exist"))?;
    }
    put(node, last, value)
}

fn put(node: &mut Value, token: String, value: Value) -> Result<(), String> {
    match node {
        // RFC 6902 would replace what is there; what the document says itself
        // by now makes the entry obsolete.
        Value::Mapping(members) if members.contains_key(token.as_str()) => {
            Err("the document has this node already".to_owned())
        }
        Value::Mapping(members) => {
            members.insert(token.into(), value);
            Ok(())
        }
        Value::Sequence(elements) if token == "-" => {
            elements.push(value);
            Ok(())
        }
        Value::Sequence(elements) => match token.parse::<usize>() {
            Ok(index) if index <= elements.len() => {
                elements.insert(index, value);
                Ok(())
            }
            _ => Err(format!("`{token}` is not an index of a list of {}", elements.len())),
        },
        _ => Err("its parent is neither a map nor a list".to_owned()),
    }
}

fn child<'a>(node: &'a mut Value, token: &str) -> Option<&'a mut Value> {
    match node {
        Value::Mapping(members) => members.get_mut(token),
        Value::Sequence(elements) => elements.get_mut(token.parse::<usize>().ok()?),
        _ => None,
    }
}
