//! The model and its document in, each secret of it marked, with the reason, out.
//!
//! The document says that a value is a secret (`format: password`, `x-secret`, `x-sensitive`), or its
//! name does. A secret is a property, a parameter or a header that is a text, or a list or map of texts: what is
//! inside of an object or a union is looked at there. What a parameter writes as JSON text is none.

mod declared;
mod names;
mod table;

use std::collections::BTreeSet;

use super::ledger::Ledger;
use crate::api::{
    Api, Location, Operation, Origin, Owner, Parameter, Property, Response, ResponseHeader, Role,
    Secrecy, Shape, Style, TypeDef, TypeId, TypeRef, Webhook,
};
use crate::resolve::Resolved;
use declared::Declared;
use names::{Named, is_session, snake};

/// Marks all secrets that the document tells, by keyword or by name.
pub(super) fn mark<'a>(
    api: &mut Api,
    resolved: &'a Resolved,
    used: &BTreeSet<TypeId>,
    ledger: &mut Ledger<'a>,
) {
    let mut declared = Declared { resolved, ledger };
    for (index, type_def) in api.types.iter().enumerate() {
        // What a component says of a text that nothing refers to is no loss.
        if matches!(type_def.shape, Shape::Alias(_)) && !used.contains(&TypeId(index)) {
            declared.by_schema(&type_def.pointer);
        }
    }
    for index in 0..api.types.len() {
        let found = of_type(api, &api.types[index], &mut declared);
        let Shape::Struct(it) = &mut api.types[index].shape else { continue };
        for (property, secrecy) in it.properties.iter_mut().zip(found) {
            property.secret = secrecy;
        }
    }
    for index in 0..api.operations.len() {
        let found = of_operation(api, &api.operations[index], &mut declared);
        for (parameter, secrecy) in api.operations[index].parameters.iter_mut().zip(found) {
            parameter.secret = secrecy;
        }
    }
    for index in 0..api.webhooks.len() {
        let found = of_webhook(api, &api.webhooks[index], &mut declared);
        for (parameter, secrecy) in api.webhooks[index].parameters.iter_mut().zip(found) {
            parameter.secret = secrecy;
        }
    }
    for operation in 0..api.operations.len() {
        for response in 0..api.operations[operation].responses.len() {
            let found =
                of_response(api, &api.operations[operation].responses[response], &mut declared);
            let headers = &mut api.operations[operation].responses[response].headers;
            for (header, secrecy) in headers.iter_mut().zip(found) {
                header.secret = secrecy;
            }
        }
    }
}

/// Returns whether the value of a property can be hidden.
pub(super) fn can_hide_property(api: &Api, property: &Property) -> bool {
    api.text(&property.ty.ty).is_some()
}

/// Returns whether the value of a header of a response can be hidden.
pub(super) fn can_hide_header(api: &Api, header: &ResponseHeader) -> bool {
    api.text(&header.ty.ty).is_some()
}

/// Returns whether the value of a parameter can be hidden.
pub(super) fn can_hide_parameter(api: &Api, parameter: &Parameter) -> bool {
    !matches!(parameter.style, Style::Json | Style::Object(_))
        && api.text(&parameter.ty.ty).is_some()
}

/// Returns what each property of a type is, in order.
fn of_type(api: &Api, type_def: &TypeDef, declared: &mut Declared<'_, '_>) -> Vec<Option<Secrecy>> {
    let Shape::Struct(it) = &type_def.shape else { return Vec::new() };
    let beside = it.properties.iter().map(|it| snake(&it.name).into_owned()).collect();
    let owner = owner(api, type_def);
    let mut acc = Vec::with_capacity(it.properties.len());
    for property in &it.properties {
        acc.push(if can_hide_property(api, property) {
            let keyword = declared.by_schema(&property.pointer);
            secrecy(api, keyword, &property.name, &property.ty, owner, &beside)
        } else {
            None
        });
    }
    acc
}

