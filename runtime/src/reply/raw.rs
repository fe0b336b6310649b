//! A response before it is decoded, which never shows its content.

use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap};
use http::{Response, StatusCode, Uri};
use serde::de::DeserializeOwned;

use super::live::Live;
use super::media_type::MediaType;
use super::success::Head;
use super::{DecodeError, ErrorReply, Reply, Undecodable, charset, decode, location, retry_after};
use crate::body::ResponseBody;
use crate::operation::EventFormat;
use crate::secret::Secret;
use crate::wipe::WipedBuffer;

/// The number of bytes of a body that an error keeps.
pub const MAX_KEPT: usize = 64 * 1024;

/// A response as it was received: status, headers, body.
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
    /// The body, if it is read as it arrives; `bytes` is empty then.
    live: Option<Live>,
    /// What the document says of a stream of events.
    events: EventFormat,
    /// The secrets of the request, if they are known.
    sent: Option<Vec<Secret>>,
    /// Where a redirect leads to, if the server has written that as a relative reference.
    location: Option<Box<str>>,
}

impl Head {
    /// Takes what is kept beside the body.
    fn of(parts: &mut Parts) -> Self {
        let (headers, location) = (std::mem::take(&mut parts.headers), parts.location.take());
        Self { status: parts.status, headers, location }
    }
}

impl RawReply {
    /// Creates a response from that of a transport.
    pub fn new(response: Response<Bytes>) -> Self {
        let (head, bytes) = response.into_parts();
        let content_type = essence(&head.headers);
        let (status, headers) = (head.status, head.headers);
        Self(Box::new(Parts {
            status,
            headers,
            bytes,
            content_type,
            truncated: false,
            live: None,
            events: EventFormat::default(),
            sent: None,
            location: None,
        }))
    }

    /// Creates a response whose body is read as it arrives.
    pub(crate) fn streamed(response: Response<ResponseBody>) -> Self {
        let (head, body) = response.into_parts();
        let mut raw = Self::new(Response::from_parts(head, Bytes::new()));
        raw.0.live = Some(Live::new(body));
        raw
    }

    /// Adds secrets that the request held.
    pub(crate) fn add_sent(&mut self, secrets: impl IntoIterator<Item = Secret>) {
        self.0.sent.get_or_insert_default().extend(secrets);
    }

    /// Resolves where a redirect leads to against the URL of the request.
    pub(crate) fn resolve_location(&mut self, url: &Uri) {
        let written = location::written(&self.0.headers).filter(|_| self.0.status.is_redirection());
        self.0.location = written.and_then(|it| location::resolved(it, url)).map(Into::into);
    }

    /// Returns where a redirect leads to (`Location`); see [`Reply::location`].
    pub fn location(&self) -> Option<&str> {
        self.0.location.as_deref().or_else(|| location::written(&self.0.headers))
    }

    /// Returns whether the body is read as it arrives.
    pub(crate) fn is_live(&self) -> bool {
        self.0.live.is_some()
    }

    pub(super) fn sent(&self) -> Option<&[Secret]> {
        self.0.sent.as_deref()
    }

    pub(crate) fn with_events(mut self, events: EventFormat) -> Self {
        self.0.events = events;
        self
    }

    /// Takes the body as a stream, with what is known of its events.
    pub(crate) fn into_stream(mut self) -> (Reply<ResponseBody>, EventFormat) {
        let events = self.0.events;
        let head = Head::of(&mut self.0);
        let (_, body) = self.into_response().into_parts();
        (Reply::new(head, body), events)
    }

    /// Returns the response with its body as a stream, which has arrived already if it is not read as it
    /// arrives.
    pub fn into_response(self) -> Response<ResponseBody> {
        let parts = *self.0;
        let body = parts.live.and_then(|live| live.take());
        let body = body.unwrap_or_else(|| ResponseBody::from(parts.bytes));
        let mut response = Response::new(body);
        *response.status_mut() = parts.status;
        *response.headers_mut() = parts.headers;
        response
    }

    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// Returns the body. In an error, these are its first [`MAX_KEPT`] bytes.
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
    /// A date is relative to the `Date` of the response, independent of the local clock. Without `Date`
    /// the result is `None`, but see [`retry_after_at`](Self::retry_after_at). A time in the past is zero.
    /// The server chooses the value and it has no upper bound: limit it before adding it to a clock.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after::read(&self.0.headers, None)
    }

    /// Like [`retry_after`](Self::retry_after), with the time to use if the response has no `Date`.
    pub fn retry_after_at(&self, now: SystemTime) -> Option<Duration> {
        retry_after::read(&self.0.headers, Some(now))
    }

    /// Decodes a complete JSON body as any type; `None` if it is another one, or was truncated.
    pub fn decode_body<T: DeserializeOwned>(&self) -> Option<T> {
        if self.0.truncated { None } else { decode::json(&self.0.bytes).ok() }
    }

    /// Truncates the body to [`MAX_KEPT`] bytes, which an error keeps.
    pub fn bounded(mut self) -> Self {
        // An error keeps no connection.
        self.0.live = None;
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

    /// Decodes a text body by the charset of its media type; see [`Text`](crate::Text).
    pub fn into_text(self) -> Result<Reply<String>, Undecodable> {
        let body = charset::text(&self.0.bytes, self.charset()).map(Cow::into_owned);
        self.into_reply(body)
    }

    /// Takes the body unchanged.
    pub fn into_bytes_reply(self) -> Reply<Bytes> {
        let mut parts = *self.0;
        Reply::new(Head::of(&mut parts), parts.bytes)
    }

    /// Drops the body.
    pub fn into_empty(self) -> Reply<()> {
        let mut parts = *self.0;
        Reply::new(Head::of(&mut parts), ())
    }

    /// Decodes the JSON body of an error response.
    pub fn into_json_error<T: DeserializeOwned>(self) -> Result<ErrorReply<T>, Undecodable> {
        let body = decode::json(&self.0.bytes);
        self.into_error_reply(body)
    }

    /// Decodes the text body of an error response, truncated like the bytes.
    pub fn into_text_error(self) -> Result<ErrorReply<String>, Undecodable> {
        let body = charset::text(&self.0.bytes, self.charset()).map(|text| {
            let end = (0..=MAX_KEPT.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
            text[..end.unwrap_or(0)].to_owned()
        });
        self.into_error_reply(body)
    }

    /// Takes the body of an error response unchanged, truncated to [`MAX_KEPT`] bytes.
    pub fn into_bytes_error(self) -> ErrorReply<Bytes> {
        let raw = self.bounded();
        let body = raw.bytes().clone();
        ErrorReply::new(raw, body)
    }

    /// Makes an error response whose body is ignored.
    pub fn into_empty_error(self) -> ErrorReply<()> {
        ErrorReply::new(self.bounded(), ())
    }

    pub(super) fn charset(&self) -> Option<&str> {
        MediaType::read(self.0.headers.get(CONTENT_TYPE)?.to_str().ok()?)?.parameter("charset")
    }

    fn into_reply<T>(self, body: Result<T, DecodeError>) -> Result<Reply<T>, Undecodable> {
        match body {
            Ok(body) => {
                let mut parts = *self.0;
                Ok(Reply::new(Head::of(&mut parts), body))
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

    /// Writes the fields that all response types show in their `Debug`.
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

/// Returns the media type in lower case, without its parameters.
pub(super) fn essence(headers: &HeaderMap) -> Option<Box<str>> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let media_type = value.split(';').next()?.trim();
    (!media_type.is_empty()).then(|| media_type.to_ascii_lowercase().into_boxed_str())
}

#[cfg(test)]
mod tests;
