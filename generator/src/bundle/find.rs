//! A node and its kind in, the references below it out.
//!
//! The walk follows the table of OpenAPI's objects, so that it never looks into an example, a default or an
//! extension: what stands there is the author's own.

use serde_yaml::Value;

use crate::document::table::{
    CALLBACK, DISCRIMINATOR, HEADER, Kind, OPENAPI, Object, PARAMETER, PATH_ITEM, REQUEST_BODY,
    RESPONSE, SCHEMA, SECURITY_SCHEME,
};
use crate::pointer::Pointer;

/// A reference.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// The place of the text: `$ref`, or an entry of the mapping of a discriminator.
    pub(super) at: Pointer,
    pub(super) text: String,
    /// The section of `components` for what it names.
    pub(super) section: &'static str,
}

/// Returns the references below the root of a document.
pub(super) fn in_document(tree: &Value) -> Vec<Found> {
    let mut acc = Vec::new();
    visit(tree, Kind::Node(&OPENAPI), &Pointer::root(), &mut acc);
    acc
}

/// Returns the references below a node that belongs to a section of `components`.
pub(super) fn below(node: &Value, section: &str, at: &Pointer) -> Vec<Found> {
    let mut acc = Vec::new();
    if let Some((_, object)) = SECTIONS.iter().find(|(name, _)| *name == section) {
        visit(node, Kind::RefOr(object), at, &mut acc);
    }
    acc
}

/// The sections of `components` whose objects are read from other files. Nothing is generated from examples
/// and links.
const SECTIONS: [(&str, &Object); 8] = [
    ("schemas", &SCHEMA),
    ("responses", &RESPONSE),
    ("parameters", &PARAMETER),
    ("requestBodies", &REQUEST_BODY),
    ("headers", &HEADER),
    ("securitySchemes", &SECURITY_SCHEME),
    ("callbacks", &CALLBACK),
    ("pathItems", &PATH_ITEM),
];

/// Returns a section by its name in a document.
pub(super) fn section(name: &str) -> Option<&'static str> {
    SECTIONS.iter().map(|(known, _)| *known).find(|known| *known == name)
}

fn section_of(object: &'static Object) -> Option<&'static str> {
    SECTIONS.iter().find(|(_, it)| std::ptr::eq(*it, object)).map(|(section, _)| *section)
}

fn visit(value: &Value, kind: Kind, at: &Pointer, acc: &mut Vec<Found>) {
    match (kind.held(), value) {
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
        (Kind::Node(object) | Kind::RefOr(object), _) => visit_object(value, object, at, acc),
        (Kind::Schema | Kind::FlagOrSchema, _) => visit_object(value, &SCHEMA, at, acc),
        _ => {}
    }
}

fn visit_object(value: &Value, object: &'static Object, at: &Pointer, acc: &mut Vec<Found>) {
    let Value::Mapping(members) = value else { return };
    if let (Some(Value::String(text)), Some(section)) = (members.get("$ref"), section_of(object)) {
        acc.push(Found { at: at.child("$ref"), text: text.clone(), section });
    }
    if object.is(&DISCRIMINATOR)
        && let Some(Value::Mapping(mapping)) = members.get("mapping")
    {
        let at = at.child("mapping");
        let entries =
            mapping.iter().filter_map(|(tag, text)| Some((tag.as_str()?, text.as_str()?)));
        acc.extend(entries.map(|(tag, text)| Found {
            at: at.child(tag),
            text: text.to_owned(),
            section: "schemas",
        }));
    }
    for (name, node) in members {
        let name = name.as_str().unwrap_or_default();
        let known = object.member(name).map(|it| it.kind).or(object.others);
        if let Some(kind) = known.filter(|_| !name.starts_with("x-") || name == "x-webhooks") {
            visit(node, kind, &at.child(name), acc);
        }
    }
}
