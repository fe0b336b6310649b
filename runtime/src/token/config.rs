//! Turns the constants of the token source into settings with names and reasons.

use std::time::Duration;

/// The constants of a [`TokenSource`](super::TokenSource).
///
/// The defaults are what a service wants; a test or an unusual server may change them:
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
    /// The longest time before the end of a token's life at which it is refreshed; 1 hour. The time
    /// is a quarter of the lifetime where that is less.
    pub max_window: Duration,
    /// How long before the end of its life a token is no longer served; 10 seconds. The time is a
    /// tenth of the lifetime where that is less.
    pub max_margin: Duration,
    /// Whether a token is served to the very end of its life, without the margin; no.
    pub serve_until_expiry: bool,
    /// The lifetime of a token whose reply states none; 5 minutes.
    pub default_lifetime: Duration,
    /// The lifetime that longer ones are cut to; 366 days.
    pub max_lifetime: Duration,
    /// The shortest time between the requests for two tokens; 1 second.
    pub min_reissue: Duration,
    /// How long one refresh may take with all its attempts; 30 seconds. Nobody waits longer for it, also
    /// where it runs elsewhere, on a thread or by a spawner, and its transport does not come back.
    pub budget: Duration,
    /// How many requests one refresh may make; 3.
    pub max_attempts: u32,
    /// The upper end of the wait before the second attempt, which doubles for each further; 200 ms.
    pub first_retry: Duration,
    /// What the wait between attempts grows to; 5 seconds.
    pub max_retry: Duration,
    /// What a server's `Retry-After` is cut to; 1 hour.
    pub max_retry_after: Duration,
    /// How long no request is made after a refresh failed for good, doubling with each; 1 second.
    pub first_terminal_backoff: Duration,
    /// What the time after final failures grows to; 60 seconds.
    pub max_terminal_backoff: Duration,
    /// How long no request is made after a refresh failed for now, doubling with each; 250 ms.
    pub first_transient_backoff: Duration,
    /// What the time after passing failures grows to; 30 seconds.
    pub max_transient_backoff: Duration,
    /// How many bytes a reply's body may have; 64 KiB.
    pub max_body: usize,
    /// Whether a reply without `token_type` is taken for a bearer token; no.
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
