//! Lists the keywords of each OpenAPI object of a checked tree, for the ledger.
//!
//! The walk follows the table of OpenAPI's objects. What the table calls
//! unread is the value of its keyword and nothing more: it is told as a whole.

use serde_yaml::{Mapping, Value};

use super::table::{Kind, OPENAPI, Object, SCHEMA};
use crate::members;
use crate::pointer::{Pointer, PointerMap};

/// The keywords of each object by its place.
pub(crate) type Said = PointerMap<Sayings>;

/// What one object says.
#[derive(Clone, Debug)]
pub(crate) struct Sayings {
    pub(crate) object: &'static Object,
    /// The names in the table of the properties that say something.
    pub(crate) keywords: Vec<&'static str>,
}

/// Collects what a checked document says.
pub(super) fn said(tree: &Value) -> Said {
    let mut acc = Said::default();
    visit(tree, Kind::Node(&OPENAPI), &Pointer::root(), &mut acc);
    acc
}

fn visit(value: &Value, kind: Kind, at: &Pointer, acc: &mut Said) {
    match (kind, value) {
        (Kind::List(element), Value::Sequence(elements)) => {
            for (index, node) in elements.iter().enumerate() {
                visit(node, *element, &at.index(index), acc);
            }
        }
        (Kind::Map(member), Value::Mapping(members)) => {
            for (name, node) in members {
                visit(node, *member, &at.child(name.as_str().unwrap_or_default()), acc);
            }
        }
        (Kind::Node(object), Value::Mapping(members)) => visit_object(members, object, at, acc),
        (Kind::RefOr(object), Value::Mapping(members)) if !is_reference(members) => {
            visit_object(members, object, at, acc);
        }
        (Kind::Schema | Kind::FlagOrSchema, Value::Mapping(members)) if !is_reference(members) => {
            visit_object(members, &SCHEMA, at, acc);
        }
        _ => {}
    }
}

fn is_reference(members: &Mapping) -> bool {
    members::get(members, "$ref").is_some_and(Value::is_string)
}

fn visit_object(members: &Mapping, object: &'static Object, at: &Pointer, acc: &mut Said) {
    // A node stands before those below it, as in the document.
    let (index, _) = acc.insert_full(at.clone(), Sayings { object, keywords: Vec::new() });
    let mut keywords = Vec::new();
    for (name, node) in members {
        let name = name.as_str().unwrap_or_default();
        let known = object.member(name);
        match (known, object.others) {
            (Some(member), _) => {
                let says = says_something(name, member.kind, node);
                if says {
                    keywords.push(member.name);
                }
                // A schema that allows everything, where that is so without it, is no node.
                let holds = node.is_mapping() || node.is_sequence();
                if holds && (says || !matches!(member.kind, Kind::FlagOrSchema)) {
                    visit(node, member.kind, &at.child(name), acc);
                }
            }
            (None, Some(kind)) if !name.starts_with("x-") => {
                visit(node, kind, &at.child(name), acc);
            }
            _ => {}
        }
    }
    acc[index].keywords = keywords;
}

/// A flag that is `false` and a list or map without elements say what holds
/// without them too; `explode` alone has two meanings. An object is open unless it says otherwise.
pub(crate) fn says_something(name: &str, kind: Kind, node: &Value) -> bool {
    let is_empty = node.as_sequence().is_some_and(Vec::is_empty)
        || node.as_mapping().is_some_and(Mapping::is_empty);
    match kind {
        _ if node.is_null() => false,
        Kind::FlagOrSchema if name == "additionalProperties" => {
            !is_empty && node.as_bool() != Some(true)
        }
        Kind::Flag => name == "explode" || node.as_bool() != Some(false),
        Kind::List(_) | Kind::Map(_) | Kind::Unread(Kind::List(_) | Kind::Map(_)) => !is_empty,
        _ => true,
    }
}
