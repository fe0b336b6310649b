//! Finds names that the overlay gives to items that are not generated.

use std::collections::{BTreeMap, BTreeSet};

use super::{Item, Module, PlannedOperation, PlannedServer, Success, Supply, of_api, supply};
use crate::api::{Api, NameOf, Operation, Shape};
use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::pointer::Pointer;

/// Reports each entry whose names are all names of nothing: whether there is, for example, a struct of
/// what a constructor requires, is decided here.
pub fn report_unused_names(api: &Api, sink: &mut Sink) {
    if api.given_names.is_empty() {
        return;
    }
    // What this plan reports, the one that is written down reports.
    let generated = generated(api, &of_api(api, &mut Sink::default()));
    let mut used: BTreeMap<(&str, NameOf), bool> = BTreeMap::new();
    for (at, of, given) in api.given_names.iter() {
        *used.entry((&given.written_at, of)).or_default() |= generated.contains(&(at.clone(), of));
    }
    for ((written_at, of), _) in used.into_iter().filter(|(_, is_used)| !is_used) {
        let title = format!(
            "the `name` entry for `{written_at}` names a `{}` that is not generated",
            of.as_str()
        );
        let at = Pointer::parse(written_at).unwrap_or_else(Pointer::root);
        sink.push(Diagnostic::error(codes::UNUSED_OVERLAY, at, title).help("remove the entry"));
    }
}

/// Returns whatever is generated that an entry can name beside types, values, branches and operations,
/// which always are.
fn generated(api: &Api, module: &Module) -> BTreeSet<(Pointer, NameOf)> {
    let mut acc = BTreeSet::new();
    for (def, planned) in api.types.iter().zip(&module.types) {
        if let (Shape::Struct(object), Item::Struct(it)) = (&def.shape, &planned.item) {
            let fields = object.properties.iter().map(|it| (it.pointer.clone(), NameOf::Field));
            acc.extend(fields);
            acc.extend(it.bundle.iter().map(|_| (def.pointer.clone(), NameOf::Required)));
        }
    }
    let n_sources = module.operations.iter().filter(|it| it.token_source.is_some()).count();
    for (operation, planned) in api.operations.iter().zip(&module.operations) {
        let items = [
            (true, NameOf::Error),
            (matches!(planned.success, Success::Several(_)), NameOf::Outcome),
            (planned.encodings.len() > 1, NameOf::Encoding),
            (planned.bundled, NameOf::Required),
            // The only one of a client has one name in all clients.
            (planned.token_source.is_some() && n_sources > 1, NameOf::TokenSource),
            (
                planned.token_source.as_ref().is_some_and(|it| it.bundle.is_some()),
                NameOf::TokenRequired,
            ),
        ];
        let items = items.into_iter().filter(|it| it.0);
        acc.extend(items.map(|(_, of)| (operation.pointer.clone(), of)));
        acc.extend(of_inputs(api, module, operation, planned));
        let headers = operation.response_headers();
        acc.extend(headers.map(|it| (it.pointer.clone(), NameOf::Constant)));
        let own_server = api.own_server(operation).into_iter();
        acc.extend(own_server.map(|it| (it.server.pointer.clone(), NameOf::Constant)));
    }
    acc.extend(of_client(api, module));
    acc
}

/// Returns what is generated for parameters and media types.
fn of_inputs(
    api: &Api,
    module: &Module,
    operation: &Operation,
    planned: &PlannedOperation,
) -> Vec<(Pointer, NameOf)> {
    let mut acc = Vec::new();
    let arguments = planned.arguments.iter().chain(&planned.options);
    for id in arguments.filter_map(|it| it.parameter) {
        acc.push((operation.parameter(id).pointer.clone(), NameOf::Field));
    }
    for parameter in &operation.parameters {
        let is_it = |header: &str| header.eq_ignore_ascii_case(&parameter.name);
        if matches!(supply(api, parameter), Supply::Constant(_))
            && module.constants.iter().any(|it| is_it(&it.header))
        {
            acc.push((parameter.pointer.clone(), NameOf::Constant));
        }
    }
    // Of one way to send a body there is no enum.
    if planned.encodings.len() > 1 {
        let contents = operation.body.iter().flat_map(|it| &it.contents);
        let is_sent =
            |media_type: &str| planned.encodings.iter().any(|it| it.media_type == media_type);
        let sent = contents.filter(|it| is_sent(&it.media_type));
        acc.extend(sent.map(|it| (it.pointer.clone(), NameOf::Variant)));
    }
    acc
}

/// Returns what is generated for security schemes, their scopes, and server variables.
fn of_client(api: &Api, module: &Module) -> Vec<(Pointer, NameOf)> {
    let mut acc = Vec::new();
    for (scheme, planned) in api.security_schemes.iter().zip(&module.client.credentials) {
        acc.push((scheme.pointer.clone(), NameOf::Variant));
        if planned.grant.as_ref().is_some_and(|it| it.scopes.is_some()) {
            acc.push((scheme.pointer.clone(), NameOf::Values));
            let scopes = scheme.client_credentials.iter().flat_map(|it| &it.scopes);
            acc.extend(scopes.map(|it| (it.pointer.clone(), NameOf::Variant)));
        }
    }
    let PlannedServer::Template { variables, .. } = &module.client.server else { return acc };
    let declared = api.servers.iter().take(1).flat_map(|it| &it.variables);
    for (variable, planned) in declared.zip(variables) {
        acc.push((variable.pointer.clone(), NameOf::Field));
        if planned.known.is_some() {
            acc.push((variable.pointer.clone(), NameOf::Values));
            let list = variable.pointer.child("enum");
            // A value that is listed twice has one variant.
            let is_first = |it: &usize| !variable.values[..*it].contains(&variable.values[*it]);
            let values = (0..variable.values.len()).filter(is_first);
            let values = values.map(|it| (list.index(it), NameOf::Variant));
            acc.extend(values);
        }
    }
    acc
}
