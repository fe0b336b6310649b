//! What of an exchange is a secret, and a text without it.

use http::header::{
    AUTHORIZATION, CONTENT_TYPE, COOKIE, PROXY_AUTHORIZATION, SET_COOKIE, WWW_AUTHENTICATE,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::{Exchange, SentBy};
use crate::retry::is_key_header;
use crate::secret::Secret;

/// What stands in the place of a secret.
pub(in crate::mock) const HIDDEN: &str = "***";

/// The names of tokens, passwords and what proves an identity in OAuth 2.0 (RFC 6749, 7521, 7523, 8628, 8693), and of
/// passwords and keys, in small letters without separators.
const NAMES: [&str; 15] = [
    "accesstoken",
    "refreshtoken",
    "idtoken",
    "clientsecret",
    "clientassertion",
    "assertion",
    "subjecttoken",
    "actortoken",
    "devicecode",
    "codeverifier",
    "password",
    "secret",
    "secretkey",
    "privatekey",
    "apikey",
];

/// Letters, digits and what RFC 3986 §2.3 calls unreserved are never escaped.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Returns the secrets that an exchange tells of.
pub(super) fn secrets_of(exchange: &Exchange) -> Vec<Secret> {
    let mut acc = Vec::new();
    let Exchange { request, response } = exchange;
    if let Some(sent) = request.extensions().get::<SentBy>() {
        acc.extend(sent.secrets.iter().cloned());
    }
    of_pairs(request.uri().query().unwrap_or_default().as_bytes(), &mut acc);
    of_body(request.headers(), request.body(), &mut acc);
    of_body(response.headers(), response.body(), &mut acc);
    // It is random, so that no other request has the same.
    let media_type = request.headers().get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let boundary = media_type.and_then(|it| it.split_once("boundary="));
    acc.extend(boundary.map(|(_, it)| Secret::from(it.trim_matches('"'))));
    acc
}

fn of_body(headers: &HeaderMap, body: &[u8], acc: &mut Vec<Secret>) {
    let media_type = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if media_type.starts_with("application/x-www-form-urlencoded") {
        of_pairs(body, acc);
    } else if let Ok(value) = serde_json::from_slice(body) {
        of_value(&value, acc);
    }
}

fn of_pairs(text: &[u8], acc: &mut Vec<Secret>) {
    for (name, value) in form_urlencoded::parse(text) {
        if is_secret(&name) {
            acc.push(Secret::from(&*value));
        }
    }
}

fn of_value(value: &Value, acc: &mut Vec<Secret>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(text) if is_secret(name) => acc.push(Secret::from(&**text)),
                    value => of_value(value, acc),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|it| of_value(it, acc)),
        _ => {}
    }
}

fn is_secret(name: &str) -> bool {
    let letters = name.chars().filter(|it| !matches!(it, '_' | '-'));
    let letters: String = letters.map(|it| it.to_ascii_lowercase()).collect();
    NAMES.contains(&letters.as_str())
}

/// Returns whether a header is hidden as a whole: it holds a credential, or is another one each time.
pub(super) fn is_hidden(name: &HeaderName, value: &HeaderValue, own_key: Option<&str>) -> bool {
    [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION, SET_COOKIE, WWW_AUTHENTICATE].contains(name)
        || value.is_sensitive()
        || is_key_header(name.as_str())
        || own_key.is_some_and(|it| it.eq_ignore_ascii_case(name.as_str()))
        || matches!(name.as_str(), "traceparent" | "tracestate")
}

/// The forms in which secrets are written, the longest first: one can be a part of another.
pub(super) struct Mask(Vec<Secret>);

impl Mask {
    pub(super) fn of(secrets: &[Secret]) -> Self {
        let mut forms: Vec<Secret> = Vec::new();
        for secret in secrets {
            let text = secret.expose();
            let json = Value::from(text).to_string();
            let form: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
            let percent = utf8_percent_encode(text, ESCAPED).to_string();
            for form in [text, json.trim_matches('"'), &form, &percent] {
                if !form.is_empty() && !forms.iter().any(|it| it.expose() == form) {
                    forms.push(Secret::from(form));
                }
            }
        }
        forms.sort_by_key(|it| std::cmp::Reverse(it.expose().len()));
        Self(forms)
    }

    /// Returns a text without the secrets.
    pub(super) fn text(&self, text: &str) -> String {
        let found = |text: &str| self.0.iter().any(|it| text.contains(it.expose()));
        if !found(text) {
            return text.to_owned();
        }
        let mut acc = text.to_owned();
        for secret in &self.0 {
            // What is hidden already has no secret in it.
            let pieces = acc.split(HIDDEN).map(|it| it.replace(secret.expose(), HIDDEN));
            acc = pieces.collect::<Vec<_>>().join(HIDDEN);
        }
        acc
    }
}

/// Returns whether a text is one in which something was hidden, with anything in its place.
pub(in crate::mock) fn is_same(hidden: &str, text: &str) -> bool {
    let Some((first, others)) = hidden.split_once(HIDDEN) else { return hidden == text };
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let (between, last) = others.rsplit_once(HIDDEN).unwrap_or(("", others));
    for piece in between.split(HIDDEN) {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_can_be_anything() {
        for (hidden, text, expected) in [
            ("a", "a", true),
            ("a", "b", false),
            ("***", "", true),
            ("***", "anything", true),
            ("a=***&b=1", "a=x&b=1", true),
            ("a=***&b=1", "a=x&b=2", false),
            ("a***b***c", "a1b2c", true),
            ("a***b***c", "a1c", false),
            ("a***a", "a", false),
        ] {
            assert_eq!(is_same(hidden, text), expected, "{hidden} {text}");
        }
    }

    #[test]
    fn every_form_of_a_secret_is_hidden() {
        let mask = Mask::of(&[Secret::from("a\"b c/d"), Secret::from("a\"b")]);
        for (text, expected) in [
            (r#"{"k":"a\"b c/d"}"#, r#"{"k":"***"}"#),
            ("k=a%22b+c%2Fd&l=a%22b%20c%2Fd", "k=***&l=***"),
            ("a\"b c", "*** c"),
            ("none", "none"),
        ] {
            assert_eq!(mask.text(text), expected);
        }
    }

    #[test]
    fn names_are_compared_without_their_spelling() {
        for name in ["access_token", "accessToken", "Client-Secret", "API_KEY"] {
            assert!(is_secret(name), "{name}");
        }
        for name in ["token_type", "expires_in", "code", "pagination_token"] {
            assert!(!is_secret(name), "{name}");
        }
    }
}
