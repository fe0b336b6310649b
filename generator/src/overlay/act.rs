//! Applies the actions of an overlay to a tree (Overlay Specification 1.1.0 §4.4.3), and keeps where each node was
//! written.

use serde_yaml::Value;

use super::origins::{Origin, Origins};
use super::standard::{Action, ActionKind};
use crate::codes;
use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::load::MAX_NESTING;
use crate::pointer::Pointer;

/// Applies the actions in their order, each to what those before it have left.
pub(super) fn act(tree: &mut Value, actions: &[Action], sink: &mut Sink) -> Origins {
    let mut origins = Origins::default();
    for action in actions {
        if let Err((severity, code, title)) = one(tree, action, &mut origins) {
            let mut diagnostic = Diagnostic::new(code, severity, action.at.clone(), title);
            diagnostic.position = action.position;
            sink.push(diagnostic);
        }
    }
    origins
}

type Fault = (Severity, Code, String);

fn misfit(title: String) -> Fault {
    (Severity::Error, codes::OVERLAY_MISFIT, title)
}

fn one(tree: &mut Value, action: &Action, origins: &mut Origins) -> Result<(), Fault> {
    let written = &action.written;
    let too_much = |_| misfit(format!("`{written}` visits too many nodes"));
    let targets = action.target.select(tree).map_err(too_much)?;
    if targets.is_empty() {
        // The specification has it succeed; most often it is an entry that has outlived its document.
        let title = format!("`{written}` selects nothing");
        return Err((Severity::Warning, codes::UNUSED_OVERLAY, title));
    }
    match &action.kind {
        ActionKind::Nothing => Ok(()),
        ActionKind::Remove => {
            // From the end, so that no place moves before its turn.
            let mut targets = targets;
            targets.sort_by_key(|it| std::cmp::Reverse(order(it)));
            for at in &targets {
                remove(tree, at, origins)
                    .ok_or_else(|| misfit("the whole document cannot be removed".to_owned()))?;
            }
            Ok(())
        }
        ActionKind::Update(value) => {
            let from = Origin::Overlay(action.at.child("update"));
            targets.iter().try_for_each(|at| put(tree, at, value, &from, origins))
        }
        ActionKind::Copy(path) => {
            let found = path.select(tree).map_err(too_much)?;
            let [source] = found.as_slice() else {
                let title = format!("`copy` must select one node, and selects {}", found.len());
                return Err(misfit(title));
            };
            let Some(value) = source.find(tree).cloned() else {
                unreachable!("a place that was selected is there")
            };
            let from = origins.of(source);
            targets.iter().try_for_each(|at| put(tree, at, &value, &from, origins))
        }
    }
}

/// Orders places so that a later element of a list is behind an earlier one, and what is inside of a node behind it.
fn order(at: &Pointer) -> Vec<(usize, String)> {
    let number = |token: &String| token.parse::<usize>().unwrap_or(0);
    at.tokens().into_iter().map(|it| (number(&it), it)).collect()
}

fn remove(tree: &mut Value, at: &Pointer, origins: &mut Origins) -> Option<()> {
    let (parent, last) = (at.parent()?, at.tokens().pop()?);
    match parent.find_mut(tree) {
        Some(Value::Sequence(elements)) => {
            let index = last.parse().ok().filter(|it: &usize| *it < elements.len())?;
            origins.remove_element(&parent, index, elements.len());
            elements.remove(index);
        }
        Some(Value::Mapping(members)) => {
            members.remove(last.as_str());
            origins.remove_member(&parent, &last);
        }
        // It went with a node above.
        _ => {}
    }
    Some(())
}

/// Merges a value into the node at a place.
fn put(
    tree: &mut Value,
    at: &Pointer,
    value: &Value,
    from: &Origin,
    origins: &mut Origins,
) -> Result<(), Fault> {
    if at.tokens().len() + depth(value) > MAX_NESTING {
        return Err(misfit(format!("it nests deeper than {MAX_NESTING} levels")));
    }
    let Some(node) = at.find_mut(tree) else { unreachable!("a place that was selected is there") };
    if node.is_mapping() && !value.is_mapping() {
        return Err(misfit(format!("`{at}` is a map, and the value is none")));
    }
    if !node.is_mapping() && !node.is_sequence() && (value.is_mapping() || value.is_sequence()) {
        return Err(misfit(format!("`{at}` is neither a map nor a list, and the value is one")));
    }
    merge(node, at, value, from, origins);
    Ok(())
}

/// Merges maps member by member, appends to lists, and replaces all else.
fn merge(node: &mut Value, at: &Pointer, value: &Value, from: &Origin, origins: &mut Origins) {
    match (&mut *node, value) {
        (Value::Mapping(members), Value::Mapping(new)) => {
            for (key, value) in new {
                let Some(name) = key.as_str() else { continue };
                let (at, from) = (at.child(name), from.child(name));
                match members.get_mut(name) {
                    Some(member) => merge(member, &at, value, &from, origins),
                    None => {
                        members.insert(key.clone(), value.clone());
                        origins.set(&at, from);
                    }
                }
            }
        }
        (Value::Sequence(elements), Value::Sequence(new)) => {
            for (index, value) in new.iter().enumerate() {
                origins.set(&at.index(elements.len()), from.child(&index.to_string()));
                elements.push(value.clone());
            }
        }
        (Value::Sequence(elements), value) if !value.is_null() => {
            origins.set(&at.index(elements.len()), from.clone());
            elements.push(value.clone());
        }
        // `components:` with nothing behind it, in an overlay that mirrors a document.
        (Value::Sequence(_) | Value::Mapping(_), Value::Null) => {}
        (_, value) => {
            *node = value.clone();
            origins.set(at, from.clone());
        }
    }
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Mapping(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        Value::Sequence(elements) => 1 + elements.iter().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}