/// Returns what each parameter of an operation is, in order.
fn of_operation(
    api: &Api,
    operation: &Operation,
    declared: &mut Declared<'_, '_>,
) -> Vec<Option<Secrecy>> {
    let beside = beside(api, operation);
    let mut acc = Vec::with_capacity(operation.parameters.len());
    for parameter in &operation.parameters {
        acc.push(if can_hide_parameter(api, parameter) {
            let keyword = declared.by_parameter(&parameter.pointer);
            let found = secrecy(api, keyword, &parameter.name, &parameter.ty, None, &beside);
            found.or_else(|| of_cookie(api, parameter))
        } else {
            None
        });
    }
    acc
}

/// Returns what a cookie is by which a server knows who is logged in: who has it is logged in, too.
fn of_cookie(api: &Api, parameter: &Parameter) -> Option<Secrecy> {
    let text = api.text(&parameter.ty.ty).filter(|_| parameter.location == Location::Cookie)?;
    is_session(&parameter.name, text).then_some(Secrecy::Named)
}

/// Returns what each parameter of a webhook is, in order.
fn of_webhook(
    api: &Api,
    webhook: &Webhook,
    declared: &mut Declared<'_, '_>,
) -> Vec<Option<Secrecy>> {
    let beside = webhook.parameters.iter().map(|it| snake(&it.name).into_owned()).collect();
    let parameters = webhook.parameters.iter().map(|parameter| {
        let keyword = declared.by_parameter(&parameter.pointer);
        secrecy(api, keyword, &parameter.name, &parameter.ty, None, &beside)
    });
    parameters.collect()
}

/// Returns what each header of a response is, in order.
fn of_response(
    api: &Api,
    response: &Response,
    declared: &mut Declared<'_, '_>,
) -> Vec<Option<Secrecy>> {
    let beside = response.headers.iter().map(|it| snake(&it.name).into_owned()).collect();
    let headers = response.headers.iter().map(|header| {
        let keyword = declared.by_header(&header.pointer);
        secrecy(api, keyword, &header.name, &header.ty, None, &beside)
    });
    headers.collect()
}

fn secrecy(
    api: &Api,
    keyword: Option<&'static str>,
    name: &str,
    ty: &TypeRef,
    owner: Option<&str>,
    beside: &BTreeSet<String>,
) -> Option<Secrecy> {
    let text = api.text(&ty.ty)?;
    let format = (text.format == Some("password")).then_some("format");
    if let Some(keyword) = keyword.or(format) {
        return Some(Secrecy::Declared(keyword));
    }
    Named { name, text, owner, beside }.is_secret().then_some(Secrecy::Named)
}

/// Returns the name of a type: its own, or that of the property it is inline in.
fn owner<'a>(api: &'a Api, type_def: &'a TypeDef) -> Option<&'a str> {
    match &type_def.origin {
        // A part of the type that it is written in.
        Origin::Inline { owner: Owner::Type(id), roles }
            if matches!(roles[..], [Role::Variant(_)]) =>
        {
            owner(api, api.type_def(*id))
        }
        Origin::Component(name) | Origin::Given(name) => Some(name),
        Origin::Inline { roles, .. } => roles.iter().rev().find_map(|it| match it {
            Role::Property(name) => Some(name.as_str()),
            _ => None,
        }),
    }
}

/// Returns the names beside a parameter: the others, and the properties of what the operation answers.
fn beside(api: &Api, operation: &Operation) -> BTreeSet<String> {
    let parameters = operation.parameters.iter().map(|it| snake(&it.name).into_owned());
    let successes = operation.responses.iter().filter(|it| it.status.is_success());
    let answered = successes.flat_map(|it| &it.contents).flat_map(|it| properties(api, &it.ty));
    parameters.chain(answered.map(|it| snake(&it.name).into_owned())).collect()
}

fn properties<'a>(api: &'a Api, ty: &'a TypeRef) -> &'a [Property] {
    match api.shape(ty) {
        Some(Shape::Struct(it)) => &it.properties,
        _ => &[],
    }
}
