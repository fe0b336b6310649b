//! The error of any operation, for code that calls several of them.

use std::any::Any;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::{DeclaredErrors, Error};
use crate::reply::RawReply;

/// The error of a call of any operation; `?` converts each [`Error<E>`](Error) into it.
///
/// [`downcast_ref`](Self::downcast_ref) returns the original error, and [`body`](Self::body) the body
/// that the errors of an API have in common.
#[derive(Clone)]
pub struct ApiError(Arc<dyn Erased>);

/// An [`Error`] of any operation.
trait Erased: std::error::Error + Send + Sync {
    fn operation(&self) -> &'static str;
    fn raw(&self) -> Option<&RawReply>;
    fn is_retryable(&self) -> bool;
    fn any_bodies(&self) -> Option<[&dyn Any; 2]>;
    fn as_any(&self) -> &dyn Any;
}

impl<E: DeclaredErrors> Erased for Error<E> {
    fn operation(&self) -> &'static str {
        E::OPERATION
    }

    fn raw(&self) -> Option<&RawReply> {
        self.raw()
    }

    fn is_retryable(&self) -> bool {
        self.is_retryable()
    }

    fn any_bodies(&self) -> Option<[&dyn Any; 2]> {
        self.any_bodies()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl<E: DeclaredErrors> From<Error<E>> for ApiError {
    fn from(error: Error<E>) -> Self {
        Self(Arc::new(error))
    }
}

impl ApiError {
    /// Returns the `operationId`.
    pub fn operation(&self) -> &'static str {
        self.0.operation()
    }

    /// Returns the response as it was received, if there is one.
    pub fn raw(&self) -> Option<&RawReply> {
        self.0.raw()
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

    /// Returns whether the same request may succeed later; see [`Error::is_retryable`].
    pub fn is_retryable(&self) -> bool {
        self.0.is_retryable()
    }

    /// Returns the body of a declared error if it is a `T`; see [`Error::body`].
    pub fn body<T: 'static>(&self) -> Option<&T> {
        self.0.any_bodies()?.into_iter().find_map(|it| it.downcast_ref())
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

    /// Returns the original error if its declared errors are `E`.
    pub fn downcast_ref<E: DeclaredErrors>(&self) -> Option<&Error<E>> {
        self.0.as_any().downcast_ref()
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl std::error::Error for ApiError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}
