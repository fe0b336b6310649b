//! Document in, [`Resolved`] out: every `$ref` is the place of a node, or reported; no `$ref` text is left.

mod nearest;
mod unfollowed;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use nearest::nearest;
pub(crate) use unfollowed::{Unfollowed, dangling_mapping};

use serde_yaml::Value;

use crate::codes;
use crate::diagnostic::{Diagnostic, Loss, Sink};
use crate::document::{
    Document, Header, Parameter, PathItem, RefOr, RequestBody, Response, Schema, Table,
};
use crate::pointer::Pointer;

/// A document whose references lead somewhere.
#[derive(Debug)]
pub(crate) struct Resolved {
    pub(crate) document: Document,
    /// Where each schema that is a reference leads, in one step.
    schema_refs: BTreeMap<Pointer, Pointer>,
    parameters: BTreeMap<Pointer, Pointer>,
    headers: BTreeMap<Pointer, Pointer>,
    request_bodies: BTreeMap<Pointer, Pointer>,
    responses: BTreeMap<Pointer, Pointer>,
    path_items: BTreeMap<Pointer, Pointer>,
    schemes: BTreeMap<Pointer, Pointer>,
}

/// What stands at the place of a schema.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Node<'a> {
    Schema(&'a Schema),
    /// A reference; the target is a schema or a reference again.
    Ref(&'a Pointer),
    /// A reference that leads nowhere, or a node that could not be read.
    Broken,
}

impl Node<'_> {
    /// Returns whether the schema is written at the place itself.
    pub(crate) fn is_written(&self) -> bool {
        matches!(self, Self::Schema(_))
    }
}

/// Follows every reference of the document; `tree` is the document as it was
/// written, to say what stands where a reference leads.
pub(crate) fn resolve(document: Document, tree: &Value, sink: &mut Sink) -> Resolved {
    Resolved {
        schema_refs: follow(&document.schemas, "schema", Loss::Schema, tree, sink),
        parameters: follow(&document.parameters, "parameter", Loss::Part, tree, sink),
        headers: follow(&document.headers, "header", Loss::Part, tree, sink),
        request_bodies: follow(&document.request_bodies, "request body", Loss::Part, tree, sink),
        responses: follow(&document.responses, "response", Loss::Part, tree, sink),
        path_items: follow(&document.path_items, "path item", Loss::Part, tree, sink),
        schemes: follow(&document.schemes, "security scheme", Loss::Part, tree, sink),
        document,
    }
}

/// Finds the target of each reference in a table; leaves out those that lead
/// nowhere or in a circle.
fn follow<T>(
    table: &Table<T>,
    what: &str,
    loss: fn(Pointer) -> Loss,
    tree: &Value,
    sink: &mut Sink,
) -> BTreeMap<Pointer, Pointer> {
    let mut targets = BTreeMap::new();
    for (at, node) in table {
        let RefOr::Ref(text) = node else { continue };
        if let Some(target) = local_pointer(text).filter(|target| table.contains_key(target)) {
            targets.insert(at.clone(), target);
        } else {
            let unfollowed = Unfollowed { text, what, place: at.child("$ref") };
            sink.push(unfollowed.diagnostic(tree).loss(loss(at.clone())));
        }
    }
    break_cycles(&mut targets, loss, sink);
    targets
}

/// Returns where a reference leads inside the document; `None` for one that
/// leads out of it, or that names an anchor.
pub(crate) fn local_pointer(text: &str) -> Option<Pointer> {
    Pointer::parse(&percent_decoded(text.strip_prefix('#')?))
}

/// Removes the references that lead back to themselves without a node in
/// between: `A: {$ref: B}`, `B: {$ref: A}`.
fn break_cycles(
    targets: &mut BTreeMap<Pointer, Pointer>,
    loss: fn(Pointer) -> Loss,
    sink: &mut Sink,
) {
    let mut safe = BTreeSet::new();
    let mut cyclic = Vec::new();
    for start in targets.keys() {
        let mut way = BTreeSet::new();
        let mut at = start;
        while let Some(next) = targets.get(at)
            && !safe.contains(at)
            && way.insert(at)
        {
            at = next;
        }
        if way.contains(at) && !safe.contains(at) {
            cyclic.push(start.clone());
        } else {
            safe.extend(way);
        }
    }
    for at in cyclic {
        if let Some(target) = targets.remove(&at) {
            let title = format!("`$ref` leads back to itself: `{target}`");
            let diagnostic = Diagnostic::error(codes::REF_CYCLE, at.child("$ref"), title);
            sink.push(diagnostic.label("no schema on the way").loss(loss(at)));
        }
    }
}

impl Resolved {
    /// Returns what stands at the place of a schema.
    pub(crate) fn schema(&self, at: &Pointer) -> Node<'_> {
        match self.document.schemas.get(at) {
            Some(RefOr::Node(schema)) => Node::Schema(schema),
            Some(RefOr::Ref(_)) => self.schema_refs.get(at).map_or(Node::Broken, Node::Ref),
            None => Node::Broken,
        }
    }

    /// Returns the schema at a place, behind all references.
    pub(crate) fn deref(&self, at: &Pointer) -> Option<&Schema> {
        deref(&self.document.schemas, &self.schema_refs, at)
    }

    /// Returns the place of the schema behind all references.
    pub(crate) fn target<'a>(&'a self, at: &'a Pointer) -> &'a Pointer {
        let mut at = at;
        while let Some(next) = self.schema_refs.get(at) {
            at = next;
        }
        at
    }

    pub(crate) fn parameter(&self, at: &Pointer) -> Option<&Parameter> {
        deref(&self.document.parameters, &self.parameters, at)
    }

    pub(crate) fn header(&self, at: &Pointer) -> Option<&Header> {
        deref(&self.document.headers, &self.headers, at)
    }

    pub(crate) fn request_body(&self, at: &Pointer) -> Option<&RequestBody> {
        deref(&self.document.request_bodies, &self.request_bodies, at)
    }

    pub(crate) fn response(&self, at: &Pointer) -> Option<&Response> {
        deref(&self.document.responses, &self.responses, at)
    }

    pub(crate) fn path_item(&self, at: &Pointer) -> Option<&PathItem> {
        deref(&self.document.path_items, &self.path_items, at)
    }

    pub(crate) fn scheme(&self, at: &Pointer) -> Option<&Value> {
        deref(&self.document.schemes, &self.schemes, at)
    }
}

fn deref<'a, T>(
    table: &'a Table<T>,
    refs: &'a BTreeMap<Pointer, Pointer>,
    at: &Pointer,
) -> Option<&'a T> {
    let node = match refs.get(at) {
        None => table.get(at),
        Some(mut target) => {
            while let Some(next) = refs.get(target) {
                target = next;
            }
            table.get(target)
        }
    };
    match node? {
        RefOr::Node(node) => Some(node),
        RefOr::Ref(_) => None,
    }
}

/// Decodes the percent-encoding of a URI fragment; what is none stays.
fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut acc = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while index < bytes.len() {
        let code = text.get(index + 1..index + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        let encoded = code.filter(|_| bytes[index] == b'%');
        acc.push(encoded.unwrap_or(bytes[index]));
        index += if encoded.is_some() { 3 } else { 1 };
    }
    String::from_utf8(acc).unwrap_or_else(|_| text.to_owned())
}
