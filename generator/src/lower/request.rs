//! A request body in, its supported media types out; all typed ones share one type.

use super::Lowering;
use super::all_of::view_at;
use super::hoist::Home;
use super::media::{encoding, is_binary, is_record_sequence, sent_as, untyped};
use super::operation::{CostsOperation, Parts};
use super::parameter::form::{Form, form};
use super::sequence::{ItemSchema, item_schema};
use super::union::{self, Plan};
use crate::api::{Content, Encoding, RequestBody, Role, Tagging, Type, TypeRef};
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss};
use crate::document::{MediaType, Schema};
use crate::pointer::Pointer;

/// The body of an operation, if it has one.
#[derive(Default)]
pub(super) struct Lowered {
    pub(super) body: Option<RequestBody>,
    pub(super) degraded: bool,
}

/// Finds the schemas of all forms, before any type is made of one.
pub(super) fn find_forms(acc: &mut Lowering<'_>) {
    let resolved = acc.resolved;
    let items = resolved.document.paths.iter().filter_map(|(_, at)| resolved.path_item(at));
    let bodies = items.flat_map(|it| &it.operations).filter_map(|it| it.body.as_ref());
    for body in bodies.filter_map(|at| resolved.request_body(at)) {
        for (name, media) in &body.content {
            let is_form = encoding(name, media, acc) == Some(Encoding::Form);
            if let Some(schema) = media.schema.as_ref().filter(|_| is_form) {
                acc.known.form_unions.insert(resolved.target(schema).clone());
            }
        }
    }
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
    let mut contents = Vec::new();
    let mut refused = Vec::new();
    let mut first: Option<(Pointer, TypeRef)> = None;
    for (name, media) in &body.content {
        match lower_content(name, media, &place, &mut first, acc) {
            Ok(content) => push(content, media, name, &mut contents, acc),
            Err(reason) => refused.push((media, reason)),
        }
    }
    report_unsent(&contents, acc);
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
    let degraded = first.as_ref().is_some_and(|(schema, _)| acc.is_degraded(schema));
    let body = RequestBody {
        required: body.required,
        description: body.description.clone(),
        contents,
        pointer: body.pointer.clone(),
        left_over: Vec::new(),
    };
    Ok(Lowered { body: Some(body), degraded })
}

/// Adds a body. Two ranges can come to one media type, which is sent once; a
/// range that the body does not have is reported.
fn push(
    content: Content,
    media: &MediaType,
    name: &str,
    contents: &mut Vec<Content>,
    acc: &mut Lowering<'_>,
) {
    let sent = &content.media_type;
    let ty = |text: &str| text.split('/').next().unwrap_or_default().trim().to_ascii_lowercase();
    if name.contains('*') && ty(name) != "*" && ty(name) != ty(sent) {
        let title =
            format!("`{name}` is a media range and cannot be sent; the body is sent as `{sent}`");
        let diagnostic = Diagnostic::warning(codes::REQUEST_BODY, media.pointer.clone(), title);
        acc.sink.push(diagnostic.at_key().label("a range"));
    }
    if contents.iter().all(|it| it.media_type != *sent || it.ty != content.ty) {
        contents.push(content);
    }
}

/// The client sends the first body and those of its type that JSON and forms hold.
fn report_unsent(contents: &[Content], acc: &mut Lowering<'_>) {
    let Some((first, others)) = contents.split_first() else { return };
    let typed = |it: &Content| matches!(it.encoding, Encoding::Json | Encoding::Form);
    for other in others.iter().filter(|it| !(typed(first) && typed(it) && it.ty == first.ty)) {
        let title = format!("request body `{}` is not sent", other.media_type);
        acc.sink.push(
            Diagnostic::skipped(codes::REQUEST_BODY, other.pointer.clone(), title)
                .at_key()
                .label("not sent")
                .help(format!("the client sends `{}`, the first", first.media_type))
                .loss(Loss::Part(other.pointer.clone())),
        );
    }
}

