//! What is different between the request that is expected and the one that is sent.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue, Request};
use serde_json::Value;

use super::Expected;
use super::recorder::{HIDDEN, is_same};
use crate::retry::is_key_header;
use crate::secret::Secret;

impl Expected {
    /// Returns a line for each difference, with none of the secrets of the expected request.
    pub(super) fn differences(&self, request: &Request<Bytes>) -> Vec<String> {
        let expected = &self.request;
        let key = self.key_header;
        let is_recorded = self.is_recorded;
        let mut acc = Differences { lines: Vec::new(), key, secrets: &self.secrets, is_recorded };
        acc.compare("method", Some(expected.method().as_str()), Some(request.method().as_str()));
        let place = |request: &Request<Bytes>| {
            let uri = request.uri();
            let (scheme, authority) = (uri.scheme_str(), uri.authority().map(ToString::to_string));
            let [scheme, authority] =
                [scheme.unwrap_or_default(), authority.as_deref().unwrap_or_default()];
            format!("{scheme}://{authority}{}", uri.path())
        };
        acc.compare("URL", Some(&place(expected)), Some(&place(request)));
        acc.maps("query parameter", &query(expected), &query(request));
        acc.maps("header", &headers(expected, request, key), &headers(request, expected, key));
        acc.sensitive_headers(expected.headers(), request.headers());
        acc.body(expected.body(), request.body());
        acc.lines
    }
}

struct Differences<'a> {
    lines: Vec<String>,
    /// The header of the idempotency key, where it is one of its own.
    key: Option<&'static str>,
    secrets: &'a [Secret],
    /// Whether something can be hidden in what is expected.
    is_recorded: bool,
}

impl Differences<'_> {
    fn compare(&mut self, what: &str, expected: Option<&str>, found: Option<&str>) {
        if expected == found || self.is_hidden(expected, found) {
            return;
        }
        // Where one holds a secret, the other is likely one, too.
        let is_secret = [expected, found].into_iter().flatten().any(|it| self.is_secret(it));
        let shown = |it: Option<&str>| match it {
            None => "absent".to_owned(),
            Some(_) if is_secret => "***".to_owned(),
            Some(it) => format!("`{it}`"),
        };
        self.lines.push(format!("{what}: expected {}, found {}", shown(expected), shown(found)));
    }

    /// Returns whether they differ in what was hidden alone.
    fn is_hidden(&self, expected: Option<&str>, found: Option<&str>) -> bool {
        let (Some(expected), Some(found)) = (expected, found) else { return false };
        self.is_recorded && is_same(expected, found)
    }

    fn is_secret(&self, text: &str) -> bool {
        self.secrets.iter().any(|secret| text.contains(secret.expose()))
    }

    fn maps(
        &mut self,
        what: &str,
        expected: &BTreeMap<String, Vec<String>>,
        found: &BTreeMap<String, Vec<String>>,
    ) {
        let names: BTreeSet<&String> = expected.keys().chain(found.keys()).collect();
        for name in names {
            let text = |map: &BTreeMap<String, Vec<String>>| map.get(name).map(|it| it.join(", "));
            let [expected, found] = [text(expected), text(found)];
            self.compare(&format!("{what} `{name}`"), expected.as_deref(), found.as_deref());
        }
    }

    /// Compares the headers that are marked as sensitive on a side, of which no value is shown.
    fn sensitive_headers(&mut self, expected: &HeaderMap, found: &HeaderMap) {
        let names = expected.keys().chain(found.keys()).filter(|name| is_compared(name, self.key));
        let names = names.filter(|name| is_sensitive(expected, name) || is_sensitive(found, name));
        for name in names.map(HeaderName::as_str).collect::<BTreeSet<_>>() {
            let values =
                |headers: &HeaderMap| headers.get_all(name).iter().cloned().collect::<Vec<_>>();
            let [expected, found] = [values(expected), values(found)];
            let is_hidden = self.is_recorded && expected.iter().all(|it| it == HIDDEN);
            if expected != found && !(is_hidden && expected.len() == found.len()) {
                let shown = |values: &[_]| if values.is_empty() { "absent" } else { "***" };
                let [expected, found] = [shown(&expected), shown(&found)];
                self.lines.push(format!("header `{name}`: expected {expected}, found {found}"));
            }
        }
    }

    fn body(&mut self, expected: &Bytes, found: &Bytes) {
        if expected == found {
            return;
        }
        let text = |bytes: &Bytes| String::from_utf8(bytes.to_vec()).ok();
        if self.is_hidden(text(expected).as_deref(), text(found).as_deref()) {
            return;
        }
        let json = |bytes: &Bytes| serde_json::from_slice::<Value>(bytes).ok();
        match (json(expected), json(found)) {
            (Some(expected), Some(found)) => self.values("", Some(&expected), Some(&found)),
            _ => {
                let size = |bytes: &Bytes| format!("{} bytes", bytes.len());
                self.lines.push(format!(
                    "body: expected {}, found others in {}",
                    size(expected),
                    size(found)
                ));
            }
        }
    }

    /// Compares two JSON values, by their JSON pointers.
    fn values(&mut self, at: &str, expected: Option<&Value>, found: Option<&Value>) {
        match (expected, found) {
            (Some(Value::Object(expected)), Some(Value::Object(found))) => {
                let names: BTreeSet<&String> = expected.keys().chain(found.keys()).collect();
                for name in names {
                    let at = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                    self.values(&at, expected.get(name), found.get(name));
                }
            }
            (Some(Value::Array(expected)), Some(Value::Array(found))) => {
                for index in 0..expected.len().max(found.len()) {
                    let at = format!("{at}/{index}");
                    self.values(&at, expected.get(index), found.get(index));
                }
            }
            _ => {
                let text = |it: Option<&Value>| it.map(ToString::to_string);
                let [expected, found] = [text(expected), text(found)];
                let what = if at.is_empty() { "body".to_owned() } else { format!("body at {at}") };
                self.compare(&what, expected.as_deref(), found.as_deref());
            }
        }
    }
}

/// Returns the query parameters, each name with its values in order.
fn query(request: &Request<Bytes>) -> BTreeMap<String, Vec<String>> {
    let mut acc: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(request.uri().query().unwrap_or("").as_bytes()) {
        acc.entry(name.into_owned()).or_default().push(value.into_owned());
    }
    acc
}

/// Returns the headers that are compared and may be shown, each name with its values in order.
fn headers(
    request: &Request<Bytes>,
    other: &Request<Bytes>,
    key: Option<&str>,
) -> BTreeMap<String, Vec<String>> {
    let headers = request.headers();
    let names = headers.keys().filter(|name| {
        let is_hidden = is_sensitive(headers, name) || is_sensitive(other.headers(), name);
        is_compared(name, key) && !is_hidden
    });
    names
        .map(|name| {
            let values = headers.get_all(name).iter();
            let values = values.map(|it| String::from_utf8_lossy(it.as_bytes()).into_owned());
            (name.as_str().to_owned(), values.collect())
        })
        .collect()
}

fn is_sensitive(headers: &HeaderMap, name: &HeaderName) -> bool {
    headers.get_all(name).iter().any(HeaderValue::is_sensitive)
}

/// A key may be random, and the token of a provider comes when the request is sent.
fn is_compared(name: &HeaderName, key: Option<&str>) -> bool {
    let is_own_key = key.is_some_and(|it| it.eq_ignore_ascii_case(name.as_str()));
    *name != AUTHORIZATION && !is_key_header(name.as_str()) && !is_own_key
}
