//! Compares the responses of an operation.

use tamarack::api::{Response, ResponseHeader, StatusPattern};
use tamarack::plan::{HeaderKey, ReplyBody};

use super::at::At;
use super::body::{Whose, compare_contents};
use super::describe;
use super::documentation;
use super::kind::Kind;
use super::left_over;
use super::named::own_spelling;
use super::rust::{Code, reply_of, same_success, signature, text};
use super::uses;
use super::verdict::{Rust, Wire, Within};
use super::walk::{Change, Flow, Node, OperationPair, Position, Version, Walk};
use super::within::{Sets, within};

/// Compares the responses of an operation.
pub(super) fn compare(walk: &mut Walk<'_>, pair: OperationPair) {
    let old = &walk.old.api.operations[pair.0].responses;
    let new = &walk.new.api.operations[pair.1].responses;
    let only = |of: &'_ [Response], from: &[Response]| -> Vec<usize> {
        let is_new = |it: &usize| from.iter().all(|other| other.status != of[*it].status);
        (0..of.len()).filter(is_new).collect()
    };
    let (mut gone, mut come) = (only(old, new), only(new, old));
    let is_success = |all: &[Response], index: &usize| all[*index].status.is_success();
    let gone_success: Vec<_> = gone.iter().copied().filter(|it| is_success(old, it)).collect();
    let come_success: Vec<_> = come.iter().copied().filter(|it| is_success(new, it)).collect();
    if let ([was], [is]) = (gone_success.as_slice(), come_success.as_slice()) {
        swapped(walk, pair, &old[*was], &new[*is]);
        gone.retain(|it| it != was);
        come.retain(|it| it != is);
    }
    for index in come {
        let change = added(walk, pair, &new[index]);
        walk.push(change);
    }
    for index in gone {
        let change = removed(walk, pair, &old[index]);
        walk.push(change);
    }
    for is in new {
        if let Some(was) = old.iter().find(|it| it.status == is.status) {
            compare_one(walk, pair, was, is);
        }
    }
}

fn at(walk: &Walk<'_>, pair: OperationPair, old: &Response, new: &Response, subject: String) -> At {
    let node = Node::Site(pair, Position::Response(new.status));
    let at = At::new(node, subject, &old.pointer, &new.pointer);
    let code = Code::reply(walk, pair, (old.status, new.status));
    At { flow: Flow { sent: false, received: true }, code, ..at }
}

fn subject(it: &Response) -> String {
    format!("response {}", describe::status(it.status))
}

fn words(version: Version<'_>, it: &Response) -> String {
    match it.bodies().first() {
        Some(group) => describe::ty(version, &group[0].ty),
        None => "no body".to_owned(),
    }
}

fn with_signatures(walk: &Walk<'_>, pair: OperationPair, change: Change) -> Change {
    let (old, new) = (walk.old.operation(pair.0).1, walk.new.operation(pair.1).1);
    let (was, is) = (signature(old), signature(new));
    if was == is { change } else { change.code(Some(was), Some(is)) }
}

fn swapped(walk: &mut Walk<'_>, pair: OperationPair, old: &Response, new: &Response) {
    let id = &walk.new.api.operations[pair.1].id;
    let at = at(walk, pair, old, new, format!("{id} {}", subject(new)));
    let (was, is) = (describe::status(old.status), describe::status(new.status));
    let old_words = format!("{was} {}", words(walk.old, old));
    let received =
        if is_one_of(new.status, old.status) { Wire::Compatible } else { Wire::Breaking };
    let change = at.change(Kind::StatusSwapped).wire(Wire::None, received);
    let change = change.values(old_words, format!("{is} {}", words(walk.new, new)));
    let change = with_signatures(walk, pair, change);
    walk.push(change);
    compare_insides(walk, &at, pair, (old, new));
}

