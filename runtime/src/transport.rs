//! The trait of transports, which send an HTTP request and return the response or an error; the only
//! place that does I/O.

#[cfg(any(feature = "reqwest013-own-tls", feature = "tower"))]
pub(crate) mod causes;
mod error;
mod limits;
mod mode;
mod stream;
#[cfg(any(feature = "reqwest013-own-tls", feature = "tower"))]
pub(crate) mod timed;

use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;

use crate::body::{RequestBody, ResponseBody};

pub use error::{TransportError, TransportErrorKind};
pub(crate) use limits::check_head;
pub use limits::{Limits, MAX_HEAD, MAX_HEADERS};
pub use mode::Mode;
#[cfg(feature = "blocking")]
pub(crate) use mode::Waiting;
#[cfg(feature = "tower")]
pub(crate) use stream::buffered;

/// A boxed future that can be sent to another thread.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends a request and reads the response: the complete one, or as a stream.
///
/// The trait makes this crate independent of HTTP clients. An implementation has the following duties;
/// [`ClientCore::send`](crate::ClientCore::send) can only check the sizes of the head and the body, after
/// they have arrived.
///
/// - **No redirect is followed.** A 3xx response is returned like any other. Following it would send the
///   body and credentials to an address chosen by the server.
/// - **The deadline is total.** [`Limits::timeout`] covers everything from the call to the last byte of
///   the body: name lookup, connecting, TLS, sending, waiting, reading. A server that sends byte by byte
///   does not extend it.
/// - **The size of the body is limited while reading.** Reading stops at [`Limits::max_body`], whatever
///   `Content-Length` says; the error is [`TransportErrorKind::BodyTooLarge`].
/// - **The size of the head is limited, and so are trailers and chunk extensions.** More than
///   [`MAX_HEADERS`] headers, more than [`MAX_HEAD`] bytes of them, or as many bytes of trailers or chunk
///   extensions, are [`TransportErrorKind::HeadTooLarge`]. A smaller head is returned complete. Interim
///   responses (1xx) are limited only by the deadline.
/// - **Nothing is retried.** Only the caller knows whether a request may be repeated.
/// - **Nothing is decompressed**, and `Accept-Encoding` is not added, since the limit would not bound memory. The
///   transport `gzip::Gzip` (feature `gzip`) does both over another one, within the limit.
/// - **Nothing is added** that names the caller or another request: no cookies, no `Referer`.
/// - **A short body is an error.** Fewer bytes than `Content-Length`, or a chunked body without its
///   end, is [`TransportErrorKind::Interrupted`]. If the head had arrived, the error carries what was
///   read ([`TransportError::with_partial`]).
/// - **A refused request of HTTP/2 is told from an interrupted one**: [`TransportErrorKind::Unprocessed`] is what the
///   server says that it did nothing with (RFC 9113 §8.7), so that it is safe to send it again.
/// - **Errors contain neither URL nor body**, in `Debug`, `Display`, and the whole source chain.
///
/// [`stream`](Self::stream) has the same duties, with other deadlines:
///
/// - **The body is read as it is asked for**, and each piece is returned when it arrives. It has no limit:
///   memory is bounded by a piece.
/// - **Three deadlines.** [`Limits::timeout`] ends with the head and begins again with each piece of the
///   request body that the connection takes; [`Limits::idle_timeout`] is for each wait for a piece;
///   [`Limits::stream_timeout`] is total.
/// - **A cut body ends with an error**, after the pieces that arrived.
/// - **The request body goes out as it comes.** With a known length it has `Content-Length`, else it is sent
///   in chunks. If its stream fails, the request is aborted, so that the server does not take it as whole.
/// - **Dropping the body closes the connection** of an unfinished response.
///
/// `transport_conformance` of the crate `tamarack-conformance` checks that an implementation honours
/// them.
///
/// A response with status 4xx or 5xx is not an error here. Dropping the future cancels the request.
pub trait Transport: Send + Sync {
    /// Returns how the futures of [`send`](Self::send) must be run. The default is an async runtime. If a
    /// call is run in another way, [`ClientCore::send`](crate::ClientCore::send) returns an error before
    /// anything is sent.
    fn mode(&self) -> Mode {
        Mode::Async
    }

    /// Sends the request and returns the response with its complete body.
    fn send<'a>(
        &'a self,
        request: http::Request<Bytes>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<http::Response<Bytes>, TransportError>>;

    /// Sends the request, whose body may be a stream, and returns the response when its head has arrived.
    ///
    /// By default both bodies are buffered and passed to [`send`](Self::send): the response arrives as a
    /// whole, and a request body of more than [`Limits::max_body`] bytes is
    /// [`TransportErrorKind::NeedsStreaming`].
    fn stream<'a>(
        &'a self,
        request: http::Request<RequestBody>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<http::Response<ResponseBody>, TransportError>> {
        Box::pin(async move {
            let request = stream::buffered(request, limits).await?;
            Ok(self.send(request, limits).await?.map(ResponseBody::from))
        })
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn mode(&self) -> Mode {
        (**self).mode()
    }

    fn send<'a>(
        &'a self,
        request: http::Request<Bytes>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<http::Response<Bytes>, TransportError>> {
        (**self).send(request, limits)
    }

    fn stream<'a>(
        &'a self,
        request: http::Request<RequestBody>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<http::Response<ResponseBody>, TransportError>> {
        (**self).stream(request, limits)
    }
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn mode(&self) -> Mode {
        (**self).mode()
    }

    fn send<'a>(
        &'a self,
        request: http::Request<Bytes>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<http::Response<Bytes>, TransportError>> {
        (**self).send(request, limits)
    }

    fn stream<'a>(
        &'a self,
        request: http::Request<RequestBody>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<http::Response<ResponseBody>, TransportError>> {
        (**self).stream(request, limits)
    }
}
