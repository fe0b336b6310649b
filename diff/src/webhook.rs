//! Compares the generated code of webhooks and callbacks: whether code that reads them breaks.

use std::collections::BTreeMap;

use tamarack::api::{Origin, Type, TypeId, Webhook};
use tamarack::plan::{PlannedWebhook, RustType};

use super::rust::{Code, text};
use super::verdict::Rust;
use super::walk::{Node, Version, Walk};

/// What becomes of the code of a webhook: the verdict, and the line that differs, old and new.
pub(super) struct WebhookCode {
    pub(super) rust: Rust,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
}

/// Compares the structs of the webhook, or the callback of an operation, that something written belongs to; `way`
/// leads to it.
pub(super) fn compare(walk: &Walk<'_>, node: Node, way: &[String]) -> Option<WebhookCode> {
    let (section, name) = (way.first()?.as_str(), way.get(1)?.as_str());
    let operations = match (section, node) {
        ("webhooks" | "x-webhooks", Node::Document) => None,
        ("callbacks", Node::Operation(pair)) => {
            let (old, new) = (&walk.old.api.operations, &walk.new.api.operations);
            Some((old[pair.0].id.as_str(), new[pair.1].id.as_str()))
        }
        _ => return None,
    };
    let old = planned(walk.old, operations.map(|it| it.0), name);
    let new = planned(walk.new, operations.map(|it| it.1), name);
    let mut worst = WebhookCode { rust: Rust::None, old: None, new: None };
    let mut add = |rust: Rust, was: Option<String>, is: Option<String>| {
        if rust > worst.rust {
            worst = WebhookCode { rust, old: was, new: is };
        }
    };
    let line = |it: &PlannedWebhook| Some(format!("pub struct {}", it.ident));
    for was in &old {
        match new.iter().find(|it| it.ident == was.ident) {
            None => add(Rust::Major, line(was), None),
            Some(is) => fields(walk, was, is, &mut add),
        }
    }
    for is in new.iter().filter(|is| old.iter().all(|it| it.ident != is.ident)) {
        add(Rust::Minor, None, line(is));
    }
    Some(worst)
}

/// Returns the planned webhooks of a name: one for each method, of a callback also for each expression.
fn planned<'a>(
    version: Version<'a>,
    operation: Option<&str>,
    name: &str,
) -> Vec<&'a PlannedWebhook> {
    let sets = version.code.webhooks.iter().filter(|it| it.operation.as_deref() == operation);
    let is_of = |it: &&PlannedWebhook| {
        let own = match operation {
            Some(id) => it.name.strip_prefix(id).and_then(|it| it.strip_prefix(' ')),
            None => Some(it.name.as_str()),
        };
        let rest = own.and_then(|it| it.strip_prefix(name));
        rest.is_some_and(|it| it.is_empty() || it.starts_with(' '))
    };
    sets.flat_map(|it| &it.members).filter(is_of).collect()
}

/// Compares the fields of a struct. A new one breaks nothing, since the struct is non-exhaustive.
fn fields(
    walk: &Walk<'_>,
    was: &PlannedWebhook,
    is: &PlannedWebhook,
    add: &mut impl FnMut(Rust, Option<String>, Option<String>),
) {
    let (old, new) = (all(was), all(is));
    let line = |(ident, ty): &(String, RustType)| Some(format!("pub {ident}: {}", text(ty)));
    for was in &old {
        let Some(is) = new.iter().find(|it| it.0 == was.0) else {
            add(Rust::Major, line(was), None);
            continue;
        };
        if Code::of(walk, "", &was.1, &is.1).differs() {
            add(Rust::Major, line(was), line(is));
        }
    }
    for is in new.iter().filter(|is| old.iter().all(|it| it.0 != is.0)) {
        add(Rust::Minor, None, line(is));
    }
}

fn all(it: &PlannedWebhook) -> Vec<(String, RustType)> {
    let fields = it.fields.iter().map(|it| (it.ident.to_string(), it.ty.clone()));
    let body = it.body.iter().map(|(ty, ..)| ("body".to_owned(), ty.clone()));
    fields.chain(body).collect()
}

/// Has the inline types compared that only webhooks lead to: what they are called and hold is code, and the row of
/// the webhook says what a request can break on.
pub(super) fn meet_types(walk: &mut Walk<'_>) {
    let (old, new) = (&walk.old.api.webhooks, &walk.new.api.webhooks);
    for was in old {
        let key =
            |it: &Webhook| (it.callback.as_ref().map(|it| it.operation.clone()), it.name.clone());
        let Some(is) = new.iter().find(|it| key(it) == key(was)) else { continue };
        let (was, is) = (types(walk.old, was), types(walk.new, is));
        for (name, was) in was {
            if let Some(is) = is.get(&name) {
                let pair = (was, *is);
                walk.pairing.meet(pair);
                if walk.pairing.is_same(pair) {
                    walk.meet_unused(pair);
                }
            }
        }
    }
}

/// Returns the inline types of a webhook by the names of the parameters, that of the body without one.
fn types(version: Version<'_>, it: &Webhook) -> BTreeMap<Option<String>, TypeId> {
    let body = it.body.iter().map(|it| (None, &it.content.ty));
    let parameters = it.parameters.iter().map(|it| (Some(it.name.clone()), &it.ty));
    let found = body.chain(parameters).filter_map(|(name, ty)| {
        let mut ty = ty;
        while let Type::List(inner) | Type::Map(inner) = &ty.ty {
            ty = inner;
        }
        match ty.ty {
            Type::Named(id) if matches!(version.def(id).origin, Origin::Inline { .. }) => {
                Some((name, id))
            }
            _ => None,
        }
    });
    found.collect()
}
