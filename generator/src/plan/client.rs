//! Servers and security schemes in, the planned client out.

use super::grant;
use super::{
    CredentialKind, PlannedClient, PlannedCredential, PlannedEnum, PlannedServer, PlannedVariable,
    TextVariant,
};
use crate::api::{Api, Operation, SecurityKind, Server, ServerUrl, ServerVariable};
use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::name::{Names, VariableNames};
use crate::shown::code_span;

/// Plans the client of an API.
pub(super) fn plan_client(api: &Api, names: &Names, sink: &mut Sink) -> PlannedClient {
    let no_request_goes_there =
        |it: &&Operation| it.servers.iter().all(|it| ServerUrl::of(it) == ServerUrl::Unusable);
    let with_servers = api.operations.iter().filter(|it| !it.servers.is_empty());
    for operation in with_servers.filter(no_request_goes_there) {
        let title = format!("operation `{}` has no server that can be used", operation.id);
        let at = operation.servers[0].pointer.clone();
        sink.push(
            Diagnostic::skipped(codes::SERVER_URL, at, title)
                .label("not used")
                .help("its requests go to the base URL of the client"),
        );
    }
    let server = api.servers.first().map_or(PlannedServer::None, |it| plan_server(it, names, sink));
    if matches!(server, PlannedServer::None) {
        // The others are named beside the first.
        api.servers.iter().skip(1).for_each(|it| report_unnamed(it, sink));
    }
    let schemes = api.security_schemes.iter().zip(&names.client().credentials);
    let credentials: Vec<_> = schemes
        .map(|(scheme, own)| PlannedCredential {
            ident: own.variant.clone(),
            scheme: scheme.name.clone(),
            kind: match scheme.kind {
                SecurityKind::Basic => CredentialKind::Basic,
                SecurityKind::Bearer => CredentialKind::Bearer { from: own.from.clone() },
                _ => CredentialKind::Key,
            },
            grant: grant::plan_grant(scheme, own, api.servers.first(), sink),
            docs: match &scheme.description {
                Some(description) => description.clone(),
                None => sent_as(&scheme.kind),
            },
        })
        .collect();
    PlannedClient {
        server,
        other_servers: api.servers.iter().skip(1).map(|it| it.url.clone()).collect(),
        credentials,
    }
}

fn report_unnamed(server: &Server, sink: &mut Sink) {
    if server.url.trim_end_matches('/').is_empty() {
        return;
    }
    let title = format!("the server `{}` is not used, since the first server is not", server.url);
    let diagnostic = Diagnostic::warning(codes::SERVER_URL, server.pointer.child("url"), title);
    sink.push(diagnostic.label("not used").help("give the client its base URL"));
}

fn sent_as(kind: &SecurityKind) -> String {
    match kind {
        SecurityKind::ApiKeyHeader(name) => format!("Sent in the header {}.", code_span(name)),
        SecurityKind::ApiKeyQuery(name) => {
            format!("Sent in the query parameter {}.", code_span(name))
        }
        SecurityKind::ApiKeyCookie(name) => format!("Sent in the cookie {}.", code_span(name)),
        SecurityKind::Bearer => "Sent as a bearer token (RFC 6750).".to_owned(),
        SecurityKind::Basic => "Sent as user and password (RFC 7617).".to_owned(),
    }
}

/// A server URL that is not absolute is relative to the place of the document, whose host the caller
/// says (OpenAPI 3.0.4 §4.8.5).
fn plan_server(server: &Server, names: &Names, sink: &mut Sink) -> PlannedServer {
    let unused = |help: String| {
        let title = format!("the server `{}` is not used", server.url);
        let diagnostic = Diagnostic::warning(codes::SERVER_URL, server.pointer.child("url"), title);
        diagnostic.label("not used").help(help)
    };
    match ServerUrl::of(server) {
        ServerUrl::Absolute { .. } => {}
        ServerUrl::Path(path) if path.is_empty() => return PlannedServer::None,
        ServerUrl::Path(path) => {
            let filled = server.variables.iter().try_fold(path.clone(), |acc, it| {
                Some(acc.replace(&format!("{{{}}}", it.name), it.default.as_deref()?))
            });
            if let Some(filled) = filled {
                return PlannedServer::Path(filled);
            }
            sink.push(unused(format!("give the client a base URL that ends in `{path}`")));
            return PlannedServer::None;
        }
        ServerUrl::Unusable => {
            sink.push(unused("give the client a base URL that begins with `https://`".to_owned()));
            return PlannedServer::None;
        }
    }
    let is_relative = server.url.starts_with("//");
    let url = if is_relative { format!("https:{}", server.url) } else { server.url.clone() };
    if server.variables.is_empty() {
        return PlannedServer::Fixed(url);
    }
    PlannedServer::Template {
        template: url,
        variables: (server.variables.iter().zip(&names.client().variables))
            .map(|(variable, own)| plan_variable(variable, own))
            .collect(),
    }
}

fn plan_variable(variable: &ServerVariable, own: &VariableNames) -> PlannedVariable {
    let known = (!variable.values.is_empty()).then(|| {
        let named = variable.values.iter().zip(&own.values);
        let variants = named.filter_map(|(text, ident)| {
            let ident = ident.clone()?;
            Some(TextVariant { ident, text: text.clone(), docs: String::new() })
        });
        (own.ty.clone(), PlannedEnum { variants: variants.collect(), ignore_case: false })
    });
    PlannedVariable {
        ident: own.field.clone(),
        setter: own.setter.clone(),
        name: variable.name.clone(),
        known,
        default: variable.default.clone(),
        docs: variable
            .description
            .clone()
            .unwrap_or_else(|| format!("The server variable {}.", code_span(&variable.name))),
    }
}
