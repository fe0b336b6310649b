//! Turns an `http::Response` into a reply that shows nothing of its content and can be decoded once.

use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap};
use http::{Response, StatusCode};
use serde::de::DeserializeOwned;

use super::{DecodeError, ErrorReply, Reply, Undecodable, decode, retry_after};
use crate::wipe::WipedBuffer;

/// How many bytes of a body an error keeps.
pub const MAX_KEPT: usize = 64 * 1024;

/// A reply as it came: status, headers, body.
///
/// `Debug` shows the status, the names of the headers and the length of the body; `Display` shows the
/// status.
#[derive(Clone)]
pub struct RawReply(Box<Parts>);

#[derive(Clone)]
struct Parts {
    status: StatusCode,
    headers: HeaderMap,
    bytes: Bytes,
    content_type: Option<Box<str>>,
    truncated: bool,
}

impl RawReply {
    /// Takes a reply over from the transport.
    pub fn new(response: Response<Bytes>) -> Self {
        let (head, bytes) = response.into_parts();
        let content_type = essence(&head.headers);
        let (status, headers) = (head.status, head.headers);
        Self(Box::new(Parts { status, headers, bytes, content_type, truncated: false }))
    }

    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// Returns the body; its first [`MAX_KEPT`] bytes where the reply is part of an error.
    pub fn bytes(&self) -> &Bytes {
        &self.0.bytes
    }

    /// Returns whether [`bytes`](Self::bytes) lacks the end of what was received.
    pub fn truncated(&self) -> bool {
        self.0.truncated
    }

    /// Returns the media type in lower case, without its parameters: `application/json`.
    pub fn content_type(&self) -> Option<&str> {
        self.0.content_type.as_deref()
    }

    /// Returns how long the server asks to wait (RFC 9110 section 10.2.3).
    ///
    /// A date is taken relative to the reply's own `Date`, so that no clock of ours matters; without
    /// one there is no answer, but see [`retry_after_at`](Self::retry_after_at). A time in the past is
    /// zero. The value is the server's and has no upper bound: cap it before adding it to a clock.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after::read(&self.0.headers, None)
    }

    /// Like [`retry_after`](Self::retry_after), with the time to use where the reply has no `Date`.
    pub fn retry_after_at(&self, now: SystemTime) -> Option<Duration> {
        retry_after::read(&self.0.headers, Some(now))
    }

    /// Cuts the body to [`MAX_KEPT`] bytes and frees the rest: what an error may hold on to.
    pub fn bounded(mut self) -> Self {
        self.truncate(MAX_KEPT);
        self
    }

    pub(crate) fn truncate(&mut self, len: usize) {
        if self.0.bytes.len() > len {
            // Copied: a slice would keep the whole body alive.
            self.0.bytes = WipedBuffer::copy_of(&self.0.bytes[..len]).into_bytes();
            self.0.truncated = true;
        }
    }

    /// Decodes a JSON body.
    pub fn into_json<T: DeserializeOwned>(self) -> Result<Reply<T>, Undecodable> {
        let body = decode::json(&self.0.bytes);
        self.into_reply(body)
    }

    /// Decodes a text body, which must be UTF-8.
    pub fn into_text(self) -> Result<Reply<String>, Undecodable> {
        let body = decode::text(&self.0.bytes).map(str::to_owned);
        self.into_reply(body)
    }

    /// Takes the body as it is.
    pub fn into_bytes_reply(self) -> Reply<Bytes> {
        let parts = *self.0;
        Reply::new(parts.status, parts.headers, parts.bytes)
    }

    /// Drops the body.
    pub fn into_empty(self) -> Reply<()> {
        let parts = *self.0;
        Reply::new(parts.status, parts.headers, ())
    }

    /// Decodes the JSON body of an error reply.
    pub fn into_json_error<T: DeserializeOwned>(self) -> Result<ErrorReply<T>, Undecodable> {
        let body = decode::json(&self.0.bytes);
        self.into_error_reply(body)
    }

    /// Decodes the text body of an error reply; the text is cut like the bytes.
    pub fn into_text_error(self) -> Result<ErrorReply<String>, Undecodable> {
        let body = decode::text(&self.0.bytes).map(|text| {
            let end = (0..=MAX_KEPT.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
            text[..end.unwrap_or(0)].to_owned()
        });
        self.into_error_reply(body)
    }

    /// Takes the body of an error reply as it is, cut to [`MAX_KEPT`] bytes.
    pub fn into_bytes_error(self) -> ErrorReply<Bytes> {
        let raw = self.bounded();
        let body = raw.bytes().clone();
        ErrorReply::new(raw, body)
    }

    /// Makes an error reply of one whose body has no meaning.
    pub fn into_empty_error(self) -> ErrorReply<()> {
        ErrorReply::new(self.bounded(), ())
    }

    fn into_reply<T>(self, body: Result<T, DecodeError>) -> Result<Reply<T>, Undecodable> {
        match body {
            Ok(body) => {
                let parts = *self.0;
                Ok(Reply::new(parts.status, parts.headers, body))
            }
            Err(error) => Err(Undecodable::new(self, error)),
        }
    }

    fn into_error_reply<T>(
        self,
        body: Result<T, DecodeError>,
    ) -> Result<ErrorReply<T>, Undecodable> {
        match body {
            Ok(body) => Ok(ErrorReply::new(self.bounded(), body)),
            Err(error) => Err(Undecodable::new(self, error)),
        }
    }

    /// Writes the fields that all reply types show in their `Debug`.
    pub(super) fn debug_fields(&self, f: &mut fmt::DebugStruct<'_, '_>) {
        f.field("status", &self.status().as_u16())
            .field("headers", &HeaderNames(self.headers()))
            .field("body", &format_args!("<{} bytes withheld>", self.bytes().len()));
    }
}

