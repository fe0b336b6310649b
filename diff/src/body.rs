//! Compares the request bodies of an operation, and pairs their media types.

use std::collections::{BTreeMap, BTreeSet};

use tamarack::api::{Content, RequestBody, StatusPattern, Type};
use tamarack::plan::{BodyEncoding, PlannedOperation, is_required};
use tamarack::pointer::Pointer;

use super::at::At;
use super::describe;
use super::documentation;
use super::kind::Kind;
use super::left_over;
use super::named::own_spelling;
use super::rust::{Code, signature, variants};
use super::uses;
use super::verdict::{Rust, Wire};
use super::walk::{Flow, Moved, Node, OperationPair, Position, Walk};

const SUBJECT: &str = "request body";

/// Compares the request bodies of an operation.
pub(super) fn compare(walk: &mut Walk<'_>, pair: OperationPair) {
    let (old, old_code) = walk.old.operation(pair.0);
    let (new, new_code) = walk.new.operation(pair.1);
    let node = Node::Site(pair, Position::Body);
    let subject = format!("{} {SUBJECT}", new.id);
    let code = |change: super::walk::Change| {
        change.code(Some(signature(old_code)), Some(signature(new_code)))
    };
    match (&old.body, &new.body) {
        (None, None) => {}
        (None, Some(is)) => {
            let at = At::new(node, subject, &old.pointer, &is.pointer);
            let needed = is_required(walk.new.api, is);
            // A body with required properties is required, whatever `required` says.
            let sent = if needed { Wire::Breaking } else { Wire::Compatible };
            let rust = if needed { Rust::Major } else { Rust::Minor };
            let change = at.change(Kind::BodyAdded).wire(sent, Wire::None).rust(rust);
            walk.push(code(change.is(describe::ty(walk.new, &is.contents[0].ty))));
        }
        (Some(was), None) => {
            let at = At::new(node, subject, &was.pointer, &new.pointer);
            let change = at.change(Kind::BodyRemoved).wire(Wire::Potentially, Wire::None);
            let change = change.rust(Rust::Major);
            walk.push(code(change.was(describe::ty(walk.old, &was.contents[0].ty))));
        }
        (Some(was), Some(is)) => {
            let at = At::new(node, subject, &was.pointer, &is.pointer);
            let (flow, code) = (Flow { sent: true, received: false }, Code::body(walk, pair));
            compare_bodies(walk, &At { flow, code, ..at }, was, is);
        }
    }
}

fn compare_bodies(walk: &mut Walk<'_>, at: &At, old: &RequestBody, new: &RequestBody) {
    let first = walk.changes.len();
    let needed = (is_required(walk.old.api, old), is_required(walk.new.api, new));
    let change = match ((old.required, new.required), needed) {
        // Left out, `required` is false: the same on the wire. Only the generator tells the two apart.
        ((false, false), (before, after)) if before != after && old.optional != new.optional => {
            let kind = if after { Kind::BecameRequired } else { Kind::BecameOptional };
            Some(at.change(kind))
        }
        ((false, true), _) | ((false, false), (false, true)) => {
            Some(at.change(Kind::BecameRequired).wire(Wire::Breaking, Wire::None))
        }
        ((true, false), _) | ((false, false), (true, false)) => {
            Some(at.change(Kind::BecameOptional).wire(Wire::Compatible, Wire::None))
        }
        _ => None,
    };
    // A body with required properties is an argument of `new` either way.
    let rust = Rust::major_if(needed.0 != needed.1);
    if let Some(change) = change {
        let change = change.rust(rust);
        // The content of the body has not changed.
        walk.push(if rust == Rust::None { change.code(None, None) } else { change });
    }
    let texts = (old.description.as_deref(), new.description.as_deref());
    documentation::compare_text(walk, at, texts.0, texts.1);
    compare_contents(walk, at, Whose::Request, (&old.contents, &new.contents));
    left_over::compare(walk, at, (&old.left_over, &new.left_over), first);
}

/// Whose body has several media types.
#[derive(Clone, Copy)]
pub(super) enum Whose {
    Request,
    /// The response of these statuses.
    Response(OperationPair, (StatusPattern, StatusPattern)),
}

