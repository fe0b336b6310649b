//! Plans the requests that the API sends: their structs, and what tells those of one URL apart.

mod told;

use super::response_headers::value;
use super::size::is_large;
use super::types::{secret_type, use_type};
use super::{
    Group, PlannedWebhook, PlannedWebhooks, RustType, ToldMark, WebhookField, WebhookRead,
};
use crate::api::{Api, Location, Parameter, ReadAs, Webhook};
use crate::file_word::file_word;
use crate::name::{Names, TypeIdent, ValueIdent, WebhookSet};
use crate::shown::code_span;

/// Plans all webhooks and callbacks.
pub(super) fn plan_webhooks(api: &Api, names: &Names) -> Vec<PlannedWebhooks> {
    names.webhooks().sets.iter().map(|set| plan_set(api, names, set)).collect()
}

fn plan_set(api: &Api, names: &Names, set: &WebhookSet) -> PlannedWebhooks {
    let all: Vec<&Webhook> = set.members.iter().map(|it| &api.webhooks[*it]).collect();
    let told_by = told::told_by(api, &all);
    let members: Vec<_> = (set.members.iter().zip(told_by))
        .map(|(index, told_by)| plan_webhook(api, names, *index, told_by))
        .collect();
    PlannedWebhooks {
        ident: set.ident.clone(),
        operation: set.operation.clone(),
        alike: alike(&members),
        members,
    }
}

/// Returns the webhooks of which another one has the same method, media type and marks.
fn alike(members: &[PlannedWebhook]) -> Vec<TypeIdent> {
    let is_alike = |one: &PlannedWebhook, other: &PlannedWebhook| {
        one.method == other.method
            && one.told_by == other.told_by
            && (one.media_type == other.media_type
                || one.media_type.is_none()
                || other.media_type.is_none())
    };
    let has_twin = |(index, one): (usize, &PlannedWebhook)| {
        let mut others = members.iter().enumerate();
        others.any(|(at, other)| at != index && is_alike(one, other))
    };
    let found = members.iter().enumerate().filter(|it| has_twin(*it));
    found.map(|(_, it)| it.ident.clone()).collect()
}

fn plan_webhook(api: &Api, names: &Names, index: usize, told_by: Vec<ToldMark>) -> PlannedWebhook {
    let webhook = &api.webhooks[index];
    let (ident, fields) = &names.webhooks().webhooks[index];
    let fields = webhook.parameters.iter().zip(fields).map(|it| plan_field(api, names, it));
    let body = webhook.body.as_ref().map(|body| {
        let ty = match body.content.encoding.read_as() {
            ReadAs::Json => use_type(api, names, &body.content.ty),
            ReadAs::Text => RustType::String,
            ReadAs::Bytes | ReadAs::Events | ReadAs::Lines => RustType::Bytes,
        };
        let read = match &ty {
            RustType::Bytes => WebhookRead::Bytes,
            _ if body.content.encoding.read_as() == ReadAs::Text => WebhookRead::Text,
            _ => WebhookRead::Json,
        };
        let ty = if body.optional { ty.optional() } else { ty };
        (ty, read, body.optional)
    });
    let fields: Vec<_> = fields.collect();
    let is_large =
        webhook.body.as_ref().is_some_and(|it| is_large(api, &it.content.ty)) || fields.len() > 5;
    PlannedWebhook {
        name: full_name(webhook),
        ident: ident.clone(),
        docs: docs(webhook),
        deprecated: webhook.deprecated,
        group: group(webhook),
        method: webhook.method,
        media_type: webhook.body.as_ref().map(|it| it.content.media_type.clone()),
        fields,
        body,
        told_by,
        is_large,
    }
}

fn full_name(webhook: &Webhook) -> String {
    match &webhook.callback {
        Some(of) => format!("{} {}", of.operation, webhook.name),
        None => webhook.name.clone(),
    }
}

fn group(webhook: &Webhook) -> Group {
    webhook.tags.first().map(|tag| file_word(tag)).into_iter().collect()
}

fn plan_field(api: &Api, names: &Names, (it, ident): (&Parameter, &ValueIdent)) -> WebhookField {
    let ty = match value(api, names, &it.ty) {
        RustType::Vec(_) if it.secret.is_some() => RustType::Vec(Box::new(RustType::Secret)),
        _ if it.secret.is_some() => match secret_type(api, names, &it.ty.ty) {
            RustType::Vec(_) => RustType::Vec(Box::new(RustType::Secret)),
            _ => RustType::Secret,
        },
        ty => ty,
    };
    let is_header = it.location == Location::Header;
    let place = if is_header { "header" } else { "query parameter" };
    let said = it.docs.description.as_deref().map(str::trim).filter(|it| !it.is_empty());
    let docs = said.map_or_else(|| format!("The {place} {}.", code_span(&it.name)), str::to_owned);
    WebhookField {
        ident: ident.clone(),
        name: if is_header { it.name.to_ascii_lowercase() } else { it.name.clone() },
        is_header,
        required: it.required,
        ty: if it.required { ty } else { ty.optional() },
        docs,
    }
}

fn docs(webhook: &Webhook) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(webhook.docs.title.as_deref().map(|it| it.trim().to_owned()));
    parts.extend(webhook.docs.description.as_deref().map(|it| it.trim().to_owned()));
    parts.retain(|it| !it.is_empty());
    parts.dedup();
    let (method, name) = (webhook.method, code_span(&webhook.name));
    parts.push(match &webhook.callback {
        Some(of) => format!(
            "The callback {name} of {}: {} to {}.",
            code_span(&of.operation),
            code_span(&method.to_string()),
            code_span(&of.expression)
        ),
        None => format!("The webhook {name}: {}.", code_span(&method.to_string())),
    });
    let answers: Vec<_> = (webhook.answers.iter())
        .map(|(status, said)| match said.lines().next().unwrap_or_default() {
            "" => code_span(status),
            said => format!("{}: {}", code_span(status), said.trim_end_matches('.')),
        })
        .collect();
    if !answers.is_empty() {
        parts.push(format!("Answers: {}.", answers.join("; ")));
    }
    parts.join("\n\n")
}
