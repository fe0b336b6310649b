//! The clock of a token source, which can be injected: two clocks and a way to wait.

#[cfg(feature = "test-support")]
mod manual;
mod system;

use std::time::{Duration, SystemTime};

use crate::transport::BoxFuture;

#[cfg(feature = "test-support")]
pub use manual::ManualClock;
pub use system::SystemClock;

/// A reading of both clocks.
///
/// Monotonic time may stop while the machine sleeps; wall time may be set. The age of a token is the larger
/// of the two times that passed since its request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The time since an arbitrary point.
    pub monotonic: Duration,
    /// The time of day.
    pub wall: SystemTime,
}

impl Now {
    /// Returns the larger of the two times that passed.
    pub fn elapsed_since(self, earlier: Self) -> Duration {
        let by_wall = self.wall.duration_since(earlier.wall).unwrap_or_default();
        self.monotonic.saturating_sub(earlier.monotonic).max(by_wall)
    }
}

/// A source of time, so that tests need not sleep and a runtime can provide its timer.
pub trait Clock: Send + Sync {
    /// Reads both clocks. Neither has to advance.
    fn now(&self) -> Now;

    /// Returns a future that completes when monotonic time reaches this point.
    fn sleep_until(&self, monotonic: Duration) -> BoxFuture<'static, ()>;
}

impl<C: Clock + ?Sized> Clock for std::sync::Arc<C> {
    fn now(&self) -> Now {
        (**self).now()
    }

    fn sleep_until(&self, monotonic: Duration) -> BoxFuture<'static, ()> {
        (**self).sleep_until(monotonic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_on_which_more_time_passed_counts() {
        let at = |monotonic, wall| Now {
            monotonic: Duration::from_secs(monotonic),
            wall: SystemTime::UNIX_EPOCH + Duration::from_secs(wall),
        };
        let start = at(100, 1_000);
        for (now, expected) in [
            (at(100, 1_000), 0),
            (at(105, 1_005), 5),
            (at(105, 1_000), 5),
            (at(100, 8_200), 7_200),
            (at(105, 10), 5),
            (at(0, 0), 0),
        ] {
            assert_eq!(now.elapsed_since(start), Duration::from_secs(expected), "{now:?}");
        }
    }
}
