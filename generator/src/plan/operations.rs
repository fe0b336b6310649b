//! Operations of the model in, planned operations out: signatures and encodings.

use std::collections::BTreeMap;

use super::arguments::{Arguments, body_type, plan_arguments};
use super::group;
use super::response_headers::names_of_headers;
use super::responses::{PlannedResponses, plan_responses, response_facts};
use super::size::is_large;
use super::supply::{Supply, is_made_required, supply};
use super::types::MOST_ARGUMENTS;
use super::{
    BodyEncoding, ConstantHeader, HeaderConstant, PlannedOperation, PlannedScheme, RustType,
    Success,
};
use crate::api::{Api, Content, Need, Operation, RequestBody, Retries};
use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::name::{ConstIdent, Names, OperationNames};
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
    note_made_required(api, sink);
    (api.operations.iter().enumerate())
        .map(|(index, operation)| {
            let own = names.operation(index);
            let Arguments { required, optional } = plan_arguments(api, names, operation, own);
            for id in required.iter().chain(&optional).filter_map(|it| it.parameter) {
                own.parameter(id).generated(sink);
            }
            let PlannedResponses { accept, bodies, success, stream, errors } =
                plan_responses(api, names, (operation, own), sink);
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
                accept,
                security: plan_security(api, operation),
                bodies,
                success,
                end: contents_of_success(operation).find_map(|it| it.end.clone()),
                json_events: contents_of_success(operation)
                    .find_map(|it| it.json_events.clone())
                    .unwrap_or_default(),
                stream,
                errors,
                retries: operation.retries.clone(),
                pages: None,
                token_source: None,
            }
        })
        .collect()
}

/// Notes once that bodies which the document does not require are arguments.
fn note_made_required(api: &Api, sink: &mut Sink) {
    let bodies = api.operations.iter().filter_map(|it| it.body.as_ref());
    let made: Vec<_> = bodies.filter(|it| is_made_required(api, it)).collect();
    let Some(first) = made.first() else { return };
    let title = match made.len() {
        1 => "a request body without `required` is an argument, since its schema has required properties".to_owned(),
        n => format!("{n} request bodies without `required` are arguments, since their schemas have required properties"),
    };
    let note = Diagnostic::note(codes::BODY_NOT_REQUIRED, first.pointer.clone(), title);
    sink.push(
        note.at_key()
            .help("`required: false` makes a body optional, `required: true` says what is meant"),
    );
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
    parts.extend(header_facts(operation));
    parts.extend(retry_facts(operation));
    if operation.pagination.is_some() {
        parts.push(
            "The list comes in pages; `pages()` and `items()` of the call ask for all of them."
                .to_owned(),
        );
    }
    parts.join("\n\n")
}

/// Names the headers that its responses have; each is a constant of the module `headers`.
fn header_facts(operation: &Operation) -> Option<String> {
    let names: Vec<_> = names_of_headers(operation).into_iter().map(code_span).collect();
    (!names.is_empty()).then(|| format!("Response headers: {}.", names.join(", ")))
}

/// Says when the operation is sent again, where the overlay says something of it.
fn retry_facts(operation: &Operation) -> Option<String> {
    let Retries { statuses, key_header, idempotent } = &operation.retries;
    let statuses: Vec<_> = statuses.iter().map(|it| code_span(&it.to_string())).collect();
    let parts = [
        (!statuses.is_empty()).then(|| format!("Retried also after {}.", statuses.join(", "))),
        key_header
            .as_ref()
            .map(|it| format!("The header {} has the idempotency key.", code_span(it))),
        idempotent.map(|it| {
            let is = if it { "Sending it twice is safe." } else { "Sending it twice is not safe." };
            is.to_owned()
        }),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

/// Says which scopes are needed of a scheme.
fn required_scopes(api: &Api, it: &Need) -> String {
    let scopes: Vec<_> = it.scopes.iter().map(|scope| code_span(scope)).collect();
    format!("Scopes of {}: {}.", code_span(&api.scheme(it.scheme).name), scopes.join(", "))
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
            fields: content.fields.iter().filter(|it| !it.is_default()).cloned().collect(),
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
