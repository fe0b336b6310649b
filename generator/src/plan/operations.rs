//! Operations of the model in, planned operations out: signatures, encodings, what each status means.

use std::collections::BTreeMap;

use super::arguments::{Arguments, body_type, plan_arguments};
use super::facts::body_facts;
use super::group;
use super::size::is_large;
use super::supply::{Supply, supply};
use super::types::{MOST_ARGUMENTS, use_type};
use super::{
    BodyEncoding, ConstantHeader, ErrorVariant, HeaderConstant, OutcomeVariant, PlannedOperation,
    PlannedScheme, PlannedStream, ReplyBody, RustType, Success,
};
use crate::api::{
    Api, Content, Encoding, Method, Need, Operation, RequestBody, Response, StatusPattern, Type,
};
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss, Sink};
use crate::name::{ConstIdent, Names, OperationNames, TypeIdent};
use crate::shown::code_span;

/// Plans the headers that all operations which send them send with one value.
pub(super) fn plan_constants(api: &Api, names: &Names, sink: &mut Sink) -> Vec<HeaderConstant> {
    let mut headers: BTreeMap<ConstIdent, (&str, Vec<String>)> = BTreeMap::new();
    for parameter in api.operations.iter().flat_map(|it| &it.parameters) {
        if let Supply::Constant(value) = supply(api, parameter) {
            let ident = names.constant(&parameter.name).ident().clone();
            let (name, values) = headers.entry(ident).or_insert((&parameter.name, Vec::new()));
            // Two operations may write one header in two ways; which comes first decides nothing.
            *name = (*name).min(&parameter.name);
            if !values.contains(&value) {
                values.push(value);
            }
        }
    }
    (headers.into_values())
        .filter_map(|(header, values)| match values.as_slice() {
            [value] => Some(HeaderConstant {
                ident: names.constant(header).generated(sink).clone(),
                header: header.to_owned(),
                value: value.clone(),
            }),
            _ => None,
        })
        .collect()
}

/// Plans every operation.
pub(super) fn plan_operations(
    api: &Api,
    names: &Names,
    constants: &[HeaderConstant],
    sink: &mut Sink,
) -> Vec<PlannedOperation> {
    (api.operations.iter().enumerate())
        .map(|(index, operation)| {
            let own = names.operation(index);
            let Arguments { required, optional } = plan_arguments(api, names, operation, own);
            let success = plan_success(api, names, (operation, own), sink);
            let stream = plan_stream(api, names, operation, &success);
            let errors = plan_errors(api, names, (operation, own), sink);
            let encodings = match &operation.body {
                Some(body) => encodings(api, names, body, own, sink),
                None => Vec::new(),
            };
            // `self` of the client's method counts as well.
            let bundled = required.len() > MOST_ARGUMENTS - 1;
            for (is_generated, name) in [
                (matches!(success, Success::Several(_)), &own.outcome),
                (encodings.len() > 1, &own.encoding),
                (bundled, &own.required),
            ] {
                if is_generated {
                    name.generated(sink);
                }
            }
            PlannedOperation {
                id: operation.id.clone(),
                method: own.method.clone(),
                ident: own.ident.clone(),
                error: own.error.clone(),
                outcome: own.outcome.ident().clone(),
                encoding: own.encoding.ident().clone(),
                required: own.required.ident().clone(),
                title: operation.docs.title.clone(),
                docs: operation_docs(api, operation),
                deprecated: operation.deprecated,
                group: group::of_operation(operation),
                http_method: operation.method,
                path: operation.template(),
                bundled,
                server: api.own_server(operation).map(|it| names.server(&it.key()).ident().clone()),
                arguments: required,
                options: optional,
                headers: constant_headers(api, operation, constants),
                encodings,
                accept: accept(operation),
                security: plan_security(api, operation),
                success,
                end: contents_of_success(operation).find_map(|it| it.end.clone()),
                stream,
                errors,
                token_source: None,
            }
        })
        .collect()
}

fn contents_of_success(operation: &Operation) -> impl Iterator<Item = &Content> {
    let successes = operation.responses.iter().filter(|it| it.status.is_success());
    successes.flat_map(|it| &it.contents)
}

fn operation_docs(api: &Api, operation: &Operation) -> String {
    let mut parts = Vec::new();
    parts.extend(operation.docs.title.as_deref().map(str::trim).map(str::to_owned));
    parts.extend(operation.docs.description.as_deref().map(str::trim).map(str::to_owned));
    parts.retain(|it| !it.is_empty());
    parts.dedup();
    parts.push(code_span(&format!("{} {}", operation.method, operation.template())));
    // One set of several alternatives is enough; each is said once.
    let mut sets: Vec<&Need> = Vec::new();
    for need in operation.security.iter().flatten().filter(|it| !it.scopes.is_empty()) {
        if !sets.contains(&need) {
            sets.push(need);
        }
    }
    parts.extend(sets.into_iter().map(|it| required_scopes(api, it)));
    parts.extend(operation.responses.iter().filter_map(response_facts));
    parts.join("\n\n")
}