/// Returns whether a status is one of a range: who expects all of them expects it (OpenAPI 3.1.1, Responses Object).
fn is_one_of(status: StatusPattern, range: StatusPattern) -> bool {
    matches!((status, range), (StatusPattern::Exact(status), StatusPattern::Range(hundred))
        if status / 100 == u16::from(hundred))
}

fn added(walk: &Walk<'_>, pair: OperationPair, is: &Response) -> Change {
    let old = &walk.old.api.operations[pair.0];
    let node = Node::Site(pair, Position::Response(is.status));
    let at = At::new(node, subject(is), &old.pointer.child("responses"), &is.pointer);
    let codes = (walk.old.operation(pair.0).1, walk.new.operation(pair.1).1);
    let (received, rust) = if is.status.is_success() {
        // A body that an earlier success may have is no surprise.
        let known = old.responses.iter().any(|was| was.status.is_success() && holds(walk, is, was));
        let received = if known { Wire::Potentially } else { Wire::Breaking };
        let received = if old.responses.iter().any(|it| it.status.is_success()) {
            received
        } else {
            Wire::Potentially
        };
        (received, Rust::major_if(!same_success(walk, codes.0, codes.1)))
    } else {
        (Wire::Potentially, Rust::Minor)
    };
    let change = at.change(Kind::StatusAdded).wire(Wire::None, received).rust(rust);
    let change = change.is(words(walk.new, is));
    if is.status.is_success() { with_signatures(walk, pair, change) } else { change }
}

/// Returns whether what the new response holds fits the old one.
fn holds(walk: &Walk<'_>, new: &Response, old: &Response) -> bool {
    let sets = Sets { a: walk.new.api, b: walk.old.api };
    (new.contents.is_empty() && old.contents.is_empty())
        || !new.contents.is_empty()
            && new.contents.iter().all(|is| {
                let mut read = old.contents.iter().filter(|was| was.encoding == is.encoding);
                read.any(|was| within(sets, &is.ty, &was.ty) == Within::Yes)
            })
}

fn removed(walk: &Walk<'_>, pair: OperationPair, was: &Response) -> Change {
    let new = &walk.new.api.operations[pair.1];
    let node = Node::Site(pair, Position::Response(was.status));
    let at = At::new(node, subject(was), &was.pointer, &new.pointer.child("responses"));
    let codes = (walk.old.operation(pair.0).1, walk.new.operation(pair.1).1);
    let (received, rust) = if was.status.is_success() {
        let other = new.responses.iter().any(|it| it.status.is_success());
        let received = if other { Wire::Compatible } else { Wire::Breaking };
        (received, Rust::major_if(!same_success(walk, codes.0, codes.1)))
    } else {
        (Wire::Compatible, Rust::Major)
    };
    let change = at.change(Kind::StatusRemoved).wire(Wire::None, received).rust(rust);
    let change = change.was(words(walk.old, was));
    if was.status.is_success() { with_signatures(walk, pair, change) } else { change }
}

fn compare_one(walk: &mut Walk<'_>, pair: OperationPair, old: &Response, new: &Response) {
    let id = &walk.new.api.operations[pair.1].id;
    let at = at(walk, pair, old, new, format!("{id} {}", subject(new)));
    let texts = (old.description.as_str(), new.description.as_str());
    documentation::compare_text(walk, &at, Some(texts.0), Some(texts.1));
    compare_insides(walk, &at, pair, (old, new));
}

fn compare_insides(
    walk: &mut Walk<'_>,
    at: &At,
    pair: OperationPair,
    (old, new): (&Response, &Response),
) {
    let first = walk.changes.len();
    let empty = |it: Option<&ReplyBody>| matches!(it, None | Some(ReplyBody::Empty));
    let was_empty = empty(reply_of(walk.old.operation(pair.0).1, old.status));
    let is_empty = empty(reply_of(walk.new.operation(pair.1).1, new.status));
    let rust = Rust::major_if(was_empty != is_empty);
    match (old.contents.is_empty(), new.contents.is_empty()) {
        (true, false) => {
            let change = at.change(Kind::ReplyBodyAdded).wire(Wire::None, Wire::Compatible);
            walk.push(change.is(words(walk.new, new)).rust(rust));
        }
        (false, true) => {
            let change = at.change(Kind::ReplyBodyRemoved).wire(Wire::None, Wire::Breaking);
            walk.push(change.was(words(walk.old, old)).rust(rust));
        }
        _ => {
            let whose = Whose::Response(pair, (old.status, new.status));
            compare_contents(walk, at, whose, (&old.contents, &new.contents));
        }
    }
    compare_headers(walk, at, old, new);
    left_over::compare(walk, at, (&old.left_over, &new.left_over), first);
}

