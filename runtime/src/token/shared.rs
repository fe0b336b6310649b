//! Carries out the decisions of the cache: starts refreshes and delivers their results, under one short lock.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, PoisonError, Weak};
use std::task::{Context, Poll};
use std::time::Duration;

use super::access_token::AccessToken;
use super::attempts::{Exchange, Mission};
use super::cache::{Cache, Finished, Read, Start};
use super::clock::Now;
use super::credentials::ClientCredentials;
use super::error::TokenError;
use super::refresh::{self, Fetched};
use super::slot::{self, Ended, Outcome, PASSER_BY, Slot, TASK, Work};
use super::sync::{Mutex, MutexGuard};
use crate::transport::BoxFuture;

/// A refresh ends itself at its budget. One that is not polled then, because the transport blocks its
/// thread, has this long before those who wait for it give it up.
const GRACE: Duration = Duration::from_millis(100);

/// Runs a future to its end, or drops it.
pub(super) type Spawner = Box<dyn Fn(BoxFuture<'static, ()>) + Send + Sync>;

pub(super) struct Shared {
    pub(super) exchange: Arc<Exchange>,
    pub(super) spawner: Option<Spawner>,
    pub(super) state: Mutex<State>,
}

pub(super) struct State {
    pub(super) cache: Cache,
    pub(super) slot: Option<Arc<Slot>>,
    pub(super) credentials: Arc<ClientCredentials>,
}

/// What a reader does next.
pub(super) enum Step {
    Token(AccessToken),
    Failed(TokenError),
    Wait(Arc<Slot>),
}

/// Who drives a refresh.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Driver {
    /// A task of its own, where there is something to spawn it on.
    Task,
    /// Those who read.
    Readers,
}

impl Shared {
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn now(&self) -> Result<Now, TokenError> {
        guarded(|| self.exchange.clock.now())
    }

    /// Reads the cache and does what it says.
    pub(super) fn step(self: &Arc<Self>, driver: Driver) -> Step {
        let now = match self.now() {
            Ok(now) => now,
            Err(error) => return Step::Failed(error),
        };
        let mut state = self.lock();
        let (token, start) = match state.cache.read(now) {
            Read::Serve(token) => return Step::Token(token),
            Read::Backoff(error) => return Step::Failed(error),
            Read::ServeAndStart(token, start) => (Some(token), Some(start)),
            Read::ServeInFlight(token) => (Some(token), None),
            Read::Start(start) => (None, Some(start)),
            Read::Join => (None, None),
        };
        let slot = match start {
            Some(start) => self.begin(state, start, now, driver),
            None => {
                let slot = state.slot.clone();
                drop(state);
                match slot {
                    Some(slot) => slot,
                    // The cache and the slot are set and cleared together.
                    None => return Step::Failed(TokenError::aborted()),
                }
            }
        };
        match token {
            None => Step::Wait(slot),
            Some(token) => {
                self.advance(&slot, PASSER_BY);
                Step::Token(token)
            }
        }
    }

    fn begin(
        self: &Arc<Self>,
        mut state: MutexGuard<'_, State>,
        start: Start,
        now: Now,
        driver: Driver,
    ) -> Arc<Slot> {
        let budget = self.exchange.config.budget.saturating_add(GRACE);
        let is_elsewhere = driver == Driver::Task && self.spawner.is_some();
        let overdue_at = is_elsewhere.then(|| now.monotonic.saturating_add(budget));
        let slot = Slot::new(start.seq, overdue_at);
        let left_behind = state.slot.replace(Arc::clone(&slot));
        let mission = Mission {
            credentials: Arc::clone(&state.credentials),
            current: state.cache.current().cloned(),
            started: now,
            left: state.cache.left(now),
            spare: state.cache.spare(now),
            rejected: state.cache.rejected().cloned(),
            wait: start.wait,
        };
        drop(state);
        if let Some(left_behind) = left_behind {
            // Older than its budget; whoever still waits for it has waited long enough.
            left_behind.complete(Outcome::Result(Err(TokenError::timed_out())));
        }
        let work: Work = Box::pin(refresh::run(Arc::clone(&self.exchange), mission));
        let (slot_, shared) = (Arc::clone(&slot), Arc::downgrade(self));
        let task = Task { work: Some(work), slot: slot_, shared };
        match driver {
            Driver::Task => self.spawn(task),
            Driver::Readers => task.hand_over(),
        }
        slot
    }

