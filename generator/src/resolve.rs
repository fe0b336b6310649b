//! Document in, [`Resolved`] out: every `$ref` is the place of a node, or reported; no `$ref` text is left.

mod cycle;
mod nearest;
mod targets;

use std::collections::BTreeMap;

pub(crate) use nearest::nearest;
use targets::Targets;

use crate::codes;
use crate::diagnostic::{Diagnostic, Loss, Sink};
use crate::document::{
    Document, Header, Parameter, PathItem, RefOr, RequestBody, Response, Schema, Table,
};
use crate::pointer::Pointer;

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
    schemas: Targets,
    parameters: Targets,
    headers: Targets,
    request_bodies: Targets,
    responses: Targets,
    path_items: Targets,
    schemes: Targets,
}

/// References by place, with the place that each points at.
type Steps = BTreeMap<Pointer, Pointer>;

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

/// Follows every reference of the document.
pub(crate) fn resolve(document: Document, sink: &mut Sink) -> Resolved {
    let (schema_steps, ring_steps) = schema_steps(&document.schemas, sink);
    Resolved {
        ring_steps,
        schemas: Targets::of(&schema_steps),
        schema_steps,
        parameters: follow(&document.parameters, "parameter", sink),
        headers: follow(&document.headers, "header", sink),
        request_bodies: follow(&document.request_bodies, "request body", sink),
        responses: follow(&document.responses, "response", sink),
        path_items: follow(&document.path_items, "path item", sink),
        schemes: follow(&document.schemes, "security scheme", sink),
        document,
    }
}

/// Returns the references between schemas, and those that lead in a ring.
fn schema_steps(schemas: &Table<Schema>, sink: &mut Sink) -> (Steps, Steps) {
    let mut steps = steps(schemas, "schema", Loss::Schema, sink);
    cycle::cut_references(&mut steps, Loss::Schema, sink);
    let ring = cycle::cut_parts(schemas, &mut steps, sink);
    (steps, ring)
}

/// Finds what stands behind each reference of a table that is no schema.
fn follow<T>(table: &Table<T>, what: &str, sink: &mut Sink) -> Targets {
    let mut steps = steps(table, what, Loss::Part, sink);
    cycle::cut_references(&mut steps, Loss::Part, sink);
    Targets::of(&steps)
}

/// Finds the target of each reference in a table; leaves out those that lead
/// nowhere.
fn steps<T>(table: &Table<T>, what: &str, loss: fn(Pointer) -> Loss, sink: &mut Sink) -> Steps {
    let mut targets = BTreeMap::new();
    let mut n_dangling = 0;
    for (at, node) in table {
        let RefOr::Ref(text) = node else { continue };
        let place = at.child("$ref");
        let Some(fragment) = text.strip_prefix('#') else {
            let title = format!("`$ref` points into another file: `{text}`");
            let diagnostic = Diagnostic::skipped(codes::EXTERNAL_REF, place, title);
            sink.push(
                diagnostic.help("bundle the files into one document first").loss(loss(at.clone())),
            );
            continue;
        };
        match Pointer::parse(&percent_decoded(fragment)).filter(|target| table.contains_key(target))
        {
            Some(target) => {
                targets.insert(at.clone(), target);
            }
            None => {
                n_dangling += 1;
                let diagnostic = dangling(text, what, place);
                let near = if n_dangling <= MOST_GUESSES { near(text, table) } else { None };
                let help =
                    near.map(|near| format!("a {what} with a similar name exists: `{near}`"));
                let diagnostic = Diagnostic { help, ..diagnostic };
                sink.push(diagnostic.loss(loss(at.clone())));
            }
        }
    }
    targets
}

/// For how many references of one kind that point at nothing a name is
/// searched that may have been meant: all names are looked at for each.
const MOST_GUESSES: usize = 200;

fn dangling(text: &str, what: &str, place: Pointer) -> Diagnostic {
    let title = format!("`$ref` points at nothing: `{text}`");
    Diagnostic::error(codes::DANGLING_REF, place, title).label(format!("no such {what}"))
}

/// Returns what a reference that points at nothing may have meant.
fn near<T>(text: &str, table: &Table<T>) -> Option<String> {
    // Names are compared, not whole pointers: `#/components/schemas/` would
    // make any two of them similar.
    let (folder, name) = text.rsplit_once('/').unwrap_or(("", text));
    let siblings =
        table.keys().filter_map(|it| it.as_str().strip_prefix(folder)?.strip_prefix('/'));
    let near = nearest(name, siblings.filter(|it| !it.contains('/')))?;
    Some(format!("{folder}/{near}"))
}

impl Resolved {
    /// Returns what stands at the place of a schema.
    pub(crate) fn schema(&self, at: &Pointer) -> Node<'_> {
        match self.document.schemas.get(at) {
            Some(RefOr::Node(schema)) => Node::Schema(schema),
            Some(RefOr::Ref(_)) => self.schema_steps.get(at).map_or(Node::Broken, Node::Ref),
            None => Node::Broken,
        }
    }

    /// Returns the schema at a place, behind all references.
    pub(crate) fn deref(&self, at: &Pointer) -> Option<&Schema> {
        deref(&self.document.schemas, &self.schemas, at)
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

    pub(crate) fn scheme(&self, at: &Pointer) -> Option<&serde_yaml::Value> {
        deref(&self.document.schemes, &self.schemes, at)
    }
}

fn deref<'a, T>(table: &'a Table<T>, targets: &Targets, at: &Pointer) -> Option<&'a T> {
    match table.get(targets.behind(at))? {
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
