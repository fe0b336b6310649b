//! Lowers the responses of an operation, each with its media types; equal error bodies share a type.

mod bodies;
mod media;

use std::collections::BTreeMap;

use super::Lowering;
use super::hoist::Home;
use super::media::{format, untyped};
use super::operation::Parts;
use super::parameter::form::{Form, form};
use super::sequence::{ItemSchema, item_schema};
use crate::api::{
    Content, Encoding, Owner, ReadAs, Response, ResponseHeader, Role, StatusPattern, Type, TypeRef,
};
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss};
use crate::document;
use crate::pointer::Pointer;
use bodies::Bodies;

/// The responses of an operation.
pub(super) struct Lowered {
    pub(super) responses: Vec<Response>,
    pub(super) degraded: bool,
}

/// Lowers the responses of an operation.
pub(super) fn lower_responses(parts: &Parts<'_>, acc: &mut Lowering<'_>) -> Lowered {
    let resolved = acc.resolved;
    let mut declared = Vec::new();
    let mut keys: BTreeMap<StatusPattern, &Pointer> = BTreeMap::new();
    for (text, at) in &parts.operation.responses {
        match (status(text), resolved.response(at)) {
            (Some(status), Some(response)) => match keys.get(&status) {
                None => {
                    keys.insert(status, at);
                    declared.push((status, response));
                }
                Some(first) => acc.sink.push(second_spelling(text, at, first)),
            },
            (None, _) => {
                let title =
                    format!("`{text}` is not a status code, a range such as `4XX`, or `default`");
                acc.sink.push(
                    Diagnostic::warning(codes::WRONG_KIND, at.clone(), title)
                        .at_key()
                        .label("ignored"),
                );
            }
            (Some(_), None) => {}
        }
    }
    let mut bodies = Bodies::new(&declared, acc);
    let mut lowered = Lowered { responses: Vec::new(), degraded: false };
    for (status, response) in declared {
        acc.ledger.take(&response.pointer, &["description", "headers", "content"]);
        let contents = contents(status, response, parts, &mut bodies, acc);
        if status.is_success() {
            let schemas = response.content.iter().filter_map(|(_, media)| media.schema.as_ref());
            lowered.degraded |= schemas.into_iter().any(|at| acc.is_degraded(at));
        }
        lowered.responses.push(Response {
            status,
            description: response.description.clone(),
            contents,
            headers: headers(response, parts, acc),
            pointer: response.pointer.clone(),
            left_over: Vec::new(),
        });
    }
    report_no_success(&lowered.responses, parts, acc);
    lowered
}

/// Says that a status has a response already: `4XX` beside `4xx`.
fn second_spelling(text: &str, at: &Pointer, first: &Pointer) -> Diagnostic {
    let title = format!("the response `{text}` is declared twice with different spelling");
    Diagnostic::skipped(codes::WRONG_KIND, at.clone(), title)
        .at_key()
        .label("skipped")
        .other(first.clone(), "used instead")
        .loss(Loss::Part(at.clone()))
}

/// Reads `200`, `2XX` (also `2xx`) or `default`.
fn status(text: &str) -> Option<StatusPattern> {
    if text.eq_ignore_ascii_case("default") {
        return Some(StatusPattern::Default);
    }
    let hundred = text.get(1..).filter(|rest| rest.eq_ignore_ascii_case("xx")).and(text.get(..1));
    if let Some(digit) = hundred {
        return digit.parse().ok().filter(|it| (1..=5).contains(it)).map(StatusPattern::Range);
    }
    text.parse().ok().filter(|it| (100..=599).contains(it)).map(StatusPattern::Exact)
}

fn contents(
    status: StatusPattern,
    response: &document::Response,
    parts: &Parts<'_>,
    bodies: &mut Bodies,
    acc: &mut Lowering<'_>,
) -> Vec<Content> {
    let mut contents: Vec<(usize, Content)> = Vec::new();
    for media in media::read(response, acc) {
        // An error comes as a whole, and its bytes are there to be shown.
        let encoding = match media.encoding {
            it if it.is_sequence() && !status.is_success() => Encoding::Bytes,
            it => it,
        };
        let node = media.node;
        acc.ledger.take(&node.pointer, &["example", "examples"]);
        // Beside the schema of an item that of the whole comes to nothing.
        if encoding == Encoding::Json || encoding == Encoding::Lines && node.item_schema.is_none() {
            acc.ledger.take(&node.pointer, &["schema"]);
        }
        let mut json_events = None;
        let ty = match (encoding.read_as(), &node.schema) {
            (ReadAs::Events | ReadAs::Lines, _) => match item_schema(encoding, node, acc) {
                ItemSchema::Text => untyped(Type::String(format(node, acc)), node, acc),
                ItemSchema::Any => TypeRef::plain(Type::Any),
                item @ (ItemSchema::Schema(_) | ItemSchema::Event(..)) => {
                    let item = match item {
                        ItemSchema::Event(item, json) => {
                            json_events = Some(json);
                            item
                        }
                        ItemSchema::Schema(item) => item,
                        ItemSchema::Text | ItemSchema::Any => unreachable!("matched before"),
                    };
                    if node.item_schema.is_none() {
                        acc.ledger.take(&node.pointer, &["schema"]);
                    }
                    bodies.body(status, &media.name, &item, response, parts, acc)
                }
            },
            (ReadAs::Bytes, _) => untyped(Type::Bytes, node, acc),
            (ReadAs::Text, _) => untyped(Type::String(format(node, acc)), node, acc),
            (ReadAs::Json, None) => TypeRef::plain(Type::Any),
            (ReadAs::Json, Some(schema)) => {
                bodies.body(status, &media.name, schema, response, parts, acc)
            }
        };
        let content = Content {
            inline: node
                .written_schema(encoding)
                .is_some_and(|at| acc.resolved.schema(at).is_written()),
            media_type: media.name,
            encoding,
            fields: Vec::new(),
            ty,
            examples: node.examples.clone(),
            end: None,
            json_events,
            pointer: node.pointer.clone(),
            also: Vec::new(),
        };
        contents.push((media.position, content));
    }
    contents.sort_by_key(|(position, _)| *position);
    contents.into_iter().map(|(_, content)| content).collect()
}