    fn spawn(&self, task: Task) {
        if let Some(spawner) = &self.spawner {
            let _ = guarded(|| spawner(Box::pin(task)));
            return;
        }
        #[cfg(feature = "tokio")]
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            drop(runtime.spawn(task));
            return;
        }
        task.hand_over();
    }

    /// Polls the work of a slot, if that is anybody's to do, and takes in its result.
    pub(super) fn advance(&self, slot: &Arc<Slot>, poller: u64) {
        if let Some(ended) = slot.poll_work(poller) {
            self.settle(slot, ended);
        }
    }

    /// Returns what is ready when a refresh has taken too long.
    pub(super) fn overdue(&self, slot: &Slot) -> Option<BoxFuture<'static, ()>> {
        let at = slot.overdue_at?;
        guarded(|| self.exchange.clock.sleep_until(at)).ok()
    }

    /// Whether a wait has ended; one that panics has.
    pub(super) fn is_ready(wait: &mut BoxFuture<'_, ()>, context: &mut Context<'_>) -> bool {
        guarded(|| wait.as_mut().poll(context).is_ready()).unwrap_or(true)
    }

    /// Ends a refresh that has taken too long, for all who wait; whatever comes of it is not looked at.
    pub(super) fn give_up(&self, slot: &Slot) {
        self.settle(slot, Ended::Overdue);
    }

    /// Takes in the end of a refresh. Cache and slot change under one lock: a reader in between would
    /// take the slot for one that was left behind.
    fn settle(&self, slot: &Slot, ended: Ended) {
        let is_overdue = matches!(ended, Ended::Overdue);
        let reading = guarded(|| (self.exchange.clock.now(), (self.exchange.jitter)()));
        let reading_now = reading.as_ref().ok().map(|(now, _)| *now);
        let mut state = self.lock();
        let finished = match (ended, reading) {
            (Ended::With(Ok(Fetched::Granted(granted))), Ok((now, jitter))) => {
                state.cache.succeed(slot.seq, granted.token, granted.sent, now, jitter)
            }
            (Ended::With(Ok(Fetched::Adopted(adopted))), Ok((now, jitter))) => {
                state.cache.adopt(slot.seq, adopted, now, jitter)
            }
            (Ended::With(Ok(Fetched::Deferred(wait))), Ok((now, _))) => {
                state.cache.defer(slot.seq, now, wait)
            }
            (Ended::With(Err(error)), Ok((now, jitter))) => {
                state.cache.fail(slot.seq, error, now, jitter)
            }
            (Ended::Overdue, Ok((now, jitter))) => {
                state.cache.fail(slot.seq, TokenError::timed_out(), now, jitter)
            }
            (Ended::With(_) | Ended::Overdue, Err(error)) => {
                state.cache.lose(slot.seq);
                Finished::Failed(error)
            }
            (Ended::Lost, _) => {
                state.cache.lose(slot.seq);
                Finished::Superseded
            }
        };
        let done = state.slot.take_if(|current| current.seq == slot.seq);
        let is_served = reading_now.is_some_and(|now| state.cache.has_usable(now));
        drop(state);
        if let Finished::Failed(error) = &finished {
            let _ = guarded(|| {
                self.exchange.observe_failure(error, is_served);
                if is_overdue {
                    self.exchange.observe_overdue(error);
                }
            });
        }
        slot.complete(match finished {
            Finished::Token(token) => Outcome::Result(Ok(token)),
            Finished::Failed(error) => Outcome::Result(Err(error)),
            Finished::Superseded => Outcome::ReadAgain,
        });
        drop(done);
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let slot = self.lock().slot.take();
        if let Some(slot) = slot {
            // Ends the task, which holds no handle.
            slot.complete(Outcome::ReadAgain);
        }
    }
}

/// Calls what was injected; its panic is an error.
fn guarded<T>(call: impl FnOnce() -> T) -> Result<T, TokenError> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|_| TokenError::aborted())
}

/// A refresh with a task of its own. If the task is dropped, its refresh is lost and begins anew.
struct Task {
    work: Option<Work>,
    slot: Arc<Slot>,
    shared: Weak<Shared>,
}

impl Task {
    /// Gives the work to the readers instead.
    fn hand_over(mut self) {
        if let Some(work) = self.work.take() {
            self.slot.share(work);
        }
    }

    fn end(&mut self, ended: Ended) {
        slot::drop_quietly(self.work.take());
        match self.shared.upgrade() {
            Some(shared) => shared.settle(&self.slot, ended),
            None => self.slot.complete(Outcome::ReadAgain),
        }
    }
}

impl Future for Task {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let is_over = self.slot.poll_outcome(TASK, context).is_ready();
        let Some(work) = self.work.as_mut().filter(|_| !is_over) else {
            slot::drop_quietly(self.work.take());
            return Poll::Ready(());
        };
        let polled = catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context)));
        let result = match polled {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(result)) => result,
            Err(_) => Err(TokenError::aborted()),
        };
        self.end(Ended::With(result));
        Poll::Ready(())
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        if self.work.is_some() {
            self.end(Ended::Lost);
        }
    }
}
