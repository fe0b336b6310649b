//! The ages at which a token is refreshed and no longer served.

use std::time::Duration;

use super::config::TokenSourceConfig;

/// Ages, counted from just before the request was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Schedule {
    /// From here on a read starts a refresh.
    pub(super) refresh_after: Duration,
    /// From here on the token is not served.
    pub(super) dead_after: Duration,
}

impl Schedule {
    /// The jitter is in `0.0..1.0`; it moves the refresh within the first quarter of the window.
    pub(super) fn new(config: &TokenSourceConfig, lifetime: Duration, jitter: f64) -> Self {
        let window = (lifetime / 4).min(config.max_window);
        let margin = (lifetime / 10).min(config.max_margin);
        let margin = if config.serve_until_expiry { Duration::ZERO } else { margin };
        let dead_after = lifetime.saturating_sub(margin);
        let ahead = window.mul_f64(0.75 + 0.25 * fraction(jitter));
        Self { refresh_after: lifetime.saturating_sub(ahead).min(dead_after), dead_after }
    }

    /// The same ages, counted from when a token was this old.
    pub(super) fn at_age(self, age: Duration) -> Self {
        Self {
            refresh_after: self.refresh_after.saturating_sub(age),
            dead_after: self.dead_after.saturating_sub(age),
        }
    }
}

/// Makes a number of `0.0..=1.0` of whatever an injected source of jitter returns.
pub(crate) fn fraction(jitter: f64) -> f64 {
    if jitter.is_finite() { jitter.clamp(0.0, 1.0) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ages(lifetime: u64, jitter: f64) -> (f64, f64) {
        let config = TokenSourceConfig::default();
        let schedule = Schedule::new(&config, Duration::from_secs(lifetime), jitter);
        (schedule.refresh_after.as_secs_f64(), schedule.dead_after.as_secs_f64())
    }

    /// The formulas of the behaviour, worked out by hand.
    #[test]
    fn a_quarter_and_a_tenth_up_to_their_limits() {
        for (lifetime, jitter, refresh, dead) in [
            (1, 0.0, 0.8125, 0.9),
            (1, 1.0, 0.75, 0.9),
            (60, 0.0, 48.75, 54.0),
            (100, 1.0, 75.0, 90.0),
            (300, 0.0, 243.75, 290.0),
            (3_600, 0.5, 2_812.5, 3_590.0),
            (86_400, 0.0, 83_700.0, 86_390.0),
            (86_400, 1.0, 82_800.0, 86_390.0),
        ] {
            let (found, end) = ages(lifetime, jitter);
            assert!((found - refresh).abs() < 1e-6 && (end - dead).abs() < 1e-6, "{lifetime}");
        }
    }

    #[test]
    fn no_jitter_moves_the_refresh_past_the_end() {
        for lifetime in 1..2_000 {
            for jitter in [0.0, 0.3, 1.0, -7.0, f64::NAN, f64::INFINITY] {
                let (refresh, dead) = ages(lifetime, jitter);
                assert!(refresh < dead, "{lifetime} {jitter}");
            }
        }
    }

    #[test]
    fn the_margin_can_be_given_up() {
        let config = TokenSourceConfig { serve_until_expiry: true, ..Default::default() };
        let schedule = Schedule::new(&config, Duration::from_secs(60), 0.0);
        assert_eq!(schedule.dead_after, Duration::from_secs(60));
    }
}