/// Lowers the body of a request that is received: of several media types JSON, or the first one.
pub(super) fn lower_received(
    content: &[(String, document::MediaType)],
    at: &Pointer,
    home: &Home,
    acc: &mut Lowering<'_>,
) -> Option<Content> {
    let received = document::Response {
        pointer: at.clone(),
        description: String::new(),
        headers: Vec::new(),
        content: content.to_vec(),
    };
    let mut all = media::read(&received, acc);
    all.sort_by_key(|it| it.encoding != Encoding::Json);
    let mut all = all.into_iter();
    let media = all.next()?;
    for other in all {
        let title = format!("the body `{}` of a webhook is not read", other.name);
        let at = other.node.pointer.clone();
        let diagnostic = Diagnostic::skipped(codes::REQUEST_BODY, at.clone(), title);
        let help = format!("`{}` is read", media.name);
        acc.sink.push(diagnostic.label("not read").at_key().help(help).loss(Loss::Part(at)));
    }
    let node = media.node;
    acc.ledger.take(&node.pointer, &["example", "examples"]);
    let encoding = if media.encoding.is_sequence() { Encoding::Bytes } else { media.encoding };
    let ty = match (encoding.read_as(), &node.schema) {
        (ReadAs::Json, Some(schema)) => {
            acc.ledger.take(&node.pointer, &["schema"]);
            acc.use_owned(schema, home)
        }
        (ReadAs::Json, None) => TypeRef::plain(Type::Any),
        (ReadAs::Text, _) => untyped(Type::String(format(node, acc)), node, acc),
        _ => untyped(Type::Bytes, node, acc),
    };
    Some(Content {
        inline: node
            .written_schema(encoding)
            .is_some_and(|at| acc.resolved.schema(at).is_written()),
        media_type: media.name,
        encoding,
        fields: Vec::new(),
        ty,
        examples: node.examples.clone(),
        end: None,
        json_events: None,
        pointer: node.pointer.clone(),
        also: Vec::new(),
    })
}

/// Says that a success is read as bytes: beside what is declared of other statuses, `default` is what is
/// declared of errors.
fn report_no_success(responses: &[Response], parts: &Parts<'_>, acc: &mut Lowering<'_>) {
    let has_default = responses.iter().any(|it| it.status == StatusPattern::Default);
    let is_alone = responses.len() == 1;
    let has_answer = || responses.iter().any(|it| it.status.is_success() || it.is_redirect());
    if is_alone || !has_default || has_answer() {
        return;
    }
    let title = format!("operation `{}` declares no success response", parts.id);
    acc.sink.push(
        Diagnostic::warning(
            codes::MISSING_MEMBER,
            parts.operation.pointer.child("responses"),
            title,
        )
        .at_key()
        .label("the body of a success is read as bytes")
        .help("declare the status of a success, for example `200`, or `2XX`"),
    );
}

fn headers(
    response: &document::Response,
    parts: &Parts<'_>,
    acc: &mut Lowering<'_>,
) -> Vec<ResponseHeader> {
    let resolved = acc.resolved;
    let mut headers = Vec::new();
    for (name, at) in &response.headers {
        let Some(header) = resolved.header(at) else { continue };
        let part =
            if header.pointer.tokens().len() == 3 { &header.pointer } else { &response.pointer };
        let mut place = Home::of_part(part, parts.number, Role::Header(name.clone()));
        if place.owner == Owner::Document && part == &response.pointer {
            place.roles.push(Role::Header(name.clone()));
        }
        take_header(header, acc);
        let ty = header.schema.as_ref().map(|at| acc.use_owned(at, &place));
        headers.push(ResponseHeader {
            name: name.clone(),
            required: header.required,
            // Marked at the end, as that of a property is.
            secret: None,
            ty: ty.unwrap_or_else(|| TypeRef::plain(Type::String(None))),
            description: header.description.clone(),
            pointer: header.pointer.clone(),
            left_over: Vec::new(),
        });
    }
    headers
}

/// Takes what a header says of its value: in place of `schema` can stand the one
/// media type of `content`.
fn take_header(header: &document::Header, acc: &mut Lowering<'_>) {
    acc.ledger.take(&header.pointer, &["description", "required", "schema", "style"]);
    let Some(schema) = &header.schema else { return };
    if let Some(media) = schema.parent().filter(|it| *it != header.pointer) {
        acc.ledger.take(&header.pointer, &["content"]);
        acc.ledger.take(&media, &["schema"]);
    }
    if form(schema, acc) != Form::Nested {
        // It changes objects alone (OpenAPI 3.0.4 §4.7.12.2).
        acc.ledger.take(&header.pointer, &["explode"]);
    }
}
