//! The webhooks of a document and the callbacks of its operations in, the requests that a caller receives out.

use std::collections::BTreeMap;

use super::hoist::Home;
use super::parameter::form::{Form, form};
use super::parameter::location;
use super::{Lowering, response};
use crate::api::{
    CallbackOf, Docs, Location, Method, NameOf, Operation, Owner, Parameter, Role, Style, Type,
    TypeRef, Webhook, WebhookBody,
};
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss};
use crate::document::{self, PathItem, RefOr, WEBHOOKS};
use crate::pointer::Pointer;

/// Lowers the webhooks, then the callbacks of the operations that are kept.
pub(super) fn lower_webhooks(operations: &[Operation], acc: &mut Lowering<'_>) -> Vec<Webhook> {
    let resolved = acc.resolved;
    let mut webhooks = Vec::new();
    for section in WEBHOOKS {
        // The diff compares what is written.
        acc.ledger.keep(Pointer::root().child(section));
    }
    for (name, at) in &resolved.document.webhooks {
        lower_item(name, at, None, &mut webhooks, acc);
    }
    let nodes = resolved.document.path_items.values().filter_map(|it| match it {
        RefOr::Node(item) => Some(item),
        RefOr::Ref(_) => None,
    });
    let with_callbacks: BTreeMap<&Pointer, _> = nodes
        .flat_map(|it| &it.operations)
        .filter(|it| !it.callbacks.is_empty())
        .map(|it| (&it.pointer, &it.callbacks))
        .collect();
    for operation in operations {
        for (name, at) in with_callbacks.get(&operation.pointer).copied().into_iter().flatten() {
            acc.ledger.keep(operation.pointer.child("callbacks"));
            lower_callback(name, at, operation, &mut webhooks, acc);
        }
    }
    webhooks
}

fn lower_callback(
    name: &str,
    at: &Pointer,
    operation: &Operation,
    webhooks: &mut Vec<Webhook>,
    acc: &mut Lowering<'_>,
) {
    let resolved = acc.resolved;
    let Some(callback) = resolved.callback(at) else { return };
    for (index, (expression, at)) in callback.items.iter().enumerate() {
        let name = match callback.items.len() {
            1 => name.to_owned(),
            _ => format!("{name} {}", index + 1),
        };
        let of = CallbackOf { operation: operation.id.clone(), expression: expression.clone() };
        lower_item(&name, at, Some(&of), webhooks, acc);
    }
}

/// Lowers the requests of a path item, each method of which is one.
fn lower_item(
    name: &str,
    at: &Pointer,
    callback: Option<&CallbackOf>,
    webhooks: &mut Vec<Webhook>,
    acc: &mut Lowering<'_>,
) {
    let Some(item) = acc.resolved.path_item(at) else { return };
    for operation in &item.operations {
        let name = match item.operations.len() {
            1 => name.to_owned(),
            _ => format!("{name} {}", operation.method),
        };
        webhooks.push(lower_webhook(name, operation, item, callback, acc));
    }
}

fn lower_webhook(
    name: String,
    operation: &document::Operation,
    item: &PathItem,
    callback: Option<&CallbackOf>,
    acc: &mut Lowering<'_>,
) -> Webhook {
    let data = &operation.data;
    acc.ledger.take_all(&operation.pointer);
    // Who receives a request knows where, and answers by itself.
    for part in ["responses", "servers", "callbacks"] {
        acc.ledger.settle(operation.pointer.child(part));
    }
    let owner = Owner::Webhook(Webhook::words(&name, callback));
    let parameters = parameters(operation, item, &owner, acc);
    let body = body(operation, &owner, acc);
    let answers = operation.responses.iter().map(|(status, at)| {
        let said = acc.resolved.response(at).map(|it| it.description.trim().to_owned());
        (status.clone(), said.unwrap_or_default())
    });
    Webhook {
        answers: answers.collect(),
        name,
        given_name: acc.marks.name(&operation.pointer, NameOf::Operation),
        callback: callback.cloned(),
        method: Method::of_key(operation.method)
            .unwrap_or_else(|| unreachable!("only the keys of methods hold operations")),
        docs: Docs { title: data.summary.clone(), description: data.description.clone() },
        tags: data.tags.clone(),
        deprecated: data.deprecated,
        parameters,
        body,
        pointer: operation.pointer.clone(),
    }
}

