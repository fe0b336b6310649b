//! The budget of a client for retries, so that an outage is not multiplied by those who wait for its end.
//!
//! It is the token bucket of the AWS SDKs' standard mode: a retry costs 5 of 500, a retry that succeeds
//! gives them back, and a first attempt that succeeds adds 1. While all fails, a client sends 100 retries and
//! then none, until it has had successes.

use std::sync::atomic::{AtomicU32, Ordering};

const CAPACITY: u32 = 500;
const COST: u32 = 5;
const FIRST_SUCCESS: u32 = 1;

/// What is left.
#[derive(Debug)]
pub(super) struct Budget(AtomicU32);

impl Budget {
    pub(super) fn new() -> Self {
        Self(AtomicU32::new(CAPACITY))
    }

    /// Pays for a retry; returns whether there was enough.
    pub(super) fn take(&self) -> bool {
        self.change(|left| left.checked_sub(COST))
    }

    /// Notes a success after this many retries.
    pub(super) fn succeeded(&self, n_retries: u32) {
        let more = if n_retries == 0 { FIRST_SUCCESS } else { COST };
        // A full one is the usual case, and nothing is written then.
        self.change(|left| (left < CAPACITY).then(|| left.saturating_add(more).min(CAPACITY)));
    }

    fn change(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, change).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_retries_and_then_as_many_as_there_are_successes() {
        let budget = Budget::new();
        assert_eq!((0..1_000).filter(|_| budget.take()).count(), 100);
        (0..4).for_each(|_| budget.succeeded(0));
        assert!(!budget.take());
        budget.succeeded(0);
        assert!(budget.take() && !budget.take());
        budget.succeeded(2);
        assert!(budget.take() && !budget.take());
        (0..1_000).for_each(|_| budget.succeeded(1));
        assert_eq!((0..1_000).filter(|_| budget.take()).count(), 100);
    }
}