/// Compares the media types of a body and what each holds.
pub(super) fn compare_contents(
    walk: &mut Walk<'_>,
    at: &At,
    whose: Whose,
    (old, new): (&[Content], &[Content]),
) {
    let is_sent = at.flow.sent;
    if let ([was], [is]) = (old, new)
        && !is_same(was, is)
    {
        let at = At { old: was.pointer.clone(), new: is.pointer.clone(), ..at.clone() };
        let wire =
            if is_sent { (Wire::Breaking, Wire::None) } else { (Wire::None, Wire::Breaking) };
        let change = at.change(Kind::MediaTypeChanged).wire(wire.0, wire.1);
        // Differences in the type are rows of the type.
        walk.push(change.values(&was.media_type, &is.media_type).code(None, None));
        return compare_pair(walk, &at, whose, (was, is));
    }
    for is in new.iter().filter(|is| old.iter().all(|was| !is_same(was, is))) {
        let at = At { new: is.pointer.clone(), ..at.clone() };
        let (sent, received) =
            if is_sent { (Wire::Compatible, Wire::None) } else { (Wire::None, Wire::Potentially) };
        let change = at.change(Kind::MediaTypeAdded).wire(sent, received);
        let change = change.rust(rust_of_added(walk, &at, whose));
        walk.push(change.is(&is.media_type));
    }
    for was in old.iter().filter(|was| new.iter().all(|is| !is_same(was, is))) {
        let at = At { old: was.pointer.clone(), ..at.clone() };
        let (sent, received) =
            if is_sent { (Wire::Breaking, Wire::None) } else { (Wire::None, Wire::Breaking) };
        let change = at.change(Kind::MediaTypeRemoved).wire(sent, received);
        let change = change.rust(rust_of_removed(walk, &at, whose));
        walk.push(change.was(&was.media_type));
    }
    let mut compared: Vec<(&Content, &Content)> = Vec::new();
    for is in new {
        // A range is sent as a type that can stand beside it.
        let is_spelled_alike = |was: &Content| key(was) == key(is);
        let Some(was) = own_spelling(old, is_spelled_alike, |was| is_same(was, is)) else {
            continue;
        };
        if is_sent {
            compare_ranges(walk, at, was, is);
        }
        // One schema under two media types is one change.
        if compared.iter().any(|(a, b)| a.ty == was.ty && b.ty == is.ty) {
            note_move(walk, was, is);
            compare_fields(walk, at, was, is);
            compare_examples(walk, at, was, is);
        } else {
            compare_pair(walk, at, whose, (was, is));
        }
        compared.push((was, is));
    }
}

/// Compares the ranges of media types of which the same type is sent: a server that knows a range takes others, too.
fn compare_ranges(walk: &mut Walk<'_>, at: &At, old: &Content, new: &Content) {
    let places = |it: &Content| -> Vec<Pointer> {
        let all = [&it.pointer].into_iter().chain(&it.also).cloned();
        all.filter(|at| name(at).contains('*')).collect()
    };
    let (old, new) = (places(old), places(new));
    let is_in = |all: &[Pointer], at: &Pointer| all.iter().any(|it| name(it) == name(at));
    for is in new.iter().filter(|it| !is_in(&old, it)) {
        let at = At { new: is.clone(), ..at.clone() };
        let change = at.change(Kind::MediaTypeAdded).wire(Wire::Compatible, Wire::None);
        walk.push(change.is(name(is)).code(None, None));
    }
    for was in old.iter().filter(|it| !is_in(&new, it)) {
        let at = At { old: was.clone(), ..at.clone() };
        let change = at.change(Kind::MediaTypeRemoved).wire(Wire::Breaking, Wire::None);
        walk.push(change.was(name(was)).code(None, None));
    }
}

fn codes<'a>(walk: &Walk<'a>, at: &At) -> Option<(&'a PlannedOperation, &'a PlannedOperation)> {
    match at.node {
        Node::Site(pair, Position::Body) => {
            Some((walk.old.operation(pair.0).1, walk.new.operation(pair.1).1))
        }
        _ => None,
    }
}

/// A request can use any of its media types; a response can have a further one.
fn rust_of_added(walk: &Walk<'_>, at: &At, whose: Whose) -> Rust {
    match (codes(walk, at), lost_variants(walk, whose)) {
        (Some(_), _) => at.rust().max(Rust::Minor),
        (None, Some(is_lost)) => at.rust().max(Rust::Minor).max(Rust::major_if(is_lost)),
        (None, None) => at.rust(),
    }
}

/// With only one media type there is no enum of encodings.
fn rust_of_removed(walk: &Walk<'_>, at: &At, whose: Whose) -> Rust {
    let Some((old, new)) = codes(walk, at) else {
        return at.rust().max(Rust::major_if(lost_variants(walk, whose) == Some(true)));
    };
    let kept = |it: &BodyEncoding| new.encodings.iter().any(|is| is.ident == it.ident);
    let lost = new.encodings.len() < 2 || !old.encodings.iter().all(kept);
    at.rust().max(Rust::major_if(old.encodings.len() > 1 && lost))
}

