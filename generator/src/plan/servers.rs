//! The servers that operations have of their own in, constants out.

use std::collections::BTreeMap;

use crate::api::{Api, OwnServerKey, Server};
use crate::diagnostic::Sink;
use crate::name::{ConstIdent, Names};
use crate::shown::code_span;

/// A server that operations have of their own, as a constant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerConstant {
    /// The name, for example `SERVER_FILES_EXAMPLE`.
    pub ident: ConstIdent,
    /// The URL, with variables in braces: absolute, or a path on the host of the base URL.
    pub url: String,
    /// The variables that have a default, each with it.
    pub variables: Vec<(String, String)>,
    /// The doc comment, as Markdown.
    pub docs: String,
}

/// Plans the constants, in the order of their URLs.
pub(super) fn plan_servers(api: &Api, names: &Names, sink: &mut Sink) -> Vec<ServerConstant> {
    let mut found: BTreeMap<OwnServerKey, &Server> = BTreeMap::new();
    for own in api.operations.iter().filter_map(|it| api.own_server(it)) {
        let server = found.entry(own.key()).or_insert(own.server);
        // Which operation comes first decides nothing.
        if own.server.pointer < server.pointer {
            *server = own.server;
        }
    }
    (found.into_iter())
        .map(|(key, server)| ServerConstant {
            ident: names.server(&key).generated(sink).clone(),
            docs: docs(&key.0, server),
            url: key.0,
            variables: key.1,
        })
        .collect()
}

fn docs(url: &str, server: &Server) -> String {
    let mut acc: Vec<String> = Vec::new();
    acc.extend(server.description.as_deref().map(|it| it.trim().to_owned()));
    acc.retain(|it| !it.is_empty());
    let place = if url.starts_with('/') {
        format!("Some operations are sent to {} on the host of the base URL.", code_span(url))
    } else {
        format!("Some operations are sent to {} and not to the base URL.", code_span(url))
    };
    acc.push(place);
    for variable in server.variables.iter().filter(|it| url.contains(&format!("{{{}}}", it.name))) {
        let mut parts = vec![format!("The variable {}", code_span(&variable.name))];
        parts.push(match &variable.default {
            Some(default) => format!(", default {}", code_span(default)),
            None => ", which has no default".to_owned(),
        });
        if !variable.values.is_empty() {
            let values: Vec<_> = variable.values.iter().map(|it| code_span(it)).collect();
            parts.push(format!(", values {}", values.join(", ")));
        }
        let description = variable.description.as_deref().map(str::trim).unwrap_or_default();
        let said = if description.is_empty() { ".".to_owned() } else { format!(": {description}") };
        acc.push(parts.concat() + &said);
    }
    acc.join("\n\n")
}