impl fmt::Display for RawReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.status(), f)
    }
}

impl fmt::Debug for RawReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("RawReply");
        self.debug_fields(&mut shown);
        shown.finish()
    }
}

/// Shows the names and hides the values.
pub(super) struct HeaderNames<'a>(pub(super) &'a HeaderMap);

impl fmt::Debug for HeaderNames<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.keys().map(http::HeaderName::as_str)).finish()
    }
}

fn essence(headers: &HeaderMap) -> Option<Box<str>> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let media_type = value.split(';').next()?.trim();
    (!media_type.is_empty()).then(|| media_type.to_ascii_lowercase().into_boxed_str())
}

#[cfg(test)]
mod tests {
    use super::super::DecodeErrorKind;
    use super::*;

    fn reply(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> RawReply {
        let builder = Response::builder().status(status).header("Content-Type", content_type);
        RawReply::new(builder.header("X-Key", "hunter2").body(body.into()).unwrap())
    }

    #[test]
    fn is_as_small_as_a_pointer() {
        assert_eq!(size_of::<RawReply>(), size_of::<usize>());
        assert_eq!(size_of::<ErrorReply<[u64; 20]>>(), 2 * size_of::<usize>());
        assert_eq!(size_of::<Undecodable>(), 2 * size_of::<usize>());
    }

    #[test]
    fn content_type_is_the_essence_in_lower_case() {
        let cases = [
            ("application/json", Some("application/json")),
            ("Application/JSON ; charset=UTF-8", Some("application/json")),
            ("text/html;x", Some("text/html")),
            ("", None),
            (";", None),
        ];
        for (header, expected) in cases {
            assert_eq!(reply(200, header, "").content_type(), expected, "{header}");
        }
        assert_eq!(RawReply::new(Response::new(Bytes::new())).content_type(), None);
    }

    #[test]
    fn renderings_show_no_content() {
        let raw = reply(401, "application/json", r#"{"error":"hunter2"}"#);
        let headers = r#"headers: ["content-type", "x-key"]"#;
        let shown = format!("RawReply {{ status: 401, {headers}, body: <19 bytes withheld> }}");
        assert_eq!(format!("{raw:?}"), shown);
        assert_eq!(raw.to_string(), "401 Unauthorized");
        let error = raw.into_json_error::<serde_json::Value>().unwrap();
        let shown = format!("ErrorReply {{ status: 401, {headers}, body: <19 bytes withheld> }}");
        assert_eq!(format!("{error:?}"), shown);
        assert_eq!(error.to_string(), "401 Unauthorized");
        assert_eq!(reply(499, "x/y", "").to_string(), "499 <unknown status code>");
    }

    #[test]
    fn success_bodies() {
        let raw = reply(201, "application/json", "\u{feff} [1,2] ");
        let decoded = raw.into_json::<Vec<u8>>().unwrap();
        assert_eq!((decoded.status().as_u16(), decoded.body()), (201, &vec![1, 2]));
        assert_eq!(decoded.headers()["x-key"], "hunter2");
        assert_eq!(decoded.map(|list| list.len()).into_body(), 2);
        assert_eq!(reply(200, "text/plain", "\u{e4}").into_text().unwrap().into_body(), "\u{e4}");
        assert_eq!(reply(200, "x/y", "abc").into_bytes_reply().into_body(), "abc");
        let (status, headers, ()) = reply(204, "x/y", "abc").into_empty().into_parts();
        assert_eq!((status.as_u16(), headers.len()), (204, 2));
    }

    #[test]
    fn error_bodies() {
        let error = reply(400, "application/json", "[1]").into_json_error::<Vec<u8>>().unwrap();
        assert_eq!((error.status().as_u16(), error.body()), (400, &vec![1]));
        assert_eq!((error.bytes().as_ref(), error.truncated()), (&b"[1]"[..], false));
        assert_eq!(error.raw().content_type(), Some("application/json"));
        assert_eq!(error.into_body(), [1]);
        assert_eq!(reply(400, "text/plain", "x").into_text_error().unwrap().into_body(), "x");
        assert_eq!(reply(400, "x/y", "x").into_bytes_error().into_body(), "x");
        reply(400, "x/y", "x").into_empty_error().into_body();
    }

    #[test]
    fn what_does_not_decode_keeps_the_reply() {
        let error = reply(200, "application/json", "<html>").into_json::<Vec<u8>>().unwrap_err();
        assert_eq!((error.status().as_u16(), error.bytes().as_ref()), (200, &b"<html>"[..]));
        assert_eq!(error.error().kind(), DecodeErrorKind::Syntax);
        let error = reply(502, "text/plain", &b"\xff"[..]).into_text_error().unwrap_err();
        assert_eq!(error.error().kind(), DecodeErrorKind::Utf8);
    }

    #[test]
    fn errors_keep_a_bounded_part_and_successes_see_the_whole() {
        let text = "a".repeat(MAX_KEPT + 1);
        let json = format!("\"{text}\"");
        let whole = reply(200, "application/json", json.clone()).into_json::<String>().unwrap();
        assert_eq!(whole.into_body(), text);
        let error = reply(500, "application/json", json).into_json_error::<String>().unwrap();
        assert_eq!((error.bytes().len(), error.truncated()), (MAX_KEPT, true));
        assert_eq!(error.into_body(), text, "the typed body is decoded from the whole");
        let error = reply(500, "x/y", text.clone()).into_bytes_error();
        assert_eq!((error.body().len(), error.truncated()), (MAX_KEPT, true));
        let error = reply(200, "x/y", text.clone()).into_json::<()>().unwrap_err();
        assert_eq!((error.bytes().len(), error.raw().truncated()), (MAX_KEPT, true));
        let exact = reply(500, "x/y", text[1..].to_owned()).into_empty_error();
        assert_eq!((exact.bytes().len(), exact.truncated()), (MAX_KEPT, false));
        let wide = format!("a{}", "\u{e4}".repeat(MAX_KEPT / 2));
        let error = reply(500, "text/plain", wide).into_text_error().unwrap();
        assert_eq!((error.body().len(), error.truncated()), (MAX_KEPT - 1, true));
    }
}
