//! Which server requests go to: the parts of a server's URL, and the server that an operation has of its own.
//!
//! OpenAPI lets an operation be sent to any of its servers (OpenAPI 3.0.4 §4.8.10), so that one which is
//! the client's own needs nothing.

use super::{Api, Operation, Server, ServerVariable};

/// The URL of a server, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ServerUrl {
    /// Scheme and host, with variables: `https://api.{region}.example`, or one variable that is both.
    /// The path is empty or begins with a slash and does not end with one.
    Absolute { origin: String, path: String },
    /// Relative to the place of the document: its path on the same host.
    Path(String),
    /// No place that a request can go to, such as `wss://host`.
    Unusable,
}

impl ServerUrl {
    /// Takes the URL of a server apart (OpenAPI 3.0.4 §4.8.5, RFC 3986 §4.2).
    pub(crate) fn of(server: &Server) -> Self {
        let url = server.url.trim();
        if let Some((scheme, rest)) = url.split_once("://")
            && !scheme.contains('/')
        {
            if !matches!(scheme.to_ascii_lowercase().as_str(), "https" | "http")
                && !scheme.contains('{')
            {
                return Self::Unusable;
            }
            return Self::absolute(scheme, rest);
        }
        // The scheme is that of the document, which is the one that is not refused.
        if let Some(rest) = url.strip_prefix("//") {
            return Self::absolute("https", rest);
        }
        let (first, rest) = url.split_at(url.find('/').unwrap_or(url.len()));
        if let Some(name) = first.strip_prefix('{').and_then(|it| it.strip_suffix('}'))
            && !name.contains(['{', '}'])
            && server.begins_with_url(name)
        {
            return Self::Absolute { origin: first.to_owned(), path: trimmed(rest) };
        }
        if first.contains(':') { Self::Unusable } else { Self::Path(on_host(url)) }
    }

    fn absolute(scheme: &str, rest: &str) -> Self {
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        Self::Absolute { origin: format!("{scheme}://{authority}"), path: trimmed(path) }
    }

    /// Returns the URL as one text; `None` where no request can go.
    pub(crate) fn text(&self) -> Option<String> {
        match self {
            Self::Absolute { origin, path } => Some(format!("{origin}{path}")),
            Self::Path(path) if path.is_empty() => Some("/".to_owned()),
            Self::Path(path) => Some(path.clone()),
            Self::Unusable => None,
        }
    }
}

impl Server {
    /// Returns whether a variable stands for scheme and host, as far as its default says.
    fn begins_with_url(&self, name: &str) -> bool {
        let variable = self.variables.iter().find(|it| it.name == name);
        let default = variable.and_then(|it| it.default.as_deref());
        default.is_none_or(|it| it.contains("://"))
    }
}

fn trimmed(path: &str) -> String {
    path.trim_end_matches('/').to_owned()
}

/// Resolves a relative path at the root of a host: its dots lead nowhere (RFC 3986 §5.2.4).
fn on_host(url: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    for segment in url.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            other => segments.push(other),
        }
    }
    segments.iter().flat_map(|it| ["/", it]).collect()
}

/// A server that an operation has of its own.
#[derive(Clone, Debug)]
pub(crate) struct OwnServer<'a> {
    /// The server.
    pub(crate) server: &'a Server,
    /// Its URL: absolute, or a path on the host of the client's server.
    pub(crate) url: String,
}

/// What tells one own server from another: the URL, and the variables that have a default, with it.
pub(crate) type OwnServerKey = (String, Vec<(String, String)>);

impl OwnServer<'_> {
    /// Returns what tells it from others.
    pub(crate) fn key(&self) -> OwnServerKey {
        let is_in_url = |it: &&ServerVariable| self.url.contains(&format!("{{{}}}", it.name));
        let variables = self.server.variables.iter().filter(is_in_url);
        let defaults = variables.filter_map(|it| Some((it.name.clone(), it.default.clone()?)));
        (self.url.clone(), defaults.collect())
    }
}

