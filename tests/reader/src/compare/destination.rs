//! The host and base path that each operation goes to, and the media type that its body has.
//!
//! Both are computed from the document as it is written: servers of the operation, else of its path, else of
//! the document (OpenAPI 3.1.1 §4.8.10), with the defaults of their variables, and relative ones on the host
//! of the client's server. Of several any one is right.

use std::slice;

use super::Walk;
use super::body::{METHODS, media_type};
use crate::difference::Fact;
use crate::document::Node;
use crate::document::operation::Operation as Declared;
use crate::rust::Operation;

/// A URL with the values of its variables, the first of two being the one that counts.
type Template<'t> = (&'t str, Vec<(&'t str, &'t str)>);

impl<'a> Walk<'a> {
    /// Compares where an operation goes.
    pub(super) fn destination(&mut self, declared: &Declared<'a>, operation: &Operation) {
        let servers = self.document.root().list("servers");
        let base = servers.first().map_or_else(String::new, |it| url(&declared_template(it), ""));
        let own = if declared.servers.is_empty() { &servers } else { &declared.servers };
        let mut expected: Vec<String> =
            own.iter().map(|it| url(&declared_template(it), &base)).collect();
        if own.is_empty() {
            // A server with the URL `/` (§4.8.1).
            expected.push(String::new());
        }
        let client = &self.code.servers;
        let values = client.variables.iter();
        let values: Vec<_> =
            values.filter_map(|it| Some((it.name.as_str(), it.default.as_deref()?))).collect();
        let of_client = client.url.as_deref().or(client.path.as_deref()).unwrap_or_default();
        let of_client = url(&(of_client, values.clone()), "");
        let sent = match &operation.server {
            Some(own) => {
                let own_values =
                    own.variables.iter().map(|(name, it)| (name.as_str(), it.as_str()));
                // What has no default of its own has the value of the client's URL.
                let values = own_values.chain(values).collect();
                url(&(own.url.as_str(), values), &of_client)
            }
            None => of_client,
        };
        let place = own.first().map_or(&declared.node.at, |it| &it.at);
        let name = own.first().and_then(|it| it.text("url"));
        self.check(
            Fact::Destination,
            expected.contains(&sent),
            slice::from_ref(place),
            name,
            || format!("`{}` goes to `{sent}` and not to {expected:?}", declared.path),
        );
    }

    /// Looks whether the media type of each body that is sent is one: a type and a subtype, and no range.
    pub(super) fn content_types(&mut self, declared: &Declared<'a>, operation: &Operation) {
        let Some(body) = &declared.body else { return };
        for send in operation.sends.iter().filter(|it| METHODS.contains(&it.method.as_str())) {
            // The caller names it.
            if send.method == "media" {
                continue;
            }
            let sent = media_type(send);
            self.check(Fact::ContentType, is_media_type(&sent), &body.places, Some(&sent), || {
                format!("`{sent}` of `{}` is no media type of a body", operation.name)
            });
        }
    }
}

/// Returns the URL of a server as it is declared, with the defaults of its variables.
fn declared_template<'d>(server: &Node<'d>) -> Template<'d> {
    let variables = server.map("variables").into_iter();
    let defaults = variables.filter_map(|(name, it)| Some((name, it.text("default")?)));
    let defaults = defaults.filter(|(_, it)| !it.is_empty()).collect();
    (server.text("url").unwrap_or_default().trim(), defaults)
}

/// Fills a template and resolves it (RFC 3986 §5.2); without a base, what is relative has no host.
fn url((template, values): &Template<'_>, base: &str) -> String {
    let mut filled = String::new();
    let mut rest = *template;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, it)| Some((before, it.split_once('}')?)))
    {
        filled.push_str(before);
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => filled.push_str(value),
            None => filled.extend(["{", name, "}"]),
        }
        rest = after;
    }
    filled.push_str(rest);
    let (origin, path) = split(&filled);
    match origin {
        Some(origin) => format!("{}{}", origin.to_ascii_lowercase(), path.trim_end_matches('/')),
        None => {
            let origin = split(base).0.unwrap_or_default();
            format!("{}{}", origin.to_ascii_lowercase(), without_dots(path))
        }
    }
}

/// Splits scheme and host from the path. A variable without a value can be both.
fn split(url: &str) -> (Option<String>, &str) {
    let after_scheme = match url.split_once("//") {
        Some((before, _)) if before.is_empty() || before.ends_with(':') => before.len() + 2,
        _ if url.starts_with('{') => 0,
        _ => return (None, url),
    };
    let end = url[after_scheme..].find('/').map_or(url.len(), |it| after_scheme + it);
    // The scheme is that of the document, which is read by HTTPS.
    let scheme = if url.starts_with("//") { "https:" } else { "" };
    (Some(format!("{scheme}{}", &url[..end])), &url[end..])
}

/// Removes the segments `.` and `..` and empty ones (RFC 3986 §5.2.4), at the root.
fn without_dots(path: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/').filter(|it| !matches!(*it, "" | ".")) {
        if segment == ".." {
            segments.pop();
        } else {
            segments.push(segment);
        }
    }
    segments.iter().flat_map(|it| ["/", it]).collect()
}

/// Returns whether a text is a media type (RFC 9110 §8.3.1), of which a range is none.
fn is_media_type(text: &str) -> bool {
    let is_token = |it: &str| {
        let is_sign = |it: u8| b"!#$%&'+-.^_`|~".contains(&it);
        !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric() || is_sign(it))
    };
    let mut parts = text.split(';').map(str::trim);
    let is_type = parts
        .next()
        .and_then(|it| it.split_once('/'))
        .is_some_and(|(ty, subtype)| is_token(ty) && is_token(subtype));
    let is_value = |it: &str| {
        let quoted = it.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        is_token(it) || quoted.is_some_and(|it| !it.contains(['"', '\\']))
    };
    is_type
        && parts
            .filter(|it| !it.is_empty())
            .all(|it| it.split_once('=').is_some_and(|(name, it)| is_token(name) && is_value(it)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_filled_and_resolved() {
        let base = "https://a.example:8443/v1";
        for (template, expected) in [
            ("https://B.example/v2/", "https://b.example/v2"),
            ("//b.example", "https://b.example"),
            ("/v2/", "https://a.example:8443/v2"),
            ("v2/../v3", "https://a.example:8443/v3"),
            ("", "https://a.example:8443"),
            ("https://{region}.b.example/{none}", "https://eu.b.example/{none}"),
            ("{origin}/x", "{origin}/x"),
        ] {
            assert_eq!(url(&(template, vec![("region", "eu")]), base), expected, "{template}");
        }
        assert_eq!(url(&("/v2", Vec::new()), ""), "/v2");
    }

    #[test]
    fn a_range_and_a_word_are_no_media_types() {
        for text in
            ["application/json", "text/plain; charset=utf-8", "a/b;c=\"d e\"", "x/vnd.a+json"]
        {
            assert!(is_media_type(text), "{text}");
        }
        for text in ["*/*", "image/*", "application/*+json", "json", "a/b/c", "a/b;c", "a /b", ""] {
            assert!(!is_media_type(text), "{text}");
        }
    }
}
