//! The error of a call: a declared error of the operation, or one of the four failures that every
//! operation has.

mod api;
mod declared;

use std::any::Any;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::reply::{ErrorReply, RawReply, Undecodable};
use crate::request::RequestError;
use crate::token::TokenError;
use crate::transport::{TransportError, TransportErrorKind};

pub use api::ApiError;
pub use declared::declared;

/// The error of a call. `E` is the enum of the declared errors of the operation.
///
/// Only the status decides the variant: a declared status with a body that does not match is
/// [`Undecodable`](Self::Undecodable), never another variant. `Debug` and `Display` show neither bodies
/// nor header values.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Error<E> {
    /// A declared error status, with its decoded body.
    Declared(E),
    /// An undeclared status.
    Undeclared(RawReply),
    /// A declared status with a body that could not be decoded as declared.
    Undecodable(Undecodable),
    /// The request could not be built; nothing was sent.
    Request(RequestError),
    /// No complete response was received.
    Transport(TransportError),
}

/// The declared errors of an operation: an enum made by
/// [`declared_errors!`](crate::declared_errors), without variants if there are none.
pub trait DeclaredErrors: Clone + fmt::Debug + Send + Sync + 'static {
    /// The `operationId`.
    const OPERATION: &'static str;

    /// Decodes a response whose status is not a success.
    fn read(raw: RawReply) -> Error<Self>;

    /// Returns the response without the type of its body.
    fn reply(&self) -> &dyn AnyErrorReply;

    /// Returns the body that was decoded: of a response with several media types, what the variant holds.
    fn decoded(&self) -> &dyn Any {
        self.reply().body()
    }
}

/// An [`ErrorReply`] with a type-erased body.
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
    /// Returns the response as it was received, if there is one.
    pub fn raw(&self) -> Option<&RawReply> {
        match self {
            Self::Declared(error) => Some(error.reply().raw()),
            Self::Undeclared(raw) => Some(raw),
            Self::Undecodable(error) => Some(error.raw()),
            Self::Request(_) => None,
            Self::Transport(error) => error.partial(),
        }
    }

    /// Returns the status, if a response was received.
    pub fn status(&self) -> Option<StatusCode> {
        self.raw().map(RawReply::status)
    }

    /// Returns the headers, if a response was received.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.raw().map(RawReply::headers)
    }

    /// Returns the first [`MAX_KEPT`](crate::MAX_KEPT) bytes of the body, if a response was received.
    pub fn bytes(&self) -> Option<&Bytes> {
        self.raw().map(RawReply::bytes)
    }

    /// Returns how long the server asks to wait; see [`RawReply::retry_after`].
    pub fn retry_after(&self) -> Option<Duration> {
        self.raw().and_then(RawReply::retry_after)
    }

    /// Returns the body of a declared error if it is a `T`. Several errors of an API often have the same
    /// body. Of an error with several media types, `T` is the type of one of them, or the enum of all.
    pub fn body<T: 'static>(&self) -> Option<&T> {
        self.any_bodies()?.into_iter().find_map(|it| it.downcast_ref())
    }

    /// Returns the JSON body as a `T`, whatever the status and whether it is declared or not. `None` if there
    /// is no response, or its body is another one.
    ///
    /// [`body`](Self::body) returns that of a declared error without decoding it again.
    pub fn decode_body<T: DeserializeOwned>(&self) -> Option<T> {
        self.raw()?.decode_body()
    }

    /// Returns what the server says of the failure; see [`RawReply::server_message`].
    pub fn server_message(&self) -> Option<String> {
        self.raw()?.server_message()
    }

    /// Returns the name that the server gives the request; see [`RawReply::request_id`].
    pub fn request_id(&self) -> Option<&str> {
        self.raw()?.request_id()
    }

    /// Returns whether the same request may succeed later: after a status of 408, 429, 500, 502, 503 or
    /// 504, after a failed connection, or if a token could not be obtained for such a reason.
    ///
    /// That does not mean that it is safe to send it again: the server may have processed an interrupted
    /// request.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(error) => match error.kind() {
                TransportErrorKind::Connect
                | TransportErrorKind::Timeout
                | TransportErrorKind::Interrupted
                | TransportErrorKind::Unprocessed => true,
                _ => error.token_error().is_some_and(TokenError::is_transient),
            },
            Self::Declared(_) | Self::Undeclared(_) | Self::Undecodable(_) | Self::Request(_) => {
                let status = self.status().map(|status| status.as_u16());
                matches!(status, Some(408 | 429 | 500 | 502 | 503 | 504))
            }
        }
    }

    /// Returns the decoded body of a declared error, and what holds it.
    fn any_bodies(&self) -> Option<[&dyn Any; 2]> {
        match self {
            Self::Declared(error) => Some([error.decoded(), error.reply().body()]),
            Self::Undeclared(_) | Self::Undecodable(_) | Self::Request(_) | Self::Transport(_) => {
                None
            }
        }
    }
}

/// The text begins with the operation: `getPet: 404 Not Found`.
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
