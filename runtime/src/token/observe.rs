//! Turns what a source does in the background into events for whoever wants to log or count them.

use std::time::Duration;

use http::StatusCode;

use super::access_token::AccessToken;
use super::error::TokenError;

/// Called with each event; must not block.
pub(super) type Observer = Box<dyn Fn(&TokenEvent<'_>) + Send + Sync>;

/// The end of one request for a token, or of a refresh that failed though no request did. It holds no
/// secret.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct TokenEvent<'a> {
    /// Where the request went, if the endpoint says so.
    pub origin: Option<&'a str>,
    /// Counted from 1 within a refresh; 0 where no request is to blame for its failure: its token came
    /// too late, an injected part panicked, or a request blocked its thread beyond the budget.
    pub attempt: u32,
    /// From sending to the end of the reply; zero where no request is to blame.
    pub elapsed: Duration,
    /// The failure, if it was one, whether or not a caller will see it.
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
        // The head of a reply that was cut short is in the error alone.
        let status = status.or_else(|| error.and_then(TokenError::status));
        Self { origin, attempt, elapsed, error, status }
    }

    /// The end of a refresh that is told of by none of its requests.
    pub(super) fn refresh(origin: Option<&'a str>, error: &'a TokenError) -> Self {
        Self { origin, attempt: 0, elapsed: Duration::ZERO, error: Some(error), status: None }
    }

    /// Returns the status of the reply, where its head arrived: a success's as well as a failure's.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }
}
