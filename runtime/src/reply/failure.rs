//! The response of a declared error: its decoded body and the response itself.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::RawReply;

/// A response with an error status: the decoded body and the response it was decoded from.
///
/// A server may echo a secret, so `Debug` and `Display` do not show the body.
#[derive(Clone)]
pub struct ErrorReply<T> {
    raw: RawReply,
    // Boxed, so that a `Result` with this error stays small.
    body: Box<T>,
}

impl<T> ErrorReply<T> {
    /// The caller has cut `raw` to what an error keeps.
    pub(crate) fn new(raw: RawReply, body: T) -> Self {
        Self { raw, body: Box::new(body) }
    }

    /// Returns the decoded body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// Returns the decoded body.
    pub fn into_body(self) -> T {
        *self.body
    }

    /// Maps the body, for example into the variant of an enum.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> ErrorReply<U> {
        ErrorReply { raw: self.raw, body: Box::new(change(*self.body)) }
    }

    /// Returns the response as it was received.
    pub fn raw(&self) -> &RawReply {
        &self.raw
    }

    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.raw.status()
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        self.raw.headers()
    }

    /// Returns how long the server asks to wait; see [`RawReply::retry_after`].
    pub fn retry_after(&self) -> Option<Duration> {
        self.raw.retry_after()
    }

    /// Returns the first [`MAX_KEPT`](crate::MAX_KEPT) bytes of the body.
    pub fn bytes(&self) -> &Bytes {
        self.raw.bytes()
    }

    /// Returns whether [`bytes`](Self::bytes) lacks the end of the body.
    pub fn truncated(&self) -> bool {
        self.raw.truncated()
    }
}

impl<T> fmt::Display for ErrorReply<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.raw, f)
    }
}

#[expect(clippy::missing_fields_in_debug, reason = "the decoded body is what must not be shown")]
impl<T> fmt::Debug for ErrorReply<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("ErrorReply");
        self.raw.debug_fields(&mut shown);
        shown.finish()
    }
}

impl<T> Error for ErrorReply<T> {}
