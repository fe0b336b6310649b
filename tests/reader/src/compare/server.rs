//! The servers of the document with where the client of the code sends requests.

use std::collections::BTreeSet;
use std::slice;

use serde_json::Value;

use super::Walk;
use crate::difference::Fact;
use crate::document::Node;
use crate::document::operation::Operation as Declared;
use crate::rust::Operation;

impl<'a> Walk<'a> {
    /// Compares the servers of the document.
    pub(super) fn servers(&mut self) {
        let servers = self.document.root().list("servers");
        let code = self.code;
        let Some((first, others)) = servers.split_first() else {
            self.check(Fact::Server, code.servers.url.is_none(), &["#".to_owned()], None, || {
                format!("requests go to {:?}, and no server is declared", code.servers.url)
            });
            return;
        };
        let url = first.text("url").unwrap_or_default();
        let in_code = code.servers.url.as_deref();
        // One without a scheme has that of the document (RFC 3986 §4.2).
        let holds = in_code == Some(url)
            || url.starts_with("//") && in_code == Some(&format!("https:{url}"))
            || in_code.is_none()
                && code.servers.path.as_deref().unwrap_or_default() == path_of(url);
        self.check(Fact::Server, holds, slice::from_ref(&first.at), Some(url), || {
            format!("requests go to {:?} and not to `{url}`", code.servers.url)
        });
        if in_code.is_some() {
            self.variables(first, url);
        }
        for other in others {
            let url = other.text("url").unwrap_or_default();
            let says_nothing = url.trim_end_matches('/').is_empty();
            let holds = says_nothing || code.servers.docs.contains(&format!("`{url}`"));
            self.check(Fact::Server, holds, slice::from_ref(&other.at), Some(url), || {
                format!("nothing names the server `{url}`")
            });
        }
    }

    fn variables(&mut self, server: &Node<'a>, url: &str) {
        for (name, variable) in server.map("variables") {
            if !url.contains(&format!("{{{name}}}")) {
                continue;
            }
            let places = [variable.at.clone()];
            let found = self.code.servers.variables.iter().find(|it| it.name == name);
            self.check(Fact::Server, found.is_some(), &places, Some(name), || {
                format!("the server variable `{name}` cannot be set")
            });
            let Some(found) = found else { continue };
            let values = variable.value.get("enum").and_then(Value::as_array);
            let values: BTreeSet<String> =
                values.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
            self.check(Fact::Server, values == found.values, &places, Some(name), || {
                format!(
                    "the server variable `{name}` lists {values:?}, in the code {:?}",
                    found.values
                )
            });
            let default = variable.text("default").filter(|it| !it.is_empty());
            let holds = default == found.default.as_deref();
            self.check(Fact::Server, holds, &places, Some(name), || {
                format!("the default of `{name}` is {default:?}, in the code {:?}", found.default)
            });
        }
    }

    /// Compares the server of one operation: requests go to one of its own, which may be the client's.
    pub(super) fn servers_of(&mut self, declared: &Declared<'a>, operation: &Operation) {
        let Some(own) = declared.servers.first() else {
            self.check(
                Fact::Server,
                operation.server.is_none(),
                slice::from_ref(&declared.node.at),
                None,
                || {
                    format!(
                        "`{}` goes to {:?}, which nothing declares",
                        declared.path, operation.server
                    )
                },
            );
            return;
        };
        let servers = self.document.root().list("servers");
        let base = servers.first().and_then(|it| it.text("url")).unwrap_or_default();
        let sent = whole(operation.server.as_ref().map_or(base, |it| &it.url), base);
        let holds = declared
            .servers
            .iter()
            .any(|it| whole(it.text("url").unwrap_or_default(), base) == sent);
        self.check(Fact::Server, holds, slice::from_ref(&own.at), own.text("url"), || {
            format!("`{}` goes to `{sent}`, which is none of its servers", declared.path)
        });
    }
}

/// Returns a URL as it is with this base (RFC 3986 §5.2), for URLs whose paths have no dots.
fn whole(url: &str, base: &str) -> String {
    let url = url.trim_end_matches('/');
    if url.contains("://") || url.starts_with('{') {
        return url.to_owned();
    }
    if url.starts_with("//") {
        return format!("https:{url}");
    }
    let host_at = base.find("://").map_or(0, |at| at + 3);
    let origin_len = base[host_at..].find('/').map_or(base.len(), |at| host_at + at);
    let origin = if host_at == 0 { "" } else { &base[..origin_len] };
    format!("{origin}{}", path_of(url))
}

/// Returns the path of a relative URL at the root of a host.
fn path_of(url: &str) -> String {
    let path = url.trim_start_matches("./").trim_matches('/');
    if path.is_empty() { String::new() } else { format!("/{path}") }
}
