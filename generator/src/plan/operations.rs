//! Operations of the model in, planned operations out: signatures, encodings, what each status means.

use std::collections::BTreeMap;

use super::arguments::{Arguments, plan_arguments};
use super::size::is_large;
use super::supply::{Supply, supply};
use super::types::{MOST_ARGUMENTS, use_type};
use super::{
    BodyEncoding, ConstantHeader, ErrorVariant, HeaderConstant, OutcomeVariant, PlannedOperation,
    PlannedScheme, ReplyBody, RustType, Success,
};
use crate::api::{
    Api, Content, Encoding, Operation, PathPart, RequestBody, Response, StatusPattern,
};
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss, Sink};
use crate::name::{Names, TypeIdent, ValueIdent, status_name};
use crate::shown::code_span;

/// Plans the headers that all operations which send them send with one value.
pub(super) fn plan_constants(api: &Api) -> Vec<HeaderConstant> {
    let mut values: BTreeMap<String, Vec<(&str, String)>> = BTreeMap::new();
    for parameter in api.operations.iter().flat_map(|it| &it.parameters) {
        if let Supply::Constant(value) = supply(api, parameter) {
            let entry = values.entry(ValueIdent::new(&parameter.name).to_constant());
            let pair = (parameter.name.as_str(), value);
            let known = entry.or_default();
            if !known.contains(&pair) {
                known.push(pair);
            }
        }
    }
    (values.into_iter())
        .filter_map(|(ident, pairs)| match pairs.as_slice() {
            [(header, value)] => {
                Some(HeaderConstant { ident, header: (*header).to_owned(), value: value.clone() })
            }
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
            let success = plan_success(api, names, operation, sink);
            let errors = plan_errors(api, names, operation, sink);
            PlannedOperation {
                id: operation.id.clone(),
                method: own.method.clone(),
                ident: own.ident.clone(),
                error: own.error.clone(),
                outcome: own.outcome.clone(),
                encoding: own.encoding.clone(),
                required: own.required.clone(),
                title: operation.docs.title.clone(),
                docs: operation_docs(operation),
                deprecated: operation.deprecated,
                http_method: operation.method.clone(),
                path: path_text(operation),
                // `self` of the client's method counts as well.
                bundled: required.len() > MOST_ARGUMENTS - 1,
                arguments: required,
                options: optional,
                headers: constant_headers(api, operation, constants),
                encodings: operation.body.as_ref().map_or_else(Vec::new, encodings),
                accept: accept(operation),
                security: plan_security(api, operation),
                success,
                errors,
                token_source: None,
            }
        })
        .collect()
}

fn operation_docs(operation: &Operation) -> String {
    let mut parts = Vec::new();
    parts.extend(operation.docs.title.as_deref().map(str::trim).map(str::to_owned));
    parts.extend(operation.docs.description.as_deref().map(str::trim).map(str::to_owned));
    parts.retain(|it| !it.is_empty());
    parts.dedup();
    parts.push(code_span(&format!("{} {}", operation.method, path_text(operation))));
    parts.join("\n\n")
}

fn path_text(operation: &Operation) -> String {
    let part = |part: &PathPart| match part {
        PathPart::Literal(text) => text.clone(),
        PathPart::Parameter(name) => format!("{{{name}}}"),
    };
    operation.path.iter().map(part).collect()
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
                .find(|it| it.header == parameter.name && it.value == value)
                .map(|it| it.ident.clone());
            Some(ConstantHeader { name: parameter.name.to_ascii_lowercase(), value, constant })
        })
        .collect()
}

fn encodings(body: &RequestBody) -> Vec<BodyEncoding> {
    let same_type = |it: &&Content| {
        it.ty == body.contents[0].ty
            && matches!(it.encoding, Encoding::Json | Encoding::Form)
            && matches!(body.contents[0].encoding, Encoding::Json | Encoding::Form)
    };
    let mut acc: Vec<BodyEncoding> = Vec::new();
    for content in
        std::iter::once(&body.contents[0]).chain(body.contents[1..].iter().filter(same_type))
    {
        let word = match content.encoding {
            Encoding::Json => "Json",
            Encoding::Form => "Form",
            Encoding::Text => "Text",
            Encoding::Bytes => "Bytes",
        };
        let is_taken = |ident: &TypeIdent| acc.iter().any(|it| it.ident == *ident);
        let media_type = content.media_type.clone();
        let mut ident = TypeIdent::new(word);
        if is_taken(&ident) {
            ident = TypeIdent::new(&media_type);
        }
        // One of as many numbers as there are encodings must be free.
        let mut numbered = (2..).map(|n| TypeIdent::new(&media_type).with_suffix(&format!("{n}")));
        while is_taken(&ident) {
            ident = numbered.next().unwrap_or_else(|| unreachable!("numbers do not end"));
        }
        acc.push(BodyEncoding { ident, encoding: content.encoding, media_type });
    }
    acc
}

