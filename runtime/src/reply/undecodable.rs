//! The error of a response whose body could not be decoded as declared.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::{DecodeError, RawReply};

/// A response whose body could not be decoded, with the reason and the first
/// [`MAX_KEPT`](crate::MAX_KEPT) bytes of the body.
#[derive(Clone)]
pub struct Undecodable {
    raw: RawReply,
    error: Box<DecodeError>,
}

impl Undecodable {
    /// Creates the error of a response that was decoded elsewhere.
    pub fn new(raw: RawReply, error: DecodeError) -> Self {
        Self { raw: raw.bounded(), error: Box::new(error) }
    }

    /// Creates the error of a response with a status for which no body is declared.
    pub fn of_status(raw: RawReply) -> Self {
        Self::new(raw, DecodeError::of_status())
    }

    /// Creates the error of a response of another media type than declared.
    pub fn of_content_type(raw: RawReply) -> Self {
        Self::new(raw, DecodeError::of_content_type())
    }

    /// Returns the response as it was received.
    pub fn raw(&self) -> &RawReply {
        &self.raw
    }

    /// Returns why the body could not be decoded.
    pub fn error(&self) -> &DecodeError {
        &self.error
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
}

impl fmt::Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: the body could not be decoded", self.raw)
    }
}

impl fmt::Debug for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Undecodable");
        self.raw.debug_fields(&mut shown);
        shown.field("error", &self.error).finish()
    }
}

impl Error for Undecodable {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.error)
    }
}
