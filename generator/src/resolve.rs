//! Document in, [`Resolved`] out: every `$ref` is replaced by the place of its target, or reported.

mod cycle;
mod joins;
mod targets;
mod unfollowed;
mod written;

use joins::Joins;
use targets::Targets;
pub(crate) use unfollowed::{Unfollowed, dangling_mapping};
pub(crate) use written::Written;

use serde_yaml::Value;

use crate::bundle::Fault;
use crate::diagnostic::{Loss, Sink};
use crate::document::{
    Callback, Document, Header, Parameter, PathItem, RefOr, RequestBody, Response, Schema, Table,
};
use crate::pointer::{Pointer, PointerMap, percent_decoded};

/// A document whose references lead somewhere.
///
/// No schema is defined by itself: along references, parts of `allOf` and only
/// branches of `oneOf` and `anyOf` every way ends.
#[derive(Debug)]
pub(crate) struct Resolved {
    pub(crate) document: Document,
    /// Where each schema that is a reference leads, in one step.
    schema_steps: Steps,
    /// The references that would make a schema a part of itself, taken out.
    ring_steps: Steps,
    /// The schemas that lowering made of several.
    joins: Joins,
    schemas: Targets,
    parameters: Targets,
    headers: Targets,
    request_bodies: Targets,
    responses: Targets,
    path_items: Targets,
    callbacks: Targets,
    schemes: Targets,
}

/// References by place, with the place that each points at.
type Steps = PointerMap<Pointer>;

/// The node at the place of a schema.
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
/// written, to say what stands where a reference leads, and `faults` why one that
/// names another file is not followed.
pub(crate) fn resolve(
    document: Document,
    tree: &Value,
    faults: &PointerMap<Fault>,
    sink: &mut Sink,
) -> Resolved {
    let written = &Written::with_faults(tree, faults);
    let (schema_steps, ring_steps) = schema_steps(&document.schemas, written, sink);
    Resolved {
        ring_steps,
        joins: Joins::default(),
        schemas: Targets::of(&schema_steps),
        schema_steps,
        parameters: follow(&document.parameters, "parameter", written, sink),
        headers: follow(&document.headers, "header", written, sink),
        request_bodies: follow(&document.request_bodies, "request body", written, sink),
        responses: follow(&document.responses, "response", written, sink),
        path_items: follow(&document.path_items, "path item", written, sink),
        callbacks: follow(&document.callbacks, "callback", written, sink),
        schemes: follow(&document.schemes, "security scheme", written, sink),
        document,
    }
}

/// Returns the references between schemas, and those that lead in a ring.
fn schema_steps(schemas: &Table<Schema>, written: &Written<'_>, sink: &mut Sink) -> (Steps, Steps) {
    let mut steps = steps(schemas, "schema", Loss::Schema, written, sink);
    cycle::cut_references(&mut steps, Loss::Schema, sink);
    let ring = cycle::cut_parts(schemas, &mut steps, sink);
    (steps, ring)
}

/// Finds the target of each reference of a table that is not a schema.
fn follow<T>(table: &Table<T>, what: &str, written: &Written<'_>, sink: &mut Sink) -> Targets {
    let mut steps = steps(table, what, Loss::Part, written, sink);
    cycle::cut_references(&mut steps, Loss::Part, sink);
    Targets::of(&steps)
}

/// Finds the target of each reference in a table; leaves out those that lead
/// nowhere.
fn steps<T>(
    table: &Table<T>,
    what: &str,
    loss: fn(Pointer) -> Loss,
    written: &Written<'_>,
    sink: &mut Sink,
) -> Steps {
    let mut targets = Steps::default();
    for (at, node) in table {
        let RefOr::Ref(text) = node else { continue };
        if let Some(target) = local_pointer(text).filter(|target| table.contains_key(target)) {
            targets.insert(at.clone(), target);
        } else {
            let unfollowed = Unfollowed { text, what, place: at.child("$ref") };
            sink.push(unfollowed.diagnostic(written).loss(loss(at.clone())));
        }
    }
    targets
}

/// Returns where a reference leads inside the document; `None` for one that
/// leads out of it, or that names an anchor.
pub(crate) fn local_pointer(text: &str) -> Option<Pointer> {
    Pointer::parse(&percent_decoded(text.strip_prefix('#')?))
}

impl Resolved {
    /// Returns the node at the place of a schema.
    pub(crate) fn schema(&self, at: &Pointer) -> Node<'_> {
        match self.document.schemas.get(at) {
            Some(RefOr::Node(schema)) => Node::Schema(schema),
            Some(RefOr::Ref(_)) => self.schema_steps.get(at).map_or(Node::Broken, Node::Ref),
            None => self.joined(at).map_or(Node::Broken, Node::Schema),
        }
    }

    /// Returns the schema at a place, behind all references.
    pub(crate) fn deref(&self, at: &Pointer) -> Option<&Schema> {
        deref(&self.document.schemas, &self.schemas, at).or_else(|| self.joined(at))
    }

    /// Adds a schema of which the document writes the parts alone.
    pub(crate) fn join(&self, schema: Schema) {
        self.joins.add(schema);
    }

    /// Returns the schema at a place that was made of several.
    pub(crate) fn joined(&self, at: &Pointer) -> Option<&Schema> {
        self.joins.get(at)
    }

    /// Returns the place of the schema behind all references.
    pub(crate) fn target<'a>(&'a self, at: &'a Pointer) -> &'a Pointer {
        self.schemas.behind(at)
    }

    /// Returns the schema that a reference on a ring of `allOf` pointed at.
    pub(crate) fn on_ring(&self, at: &Pointer) -> Option<&Schema> {
        self.deref(self.ring_steps.get(at)?)
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

    pub(crate) fn callback(&self, at: &Pointer) -> Option<&Callback> {
        deref(&self.document.callbacks, &self.callbacks, at)
    }

    pub(crate) fn scheme(&self, at: &Pointer) -> Option<&Value> {
        deref(&self.document.schemes, &self.schemes, at)
    }
}

fn deref<'a, T>(table: &'a Table<T>, targets: &Targets, at: &Pointer) -> Option<&'a T> {
    match table.get(targets.behind(at))? {
        RefOr::Node(node) => Some(node),
        RefOr::Ref(_) => None,
    }
}
