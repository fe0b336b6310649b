//! Injected parts that panic: one read fails, nothing is poisoned, the next one works.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tamarack_runtime::BoxFuture;
use tamarack_runtime::token::{AccessToken, Clock, ManualClock, Now, TokenError, TokenErrorKind};

use crate::support::{Rig, after, ms, token};

/// Panics at one of its calls, counted down from a number; zero means never.
#[derive(Clone, Default)]
struct Fuse(Arc<AtomicUsize>);

impl Fuse {
    fn set(&self, calls: usize) {
        self.0.store(calls, Ordering::SeqCst);
    }

    fn is_spent(&self) -> bool {
        self.0.load(Ordering::SeqCst) == 0
    }

    fn burn(&self) {
        let left = self.0.load(Ordering::SeqCst);
        self.0.store(left.saturating_sub(1), Ordering::SeqCst);
        assert!(left != 1, "an injected part panics");
    }
}

/// A clock whose readings may panic.
struct Faulty {
    clock: ManualClock,
    fuse: Fuse,
}

impl Clock for Faulty {
    fn now(&self) -> Now {
        self.fuse.burn();
        self.clock.now()
    }

    fn sleep_until(&self, monotonic: Duration) -> BoxFuture<'static, ()> {
        self.fuse.burn();
        self.clock.sleep_until(monotonic)
    }
}

/// Expects that a panic costs at most this read.
fn assert_aborted_or_served(result: Result<AccessToken, TokenError>) {
    if let Err(error) = result {
        assert_eq!(error.kind(), &TokenErrorKind::Aborted);
        assert!(error.is_transient());
    }
}

#[test]
pub(crate) fn fault_51_a_clock_that_panics() {
    let mut n_panics = 0;
    for calls in 1..=12 {
        let (clock, fuse) = (ManualClock::new(), Fuse::default());
        let faulty = Faulty { clock: clock.clone(), fuse: fuse.clone() };
        let script = |n| token(n, 3_600);
        let rig = Rig::with(script, |builder| builder.clock(faulty));
        // A cold read, a fresh one, and one in the window with its refresh.
        for advance in [0, 1_000, 2_930_000] {
            clock.advance(ms(advance));
            fuse.set(calls);
            assert_aborted_or_served(rig.read());
            n_panics += usize::from(fuse.is_spent());
            fuse.set(0);
            assert!(rig.read().is_ok(), "call {calls}, after {advance} ms");
            assert!(rig.source.try_token().unwrap().is_some());
        }
    }
    assert!(n_panics > 10, "{n_panics}");
}

#[test]
pub(crate) fn fault_51_a_clock_that_panics_while_a_token_is_rejected() {
    let (clock, fuse) = (ManualClock::new(), Fuse::default());
    let faulty = Faulty { clock, fuse: fuse.clone() };
    let rig = Rig::with(|n| token(n, 3_600), |builder| builder.clock(faulty));
    let token = rig.read().unwrap();
    fuse.set(1);
    rig.source.invalidate(&token);
    assert!(fuse.is_spent());
    assert_eq!(rig.read().unwrap().generation(), token.generation());
}

/// E6: the table has the transport and the clock; an observer and a source of jitter are no better.
#[test]
pub(crate) fn fault_50_observers_and_jitter_that_panic() {
    let fuse = Fuse::default();
    let (observer, jitter) = (fuse.clone(), fuse.clone());
    let script = |n| after(10, token(n, 3_600));
    let first = Rig::with(script, |builder| builder.observer(move |_| observer.burn()));
    let draw = move || {
        jitter.burn();
        0.0
    };
    let second = Rig::with(script, |builder| builder.jitter(draw));
    for rig in [first, second] {
        fuse.set(1);
        assert_eq!(rig.read().unwrap_err().kind(), &TokenErrorKind::Aborted);
        assert!(rig.read().is_ok());
    }
}
