//! Turns what a source does in the background into events for whoever wants to log or count them.

use std::time::Duration;

use http::StatusCode;

use super::access_token::AccessToken;
use super::error::TokenError;

/// Called with each event; must not block.
pub(super) type Observer = Box<dyn Fn(&TokenEvent<'_>) + Send + Sync>;

/// The end of one request for a token. It holds no secret.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct TokenEvent<'a> {
    /// Where the request went, if the endpoint says so.
    pub origin: Option<&'a str>,
    /// Counted from 1 within a refresh.
    pub attempt: u32,
    /// From sending to the end of the reply.
    pub elapsed: Duration,
    /// The failure, if it was one, whether or not a caller will see it.
    pub error: Option<&'a TokenError>,
}

impl<'a> TokenEvent<'a> {
    pub(super) fn attempt(
        origin: Option<&'a str>,
        attempt: u32,
        elapsed: Duration,
        result: &'a Result<AccessToken, TokenError>,
    ) -> Self {
        Self { origin, attempt, elapsed, error: result.as_ref().err() }
    }

    /// Returns the status of a reply that was a failure.
    pub fn status(&self) -> Option<StatusCode> {
        self.error.and_then(TokenError::status)
    }
}