/// Lists the media types of all declared replies, each once.
fn accept(operation: &Operation) -> String {
    let mut acc: Vec<&str> = Vec::new();
    for content in operation.responses.iter().filter_map(|it| chosen(&it.contents)) {
        if !acc.contains(&content.media_type.as_str()) {
            acc.push(&content.media_type);
        }
    }
    if acc.is_empty() { "*/*".to_owned() } else { acc.join(", ") }
}

fn plan_security(api: &Api, operation: &Operation) -> Vec<Vec<PlannedScheme>> {
    (operation.security.iter())
        .map(|alternative| {
            (alternative.iter())
                .filter_map(|name| {
                    let scheme = api.security_schemes.iter().find(|it| it.name == *name)?;
                    Some(PlannedScheme { name: name.clone(), kind: scheme.kind.clone() })
                })
                .collect()
        })
        .collect()
}

/// Of several media types JSON comes first, since it is typed, then text.
fn chosen(contents: &[Content]) -> Option<&Content> {
    contents.iter().min_by_key(|it| match it.encoding {
        Encoding::Json => 0,
        Encoding::Text => 1,
        Encoding::Bytes => 2,
        Encoding::Form => 3,
    })
}

fn reply_body(api: &Api, names: &Names, response: &Response, sink: &mut Sink) -> ReplyBody {
    let Some(content) = chosen(&response.contents) else { return ReplyBody::Empty };
    for other in response.contents.iter().filter(|it| it.encoding != content.encoding) {
        let title = format!("response body `{}` is not read", other.media_type);
        sink.push(
            Diagnostic::skipped(codes::RESPONSE_BODY, other.pointer.clone(), title)
                .label("not asked for")
                .at_key()
                .help(format!("the client asks for `{}` alone", content.media_type))
                .loss(Loss::Part(other.pointer.clone())),
        );
    }
    match content.encoding {
        Encoding::Json => ReplyBody::Json(use_type(api, names, &content.ty)),
        Encoding::Text => ReplyBody::Text,
        Encoding::Bytes | Encoding::Form => ReplyBody::Bytes,
    }
}

/// `HEAD` replies and these statuses never have a body (RFC 9110 §6.4.1).
fn cannot_have_body(operation: &Operation, status: StatusPattern) -> bool {
    operation.method == "HEAD" || matches!(status, StatusPattern::Exact(204 | 205 | 304))
}

fn plan_success(api: &Api, names: &Names, operation: &Operation, sink: &mut Sink) -> Success {
    let mut declared: Vec<&Response> =
        operation.responses.iter().filter(|it| it.status.is_success()).collect();
    declared.sort_by_key(|it| it.status);
    if declared.is_empty() {
        let body = match operation.responses.iter().find(|it| it.status == StatusPattern::Default) {
            // The only reply that is documented is the one for every status.
            Some(response) if operation.responses.len() == 1 => {
                reply_body(api, names, response, sink)
            }
            _ => ReplyBody::Bytes,
        };
        return Success::One { statuses: vec![StatusPattern::Range(2)], body };
    }
    let bodies: Vec<_> = (declared.iter())
        .map(|response| {
            if cannot_have_body(operation, response.status) {
                ReplyBody::Empty
            } else {
                reply_body(api, names, response, sink)
            }
        })
        .collect();
    if bodies.iter().all(|it| *it == bodies[0]) {
        let statuses = declared.iter().map(|it| it.status).collect();
        return Success::One {
            statuses,
            body: bodies.into_iter().next().unwrap_or(ReplyBody::Empty),
        };
    }
    let variants = (declared.iter().zip(bodies))
        .map(|(response, body)| OutcomeVariant {
            ident: TypeIdent::new(&status_name(response.status)),
            status: response.status,
            body: boxed_if_large(api, response, body),
            docs: status_docs(response),
        })
        .collect();
    Success::Several(variants)
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
    operation: &Operation,
    sink: &mut Sink,
) -> Vec<ErrorVariant> {
    let mut declared: Vec<&Response> =
        operation.responses.iter().filter(|it| !it.status.is_success()).collect();
    // Exact statuses win over ranges, ranges over the default (OpenAPI 3.0.3 §4.7.16).
    declared.sort_by_key(|it| it.status);
    (declared.into_iter())
        .map(|response| ErrorVariant {
            ident: TypeIdent::new(&status_name(response.status)),
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