fn compare_headers(walk: &mut Walk<'_>, at: &At, old: &Response, new: &Response) {
    let same = |a: &ResponseHeader, b: &ResponseHeader| a.name.eq_ignore_ascii_case(&b.name);
    let named =
        |it: &ResponseHeader, was: &tamarack::pointer::Pointer, is: &tamarack::pointer::Pointer| {
            let subject = format!("{} header {}", at.subject, it.name);
            At { subject, old: was.clone(), new: is.clone(), code: None, ..at.clone() }
        };
    for is in &new.headers {
        let is_spelled_alike = |was: &ResponseHeader| was.name == is.name;
        let Some(was) = own_spelling(&old.headers, is_spelled_alike, |was| same(was, is)) else {
            let change = named(is, &at.old, &is.pointer).change(Kind::HeaderAdded);
            let change = with_keys(walk, is, change.wire(Wire::None, Wire::Compatible));
            walk.push(change);
            continue;
        };
        let keys = (key(walk.old, is), key(walk.new, is));
        let code = keys.0.zip(keys.1).map(|(was, is)| {
            Code::of(walk, format!("const {}: ResponseHeader of ", is.ident), &was.ty, &is.ty)
        });
        let at = At { code, ..named(is, &was.pointer, &is.pointer) };
        let first = walk.changes.len();
        match (was.required, is.required) {
            (false, true) => {
                walk.push(at.change(Kind::BecameRequired).wire(Wire::None, Wire::Compatible));
            }
            (true, false) => {
                walk.push(at.change(Kind::BecameOptional).wire(Wire::None, Wire::Breaking));
            }
            _ => {}
        }
        uses::compare(walk, &at, &was.ty, &is.ty);
        let texts = (was.description.as_deref(), is.description.as_deref());
        documentation::compare_text(walk, &at, texts.0, texts.1);
        left_over::compare(walk, &at, (&was.left_over, &is.left_over), first);
    }
    for was in old.headers.iter().filter(|was| new.headers.iter().all(|is| !same(was, is))) {
        let change = named(was, &was.pointer, &at.new).change(Kind::HeaderRemoved);
        let received = if was.required { Wire::Breaking } else { Wire::Potentially };
        let change = with_keys(walk, was, change.wire(Wire::None, received));
        walk.push(change);
    }
}

/// Returns the constant by which a header is read.
fn key<'a>(version: Version<'a>, header: &ResponseHeader) -> Option<&'a HeaderKey> {
    let all = &version.code.response_headers;
    all.iter().find(|it| it.header.eq_ignore_ascii_case(&header.name))
}

/// Adds what becomes of the constant: others may declare the header as well, with other types.
fn with_keys(walk: &Walk<'_>, header: &ResponseHeader, change: Change) -> Change {
    let line = |it: &HeaderKey| format!("const {}: ResponseHeader<{}>", it.ident, text(&it.ty));
    match (key(walk.old, header), key(walk.new, header)) {
        (None, Some(is)) => change.rust(Rust::Minor).code(None, Some(line(is))),
        (Some(was), None) => change.rust(Rust::Major).code(Some(line(was)), None),
        (Some(was), Some(is)) if line(was) != line(is) => {
            change.rust(Rust::Major).code(Some(line(was)), Some(line(is)))
        }
        _ => change,
    }
}
