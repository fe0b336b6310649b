//! Lists every OpenAPI object of a document as written, with its place and its table row.
//!
//! The walk follows the table of OpenAPI's objects, so that it never looks
//! into an example, a default, an enum value or an extension: what stands
//! there is the author's own and only looks like a schema.

use serde_yaml::{Mapping, Value};

pub(super) use crate::document::table::OpenApiVersion;
use crate::document::table::{Kind, OPENAPI, Object, SCHEMA};
use crate::pointer::Pointer;
use crate::resolve::local_pointer;

/// Who looks at a node besides the lint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    /// The generator, which has checked its properties.
    Generator,
    /// Nobody: no code is generated from it.
    LintAlone,
}

/// An OpenAPI object of the document.
#[derive(Debug)]
pub(super) struct Site<'a> {
    pub(super) at: Pointer,
    pub(super) object: &'static Object,
    pub(super) members: &'a Mapping,
    pub(super) reader: Reader,
}

/// A `$ref` of the document.
#[derive(Debug)]
pub(super) struct Reference<'a> {
    /// The node that holds it.
    pub(super) at: Pointer,
    pub(super) text: &'a str,
    /// What has to stand at its end.
    pub(super) object: &'static Object,
    pub(super) reader: Reader,
}

/// A node of another kind than the table says, in a part that no stage checks.
#[derive(Debug)]
pub(super) struct Misfit<'a> {
    pub(super) at: Pointer,
    pub(super) wanted: &'static str,
    pub(super) found: &'a Value,
}

/// The objects of a document, in its order.
#[derive(Debug)]
pub(super) struct Sites<'a> {
    pub(super) tree: &'a Value,
    pub(super) version: OpenApiVersion,
    pub(super) all: Vec<Site<'a>>,
    pub(super) references: Vec<Reference<'a>>,
    pub(super) misfits: Vec<Misfit<'a>>,
}

impl<'a> Sites<'a> {
    /// Walks a whole document.
    pub(super) fn new(tree: &'a Value) -> Self {
        let text = tree.get("openapi").and_then(Value::as_str).unwrap_or_default();
        let version = match text {
            it if it.starts_with("3.1") => OpenApiVersion::V31,
            it if it.starts_with("3.2") => OpenApiVersion::V32,
            _ => OpenApiVersion::V30,
        };
        let mut sites =
            Self { tree, version, all: Vec::new(), references: Vec::new(), misfits: Vec::new() };
        sites.visit(tree, Kind::Node(&OPENAPI), Pointer::root(), Reader::Generator);
        sites
    }

    /// Returns the objects of one kind.
    pub(super) fn of<'s>(&'s self, object: &'static Object) -> impl Iterator<Item = &'s Site<'a>> {
        self.all.iter().filter(move |site| site.object.is(object))
    }

    /// Returns the schemas.
    pub(super) fn schemas<'s>(&'s self) -> impl Iterator<Item = &'s Site<'a>> {
        self.of(&SCHEMA)
    }

    /// Returns the node at a place of the document.
    pub(super) fn node(&self, at: &Pointer) -> Option<&'a Value> {
        at.find(self.tree)
    }

    /// Returns the target of a reference inside the document, or the node
    /// itself if it is not a reference.
    pub(super) fn deref(&self, node: &'a Value) -> Option<&'a Value> {
        let mut node = node;
        // More steps than any chain that was written by hand, and an end for a ring.
        for _ in 0..64 {
            let Some(text) = node.get("$ref").and_then(Value::as_str) else { return Some(node) };
            node = self.node(&local_pointer(text)?)?;
        }
        None
    }

    fn visit(&mut self, value: &'a Value, kind: Kind, at: Pointer, reader: Reader) {
        match kind {
            Kind::Json => {}
            Kind::Text | Kind::Note | Kind::Flag | Kind::Number | Kind::Count => {
                self.visit_scalar(value, kind, at, reader);
            }
            Kind::Unread(kind) => self.visit(value, *kind, at, Reader::LintAlone),
            Kind::List(element) => match value {
                Value::Sequence(elements) => {
                    for (index, node) in elements.iter().enumerate() {
                        self.visit(node, *element, at.index(index), reader);
                    }
                }
                _ => self.misfit(value, "a list", at, reader),
            },
            Kind::Map(member) => match value {
                Value::Mapping(members) => {
                    for (name, node) in members {
                        let name = name.as_str().unwrap_or_default();
                        self.visit(node, *member, at.child(name), reader);
                    }
                }
                _ => self.misfit(value, "a map", at, reader),
            },
            Kind::Node(object) => self.visit_object(value, object, at, reader),
            Kind::RefOr(object) => match value.get("$ref") {
                Some(Value::String(text)) => {
                    self.references.push(Reference { at, text, object, reader });
                }
                _ => self.visit_object(value, object, at, reader),
            },
            Kind::Schema | Kind::FlagOrSchema => {
                if !value.is_bool() {
                    self.visit_object(value, &SCHEMA, at, reader);
                }
            }
        }
    }

    fn visit_object(
        &mut self,
        value: &'a Value,
        object: &'static Object,
        at: Pointer,
        reader: Reader,
    ) {
        let Value::Mapping(members) = value else {
            self.misfit(value, "a map", at, reader);
            return;
        };
        // Schemas and path items may have siblings beside their reference.
        if let Some(Value::String(text)) = members.get("$ref") {
            self.references.push(Reference { at: at.clone(), text, object, reader });
        }
        self.all.push(Site { at: at.clone(), object, members, reader });
        for (name, node) in members {
            let name = name.as_str().unwrap_or_default();
            // A key without a value has no meaning.
            if name.starts_with("x-") || node.is_null() {
                continue;
            }
            let known = object.member(name);
            let Some(kind) = known.map(|it| it.kind).or(object.others) else { continue };
            // The table is written in the dialect of 3.0, and 3.1 spells some
            // of these keywords differently: `type: [string, 'null']`.
            let is_spelled_in_two_ways = object.is(&SCHEMA) && is_scalar(kind);
            if !is_spelled_in_two_ways {
                self.visit(node, kind, at.child(name), reader);
            }
        }
    }

    fn visit_scalar(&mut self, value: &'a Value, kind: Kind, at: Pointer, reader: Reader) {
        let (fits, wanted) = match kind {
            Kind::Flag => (value.is_bool(), "a boolean"),
            Kind::Number => (value.is_number(), "a number"),
            Kind::Count => (value.is_u64(), "a whole number"),
            // A version or a name that looks like a number is read as its text.
            _ => (!value.is_mapping() && !value.is_sequence(), "a string"),
        };
        if !fits {
            self.misfit(value, wanted, at, reader);
        }
    }

    /// Notes a node of the wrong kind; where the generator reads, it has said so.
    fn misfit(&mut self, found: &'a Value, wanted: &'static str, at: Pointer, reader: Reader) {
        if reader == Reader::LintAlone && !found.is_null() {
            self.misfits.push(Misfit { at, wanted, found });
        }
    }
}

fn is_scalar(kind: Kind) -> bool {
    matches!(kind, Kind::Text | Kind::Note | Kind::Flag | Kind::Number | Kind::Count)
}