/// Lowers one media type; the first typed one gives the type, the others must
/// be of equal shape.
fn lower_content(
    name: &str,
    media: &MediaType,
    place: &Home,
    first: &mut Option<(Pointer, TypeRef)>,
    acc: &mut Lowering<'_>,
) -> Result<Content, String> {
    let Some(encoding) = encoding(name, media, acc) else {
        return Err(format!("request body `{name}` is not supported"));
    };
    if encoding == Encoding::Events || encoding == Encoding::Lines && is_record_sequence(name) {
        return Err(format!("request body `{name}` is not supported"));
    }
    let is_binary = encoding != Encoding::Lines && is_binary(media, acc);
    let encoding = if is_binary { Encoding::Bytes } else { encoding };
    acc.ledger.take(&media.pointer, &["example", "examples"]);
    if matches!(encoding, Encoding::Json | Encoding::Form | Encoding::Lines) {
        acc.ledger.take(&media.pointer, &["schema"]);
    }
    let item = match encoding {
        Encoding::Lines => Some(item_schema(encoding, media, acc)),
        _ => None,
    };
    let schema = match item {
        Some(ItemSchema::Schema(item)) => Some(item),
        Some(ItemSchema::Any | ItemSchema::Text) => None,
        None => media.schema.clone(),
    };
    let ty = match (encoding, &schema) {
        (Encoding::Bytes, _) => untyped(Type::Bytes, media, acc),
        (Encoding::Text, _) => untyped(Type::String(None), media, acc),
        (_, None) => TypeRef::plain(Type::Any),
        (_, Some(schema)) => {
            if encoding == Encoding::Form && !is_flat(schema, acc) {
                return Err(format!(
                    "request body `{name}` is not supported: a form can hold only scalars and lists of scalars"
                ));
            }
            match first {
                None => {
                    let ty = acc.use_owned(schema, place);
                    *first = Some((schema.clone(), ty.clone()));
                    ty
                }
                Some((home, ty)) if acc.same_shape(home, schema) => {
                    acc.read_as(schema, home);
                    ty.clone()
                }
                Some(_) => {
                    return Err(format!(
                        "request body `{name}` has another type than the one before, so it is skipped"
                    ));
                }
            }
        }
    };
    let content = Content {
        media_type: sent_as(name, encoding),
        encoding,
        ty,
        inline: media.schema.as_ref().is_some_and(|at| acc.resolved.schema(at).is_written()),
        examples: media.examples.clone(),
        end: None,
        pointer: media.pointer.clone(),
    };
    Ok(content)
}

/// Returns whether a schema is an object whose properties a form can hold.
fn is_flat(at: &Pointer, acc: &mut Lowering<'_>) -> bool {
    let target = acc.resolved.target(at).clone();
    if let Some(known) = acc.known.flat.get(&target) {
        return *known;
    }
    // A union that holds itself is no form.
    acc.known.flat.insert(target.clone(), false);
    let flat = view_at(&target, acc)
        .is_some_and(|view| holds_scalars(&view, acc) && is_flat_union(&view, acc));
    acc.known.flat.insert(target, flat);
    flat
}

/// Returns whether each branch of a union is an object whose members a form can hold: it is sent as the
/// branch that the caller takes. A schema that is no union is one.
fn is_flat_union(view: &Schema, acc: &mut Lowering<'_>) -> bool {
    let branches: Vec<Pointer> = view.one_of.iter().chain(&view.any_of).cloned().collect();
    if branches.is_empty() {
        return true;
    }
    acc.known.form_unions.insert(view.pointer.clone());
    match union::plan(view, acc) {
        // The branches only say which members go together.
        Plan::Object => true,
        // The value of a key is an object.
        Plan::Tagged(Tagging::Key(_)) => false,
        _ => branches.iter().all(|at| is_flat(at, acc)),
    }
}

fn holds_scalars(view: &Schema, acc: &mut Lowering<'_>) -> bool {
    view.keywords.ty.as_deref().is_none_or(|ty| ty == "object")
        && view.properties.values().all(|at| matches!(form(at, acc), Form::Scalar | Form::List(_)))
}
