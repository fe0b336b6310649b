//! The settings of retries, and what a client shares of them.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::budget::Budget;
use crate::token::{Clock, SystemClock, fraction, random};

/// How often a call is retried, and how long it waits before.
///
/// The wait before the first retry is a random part of [`first_wait`](Self::first_wait), and the bound
/// doubles with each further one up to [`max_wait`](Self::max_wait). `Retry-After` of the response is added
/// to it. No retry begins after the timeout of the call.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetrySettings {
    /// The maximum number of retries of a call; 2 by default, 0 for none.
    pub max_retries: u32,
    /// The longest wait before the first retry; 500 milliseconds by default.
    pub first_wait: Duration,
    /// The longest wait before any retry, without what the server asks for; 20 seconds by default.
    pub max_wait: Duration,
}

impl Default for RetrySettings {
    fn default() -> Self {
        let (first_wait, max_wait) = (Duration::from_millis(500), Duration::from_secs(20));
        Self { max_retries: 2, first_wait, max_wait }
    }
}

impl RetrySettings {
    /// Sets the maximum number of retries.
    pub fn with_max_retries(self, max_retries: u32) -> Self {
        Self { max_retries, ..self }
    }

    /// Sets the longest wait before the first retry.
    pub fn with_first_wait(self, first_wait: Duration) -> Self {
        Self { first_wait, ..self }
    }

    /// Sets the longest wait before any retry.
    pub fn with_max_wait(self, max_wait: Duration) -> Self {
        Self { max_wait, ..self }
    }
}

type Jitter = dyn Fn() -> f64 + Send + Sync;

/// What all calls of a client share: its settings, its time, and its budget.
#[derive(Clone)]
pub(crate) struct Retries {
    pub(crate) settings: RetrySettings,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) jitter: Arc<Jitter>,
    budget: Arc<Budget>,
}

impl Default for Retries {
    fn default() -> Self {
        Self {
            settings: RetrySettings::default(),
            clock: Arc::new(SystemClock::new()),
            jitter: Arc::new(random),
            budget: Arc::new(Budget::new()),
        }
    }
}

impl Retries {
    /// Returns how long to wait before the retry that follows so many attempts.
    pub(crate) fn wait(&self, n_attempts: u32, retry_after: Duration) -> Duration {
        let settings = &self.settings;
        let factor = 1_u32.checked_shl(n_attempts.saturating_sub(1)).unwrap_or(u32::MAX);
        let most = settings.first_wait.saturating_mul(factor).min(settings.max_wait);
        let own = most.mul_f64(fraction((self.jitter)()));
        // Added, so that those who were all told the same time do not all come at it.
        own.saturating_add(retry_after)
    }

    /// Pays for a retry; returns whether the client can.
    pub(crate) fn pay(&self) -> bool {
        self.budget.take()
    }

    /// Notes a success after this many retries.
    pub(crate) fn succeeded(&self, n_retries: u32) {
        self.budget.succeeded(n_retries);
    }
}

impl fmt::Debug for Retries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Retries").field("settings", &self.settings).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(n_attempts: u32, jitter: f64, retry_after: u64) -> u128 {
        let retries = Retries { jitter: Arc::new(move || jitter), ..Retries::default() };
        retries.wait(n_attempts, Duration::from_secs(retry_after)).as_millis()
    }

    #[test]
    fn the_bound_doubles_and_the_server_is_obeyed() {
        for (n_attempts, jitter, retry_after, expected) in [
            (1, 1.0, 0, 500),
            (2, 1.0, 0, 1_000),
            (6, 1.0, 0, 16_000),
            (7, 1.0, 0, 20_000),
            (40, 1.0, 0, 20_000),
            (1, 0.0, 0, 0),
            (1, 0.5, 0, 250),
            (1, f64::NAN, 0, 0),
            (1, 0.0, 7, 7_000),
            (1, 1.0, 7, 7_500),
        ] {
            assert_eq!(wait(n_attempts, jitter, retry_after), expected, "{n_attempts} {jitter}");
        }
        assert!(wait(1, 1.0, u64::MAX) > u128::from(u64::MAX));
    }
}
