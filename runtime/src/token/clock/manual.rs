//! A clock that tests advance by hand.

use std::collections::BTreeMap;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use super::{Clock, Now};
use crate::transport::BoxFuture;

/// A clock that stands still until a test moves it. Clones are the same clock.
#[derive(Clone)]
pub struct ManualClock(Arc<Mutex<State>>);

struct State {
    now: Now,
    sleepers: BTreeMap<(Duration, u64), Option<Waker>>,
    next_id: u64,
}

impl ManualClock {
    /// Starts at zero, on a day of 2033.
    pub fn new() -> Self {
        let wall = SystemTime::UNIX_EPOCH + Duration::from_secs(2_000_000_000);
        let now = Now { monotonic: Duration::ZERO, wall };
        Self(Arc::new(Mutex::new(State { now, sleepers: BTreeMap::new(), next_id: 0 })))
    }

    /// Moves both clocks forward and wakes whoever waited for it.
    pub fn advance(&self, by: Duration) {
        self.set(|now| Now { monotonic: now.monotonic + by, wall: now.wall + by });
    }

    /// Moves the monotonic clock alone, back or forth, as a faulty clock might.
    pub fn set_monotonic(&self, monotonic: Duration) {
        self.set(|now| Now { monotonic, ..now });
    }

    /// Moves the wall clock alone: somebody sets it, or the machine wakes from sleep.
    pub fn set_wall(&self, wall: SystemTime) {
        self.set(|now| Now { wall, ..now });
    }

    /// Moves both clocks to the earliest moment that somebody waits for, if anybody does.
    pub fn advance_to_next_sleeper(&self) -> bool {
        let state = self.lock();
        let Some((&(until, _), _)) = state.sleepers.first_key_value() else { return false };
        let by = until.saturating_sub(state.now.monotonic);
        drop(state);
        self.advance(by);
        true
    }

    /// Returns how many wait.
    pub fn sleepers(&self) -> usize {
        self.lock().sleepers.len()
    }

    fn set(&self, change: impl FnOnce(Now) -> Now) {
        let mut state = self.lock();
        state.now = change(state.now);
        let monotonic = state.now.monotonic;
        let due = state.sleepers.iter_mut().take_while(|((until, _), _)| *until <= monotonic);
        let wakers: Vec<Waker> = due.filter_map(|(_, waker)| waker.take()).collect();
        drop(state);
        wakers.into_iter().for_each(Waker::wake);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for ManualClock {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for ManualClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ManualClock").field(&self.lock().now).finish()
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Now {
        self.lock().now
    }

    fn sleep_until(&self, monotonic: Duration) -> BoxFuture<'static, ()> {
        let mut state = self.lock();
        let id = state.next_id;
        state.next_id += 1;
        state.sleepers.insert((monotonic, id), None);
        Box::pin(Sleep { clock: self.clone(), key: (monotonic, id) })
    }
}

struct Sleep {
    clock: ManualClock,
    key: (Duration, u64),
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.clock.lock();
        if state.now.monotonic >= self.key.0 {
            return Poll::Ready(());
        }
        state.sleepers.insert(self.key, Some(context.waker().clone()));
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        let waker = self.clock.lock().sleepers.remove(&self.key);
        drop(waker);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_passes_when_told() {
        let clock = ManualClock::new();
        let mut context = Context::from_waker(Waker::noop());
        let mut sleep = clock.sleep_until(Duration::from_secs(5));
        assert!(sleep.as_mut().poll(&mut context).is_pending());
        clock.advance(Duration::from_secs(4));
        assert!(sleep.as_mut().poll(&mut context).is_pending());
        assert!(clock.advance_to_next_sleeper());
        assert!(sleep.as_mut().poll(&mut context).is_ready());
        assert_eq!((clock.now().monotonic.as_secs(), clock.sleepers()), (5, 1));
        drop(sleep);
        assert!(!clock.advance_to_next_sleeper());
    }
}
