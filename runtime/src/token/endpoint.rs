//! Turns credentials into the raw reply of a token endpoint: what a generated client implements.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use super::config::TokenSourceConfig;
use super::credentials::ClientCredentials;
use super::error::TokenError;
use crate::client::ClientCore;
use crate::reply::RawReply;
use crate::request::RequestError;
use crate::secret::Secret;
use crate::transport::{BoxFuture, TransportError};

/// Asks for a token, once.
///
/// Body encoding, headers, audience and scope are the implementor's; retries, caching and reading the
/// reply are the [`TokenSource`](super::TokenSource)'s. Dropping the future cancels the request.
pub trait TokenEndpoint: Send + Sync {
    /// Sends one request and returns the reply, whatever its status.
    fn request<'a>(
        &'a self,
        credentials: &'a ClientCredentials,
    ) -> BoxFuture<'a, Result<RawReply, EndpointError>>;

    /// Returns scheme, host and port of the endpoint, for logs.
    fn origin(&self) -> Option<&str> {
        None
    }

    /// Returns what else than the credentials the last request had in it: no error shows a text of the
    /// server that holds a part of it.
    fn sent_secrets(&self) -> Vec<Secret> {
        Vec::new()
    }

    /// Returns whether the last request, or one before, may have been carried out though no response
    /// came, and must not be repeated at once: see [`TokenError::is_in_doubt`].
    fn is_in_doubt(&self) -> bool {
        false
    }
}

/// Returns a client that reads no more of a reply than a token can need (64 KiB) and waits no longer for
/// it than a refresh does (30 seconds), on the same connections: for the [`TokenEndpoint`] of a client
/// that may read more elsewhere.
pub fn bounded(core: &ClientCore) -> ClientCore {
    let (most, limits) = (TokenSourceConfig::default(), core.limits().clone());
    let (timeout, max_body) = (limits.timeout.min(most.budget), limits.max_body.min(most.max_body));
    core.with_limits(limits.with_timeout(timeout).with_max_body(max_body))
}

impl<E: TokenEndpoint + ?Sized> TokenEndpoint for Arc<E> {
    fn request<'a>(
        &'a self,
        credentials: &'a ClientCredentials,
    ) -> BoxFuture<'a, Result<RawReply, EndpointError>> {
        (**self).request(credentials)
    }

    fn origin(&self) -> Option<&str> {
        (**self).origin()
    }

    fn sent_secrets(&self) -> Vec<Secret> {
        (**self).sent_secrets()
    }

    fn is_in_doubt(&self) -> bool {
        (**self).is_in_doubt()
    }
}

/// Why a [`TokenEndpoint`] has no reply.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum EndpointError {
    /// The request could not be built.
    Request(RequestError),
    /// No whole reply came back.
    Transport(TransportError),
    /// There was nothing to ask with; nothing was sent.
    Token(TokenError),
}

impl From<RequestError> for EndpointError {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl From<TransportError> for EndpointError {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl From<TokenError> for EndpointError {
    fn from(error: TokenError) -> Self {
        Self::Token(error)
    }
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Token(error) => error.fmt(f),
        }
    }
}

impl Error for EndpointError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use std::time::Duration;

    #[test]
    fn the_smaller_limit_holds() {
        let seconds = Duration::from_secs;
        for (timeout, max_body, expected) in [
            (seconds(600), 8 << 20, (seconds(30), 64 << 10)),
            (seconds(5), 8 << 20, (seconds(5), 64 << 10)),
            (seconds(600), 100, (seconds(30), 100)),
        ] {
            let limits = Limits::default().with_timeout(timeout).with_max_body(max_body);
            let core = bounded(&crate::client::tests::core(&[]).with_limits(limits));
            assert_eq!((core.limits().timeout, core.limits().max_body), expected);
        }
    }
}
