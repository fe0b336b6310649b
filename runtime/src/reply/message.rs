//! What a server says of a failure in its own words, and the name that it gives a request.

use std::borrow::Cow;

use serde_json::Value;

use super::{RawReply, charset, decode};
use crate::secret::Secret;
use crate::token::shown;

/// Properties that hold a text for people, the best first: RFC 9457 (`detail` before `title`), RFC 6749
/// (`error_description` before `error`), and what most other APIs use.
const TEXTS: &[&str] = &[
    "message",
    "error_description",
    "detail",
    "error_message",
    "errorMessage",
    "description",
    "msg",
    "reason",
    "title",
];

/// Properties that hold the failure as a value of its own: a text, an object, or a list of these.
const INNER: &[&str] = &["error", "errors", "fault", "details"];

/// How many values of its own a failure may be inside of.
const MAX_DEPTH: usize = 4;

/// Headers in which servers and proxies name a request, the most specific first.
const REQUEST_IDS: [&str; 9] = [
    "x-request-id",
    "request-id",
    "x-requestid",
    "x-amzn-requestid",
    "x-amz-request-id",
    "x-ms-request-id",
    "x-correlation-id",
    "x-trace-id",
    "cf-ray",
];

impl RawReply {
    /// Returns what the server says of the failure: of a JSON body the text that is meant for people
    /// (`message`, `error.message`, `detail`, `error_description` and the like), else a plain text.
    ///
    /// It is escaped, and truncated to 256 bytes. It is `None` if a part of a secret of the request is in it,
    /// and if these are not known: only a [`Call`](crate::Call) that sends its request knows them.
    pub fn server_message(&self) -> Option<String> {
        let secrets: Vec<&str> = self.sent()?.iter().map(Secret::expose).collect();
        let message = match self.content_type() {
            None => json_message(self)?,
            Some(it) if is_json(it) => json_message(self)?,
            Some("text/plain") => charset::text(self.bytes(), self.charset()).ok()?,
            Some(_) => return None,
        };
        shown(message.as_bytes(), &secrets).map(String::from)
    }

    /// Returns the name that the server gives the request, for its support: the value of `X-Request-Id`,
    /// `Request-Id`, `X-Correlation-Id` and the like.
    pub fn request_id(&self) -> Option<&str> {
        let values = REQUEST_IDS.iter().filter_map(|name| self.headers().get(*name)?.to_str().ok());
        values.map(str::trim).find(|value| !value.is_empty())
    }
}

fn is_json(media_type: &str) -> bool {
    media_type.ends_with("+json") || media_type.ends_with("/json")
}

fn json_message(raw: &RawReply) -> Option<Cow<'static, str>> {
    let body: Value = decode::json(raw.bytes()).ok()?;
    text_of(&body, MAX_DEPTH).map(|text| Cow::Owned(text.to_owned()))
}

