//! The settings of a token source, with their defaults and reasons.

use std::time::Duration;

/// The settings of a [`TokenSource`](super::TokenSource).
///
/// The defaults suit a service; change them for a test or an unusual server:
///
/// ```
/// use tamarack_runtime::token::TokenSourceConfig;
///
/// let mut config = TokenSourceConfig::default();
/// config.max_attempts = 1;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TokenSourceConfig {
    /// The maximum time before expiry at which a token is refreshed; 1 hour by default. It is a quarter of
    /// the lifetime if that is less.
    pub max_window: Duration,
    /// The time before expiry at which a token is no longer served; 10 seconds by default. It is a tenth of
    /// the lifetime if that is less.
    pub max_margin: Duration,
    /// Whether a token is served until it expires, without that margin; `false` by default.
    pub serve_until_expiry: bool,
    /// The lifetime of a token if the response states none; 5 minutes by default.
    pub default_lifetime: Duration,
    /// The maximum lifetime; 366 days by default.
    pub max_lifetime: Duration,
    /// The minimum time between two token requests; 1 second by default.
    pub min_reissue: Duration,
    /// The maximum time of a refresh with all its attempts; 30 seconds by default. No caller waits longer,
    /// even if the refresh runs on another thread or in a task whose transport does not return.
    pub budget: Duration,
    /// The maximum number of requests of a refresh; 3 by default.
    pub max_attempts: u32,
    /// The maximum wait before the second attempt, doubled for each further one; 200 ms by default.
    pub first_retry: Duration,
    /// The maximum wait between attempts; 5 seconds by default.
    pub max_retry: Duration,
    /// The maximum `Retry-After` of a server; 1 hour by default.
    pub max_retry_after: Duration,
    /// The pause after a refresh failed permanently, doubled with each failure; 1 second by default.
    pub first_terminal_backoff: Duration,
    /// The maximum pause after permanent failures; 60 seconds by default.
    pub max_terminal_backoff: Duration,
    /// The pause after a refresh failed temporarily, doubled with each failure; 250 ms by default.
    pub first_transient_backoff: Duration,
    /// The maximum pause after temporary failures; 30 seconds by default.
    pub max_transient_backoff: Duration,
    /// The maximum size of a response body in bytes; 64 KiB by default.
    pub max_body: usize,
    /// Whether a response without `token_type` counts as a bearer token; `false` by default.
    pub assume_bearer: bool,
}

impl Default for TokenSourceConfig {
    fn default() -> Self {
        Self {
            max_window: Duration::from_secs(60 * 60),
            max_margin: Duration::from_secs(10),
            serve_until_expiry: false,
            default_lifetime: Duration::from_secs(5 * 60),
            max_lifetime: Duration::from_secs(366 * 24 * 60 * 60),
            min_reissue: Duration::from_secs(1),
            budget: Duration::from_secs(30),
            max_attempts: 3,
            first_retry: Duration::from_millis(200),
            max_retry: Duration::from_secs(5),
            max_retry_after: Duration::from_secs(60 * 60),
            first_terminal_backoff: Duration::from_secs(1),
            max_terminal_backoff: Duration::from_secs(60),
            first_transient_backoff: Duration::from_millis(250),
            max_transient_backoff: Duration::from_secs(30),
            max_body: 64 * 1024,
            assume_bearer: false,
        }
    }
}

/// Doubles a time for each step after the first, up to a limit.
pub(super) fn doubled(first: Duration, steps: u32, max: Duration) -> Duration {
    first.saturating_mul(1_u32.checked_shl(steps).unwrap_or(u32::MAX)).min(max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubling_ends_at_the_limit() {
        let ms = Duration::from_millis;
        let steps = [(0, 250), (1, 500), (2, 1_000), (6, 16_000), (7, 30_000), (40, 30_000)];
        for (n, expected) in steps {
            assert_eq!(doubled(ms(250), n, ms(30_000)), ms(expected), "{n}");
        }
    }
}
