//! Path items in, operations out; their parts decide whether an operation is skipped.

use std::collections::BTreeSet;

use super::operation_id::Ids;
use super::path::{self, TemplatePart};
use super::{Lowering, parameter, request, response, security, server};
use crate::api::{Docs, Method, Operation, OperationId, Retries, SecurityScheme};
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss};
use crate::document::{self, PathItem};
use crate::pointer::Pointer;

/// Lowers every operation of the document, in its order.
pub(super) fn lower_operations(
    schemes: &[SecurityScheme],
    acc: &mut Lowering<'_>,
) -> Vec<Operation> {
    let resolved = acc.resolved;
    let mut paths = Vec::new();
    for (template, at) in &resolved.document.paths {
        let Some(item) = resolved.path_item(at) else { continue };
        acc.ledger.take(at, &["$ref"]);
        take_item(item, acc);
        let Some(path) = path::parse(template) else {
            refuse_template(template, at, item, acc);
            continue;
        };
        let Some(path) = route(path, template, at, item, acc) else { continue };
        paths.push((template.as_str(), item, path));
    }
    let all = || {
        paths.iter().flat_map(|(template, item, path)| {
            item.operations.iter().map(move |operation| (*template, *item, path, operation))
        })
    };
    let is_skipped = |template: &str, operation: &document::Operation| {
        let skipped = &resolved.document.skipped;
        !skipped.is_empty() && skipped.contains(&(template.to_owned(), operation.method))
    };
    let (skipped, kept): (Vec<_>, Vec<_>) =
        all().partition(|(template, .., operation)| is_skipped(template, operation));
    // Two paths can share an operation.
    let read: BTreeSet<&Pointer> = kept.iter().map(|(.., it)| &it.pointer).collect();
    for (.., operation) in skipped.iter().filter(|(.., it)| !read.contains(&it.pointer)) {
        acc.ledger.settle(operation.pointer.clone());
    }
    let ids = Ids::of(kept.iter().map(|(template, .., operation)| (*template, *operation)), acc);
    let mut operations = Vec::new();
    for (template, item, path, operation) in kept {
        let id = ids.id(template, operation);
        let parts = Parts {
            id: &id.text,
            has_shared_id: id.is_shared,
            has_made_id: id.is_made,
            number: OperationId(operations.len()),
            operation,
        };
        let n_types = acc.types.len();
        match lower_operation(&parts, item, path, schemes, acc) {
            Some(operation) => operations.push(operation),
            None => acc.disown(parts.number, &id.text, n_types),
        }
    }
    operations
}

/// The keywords of an operation that the model holds; a request body only where it has content.
const KEYWORDS: &[&str] = &[
    "tags",
    "summary",
    "description",
    "operationId",
    "parameters",
    "responses",
    "deprecated",
    "security",
    "servers",
];

/// Takes what a path item says to all of its operations.
fn take_item(item: &PathItem, acc: &mut Lowering<'_>) {
    acc.ledger.take(&item.pointer, &["servers", "parameters"]);
    acc.ledger.take(&item.pointer, &document::METHODS);
    // Each operation can have others in their place.
    let places = item.servers.iter().map(|it| &it.pointer).chain(&item.parameters);
    places.for_each(|at| acc.ledger.take(at, &[]));
    server::take(&item.servers, acc);
}

/// Returns where the requests of a path go; reports what no request can hold.
fn route(
    template: Vec<TemplatePart>,
    text: &str,
    at: &Pointer,
    item: &PathItem,
    acc: &mut Lowering<'_>,
) -> Option<Vec<TemplatePart>> {
    match path::route(template) {
        Ok(route) => {
            if let Some(fragment) = route.fragment {
                acc.sink.push(fragment_is_not_sent(&fragment, at));
            }
            Some(route.parts)
        }
        Err(reason) => {
            for operation in &item.operations {
                let title = format!("the path `{text}` is not supported: {reason}");
                let diagnostic = Diagnostic::skipped(codes::PATH_TEMPLATE, at.clone(), title);
                let lost = Loss::Operation(operation.pointer.clone());
                acc.sink.push(diagnostic.at_key().label("skipped").loss(lost));
            }
            None
        }
    }
}

pub(super) fn fragment_is_not_sent(fragment: &str, at: &Pointer) -> Diagnostic {
    let title = format!("the fragment `{fragment}` of a path is never sent");
    Diagnostic::warning(codes::PATH_TEMPLATE, at.clone(), title).at_key().label("sent without it")
}

fn refuse_template(template: &str, at: &Pointer, item: &PathItem, acc: &mut Lowering<'_>) {
    for operation in &item.operations {
        let title = format!("the path `{template}` has an unmatched brace");
        let diagnostic = Diagnostic::error(codes::PATH_TEMPLATE, at.clone(), title).at_key();
        acc.sink.push(
            diagnostic
                .label("not a path template")
                .help("write a path parameter as `{name}`")
                .loss(Loss::Operation(operation.pointer.clone())),
        );
    }
}

/// Lowers one operation; `None` when a part that it cannot do without is not
/// supported, which that part reports.
fn lower_operation(
    parts: &Parts<'_>,
    item: &PathItem,
    path: &[TemplatePart],
    schemes: &[SecurityScheme],
    acc: &mut Lowering<'_>,
) -> Option<Operation> {
    let operation = parts.operation;
    let data = &operation.data;
    acc.ledger.take(&operation.pointer, KEYWORDS);
    acc.ledger.take(&operation.pointer.child("responses"), &[]);
    // All parts are looked at, so that one run reports all that is wrong.
    let parameters = parameter::lower_parameters(parts, item, path, acc);
    let body = request::lower_request(parts, acc);
    let responses = response::lower_responses(parts, acc);
    let security =
        security::lower_requirements(data.security.as_ref(), &operation.pointer, schemes, acc);
    let ((path, parameters), body) = (parameters.ok()?, body.ok()?);
    let servers = if operation.servers.is_empty() { &item.servers } else { &operation.servers };
    let degraded = body.degraded || responses.degraded;
    Some(Operation {
        method: Method::of_key(operation.method)
            .unwrap_or_else(|| unreachable!("only the keys of methods hold operations")),
        path,
        docs: Docs { title: data.summary.clone(), description: data.description.clone() },
        tags: data.tags.clone(),
        deprecated: data.deprecated,
        servers: server::lower_servers(servers, acc),
        parameters,
        body: body.body,
        responses: responses.responses,
        security,
        degraded,
        // Recognised at the end, when all types are made.
        token_endpoint: None,
        retries: Retries::default(),
        pagination: None,
        left_over: Vec::new(),
        pointer: operation.pointer.clone(),
        id: parts.id.to_owned(),
        has_shared_id: parts.has_shared_id,
        has_made_id: parts.has_made_id,
    })
}

/// What the parts of an operation know of it.
pub(super) struct Parts<'a> {
    pub(super) id: &'a str,
    pub(super) has_shared_id: bool,
    pub(super) has_made_id: bool,
    /// Where it will be in the model.
    pub(super) number: OperationId,
    pub(super) operation: &'a document::Operation,
}

impl Parts<'_> {
    /// Returns what is lost with the operation.
    pub(super) fn loss(&self) -> Loss {
        Loss::Operation(self.operation.pointer.clone())
    }
}

/// A part that its operation cannot do without was left out; reported where
/// it was found.
#[derive(Clone, Copy, Debug)]
pub(super) struct CostsOperation;
