//! A refresh that many callers wait for and any of them polls, without a runtime.
//!
//! The work is polled by whichever waiter is awake, with a waker that wakes all of them: dropping the
//! one that polled last leaves the work with the others. With a task of its own the slot holds no work
//! and only passes the outcome on.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use super::access_token::AccessToken;
use super::error::TokenError;
use super::refresh::Fetched;
use super::sync::{Mutex, MutexGuard};
use crate::transport::BoxFuture;

pub(super) type Work = BoxFuture<'static, Result<Fetched, TokenError>>;

/// How the work ended.
pub(super) enum Ended {
    With(Result<Fetched, TokenError>),
    /// Nobody knows; for example its runtime is gone.
    Lost,
    /// Those who wait for it have waited long enough.
    Overdue,
}

/// What those who wait are told.
#[derive(Clone)]
pub(super) enum Outcome {
    Result(Result<AccessToken, TokenError>),
    ReadAgain,
}

/// Polls for a reader that does not wait.
pub(super) const PASSER_BY: u64 = 0;
/// The task that owns the work, where there is one.
pub(super) const TASK: u64 = 1;

pub(super) struct Slot {
    pub(super) seq: u64,
    /// When nobody waits for it any longer, in monotonic time; unset where those who wait drive it.
    pub(super) overdue_at: Option<Duration>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    work: Option<Work>,
    /// Woken since the last poll began.
    is_notified: bool,
    last_poller: Option<u64>,
    outcome: Option<Outcome>,
    wakers: BTreeMap<u64, Waker>,
    n_waiters: u64,
}

impl Slot {
    pub(super) fn new(seq: u64, overdue_at: Option<Duration>) -> Arc<Self> {
        Arc::new(Self { seq, overdue_at, state: Mutex::default() })
    }

    /// Leaves the work to those who wait.
    pub(super) fn share(&self, work: Work) {
        let mut state = self.lock();
        if state.outcome.is_none() {
            (state.work, state.is_notified) = (Some(work), true);
        }
        let wakers = std::mem::take(&mut state.wakers);
        drop(state);
        wakers.into_values().for_each(Waker::wake);
    }

    /// Names a new waiter.
    pub(super) fn enter(&self) -> u64 {
        let mut state = self.lock();
        state.n_waiters += 1;
        TASK + state.n_waiters
    }

    /// Returns the outcome, or makes sure that the waiter is woken for it.
    pub(super) fn poll_outcome(&self, waiter: u64, context: &Context<'_>) -> Poll<Outcome> {
        let mut state = self.lock();
        if let Some(outcome) = &state.outcome {
            return Poll::Ready(outcome.clone());
        }
        let replaced = state.wakers.insert(waiter, context.waker().clone());
        drop(state);
        drop(replaced);
        Poll::Pending
    }

    pub(super) fn leave(&self, waiter: u64) {
        let waker = self.lock().wakers.remove(&waiter);
        drop(waker);
    }

    /// Polls the work if it is here, nobody else polls it and there is reason to.
    pub(super) fn poll_work(self: &Arc<Self>, poller: u64) -> Option<Ended> {
        let mut state = self.lock();
        // One who has not polled yet may be on another runtime than those before.
        let is_due = state.is_notified || state.last_poller != Some(poller);
        let mut work = state.work.take_if(|_| is_due)?;
        state.is_notified = false;
        let is_handed_over = state.last_poller.replace(poller).is_some_and(|last| last != poller);
        drop(state);
        let waker = Waker::from(Arc::clone(self));
        let mut context = Context::from_waker(&waker);
        let result = catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(&mut context)));
        match result {
            Ok(Poll::Pending) => {
                let mut state = self.lock();
                if state.outcome.is_some() {
                    drop(state);
                    drop_quietly(Some(work));
                    return None;
                }
                state.work = Some(work);
                // Whoever was woken meanwhile found no work and sleeps again.
                let missed = state.is_notified.then(|| std::mem::take(&mut state.wakers));
                drop(state);
                missed.into_iter().flat_map(BTreeMap::into_values).for_each(Waker::wake);
                None
            }
            Ok(Poll::Ready(result)) => {
                drop_quietly(Some(work));
                Some(Ended::With(result))
            }
            Err(_) => {
                drop_quietly(Some(work));
                // The work may belong to the runtime of another waiter, which is gone.
                let aborted = Ended::With(Err(TokenError::aborted()));
                Some(if is_handed_over { Ended::Lost } else { aborted })
            }
        }
    }

    /// Tells everybody; only the first outcome counts.
    pub(super) fn complete(&self, outcome: Outcome) {
        let mut state = self.lock();
        state.outcome.get_or_insert(outcome);
        let (work, wakers) = (state.work.take(), std::mem::take(&mut state.wakers));
        drop(state);
        drop_quietly(work);
        wakers.into_values().for_each(Waker::wake);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wake for Slot {
    fn wake(self: Arc<Self>) {
        let mut state = self.lock();
        state.is_notified = true;
        let wakers = std::mem::take(&mut state.wakers);
        drop(state);
        wakers.into_values().for_each(Waker::wake);
    }
}

/// Drops work that may panic once more.
pub(super) fn drop_quietly(work: Option<Work>) {
    let _ = catch_unwind(AssertUnwindSafe(|| drop(work)));
}
