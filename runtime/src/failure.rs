//! How a call fails: with a status that the document declares, or in one of the four ways that are the
//! same for every operation.

mod api;
mod declared;

use std::any::Any;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::reply::{ErrorReply, RawReply, Undecodable};
use crate::request::RequestError;
use crate::token::TokenError;
use crate::transport::{TransportError, TransportErrorKind};

pub use api::ApiError;
pub use declared::declared;

/// How a call failed. `E` are the errors that the document declares for the operation.
///
/// The variant is chosen by the status alone: a declared status whose body does not fit is
/// [`Undecodable`](Self::Undecodable), never another variant. Neither `Debug` nor `Display` shows a byte
/// of a body or the value of a header.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error<E> {
    /// A status that the document declares, with its body.
    Declared(E),
    /// A status that the document does not declare.
    Undeclared(RawReply),
    /// A declared status whose body is not what the document says.
    Undecodable(Undecodable),
    /// The request could not be built; nothing was sent.
    Request(RequestError),
    /// No complete response came back.
    Transport(TransportError),
}

/// The errors that a document declares for an operation: an enum by
/// [`declared_errors!`](crate::declared_errors), also where there are none.
pub trait DeclaredErrors: Clone + fmt::Debug + Send + Sync + 'static {
    /// The `operationId`.
    const OPERATION: &'static str;

    /// Reads a response whose status is not one of a success.
    fn read(raw: RawReply) -> Error<Self>;

    /// Returns the response, whatever its body is.
    fn reply(&self) -> &dyn AnyErrorReply;
}

/// An [`ErrorReply`] whose body is not known here.
pub trait AnyErrorReply: Send + Sync {
    /// Returns the response as it was received.
    fn raw(&self) -> &RawReply;

    /// Returns the decoded body.
    fn body(&self) -> &dyn Any;
}

impl<T: Send + Sync + 'static> AnyErrorReply for ErrorReply<T> {
    fn raw(&self) -> &RawReply {
        self.raw()
    }

    fn body(&self) -> &dyn Any {
        self.body()
    }
}

impl<E: DeclaredErrors> Error<E> {
    /// Returns the response as it was received, where one was.
    pub fn raw(&self) -> Option<&RawReply> {
        match self {
            Self::Declared(error) => Some(error.reply().raw()),
            Self::Undeclared(raw) => Some(raw),
            Self::Undecodable(error) => Some(error.raw()),
            Self::Request(_) => None,
            Self::Transport(error) => error.partial(),
        }
    }

    /// Returns the status, where a response was received.
    pub fn status(&self) -> Option<StatusCode> {
        self.raw().map(RawReply::status)
    }

    /// Returns the headers, where a response was received.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.raw().map(RawReply::headers)
    }

    /// Returns the first [`MAX_KEPT`](crate::MAX_KEPT) bytes of the body, where a response was received.
    pub fn bytes(&self) -> Option<&Bytes> {
        self.raw().map(RawReply::bytes)
    }

    /// Returns how long the server asks to wait; see [`RawReply::retry_after`].
    pub fn retry_after(&self) -> Option<Duration> {
        self.raw().and_then(RawReply::retry_after)
    }

    /// Returns the body of a declared error, if it is a `T`: several errors of an API often have the
    /// same body.
    pub fn body<T: 'static>(&self) -> Option<&T> {
        self.any_body()?.downcast_ref()
    }

    /// Returns whether the same request may succeed later: after a status of 408, 429, 500, 502, 503 or
    /// 504, after a connection that failed, or where a token could not be had for such a reason.
    ///
    /// Whether it is safe to send it again is another question: a request that was interrupted may have
    /// been carried out.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(error) => match error.kind() {
                TransportErrorKind::Connect
                | TransportErrorKind::Timeout
                | TransportErrorKind::Interrupted => true,
                _ => error.token_error().is_some_and(TokenError::is_transient),
            },
            Self::Declared(_) | Self::Undeclared(_) | Self::Undecodable(_) | Self::Request(_) => {
                let status = self.status().map(|status| status.as_u16());
                matches!(status, Some(408 | 429 | 500 | 502 | 503 | 504))
            }
        }
    }

    fn any_body(&self) -> Option<&dyn Any> {
        match self {
            Self::Declared(error) => Some(error.reply().body()),
            Self::Undeclared(_) | Self::Undecodable(_) | Self::Request(_) | Self::Transport(_) => {
                None
            }
        }
    }
}

/// Begins with the operation: `getPet: 404 Not Found`.
impl<E: DeclaredErrors> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", E::OPERATION)?;
        match self {
            Self::Declared(error) => error.reply().raw().fmt(f),
            Self::Undeclared(raw) => write!(f, "undeclared status: {raw}"),
            Self::Undecodable(error) => error.fmt(f),
            Self::Request(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
        }
    }
}

impl<E: DeclaredErrors> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Undecodable(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Declared(_) | Self::Undeclared(_) | Self::Request(_) => None,
        }
    }
}

impl<E> From<RequestError> for Error<E> {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl<E> From<TransportError> for Error<E> {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}
