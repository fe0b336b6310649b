//! The servers of the document with where the client of the code sends requests.

use std::collections::BTreeSet;
use std::slice;

use serde_json::Value;

use super::Walk;
use crate::difference::Fact;
use crate::document::Node;
use crate::document::operation::Operation as Declared;

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
        // `/` says no more than that there is a server.
        let says_nothing = url.trim_end_matches('/').is_empty() && code.servers.url.is_none();
        let holds = says_nothing || code.servers.url.as_deref() == Some(url);
        self.check(Fact::Server, holds, slice::from_ref(&first.at), Some(url), || {
            format!("requests go to {:?} and not to `{url}`", code.servers.url)
        });
        if code.servers.url.as_deref() == Some(url) {
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

    /// Compares the server of one operation: requests go to that of the client.
    pub(super) fn servers_of(&mut self, declared: &Declared<'a>) {
        let Some(own) = declared.servers.first() else { return };
        let url = own.text("url");
        let root = self.document.root();
        let is_same = root.list("servers").first().is_some_and(|it| it.text("url") == url);
        self.check(Fact::Server, is_same, slice::from_ref(&own.at), url, || {
            format!("`{}` goes to the server of the document", declared.path)
        });
    }
}