/// Lowers the headers and the query; those of the operation win.
fn parameters(
    operation: &document::Operation,
    item: &PathItem,
    owner: &Owner,
    acc: &mut Lowering<'_>,
) -> Vec<Parameter> {
    let resolved = acc.resolved;
    let mut parameters: Vec<Parameter> = Vec::new();
    for at in item.parameters.iter().chain(&operation.parameters) {
        let Some(parameter) = resolved.parameter(at) else { continue };
        let name = &parameter.data.parameter_data_ref().name;
        let location = location(&parameter.data);
        let reserved = ["accept", "content-type", "authorization"];
        let is_reserved = reserved.contains(&name.to_ascii_lowercase().as_str());
        if location == Location::Header && is_reserved {
            // OpenAPI 3.0.3 §4.7.12.1.
            acc.ledger.settle(parameter.pointer.clone());
            continue;
        }
        let lowered = lower_parameter(parameter, location, owner, acc);
        let Some(lowered) = lowered else {
            let title = format!("the parameter `{name}` of a webhook is not read");
            let at = parameter.pointer.clone();
            let diagnostic = Diagnostic::skipped(codes::PARAMETER, at.clone(), title);
            let help = "headers and parameters of the query are read whose values are texts, numbers, booleans, or lists of them";
            acc.sink.push(diagnostic.label("not read").help(help).loss(Loss::Part(at)));
            continue;
        };
        let is_same = |it: &Parameter| {
            it.location == location
                && match location {
                    Location::Header => it.name.eq_ignore_ascii_case(name),
                    _ => it.name == *name,
                }
        };
        match parameters.iter_mut().find(|it| is_same(it)) {
            Some(earlier) => *earlier = lowered,
            None => parameters.push(lowered),
        }
    }
    parameters
}

/// Lowers a parameter whose value can be read from one or several texts.
fn lower_parameter(
    parameter: &document::Parameter,
    location: Location,
    owner: &Owner,
    acc: &mut Lowering<'_>,
) -> Option<Parameter> {
    let data = parameter.data.parameter_data_ref();
    let style = match location {
        Location::Header => Style::Plain,
        Location::Query => Style::Repeated,
        Location::Path | Location::Cookie => return None,
    };
    if !parameter.content.is_empty()
        || parameter.schema.as_ref().is_some_and(|at| form(at, acc) == Form::Nested)
    {
        return None;
    }
    acc.ledger.take_all(&parameter.pointer);
    let home = Home::of_owner(&parameter.pointer, owner, Role::Parameter(data.name.clone()));
    let ty = parameter.schema.as_ref().map(|at| acc.use_owned(at, &home));
    let own = parameter.schema.as_ref().and_then(|at| acc.resolved.deref(at));
    if let Some(own) = own {
        acc.ledger
            .take(&own.pointer, &["title", "description", "default", "deprecated", "example"]);
    }
    Some(Parameter {
        name: data.name.clone(),
        location,
        required: data.required,
        ty: ty.unwrap_or_else(|| TypeRef::plain(Type::String(None))),
        style,
        allow_reserved: false,
        fixed: false,
        docs: Docs { title: None, description: data.description.clone() },
        default: None,
        example: None,
        deprecated: data.deprecated.unwrap_or_default(),
        // Marked at the end, as those of operations.
        secret: None,
        left_over: Vec::new(),
        pointer: parameter.pointer.clone(),
    })
}

fn body(
    operation: &document::Operation,
    owner: &Owner,
    acc: &mut Lowering<'_>,
) -> Option<WebhookBody> {
    let body = acc.resolved.request_body(operation.body.as_ref()?)?;
    acc.ledger.take(&body.pointer, &["description", "content", "required"]);
    let home = Home::of_owner(&body.pointer, owner, Role::Request);
    let content = response::lower_received(&body.content, &body.pointer, &home, acc)?;
    Some(WebhookBody { optional: body.required == Some(false), content })
}