/// Says which scopes are needed of a scheme.
fn required_scopes(api: &Api, it: &Need) -> String {
    let scopes: Vec<_> = it.scopes.iter().map(|scope| code_span(scope)).collect();
    format!("Scopes of {}: {}.", code_span(&api.scheme(it.scheme).name), scopes.join(", "))
}

/// Says what the schema of a response body demands where no type has docs that do.
fn response_facts(response: &Response) -> Option<String> {
    let facts = chosen(&response.contents).and_then(body_facts)?;
    let whose = match response.status {
        StatusPattern::Exact(status) => format!("of status {status}"),
        StatusPattern::Range(hundred) => format!("of status {hundred}XX"),
        StatusPattern::Default => "of any other status".to_owned(),
    };
    Some(format!("The response body {whose}: {facts}"))
}

fn constant_headers(
    api: &Api,
    operation: &Operation,
    constants: &[HeaderConstant],
) -> Vec<ConstantHeader> {
    (operation.parameters.iter())
        .filter_map(|parameter| {
            let Supply::Constant(value) = supply(api, parameter) else { return None };
            let constant = constants
                .iter()
                .find(|it| it.header.eq_ignore_ascii_case(&parameter.name) && it.value == value)
                .map(|it| it.ident.clone());
            Some(ConstantHeader { name: parameter.name.to_ascii_lowercase(), value, constant })
        })
        .collect()
}

fn encodings(
    api: &Api,
    names: &Names,
    body: &RequestBody,
    own: &OperationNames,
    sink: &mut Sink,
) -> Vec<BodyEncoding> {
    // Of several ranges the caller names the type in the same way.
    let mut has_range = false;
    (body.contents.iter().zip(&own.encodings))
        .filter(|(content, _)| !(content.is_range() && std::mem::replace(&mut has_range, true)))
        .map(|(content, name)| BodyEncoding {
            ident: name.generated(sink).clone(),
            encoding: content.encoding,
            media_type: content.media_type.clone(),
            fields: content.fields.clone(),
            ty: payload(api, names, content),
            converts: false,
        })
        .collect()
}

/// Returns the type of a body in one of several media types, as a variant has it.
fn payload(api: &Api, names: &Names, content: &Content) -> RustType {
    let ty = body_type(api, names, content);
    if content.encoding.is_typed() && is_large(api, &content.ty) {
        RustType::Boxed(Box::new(ty))
    } else {
        ty
    }
}

/// Lists the media types of all declared responses, each once.
fn accept(operation: &Operation) -> String {
    let mut acc: Vec<&str> = Vec::new();
    for content in operation.responses.iter().filter_map(|it| chosen(&it.contents)) {
        if !acc.contains(&content.media_type.as_str()) {
            acc.push(&content.media_type);
        }
    }
    if acc.is_empty() { "*/*".to_owned() } else { acc.join(", ") }
}

/// Alternatives that differ in their scopes alone are sent as one: scopes are the token's.
fn plan_security(api: &Api, operation: &Operation) -> Vec<Vec<PlannedScheme>> {
    let mut acc: Vec<Vec<PlannedScheme>> = Vec::new();
    for alternative in &operation.security {
        let schemes = alternative.iter().map(|need| {
            let scheme = api.scheme(need.scheme);
            PlannedScheme { name: scheme.name.clone(), kind: scheme.kind.clone() }
        });
        let schemes = schemes.collect();
        if !acc.contains(&schemes) {
            acc.push(schemes);
        }
    }
    acc
}

/// Of several media types JSON comes first, since it is typed, then text.
fn chosen(contents: &[Content]) -> Option<&Content> {
    contents.iter().min_by_key(|it| match it.encoding {
        Encoding::Json => 0,
        Encoding::Text => 1,
        Encoding::Events => 2,
        Encoding::Lines => 3,
        Encoding::Bytes => 4,
        Encoding::Form | Encoding::Multipart => 5,
    })
}

fn reply_body(api: &Api, names: &Names, response: &Response, sink: &mut Sink) -> ReplyBody {
    let Some(content) = chosen(&response.contents) else { return ReplyBody::Empty };
    let stream = stream_of(response, content).map(|it| it.encoding);
    let is_read = |it: Encoding| it == content.encoding || Some(it) == stream;
    for other in response.contents.iter().filter(|it| !is_read(it.encoding)) {
        let title = format!("response body `{}` is not read", other.media_type);
        sink.push(
            Diagnostic::skipped(codes::RESPONSE_BODY, other.pointer.clone(), title)
                .label("not asked for")
                .at_key()
                .help(format!("the client asks for `{}` alone", content.media_type))
                .loss(Loss::Part(other.pointer.clone())),
        );
    }
    let is_success = response.status.is_success();
    let bytes = if is_success { ReplyBody::Streamed } else { ReplyBody::Bytes };
    body_of(api, names, content, bytes)
}

