//! Which schemas of request bodies are objects, which forms and multipart bodies have to be, and which schemas
//! inside of multipart bodies are files.

use crate::api::{Encoding, Tagging};
use crate::document::{AdditionalProperties, Schema};
use crate::lower::Lowering;
use crate::lower::all_of::view_at;
use crate::lower::union::{self, Plan};
use crate::pointer::{Pointer, PointerSet};

/// Finds the schemas of all forms and the files of all multipart bodies, before any type is made of one.
pub(in crate::lower) fn find(acc: &mut Lowering<'_>) {
    let resolved = acc.resolved;
    let items = resolved.document.paths.iter().filter_map(|(_, at)| resolved.path_item(at));
    let bodies = items.flat_map(|it| &it.operations).filter_map(|it| it.body.as_ref());
    let mut seen = PointerSet::default();
    for body in bodies.filter_map(|at| resolved.request_body(at)) {
        let mut is_multipart = false;
        for (name, media) in &body.content {
            let encoding =
                super::media::sent(name, media, &body.content, acc).ok().map(|it| it.encoding);
            is_multipart |= encoding == Some(Encoding::Multipart);
            let is_object = matches!(encoding, Some(Encoding::Form | Encoding::Multipart));
            if let Some(schema) = media.schema.as_ref().filter(|_| is_object) {
                acc.known.form_unions.insert(resolved.target(schema).clone());
            }
        }
        // Media types of one shape have one type, whichever of them is the first.
        let schemas = body.content.iter().filter_map(|(_, media)| media.schema.as_ref());
        for schema in schemas.filter(|_| is_multipart) {
            mark_parts(schema, &mut seen, acc);
        }
    }
}

/// Marks the schemas of the parts that an object is sent as.
fn mark_parts(at: &Pointer, seen: &mut PointerSet, acc: &mut Lowering<'_>) {
    let resolved = acc.resolved;
    let mut open = vec![at.clone()];
    while let Some(at) = open.pop() {
        let Some(schema) = resolved.deref(&at).filter(|it| seen.insert(it.pointer.clone())) else {
            continue;
        };
        let mut values: Vec<&Pointer> = schema.properties.values().collect();
        if let Some(AdditionalProperties::Schema(at)) = &schema.additional {
            values.push(at);
        }
        for value in values {
            mark_part(value, acc);
        }
        open.extend(schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of).cloned());
    }
}

/// Marks the schema of a part: what is binary in it is a file. An object is sent as JSON, which has none.
fn mark_part(at: &Pointer, acc: &mut Lowering<'_>) {
    let resolved = acc.resolved;
    let mut open = vec![at.clone()];
    while let Some(at) = open.pop() {
        let Some(schema) = resolved.deref(&at) else { continue };
        if acc.known.parts.insert(schema.pointer.clone()) {
            let branches = schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of);
            open.extend(branches.chain(&schema.items).cloned());
        }
    }
}

/// Returns whether the values of a schema are files: it belongs to a part of a multipart body and is
/// binary, or says nothing of the type (OpenAPI 3.1.1 §4.8.15.1.1).
pub(in crate::lower) fn is_file(view: &Schema, acc: &Lowering<'_>) -> bool {
    let is_part = acc.known.parts.contains(&view.pointer)
        || (acc.resolved.joined(&view.pointer).is_some()
            && view.parts.iter().any(|it| acc.known.parts.contains(&it.pointer)));
    is_part && is_binary_part(view, acc)
}

fn is_binary_part(view: &Schema, acc: &Lowering<'_>) -> bool {
    let says = |keyword: &str| !acc.ledger.places(view, keyword).is_empty();
    let is_media = says("contentMediaType") && !says("contentEncoding");
    match view.keywords.ty.as_deref() {
        Some("string") => view.keywords.format.as_deref() == Some("binary") || is_media,
        Some(_) => false,
        None => {
            view.listed.is_none()
                && view.properties.is_empty()
                && view.items.is_none()
                && view.additional.is_none()
                && view.one_of.is_empty()
                && view.any_of.is_empty()
                && !view.keywords.never
                && !says("contentEncoding")
        }
    }
}

/// Returns whether the values of a schema are objects, or what a union of objects has.
pub(super) fn is_object(at: &Pointer, acc: &mut Lowering<'_>) -> bool {
    let target = acc.resolved.target(at).clone();
    if let Some(known) = acc.known.objects.get(&target) {
        return *known;
    }
    // A union that holds itself is no object.
    acc.known.objects.insert(target.clone(), false);
    let is = view_at(&target, acc).is_some_and(|view| {
        view.keywords.ty.as_deref().is_none_or(|ty| ty == "object")
            && view.items.is_none()
            && view.listed.is_none()
            && has_object_branches(&view, acc)
    });
    acc.known.objects.insert(target, is);
    is
}

/// Returns whether each branch of a union is an object: it is sent as the branch that the caller takes.
/// A schema that is no union is one.
fn has_object_branches(view: &Schema, acc: &mut Lowering<'_>) -> bool {
    let branches: Vec<Pointer> = view.one_of.iter().chain(&view.any_of).cloned().collect();
    if branches.is_empty() {
        return true;
    }
    acc.known.form_unions.insert(view.pointer.clone());
    match union::plan(view, acc) {
        // The branches only say which members go together, or are values of keys.
        Plan::Object | Plan::Tagged(Tagging::Key(_)) => true,
        _ => branches.iter().all(|at| is_object(at, acc)),
    }
}