/// Returns whether a variant of the enum of a response's bodies is gone, where both versions have one.
fn lost_variants(walk: &Walk<'_>, whose: Whose) -> Option<bool> {
    let Whose::Response(pair, statuses) = whose else { return None };
    let old = variants(walk.old.operation(pair.0).1, statuses.0)?;
    let new = variants(walk.new.operation(pair.1).1, statuses.1)?;
    Some(old.iter().any(|was| new.iter().all(|is| is.ident != was.ident)))
}

/// Media types are case-insensitive. A charset is how a text is written; other parameters tell media types
/// apart.
fn is_same(a: &Content, b: &Content) -> bool {
    let parts = |it: &Content| -> Vec<String> {
        let parts = it.media_type.split(';').map(|it| it.trim().to_ascii_lowercase());
        parts.filter(|it| !it.is_empty() && !it.starts_with("charset")).collect()
    };
    parts(a) == parts(b)
}

fn compare_pair(walk: &mut Walk<'_>, at: &At, whose: Whose, (old, new): (&Content, &Content)) {
    note_move(walk, old, new);
    compare_fields(walk, at, old, new);
    let own = match whose {
        Whose::Request => variant(walk, at, old, new),
        Whose::Response(pair, statuses) => {
            let media_types = (old.media_type.as_str(), new.media_type.as_str());
            Code::reply_by_media_type(walk, pair, statuses, media_types)
        }
    };
    let code = own.or_else(|| at.code.clone());
    let at = At { old: schema(old), new: schema(new), code, ..at.clone() };
    uses::compare(walk, &at, &old.ty, &new.ty);
    compare_examples(walk, &at, old, new);
}

/// Returns the line of the variant of a request body, where each media type has its own type.
fn variant(walk: &Walk<'_>, at: &At, old: &Content, new: &Content) -> Option<Code> {
    let (was, is) = codes(walk, at)?;
    let of = |operation: &PlannedOperation, content: &Content| {
        let mut all = operation.encodings.iter().filter(|_| operation.has_body_enum());
        all.find(|it| it.media_type == content.media_type).cloned()
    };
    let (was, is) = (of(was, old)?, of(is, new)?);
    Some(Code::of(walk, format!("{}: ", is.ident), &was.ty, &is.ty))
}

/// Compares how the properties of a form or multipart body are written: a server may read one way alone.
fn compare_fields(walk: &mut Walk<'_>, at: &At, old: &Content, new: &Content) {
    let (was, is) = (written(old), written(new));
    let names: BTreeSet<&str> = was.keys().chain(is.keys()).copied().collect();
    for name in names {
        let default = || (schema(old), describe::DEFAULT_ENCODING.to_owned());
        let (was_at, was) = was.get(name).cloned().unwrap_or_else(default);
        let (is_at, is) = is.get(name).cloned().unwrap_or_else(|| (schema(new), default().1));
        if was != is {
            let subject = format!("{}.{name}", at.subject);
            let at = At { subject, old: was_at, new: is_at, code: None, ..at.clone() };
            let change = at.change(Kind::FieldEncodingChanged).wire(Wire::Breaking, Wire::None);
            walk.push(change.values(was, is));
        }
    }
}

/// Returns how each property is written that has an Encoding Object, with the place of that.
fn written(it: &Content) -> BTreeMap<&str, (Pointer, String)> {
    let fields = it.fields.iter();
    fields
        .map(|it| (it.name.as_str(), (it.pointer.clone(), describe::field_encoding(it))))
        .collect()
}

fn compare_examples(walk: &mut Walk<'_>, at: &At, old: &Content, new: &Content) {
    if !documentation::same_examples(&old.examples, &new.examples) {
        let at = At { old: schema(old), new: schema(new), ..at.clone() };
        let at = At { subject: format!("{} examples", at.subject), ..at };
        walk.push(at.change(Kind::DocsChanged));
    }
}

/// Returns the media type as the document writes it.
fn key(it: &Content) -> String {
    name(&it.pointer)
}

fn name(at: &Pointer) -> String {
    at.tokens().pop().unwrap_or_default()
}

fn schema(it: &Content) -> Pointer {
    it.pointer.child("schema")
}

/// A schema that moved into the components or out of them has one row, that of
/// its type, whatever its name is.
fn note_move(walk: &mut Walk<'_>, old: &Content, new: &Content) {
    if let (Type::Named(was), Type::Named(is)) = (&old.ty.ty, &new.ty.ty)
        && old.inline != new.inline
    {
        let moved = Moved { was_inline: old.inline, old: schema(old), new: schema(new) };
        walk.moved.entry((*was, *is)).or_default().push(moved);
    }
}
