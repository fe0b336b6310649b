//! The successful response of a call: the decoded body, status and headers.

use std::fmt;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use super::location;
use super::raw::HeaderNames;

/// A successful response: the decoded body, status and headers. The bytes are not kept.
#[derive(Clone)]
pub struct Reply<T> {
    head: Head,
    body: T,
}

/// What is kept of a response beside its body.
#[derive(Clone)]
pub(super) struct Head {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    /// Where a redirect leads to, if the server has written that as a relative reference.
    pub(super) location: Option<Box<str>>,
}

impl<T> Reply<T> {
    pub(super) fn new(head: Head, body: T) -> Self {
        Self { head, body }
    }

    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// Returns the media type, with its parameters: `text/csv; charset=utf-8`.
    pub fn content_type(&self) -> Option<&str> {
        self.head.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// Returns where a redirect leads to (`Location`): the URL, which is resolved against that of the request if
    /// the server has written a relative one (RFC 9110 section 10.2.2). The header as it was written is in
    /// [`headers`](Self::headers). [`ClientCore::fetch`](crate::ClientCore::fetch) fetches it.
    ///
    /// Only a [`Call`](crate::Call) knows its request: a response that was read without one has the header alone.
    pub fn location(&self) -> Option<&str> {
        self.head.location.as_deref().or_else(|| location::written(&self.head.headers))
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
        (self.head.status, self.head.headers, self.body)
    }

    /// Maps the body, for example into the variant of an enum.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Reply<U> {
        Reply { head: self.head, body: change(self.body) }
    }
}

/// Shows the body with its own `Debug`, which hides declared secrets, and no header values.
impl<T: fmt::Debug> fmt::Debug for Reply<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.head.status.as_u16())
            .field("headers", &HeaderNames(&self.head.headers))
            .field("body", &self.body)
            .finish()
    }
}
