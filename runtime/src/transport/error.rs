//! The error of a request without a complete response, with what had arrived.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use crate::reply::RawReply;
use crate::token::TokenError;

/// How sending a request failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection: the name did not resolve, or the server did not answer.
    Connect,
    /// No secure connection: the certificate is not trusted, or the handshake failed.
    Tls,
    /// The total timeout elapsed, or the idle timeout of a stream.
    Timeout,
    /// The body is larger than [`Limits::max_body`](crate::Limits::max_body).
    BodyTooLarge,
    /// The response has more than [`MAX_HEADERS`](crate::MAX_HEADERS) headers or more than
    /// [`MAX_HEAD`](crate::MAX_HEAD) bytes of them, or as many bytes of trailers or chunk
    /// extensions.
    HeadTooLarge,
    /// The connection was lost before the response was complete.
    Interrupted,
    /// The server refused the request before it did anything with it, and said so in HTTP/2 (RFC 9113 §8.7).
    Unprocessed,
    /// No token could be obtained, so nothing was sent. The cause is
    /// [`TransportError::token_error`].
    Token,
    /// The request has another origin than the client, to which tokens are not sent; nothing was sent.
    ForeignOrigin,
    /// The request would go over plain http, which the client does not allow; nothing was sent. The source of
    /// the error is a [`PlainHttpError`](crate::PlainHttpError), which names the setting.
    PlainHttp,
    /// The call was waited for, but the transport needs an async runtime; nothing was sent.
    NeedsRuntime,
    /// The call was awaited, but the transport would block the thread of the runtime; nothing was sent.
    WouldBlock,
    /// The stream of the request body failed, has another length than was said, or was sent before; the
    /// request was aborted. The source of the error is a
    /// [`RequestBodyError`](crate::RequestBodyError).
    RequestBody,
    /// The transport does not stream, and the stream of the request body is larger than
    /// [`Limits::max_body`](crate::Limits::max_body); nothing was sent.
    NeedsStreaming,
    /// Anything else, such as a response that is not HTTP.
    Other,
}

impl TransportErrorKind {
    /// Returns a word for logs and metrics.
    #[cfg(feature = "tracing")]
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Timeout => "timeout",
            Self::BodyTooLarge => "too_large",
            Self::HeadTooLarge => "head_too_large",
            Self::Interrupted => "interrupted",
            Self::Unprocessed => "unprocessed",
            Self::Token => "no_token",
            Self::ForeignOrigin => "foreign_origin",
            Self::PlainHttp => "plain_http",
            Self::NeedsRuntime => "needs_runtime",
            Self::WouldBlock => "would_block",
            Self::RequestBody => "request_body",
            Self::NeedsStreaming => "needs_streaming",
            Self::Other => "transport",
        }
    }
}

/// A request without a complete response.
///
/// `Debug` and `Display` show neither the URL nor header values nor bodies.
#[derive(Clone)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<Arc<dyn Error + Send + Sync>>,
    partial: Option<RawReply>,
    received: Option<u64>,
}

impl TransportError {
    /// Creates an error without a cause.
    pub fn new(kind: TransportErrorKind) -> Self {
        Self { kind, source: None, partial: None, received: None }
    }

    /// Adds the cause. It must show neither the URL nor a body.
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(Arc::from(source.into()));
        self
    }

    /// Adds the head of the response and the bytes received before the failure, the first
    /// [`MAX_KEPT`](crate::MAX_KEPT) of them.
    pub fn with_partial(mut self, reply: RawReply) -> Self {
        self.partial = Some(reply.bounded());
        self
    }

    /// Sets how many bytes of a streamed body had arrived.
    pub(crate) fn with_received(mut self, n_bytes: u64) -> Self {
        self.received = Some(n_bytes);
        self
    }

    /// Returns how the request failed.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Returns the incomplete response, if its head had arrived.
    pub fn partial(&self) -> Option<&RawReply> {
        self.partial.as_ref()
    }

    /// Returns how many bytes of a streamed body had arrived before the failure, which the stream has
    /// returned before.
    pub fn received(&self) -> Option<u64> {
        self.received
    }

    /// Returns why no token could be obtained, if that was the failure.
    pub fn token_error(&self) -> Option<&TokenError> {
        self.source()?.downcast_ref()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "could not connect",
            TransportErrorKind::Tls => "could not make a secure connection",
            TransportErrorKind::Timeout => "request timed out",
            TransportErrorKind::BodyTooLarge => "response body is larger than the limit",
            TransportErrorKind::HeadTooLarge => "head or trailers of the response exceed the limit",
            TransportErrorKind::Interrupted => {
                "connection was lost before the response was complete"
            }
            TransportErrorKind::Unprocessed => "server refused the request before processing it",
            TransportErrorKind::Token => "no token for the request",
            TransportErrorKind::ForeignOrigin => "request goes to another origin than the client's",
            TransportErrorKind::PlainHttp => "request over plain http is refused",
            TransportErrorKind::NeedsRuntime => {
                "transport needs an async runtime: await the call, or build the client with a \
                 transport that blocks, such as the one of the feature `ureq3`"
            }
            TransportErrorKind::WouldBlock => {
                "transport blocks its thread: wait for the call, or build the client with an async \
                 transport, such as the one of the feature `reqwest013`"
            }
            TransportErrorKind::RequestBody => "request body could not be sent completely",
            TransportErrorKind::NeedsStreaming => {
                "transport does not stream, and the request body is larger than the limit"
            }
            TransportErrorKind::Other => "request failed",
        })?;
        match (&self.partial, self.received) {
            (Some(reply), _) => write!(f, " (status {})", reply.status().as_u16()),
            (None, Some(n_bytes)) => write!(f, " (after {n_bytes} bytes of the body)"),
            (None, None) => Ok(()),
        }
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("kind", &self.kind)
            .field("source", &self.source)
            .field("partial", &self.partial)
            .field("received", &self.received)
            .finish()
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.source {
            Some(source) => Some(&**source),
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    #[test]
    fn carries_cause_and_partial_reply() {
        let mut response = http::Response::new(Bytes::from_static(b"half of a secr"));
        *response.status_mut() = http::StatusCode::BAD_GATEWAY;
        let error = TransportError::new(TransportErrorKind::Interrupted)
            .with_source("unexpected end")
            .with_partial(RawReply::new(response));
        assert_eq!(error.kind(), TransportErrorKind::Interrupted);
        assert_eq!(
            error.to_string(),
            "connection was lost before the response was complete (status 502)"
        );
        assert_eq!(error.source().unwrap().to_string(), "unexpected end");
        assert_eq!(error.clone().partial().unwrap().bytes(), &b"half of a secr"[..]);
        assert!(!format!("{error:?}").contains("secr"));
    }

    #[test]
    fn can_cross_threads() {
        fn check<T: Send + Sync + 'static>() {}
        check::<TransportError>();
    }
}
