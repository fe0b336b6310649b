//! The successful response of a call: the decoded body, status and headers.

use std::fmt;

use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderMap, StatusCode};

use super::raw::HeaderNames;

/// A successful response: the decoded body, status and headers. The bytes are not kept.
#[derive(Clone)]
pub struct Reply<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
}

impl<T> Reply<T> {
    pub(super) fn new(status: StatusCode, headers: HeaderMap, body: T) -> Self {
        Self { status, headers, body }
    }

    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the media type, with its parameters: `text/csv; charset=utf-8`.
    pub fn content_type(&self) -> Option<&str> {
        self.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// Returns where a redirect leads to (`Location`), as the server has written it: a URL, or a reference
    /// relative to that of the request. [`ClientCore::fetch`](crate::ClientCore::fetch) fetches a URL.
    pub fn location(&self) -> Option<&str> {
        self.headers.get(LOCATION)?.to_str().ok()
    }

    /// Returns the body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// Returns the body.
    pub fn into_body(self) -> T {
        self.body
    }

    /// Returns status, headers and body.
    pub fn into_parts(self) -> (StatusCode, HeaderMap, T) {
        (self.status, self.headers, self.body)
    }

    /// Maps the body, for example into the variant of an enum.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Reply<U> {
        Reply { status: self.status, headers: self.headers, body: change(self.body) }
    }
}

/// Shows the body with its own `Debug`, which hides declared secrets, and no header values.
impl<T: fmt::Debug> fmt::Debug for Reply<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status.as_u16())
            .field("headers", &HeaderNames(&self.headers))
            .field("body", &self.body)
            .finish()
    }
}