/// Finds the text of a failure. Names are compared without case, as some APIs have `Message`.
fn text_of(value: &Value, depth: usize) -> Option<&str> {
    let depth = depth.checked_sub(1)?;
    match value {
        Value::String(text) => (!text.trim().is_empty()).then_some(text),
        Value::Array(values) => values.iter().find_map(|it| text_of(it, depth)),
        Value::Object(object) => {
            let property = |name: &str| {
                let mut all = object.iter().filter(|(it, _)| it.eq_ignore_ascii_case(name));
                all.next().map(|(_, value)| value)
            };
            let texts = TEXTS.iter().filter_map(|name| property(name)?.as_str());
            let inner = || INNER.iter().find_map(|name| text_of(property(name)?, depth));
            texts.map(str::trim).find(|text| !text.is_empty()).or_else(inner)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use http::Response;

    fn raw(content_type: Option<&str>, body: &str, secrets: &[&str]) -> RawReply {
        let mut response = Response::builder().status(400);
        if let Some(content_type) = content_type {
            response = response.header("content-type", content_type);
        }
        let mut raw = RawReply::new(response.body(Bytes::from(body.to_owned())).unwrap());
        raw.add_sent(secrets.iter().map(|it| Secret::from(*it)));
        raw
    }

    fn message(body: &str) -> Option<String> {
        raw(Some("application/json"), body, &[]).server_message()
    }

    /// The examples of RFC 9457 section 3, RFC 6749 section 5.2, JSON:API "Error Objects", and the forms of
    /// large APIs.
    #[test]
    fn the_text_for_people_is_found() {
        for (body, expected) in [
            (r#"{"message":"Not here"}"#, Some("Not here")),
            (r#"{"Message":"Not here"}"#, Some("Not here")),
            (
                r#"{"type":"https://example.com/x","title":"No credit","detail":"Balance is 30"}"#,
                Some("Balance is 30"),
            ),
            (r#"{"error":"invalid_request"}"#, Some("invalid_request")),
            (
                r#"{"error":"invalid_request","error_description":"no `grant_type`"}"#,
                Some("no `grant_type`"),
            ),
            (
                r#"{"error":{"code":404,"message":"Not here","status":"NOT_FOUND"}}"#,
                Some("Not here"),
            ),
            (
                r#"{"errors":[{"status":"422","title":"Bad","detail":"too short"}]}"#,
                Some("too short"),
            ),
            (r#"{"errors":["first","second"]}"#, Some("first")),
            (r#""only a text""#, Some("only a text")),
            (r#"{"status":404}"#, None),
            (r#"{"message":" ","error":null}"#, None),
            (r#"{"message":7}"#, None),
            (r#"{"error":{"error":{"error":{"error":"deep"}}}}"#, None),
            ("not JSON", None),
            ("", None),
        ] {
            assert_eq!(message(body).as_deref(), expected, "{body}");
        }
    }

    #[test]
    fn the_media_type_decides() {
        let json = r#"{"message":"Not here"}"#;
        for (content_type, body, expected) in [
            (None, json, Some("Not here")),
            (Some("application/problem+json; charset=utf-8"), json, Some("Not here")),
            (Some("text/json"), json, Some("Not here")),
            (Some("text/plain"), "Not here\n", Some("Not here")),
            (Some("text/plain; charset=utf-16"), "Not here", None),
            (Some("text/html"), "<h1>Not here</h1>", None),
            (Some("application/octet-stream"), json, None),
        ] {
            let found = raw(content_type, body, &[]).server_message();
            assert_eq!(found.as_deref(), expected, "{content_type:?}");
        }
    }

    #[test]
    fn a_message_with_a_part_of_a_secret_is_withheld() {
        let json = r#"{"message":"key 2YotnFZFEjr1zC is unknown"}"#;
        let with = |secrets: &[&str]| raw(None, json, secrets).server_message();
        assert!(with(&[]).is_some() && with(&["another-secret"]).is_some());
        assert_eq!(with(&["another-secret", "2YotnFZFEjr1zCsicMWpAA"]), None);
        let response = Response::new(Bytes::from_static(json.as_bytes()));
        assert_eq!(
            RawReply::new(response).server_message(),
            None,
            "nothing is known of its request"
        );
        let long = format!(r#"{{"message":"{}"}}"#, "x\\u0000".repeat(1_000));
        assert!((200..=256).contains(&message(&long).unwrap().len()));
    }

    #[test]
    fn a_request_is_named_in_several_headers() {
        let id = |headers: &[(&str, &str)]| {
            let builder = headers
                .iter()
                .fold(Response::builder(), |it, (name, value)| it.header(*name, *value));
            RawReply::new(builder.body(Bytes::new()).unwrap()).request_id().map(str::to_owned)
        };
        assert_eq!(id(&[]), None);
        assert_eq!(id(&[("x-request-id", " ")]), None);
        assert_eq!(id(&[("request-id", "req_1")]).as_deref(), Some("req_1"));
        let both = [("cf-ray", "a"), ("X-Request-ID", "b")];
        assert_eq!(id(&both).as_deref(), Some("b"));
    }
}