fn body_of(api: &Api, names: &Names, content: &Content, bytes: ReplyBody) -> ReplyBody {
    match content.encoding {
        Encoding::Json => ReplyBody::Json(use_type(api, names, &content.ty)),
        Encoding::Text => ReplyBody::Text,
        Encoding::Bytes | Encoding::Form | Encoding::Multipart => bytes,
        Encoding::Events if matches!(content.ty.ty, Type::String(_)) => ReplyBody::TextEvents,
        Encoding::Events => ReplyBody::Events(use_type(api, names, &content.ty)),
        Encoding::Lines => ReplyBody::Lines(use_type(api, names, &content.ty)),
    }
}

/// Returns the items that a response has beside what is read of it as a whole.
fn stream_of<'a>(response: &'a Response, whole: &Content) -> Option<&'a Content> {
    let items = response.contents.iter().filter(|it| it.encoding.is_sequence());
    let first = items.min_by_key(|it| it.encoding)?;
    (!whole.encoding.is_sequence()).then_some(first)
}

/// Plans the stream that an operation gives beside its success. A success among several is read as a whole,
/// since its enum can be cloned; so its items are here as well.
fn plan_stream(
    api: &Api,
    names: &Names,
    operation: &Operation,
    success: &Success,
) -> Option<PlannedStream> {
    let is_several = matches!(success, Success::Several(_));
    let content =
        operation.responses.iter().filter(|it| it.status.is_success()).find_map(|it| {
            let whole = chosen(&it.contents)?;
            let own = Some(whole).filter(|it| is_several && it.encoding.is_sequence());
            own.or_else(|| stream_of(it, whole))
        })?;
    Some(PlannedStream {
        accept: content.media_type.clone(),
        body: body_of(api, names, content, ReplyBody::Streamed),
    })
}

/// `HEAD` responses and these statuses never have a body (RFC 9110 §6.4.1).
fn cannot_have_body(operation: &Operation, status: StatusPattern) -> bool {
    operation.method == Method::Head || matches!(status, StatusPattern::Exact(204 | 205 | 304))
}

fn plan_success(
    api: &Api,
    names: &Names,
    (operation, own): (&Operation, &OperationNames),
    sink: &mut Sink,
) -> Success {
    let mut declared: Vec<(&Response, &TypeIdent)> = (operation.responses.iter())
        .zip(&own.responses)
        .filter(|(it, _)| it.status.is_success())
        .collect();
    declared.sort_by_key(|(it, _)| it.status);
    if declared.is_empty() {
        let body = match operation.responses.iter().find(|it| it.status == StatusPattern::Default) {
            // The only response that is documented is the one for every status.
            Some(response) if operation.responses.len() == 1 => {
                reply_body(api, names, response, sink)
            }
            _ => ReplyBody::Bytes,
        };
        return Success::One { statuses: vec![StatusPattern::Range(2)], body };
    }
    let bodies: Vec<_> = (declared.iter())
        .map(|(response, _)| {
            if cannot_have_body(operation, response.status) {
                ReplyBody::Empty
            } else {
                reply_body(api, names, response, sink)
            }
        })
        .collect();
    if bodies.iter().all(|it| *it == bodies[0]) {
        let statuses = declared.iter().map(|(it, _)| it.status).collect();
        return Success::One {
            statuses,
            body: bodies.into_iter().next().unwrap_or(ReplyBody::Empty),
        };
    }
    let variants = (declared.iter().zip(bodies))
        .map(|((response, ident), body)| OutcomeVariant {
            ident: (*ident).clone(),
            status: response.status,
            body: as_a_whole(boxed_if_large(api, response, body)),
            docs: status_docs(response),
        })
        .collect();
    Success::Several(variants)
}

/// Returns a body whose values can be cloned.
fn as_a_whole(body: ReplyBody) -> ReplyBody {
    if body.is_streamed() { ReplyBody::Bytes } else { body }
}

fn boxed_if_large(api: &Api, response: &Response, body: ReplyBody) -> ReplyBody {
    match (body, chosen(&response.contents)) {
        (ReplyBody::Json(ty), Some(content)) if is_large(api, &content.ty) => {
            ReplyBody::Json(RustType::Boxed(Box::new(ty)))
        }
        (body, _) => body,
    }
}

fn plan_errors(
    api: &Api,
    names: &Names,
    (operation, own): (&Operation, &OperationNames),
    sink: &mut Sink,
) -> Vec<ErrorVariant> {
    let mut declared: Vec<(&Response, &TypeIdent)> = (operation.responses.iter())
        .zip(&own.responses)
        .filter(|(it, _)| !it.status.is_success())
        .collect();
    // Exact statuses win over ranges, ranges over the default (OpenAPI 3.0.3 §4.7.16).
    declared.sort_by_key(|(it, _)| it.status);
    (declared.into_iter())
        .map(|(response, ident)| ErrorVariant {
            ident: ident.clone(),
            status: response.status,
            body: if cannot_have_body(operation, response.status) {
                ReplyBody::Empty
            } else {
                reply_body(api, names, response, sink)
            },
            docs: status_docs(response),
        })
        .collect()
}

fn status_docs(response: &Response) -> String {
    response.description.trim().to_owned()
}