impl Api {
    /// Returns the server of an operation, where it is not the one of the client.
    ///
    /// One on the same host as the client's is a path there: it moves with the client's, and no
    /// credential leaves that host.
    pub(crate) fn own_server<'a>(&self, operation: &'a Operation) -> Option<OwnServer<'a>> {
        let base = self.servers.first().map(ServerUrl::of);
        let is_base = |it: &Server| {
            base.as_ref().map_or_else(
                || it.url.trim_matches('/').is_empty(),
                |base| self.on_base(&ServerUrl::of(it)) == self.on_base(base),
            )
        };
        if operation.servers.iter().any(is_base) {
            return None;
        }
        operation.servers.iter().find_map(|server| {
            Some(OwnServer { server, url: self.on_base(&ServerUrl::of(server)).text()? })
        })
    }

    /// Returns a URL as a path where its host is that of the client's server.
    fn on_base(&self, url: &ServerUrl) -> ServerUrl {
        let base = self.servers.first().map(ServerUrl::of);
        match (url, base) {
            (
                ServerUrl::Absolute { origin, path },
                Some(ServerUrl::Absolute { origin: base, .. }),
            ) if *origin == base => ServerUrl::Path(path.clone()),
            _ => url.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Input;

    fn api(servers: &str, own: &str) -> Api {
        let text = format!(
            "openapi: 3.0.4\ninfo: {{title: t, version: '1'}}\n{servers}\npaths: {{/a: {{get: {{operationId: a, servers: {own}, responses: {{'204': {{description: d}}}}}}}}}}\n"
        );
        crate::read(&Input::new("spec", text)).model.expect("a model").api
    }

    /// Returns the server of the one operation of a document.
    fn own(servers: &str, own: &str) -> Option<String> {
        let api = api(servers, own);
        api.own_server(&api.operations[0]).map(|it| it.url)
    }

    #[test]
    fn one_of_several_that_is_the_clients_needs_nothing() {
        let base = "servers: [{url: 'https://a.example/v1/'}, {url: 'https://b.example'}]";
        for same in ["https://a.example/v1", "https://a.example/v1/", "/v1", "v1"] {
            assert_eq!(own(base, &format!("[{{url: '{same}'}}]")), None, "{same}");
        }
        let several = "[{url: 'https://c.example'}, {url: 'https://a.example/v1'}]";
        assert_eq!(own(base, several), None);
        assert_eq!(own("", "[{url: /}]"), None);
    }

    #[test]
    fn another_server_is_used() {
        let base = "servers: [{url: 'https://a.example/v1'}]";
        for (url, expected) in [
            ("https://b.example/v1/", "https://b.example/v1"),
            ("//b.example", "https://b.example"),
            ("https://a.example", "/"),
            ("https://a.example/v2/", "/v2"),
            ("/v2", "/v2"),
            ("./v2/../v3", "/v3"),
            ("https://a.example.evil", "https://a.example.evil"),
            ("{origin}", "{origin}"),
        ] {
            let found = own(base, &format!("[{{url: '{url}'}}]"));
            assert_eq!(found.as_deref(), Some(expected), "{url}");
        }
        assert_eq!(own(base, "[{url: 'wss://b.example'}]"), None);
        let next = own(base, "[{url: 'wss://b.example'}, {url: 'https://b.example'}]");
        assert_eq!(next.as_deref(), Some("https://b.example"));
        assert_eq!(own("", "[{url: 'https://b.example'}]").as_deref(), Some("https://b.example"));
    }

    #[test]
    fn a_variable_can_be_scheme_and_host() {
        let of = |url: &str, default: &str| {
            let api = api(
                &format!("servers: [{{url: '{url}', variables: {{v: {{default: '{default}'}}}}}}]"),
                "[]",
            );
            ServerUrl::of(&api.servers[0])
        };
        let absolute = |origin: &str, path: &str| ServerUrl::Absolute {
            origin: origin.into(),
            path: path.into(),
        };
        assert_eq!(of("{v}/x/", "http://localhost:1"), absolute("{v}", "/x"));
        assert_eq!(of("{v}://a.example", "https"), absolute("{v}://a.example", ""));
        assert_eq!(of("{v}/x", "v1"), ServerUrl::Path("/{v}/x".to_owned()));
        assert_eq!(of("localhost:8080", ""), ServerUrl::Unusable);
    }
}
