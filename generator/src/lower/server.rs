//! Servers in, URL templates with their variables in the order of the template out.

use super::Lowering;
use super::path::{self, TemplatePart};
use crate::api::{Server, ServerVariable};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document;

/// Lowers the servers of a document, path item or operation.
pub(super) fn lower_servers(servers: &[document::Server], acc: &mut Lowering<'_>) -> Vec<Server> {
    servers.iter().filter_map(|it| lower_server(it, acc)).collect()
}

fn lower_server(server: &document::Server, acc: &mut Lowering<'_>) -> Option<Server> {
    let at = &server.pointer;
    acc.ledger.take(at, &["url", "description", "variables"]);
    let Some(parts) = path::parse(&server.data.url) else {
        let title = format!("the server URL `{}` has an unmatched brace", server.data.url);
        acc.sink
            .push(Diagnostic::warning(codes::SERVER_URL, at.child("url"), title).label("ignored"));
        return None;
    };
    let mut variables: Vec<ServerVariable> = Vec::new();
    for part in parts {
        let TemplatePart::Parameter(name) = part else { continue };
        if variables.iter().any(|it| it.name == name) {
            continue;
        }
        acc.ledger.take(&at.join(&["variables", &name]), &["enum", "default", "description"]);
        let declared = server.data.variables.as_ref().and_then(|it| it.get(&name));
        if declared.is_none() {
            let title = format!("the server variable `{name}` is not declared");
            acc.sink.push(Diagnostic::warning(codes::SERVER_URL, at.child("url"), title));
        }
        variables.push(ServerVariable {
            default: declared.map(|it| it.default.clone()).filter(|it| !it.is_empty()),
            values: declared.map(|it| it.enumeration.clone()).unwrap_or_default(),
            description: declared.and_then(|it| it.description.clone()),
            pointer: at.join(&["variables", &name]),
            name,
        });
    }
    Some(Server {
        url: server.data.url.clone(),
        description: server.data.description.clone(),
        variables,
        pointer: at.clone(),
        left_over: Vec::new(),
    })
}

/// Takes what servers say that each operation has others in place of.
pub(super) fn take(servers: &[document::Server], acc: &mut Lowering<'_>) {
    for server in servers {
        acc.ledger.take_all(&server.pointer);
        acc.ledger.settle(server.pointer.clone());
    }
}
