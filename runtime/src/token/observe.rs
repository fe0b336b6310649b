//! Events of a token source, for logging and counting.

use std::time::Duration;

use http::StatusCode;

use super::access_token::AccessToken;
use super::error::TokenError;

/// A function that is called with each event; it must not block.
pub(super) type Observer = Box<dyn Fn(&TokenEvent<'_>) + Send + Sync>;

/// The end of a token request, or of a refresh that failed although no request did. It contains no secret.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct TokenEvent<'a> {
    /// The origin of the endpoint, if known.
    pub origin: Option<&'a str>,
    /// Counted from 1 within a refresh; 0 where no request is to blame for its failure: its token came
    /// too late, an injected part panicked, or a request blocked its thread beyond the budget.
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
        Self { origin, attempt, elapsed, error, status }
    }

    /// A store that is of no use.
    #[cfg(feature = "token-store")]
    pub(super) fn store(origin: Option<&'a str>, error: &'a TokenError) -> Self {
        Self::refresh(origin, error)
    }

    /// The end of a refresh that is told of by none of its requests.
    pub(super) fn refresh(origin: Option<&'a str>, error: &'a TokenError) -> Self {
        Self { origin, attempt: 0, elapsed: Duration::ZERO, error: Some(error), status: None }
    }

    /// Returns the status of the response, where its head arrived: a success's as well as a failure's.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }
}
