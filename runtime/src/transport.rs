//! Turns an HTTP request into an HTTP reply, or an error that says how it failed; the one place that
//! does I/O.

#[cfg(any(feature = "reqwest013", feature = "tower"))]
pub(crate) mod causes;
mod error;
mod limits;
mod mode;

use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;

pub use error::{TransportError, TransportErrorKind};
pub(crate) use limits::check_head;
pub use limits::{Limits, MAX_HEAD, MAX_HEADERS};
pub use mode::Mode;
#[cfg(feature = "blocking")]
pub(crate) use mode::Waiting;

/// A future that can be sent to another thread, behind a pointer.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request and reads its reply to the end.
///
/// The trait stands between this crate and the HTTP clients, of which it knows none. Whoever implements
/// it takes these duties over; [`ClientCore::send`](crate::ClientCore::send) can check only the size of
/// the head and of the body, once they are there.
///
/// - **No redirect is followed.** A 3xx reply is returned like any other. A client that follows sends
///   body and credentials to an address the server chose.
/// - **The deadline is total.** [`Limits::timeout`] covers everything from the call to the last byte of
///   the body: name lookup, connecting, TLS, sending, waiting, reading. A server that drips bytes does
///   not extend it.
/// - **The body is capped while it is read.** Reading stops at [`Limits::max_body`], whatever
///   `Content-Length` says; the error is [`TransportErrorKind::BodyTooLarge`].
/// - **The head is capped, and so is what stands around the body.** More than [`MAX_HEADERS`] headers,
///   more than [`MAX_HEAD`] bytes of them, or as much of trailers or chunk extensions, is
///   [`TransportErrorKind::HeadTooLarge`]; up to that, a head is returned whole. Replies of a status of
///   1xx before the one that counts have no cap but the deadline.
/// - **Nothing is retried.** Whether a request may be repeated is the caller's to know.
/// - **Nothing is decompressed**, and `Accept-Encoding` is not added: the cap would not bound memory.
/// - **Nothing is added** that names the caller or another request: no cookies, no `Referer`.
/// - **A short body is an error.** Fewer bytes than `Content-Length`, or a chunked body without its
///   end, is [`TransportErrorKind::Interrupted`]. If the head had arrived, the error carries what was
///   read ([`TransportError::with_partial`]).
/// - **Errors show no URL and no body**, in no rendering and nowhere in the source chain.
///
/// `transport_conformance` of the crate `tamarack-conformance` checks that an implementation honours
/// them.
///
/// A status of 4xx or 5xx is not an error here. Dropping the future cancels the request.
pub trait Transport: Send + Sync {
    /// Returns how the futures of [`send`](Self::send) are to be run; by an async runtime unless said
    /// otherwise. [`ClientCore::send`](crate::ClientCore::send) returns an error in place of a call that
    /// is run in another way, before anything is sent.
    fn mode(&self) -> Mode {
        Mode::Async
    }

    /// Sends the request and returns the reply with its whole body.
    fn send<'a>(
        &'a self,
        request: http::Request<Bytes>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<http::Response<Bytes>, TransportError>>;
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
}
