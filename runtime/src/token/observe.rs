//! Events of a token source, for logging and counting.

use std::time::Duration;

use http::StatusCode;

use super::access_token::AccessToken;
use super::error::TokenError;

/// A function that is called with each event; it must not block.
pub(super) type Observer = Box<dyn Fn(&TokenEvent<'_>) + Send + Sync>;

/// What a [`TokenEvent`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenEventKind {
    /// A token request ended.
    Request,
    /// A refresh failed although no request did.
    Refresh,
    /// A store that machines share (feature `token-store`) was of no use; the source goes on by itself.
    TokenStore,
    /// A [`RefreshTokenStore`](super::RefreshTokenStore) did not take a new refresh token. The source holds
    /// it, and offers it again before the next request; if the process ends before, it is lost.
    RefreshTokenStore,
}

/// The end of a token request, or a failure that no request is to blame for. It contains no secret.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct TokenEvent<'a> {
    /// What the event is about.
    pub kind: TokenEventKind,
    /// The origin of the endpoint, if known.
    pub origin: Option<&'a str>,
    /// Counted from 1 within a refresh; 0 where no request is to blame for the failure: a token came
    /// too late, an injected part panicked, a request blocked its thread beyond the budget, a store failed.
    pub attempt: u32,
    /// The time from sending to the end of the response; zero if no request caused the failure.
    pub elapsed: Duration,
    /// The failure, if any, whether or not a caller sees it.
    pub error: Option<&'a TokenError>,
    status: Option<StatusCode>,
}

impl<'a> TokenEvent<'a> {
    pub(super) fn attempt(
        origin: Option<&'a str>,
        attempt: u32,
        elapsed: Duration,
        status: Option<StatusCode>,
        result: &'a Result<AccessToken, TokenError>,
    ) -> Self {
        let error = result.as_ref().err();
        // The head of a response that was cut short is in the error alone.
        let status = status.or_else(|| error.and_then(TokenError::status));
        Self { kind: TokenEventKind::Request, origin, attempt, elapsed, error, status }
    }

    /// What is told of by no request.
    pub(super) fn beside(
        kind: TokenEventKind,
        origin: Option<&'a str>,
        error: &'a TokenError,
    ) -> Self {
        let elapsed = Duration::ZERO;
        Self { kind, origin, attempt: 0, elapsed, error: Some(error), status: None }
    }

    /// Returns the status of the response, where its head arrived: a success's as well as a failure's.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }
}
