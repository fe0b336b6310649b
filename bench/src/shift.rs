//! Clocks that can be set forward, for clients that accept a clock.

use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tamarack_clients::runtime::BoxFuture;
use tamarack_clients::runtime::token::{Clock, Now, SystemClock};

/// How far the clocks are ahead, in seconds. Clones are the same clock.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shift(Arc<AtomicU64>);

impl Shift {
    /// Sets the clocks forward. No wait may be under way.
    pub(crate) fn forward(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }

    fn ahead(&self) -> Duration {
        Duration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

impl UnwindSafe for Shift {}
impl RefUnwindSafe for Shift {}

impl Clock for Shift {
    fn now(&self) -> Now {
        let now = SystemClock::new().now();
        let ahead = self.ahead();
        Now { monotonic: now.monotonic + ahead, wall: now.wall + ahead }
    }

    fn sleep_until(&self, monotonic: Duration) -> BoxFuture<'static, ()> {
        SystemClock::new().sleep_until(monotonic.saturating_sub(self.ahead()))
    }
}

impl huskarl::core::time::Clock for Shift {
    fn now(&self) -> Timestamp {
        let ahead = SignedDuration::try_from(self.ahead()).unwrap_or_default();
        Timestamp::now().saturating_add(ahead).unwrap_or(Timestamp::MAX)
    }
}
