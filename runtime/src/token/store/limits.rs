//! How long a source waits for a store, and for the machine that has the lease.

use std::time::Duration;

/// The bounds of a store.
///
/// No read of a cached token waits for a store at all. A refresh spends at most [`wait`](Self::wait) on the
/// store and on another machine before its own request, and at most one [`operation`](Self::operation)
/// after it. All of it counts towards the [`budget`](super::super::TokenSourceConfig::budget) of the
/// refresh, of which `wait` is at most half.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct StoreLimits {
    /// The maximum time of a call of the store; 250 ms by default. If one takes longer, the source does
    /// without the store until its next refresh.
    pub operation: Duration,
    /// The time after which a lease ends by itself; 3 seconds by default. It should be longer than the token
    /// server usually takes: if it ends earlier, a second machine asks, too.
    pub lease: Duration,
    /// The maximum time that a source without a usable token waits for another machine to obtain one;
    /// 5 seconds by default. It should be longer than `lease`, so that a machine that dies is replaced by
    /// one and not by all.
    pub wait: Duration,
}

impl Default for StoreLimits {
    fn default() -> Self {
        Self {
            operation: Duration::from_millis(250),
            lease: Duration::from_secs(3),
            wait: Duration::from_secs(5),
        }
    }
}
