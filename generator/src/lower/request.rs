//! A request body in, its media types out: each is sent as what it is, typed ones of one shape share a type.

mod fields;
mod media;
mod objects;

use super::Lowering;
use super::hoist::Home;
use super::media::{format, untyped};
use super::operation::{CostsOperation, Parts};
use super::sequence::{ItemSchema, item_schema};
use crate::api::{Content, Encoding, RequestBody, Role, Type, TypeRef};
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss};
use crate::document::MediaType;
use crate::pointer::Pointer;
use media::Sent;

pub(super) use objects::{find as find_objects, is_file};

/// The body of an operation, if it has one.
#[derive(Default)]
pub(super) struct Lowered {
    pub(super) body: Option<RequestBody>,
    pub(super) degraded: bool,
}

/// Lowers the request body of an operation.
pub(super) fn lower_request(
    parts: &Parts<'_>,
    acc: &mut Lowering<'_>,
) -> Result<Lowered, CostsOperation> {
    let resolved = acc.resolved;
    let Some(at) = &parts.operation.body else { return Ok(Lowered::default()) };
    let Some(body) = resolved.request_body(at) else {
        let title =
            "the operation cannot be called without its request body, which could not be read";
        acc.sink.push(Diagnostic::error(codes::REQUEST_BODY, at.clone(), title).loss(parts.loss()));
        return Err(CostsOperation);
    };
    if body.content.is_empty() {
        return Ok(Lowered::default());
    }
    acc.ledger.take(&parts.operation.pointer, &["requestBody"]);
    acc.ledger.take(&body.pointer, &["description", "content", "required"]);
    let place = Home::of_part(&body.pointer, parts.number, Role::Request);
    let mut contents: Vec<Content> = Vec::new();
    let mut refused = Vec::new();
    let mut typed = Vec::new();
    for (name, media) in &body.content {
        match media::sent(name, media, &body.content, acc) {
            Ok(sent) => {
                let content = lower_content(sent, media, &place, &mut typed, acc);
                // Two ranges can come to one media type, which is sent once.
                let is_same =
                    |it: &Content| it.media_type == content.media_type && it.ty == content.ty;
                match contents.iter_mut().find(|it| is_same(it)) {
                    Some(known) => known.also.push(content.pointer),
                    None => contents.push(content),
                }
            }
            Err(reason) => refused.push((media, reason)),
        }
    }
    let loss = if contents.is_empty() { Some(parts.loss()) } else { None };
    for (media, reason) in refused {
        let at = media.pointer.clone();
        let diagnostic = Diagnostic::skipped(codes::REQUEST_BODY, at.clone(), reason).at_key();
        let label = format!("operation `{}`", parts.id);
        acc.sink.push(diagnostic.label(label).loss(loss.clone().unwrap_or(Loss::Part(at))));
    }
    if contents.is_empty() {
        return Err(CostsOperation);
    }
    let degraded = typed.iter().any(|(schema, _)| acc.is_degraded(schema));
    let body = RequestBody {
        required: body.required == Some(true),
        optional: body.required == Some(false),
        description: body.description.clone(),
        contents,
        pointer: body.pointer.clone(),
        left_over: Vec::new(),
    };
    Ok(Lowered { body: Some(body), degraded })
}

/// Lowers one media type. Those of one shape have one type; `typed` has the schemas and types so far.
fn lower_content(
    sent: Sent,
    media: &MediaType,
    place: &Home,
    typed: &mut Vec<(Pointer, TypeRef)>,
    acc: &mut Lowering<'_>,
) -> Content {
    let Sent { encoding, media_type, remark } = sent;
    if let Some(remark) = remark {
        let diagnostic = Diagnostic::warning(codes::REQUEST_BODY, media.pointer.clone(), remark);
        acc.sink.push(diagnostic.at_key());
    }
    acc.ledger.take(&media.pointer, &["example", "examples"]);
    let ty = match (encoding, &media.schema) {
        (Encoding::Bytes, _) => untyped(Type::Bytes, media, acc),
        (Encoding::Text, _) => untyped(Type::String(format(media, acc)), media, acc),
        (Encoding::Multipart, Some(schema)) if !objects::is_object(schema, acc) => parts(),
        (Encoding::Multipart, None) => parts(),
        (Encoding::Json | Encoding::Form, None) => TypeRef::plain(Type::Any),
        (Encoding::Lines | Encoding::Events, _) => match item_schema(encoding, media, acc) {
            ItemSchema::Any | ItemSchema::Text => {
                acc.ledger.take(&media.pointer, &["schema"]);
                TypeRef::plain(Type::Any)
            }
            ItemSchema::Schema(item) | ItemSchema::Event(item, _) => {
                if media.item_schema.is_none() {
                    acc.ledger.take(&media.pointer, &["schema"]);
                }
                typed_content(&item, encoding, place, typed, acc)
            }
        },
        (_, Some(schema)) => {
            acc.ledger.take(&media.pointer, &["schema"]);
            typed_content(schema, encoding, place, typed, acc)
        }
    };
    Content {
        media_type,
        encoding,
        fields: fields::fields(encoding, media, acc),
        ty,
        inline: media
            .written_schema(encoding)
            .is_some_and(|at| acc.resolved.schema(at).is_written()),
        examples: media.examples.clone(),
        end: None,
        json_events: None,
        pointer: media.pointer.clone(),
        also: Vec::new(),
    }
}

/// The type of a multipart body whose schema does not say what the parts are: the caller names them.
fn parts() -> TypeRef {
    TypeRef::plain(Type::Map(Box::new(TypeRef::plain(Type::File))))
}

fn typed_content(
    schema: &Pointer,
    encoding: Encoding,
    place: &Home,
    typed: &mut Vec<(Pointer, TypeRef)>,
    acc: &mut Lowering<'_>,
) -> TypeRef {
    for (home, ty) in typed.iter() {
        if acc.same_shape(home, schema) {
            acc.read_as(schema, home);
            return ty.clone();
        }
    }
    // The first has the name of the body, whatever follows it.
    let place = if typed.is_empty() {
        place.clone()
    } else {
        place.then(Role::Variant(encoding.role().to_owned()))
    };
    let ty = acc.use_owned(schema, &place);
    typed.push((schema.clone(), ty.clone()));
    ty
}
