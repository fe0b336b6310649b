//! The trait of token endpoints, which exchange credentials for a response.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use super::config::TokenSourceConfig;
use super::credentials::ClientCredentials;
use super::error::TokenError;
use super::identity::TokenIdentity;
use crate::client::ClientCore;
use crate::reply::RawReply;
use crate::request::RequestError;
use crate::secret::Secret;
use crate::transport::{BoxFuture, TransportError};

/// Requests a token once.
///
/// An implementation chooses body encoding, headers, audience and scope. The
/// [`TokenSource`](super::TokenSource) retries, caches and decodes the response. Dropping the future
/// cancels the request.
pub trait TokenEndpoint: Send + Sync {
    /// Sends one request and returns the response, whatever its status.
    fn request<'a>(
        &'a self,
        credentials: &'a ClientCredentials,
    ) -> BoxFuture<'a, Result<RawReply, EndpointError>>;

    /// Returns scheme, host and port of the endpoint, for logs.
    fn origin(&self) -> Option<&str> {
        None
    }

    /// Returns what the tokens of this endpoint are for, so that sources which ask for the same can share
    /// one. By default only the origin and the client id are known, and who shares has to name the rest.
    fn identity(&self, credentials: &ClientCredentials) -> TokenIdentity {
        TokenIdentity::in_part([self.origin().unwrap_or_default(), credentials.id().expose()])
    }

    /// Returns what else than the credentials the last request had in it: no error shows a text of the
    /// server that holds a part of it.
    fn sent_secrets(&self) -> Vec<Secret> {
        Vec::new()
    }

    /// Returns, once, what failed beside the last request, though it may have a response: that a store did
    /// not take a new refresh token.
    fn take_failure(&self) -> Option<TokenError> {
        None
    }

    /// Returns whether the last request, or one before, may have been carried out though no response
    /// came, and must not be repeated at once: see [`TokenError::is_in_doubt`].
    fn is_in_doubt(&self) -> bool {
        false
    }
}

/// Returns a client for a [`TokenEndpoint`], with the limits of a token request (64 KiB, 30 seconds) and the
/// connections of the given client.
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

    fn identity(&self, credentials: &ClientCredentials) -> TokenIdentity {
        (**self).identity(credentials)
    }

    fn sent_secrets(&self) -> Vec<Secret> {
        (**self).sent_secrets()
    }

    fn take_failure(&self) -> Option<TokenError> {
        (**self).take_failure()
    }

    fn is_in_doubt(&self) -> bool {
        (**self).is_in_doubt()
    }
}

/// Why a [`TokenEndpoint`] has no response.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum EndpointError {
    /// The request could not be built.
    Request(RequestError),
    /// No complete response was received.
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
