//! The responses of an operation in, each with its supported media types out; equal error bodies share a type.

use std::collections::BTreeMap;

use super::Lowering;
use super::hoist::Home;
use super::media::{encoding, is_binary, untyped};
use super::operation::{CostsOperation, Parts};
use super::parameter::form::{Form, form};
use super::sequence::{ItemSchema, item_schema};
use crate::api::{
    Content, Encoding, Owner, Response, ResponseHeader, Role, StatusPattern, Type, TypeRef,
};
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss};
use crate::document::{self, MediaType};
use crate::pointer::Pointer;
use crate::resolve::Node;

/// The responses of an operation.
pub(super) struct Lowered {
    pub(super) responses: Vec<Response>,
    pub(super) degraded: bool,
}

/// Lowers the responses of an operation.
pub(super) fn lower_responses(
    parts: &Parts<'_>,
    acc: &mut Lowering<'_>,
) -> Result<Lowered, CostsOperation> {
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
    let mut supported = true;
    for (status, response) in declared {
        acc.ledger.take(&response.pointer, &["description", "headers", "content"]);
        let contents = contents(status, response, parts, &mut bodies, acc);
        supported &= contents.is_ok();
        let contents = contents.unwrap_or_default();
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
    if supported { Ok(lowered) } else { Err(CostsOperation) }
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
) -> Result<Vec<Content>, CostsOperation> {
    let mut contents: Vec<Content> = Vec::new();
    let mut refused = Vec::new();
    for (name, media) in &response.content {
        let encoding = match encoding(name, media, acc) {
            // No server answers with a form.
            Some(Encoding::Form) | None if status.is_success() => {
                refused.push((name, media));
                continue;
            }
            // The bytes of an error are there to be shown, and it comes as a whole.
            Some(Encoding::Form) | None => Encoding::Bytes,
            Some(it) if it.is_sequence() && status.is_success() => it,
            Some(it) if it.is_sequence() => Encoding::Bytes,
            Some(_) if is_binary(media, acc) => Encoding::Bytes,
            Some(encoding) => encoding,
        };
        acc.ledger.take(&media.pointer, &["example", "examples"]);
        if matches!(encoding, Encoding::Json | Encoding::Form | Encoding::Lines) {
            acc.ledger.take(&media.pointer, &["schema"]);
        }
        let ty = match (encoding, &media.schema) {
            (Encoding::Events | Encoding::Lines, _) => match item_schema(encoding, media, acc) {
                ItemSchema::Text => untyped(Type::String(None), media, acc),
                ItemSchema::Any => TypeRef::plain(Type::Any),
                ItemSchema::Schema(item) => {
                    acc.ledger.take(&media.pointer, &["schema"]);
                    bodies.body(status, name, &item, response, parts, acc)
                }
            },
            (Encoding::Bytes, _) => untyped(Type::Bytes, media, acc),
            (Encoding::Text, _) => untyped(Type::String(None), media, acc),
            (_, None) => TypeRef::plain(Type::Any),
            (_, Some(schema)) => bodies.body(status, name, schema, response, parts, acc),
        };
        contents.push(Content {
            media_type: name.clone(),
            encoding,
            fields: Vec::new(),
            ty,
            inline: media.schema.as_ref().is_some_and(|at| acc.resolved.schema(at).is_written()),
            examples: media.examples.clone(),
            end: None,
            pointer: media.pointer.clone(),
        });
    }
    report_unread(&contents, acc);
    let only = contents.is_empty();
    for (name, media) in &refused {
        refuse(
            name,
            media,
            if only { parts.loss() } else { Loss::Part(media.pointer.clone()) },
            parts,
            acc,
        );
    }
    if only && !refused.is_empty() { Err(CostsOperation) } else { Ok(contents) }
}

/// A body of JSON is decoded as the type of the first one, whatever its media type.
fn report_unread(contents: &[Content], acc: &mut Lowering<'_>) {
    let mut json = contents.iter().filter(|it| it.encoding == Encoding::Json);
    let Some(first) = json.next() else { return };
    for other in json.filter(|it| it.ty != first.ty) {
        let title =
            format!("response body `{}` is not decoded as its own schema", other.media_type);
        acc.sink.push(
            Diagnostic::skipped(codes::RESPONSE_BODY, other.pointer.clone(), title)
                .at_key()
                .label(format!("decoded as `{}`", first.media_type))
                .loss(Loss::Part(other.pointer.clone())),
        );
    }
}

fn refuse(name: &str, media: &MediaType, loss: Loss, parts: &Parts<'_>, acc: &mut Lowering<'_>) {
    let title = format!("response body `{name}` is not supported");
    let diagnostic =
        Diagnostic::skipped(codes::RESPONSE_BODY, media.pointer.clone(), title).at_key();
    acc.sink.push(diagnostic.label(format!("operation `{}`", parts.id)).loss(loss));
}

/// With how many different error bodies of an operation each further one is
/// compared; beyond, each has a type of its own.
const MOST_GROUPS: usize = 64;

/// The inline bodies of an operation's responses, and what they are called.
#[derive(Default)]
struct Bodies {
    /// The first of each group of inline error bodies of equal shape, with its status.
    errors: Vec<(StatusPattern, Pointer)>,
    n_successes: usize,
    /// The group of each inline error body.
    group_of: BTreeMap<Pointer, usize>,
    /// The type of each schema that was lowered.
    known: BTreeMap<Pointer, TypeRef>,
    /// The first schema that was lowered of each response.
    first: BTreeMap<Pointer, Pointer>,
}

impl Bodies {
    fn new(declared: &[(StatusPattern, &document::Response)], acc: &mut Lowering<'_>) -> Self {
        let mut bodies = Self::default();
        for (status, response) in declared {
            let own = response.pointer.tokens().first().is_none_or(|it| it != "components");
            let inline: Vec<&Pointer> = typed_schemas(response, acc)
                .into_iter()
                .filter(|at| own && matches!(acc.resolved.schema(at), Node::Schema(_)))
                .collect();
            if status.is_success() {
                bodies.n_successes += usize::from(!inline.is_empty());
                continue;
            }
            for schema in inline {
                bodies.add_error(*status, schema, acc);
            }
        }
        bodies
    }

    fn add_error(&mut self, status: StatusPattern, schema: &Pointer, acc: &mut Lowering<'_>) {
        let mut groups = self.errors.iter().take(MOST_GROUPS).enumerate();
        if let Some((index, (_, home))) = groups.find(|(_, (_, it))| acc.same_shape(it, schema)) {
            acc.read_as(schema, home);
            self.group_of.insert(schema.clone(), index);
        } else {
            self.group_of.insert(schema.clone(), self.errors.len());
            self.errors.push((status, schema.clone()));
        }
    }

    /// Returns the type of a body; one of equal shape before it gives it its
    /// type.
    fn body(
        &mut self,
        status: StatusPattern,
        media_type: &str,
        schema: &Pointer,
        response: &document::Response,
        parts: &Parts<'_>,
        acc: &mut Lowering<'_>,
    ) -> TypeRef {
        let group = self.group_of.get(schema).map(|index| &self.errors[*index]);
        let home = group.map_or(schema, |(_, home)| home).clone();
        if let Some(ty) = self.known.get(&home) {
            return ty.clone();
        }
        let role = match group {
            Some(_) if self.errors.len() == 1 => Role::Error(None),
            Some((first, _)) => Role::Error(Some(*first)),
            None if !status.is_success() => Role::Error(Some(status)),
            None if self.n_successes <= 1 => Role::Response(None),
            None => Role::Response(Some(status)),
        };
        let mut place = Home::of_part(&response.pointer, parts.number, role);
        let earlier = self.first.get(&response.pointer);
        if let Some(earlier) = earlier.filter(|_| group.is_none()) {
            if acc.same_shape(earlier, schema) {
                acc.read_as(schema, earlier);
                return self.known[earlier].clone();
            }
            if matches!(place.owner, Owner::Operation(_) | Owner::Document) {
                place.roles.push(Role::Variant(media_type.to_owned()));
            }
        }
        let ty = acc.use_owned(&home, &place);
        if response.pointer.holds(&home) {
            self.first.entry(response.pointer.clone()).or_insert_with(|| home.clone());
        }
        self.known.insert(home, ty.clone());
        ty
    }
}

/// Returns the schemas of the media types that are read as JSON.
fn typed_schemas<'a>(response: &'a document::Response, acc: &mut Lowering<'_>) -> Vec<&'a Pointer> {
    let mut schemas = Vec::new();
    for (name, media) in &response.content {
        if encoding(name, media, acc) == Some(Encoding::Json) && !is_binary(media, acc) {
            schemas.extend(&media.schema);
        }
    }
    schemas
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
