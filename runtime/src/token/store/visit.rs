//! One refresh of a source that shares its token: take what another machine put, or hold the lease and ask.

use std::sync::Arc;
use std::time::Duration;

use super::bounded::{Trouble, bounded};
use super::seal::Opened;
use super::shared_tokens::Fleet;
use super::{GrantError, StoredToken};
use crate::token::attempts::{self, Exchange, Granted, Mission};
use crate::token::error::TokenError;
use crate::token::refresh::{Adopted, Fetched};
use crate::token::schedule::{Schedule, fraction};
use crate::transport::BoxFuture;

/// How long a source that waits for another machine pauses before it looks again, doubled each time.
const FIRST_PAUSE: Duration = Duration::from_millis(20);
const MAX_PAUSE: Duration = Duration::from_millis(250);
/// A machine whose refresh ahead failed keeps the lease for this part of the time that its token is still
/// served: the others would fail as well, and their tokens serve, too.
const KEPT_PART: u32 = 8;

/// What a refresh does.
enum Turn {
    /// Another machine has put a token.
    Take(Adopted),
    /// Another machine is about to; there is a token until then.
    Defer(Duration),
    /// Ask for one.
    Ask,
}

/// A store during one refresh.
struct Visit<'a> {
    fleet: &'a Fleet,
    exchange: &'a Exchange,
    mission: &'a Mission,
    /// When the wait for another machine ends, in monotonic time.
    deadline: Duration,
    /// Until the next refresh the store is left alone, because of a failure.
    is_off: bool,
    /// The store has something that is no token, which was told.
    has_garbage: bool,
    has_lease: bool,
}

/// Takes the token of another machine, or asks for one and puts it where others find it.
pub(in crate::token) async fn refresh(
    fleet: &Fleet,
    exchange: &Arc<Exchange>,
    mission: &Mission,
) -> Result<Fetched, TokenError> {
    let wait = fleet.limits.wait.min(exchange.config.budget / 2);
    let deadline = mission.started.monotonic.saturating_add(wait);
    let mut visit = Visit {
        fleet,
        exchange,
        mission,
        deadline,
        is_off: false,
        has_garbage: false,
        has_lease: false,
    };
    match visit.turn().await {
        Turn::Take(adopted) => return Ok(Fetched::Adopted(adopted)),
        Turn::Defer(wait) => return Ok(Fetched::Deferred(wait)),
        Turn::Ask => {}
    }
    let result = attempts::ask(exchange, mission).await;
    match &result {
        Ok(granted) => visit.publish(granted).await,
        Err(_) => visit.give_way().await,
    }
    result.map(Fetched::Granted)
}

impl Visit<'_> {
    async fn turn(&mut self) -> Turn {
        let clock = &self.exchange.clock;
        let mut pause = FIRST_PAUSE;
        loop {
            if let Some(adopted) = self.look().await {
                return Turn::Take(adopted);
            }
            if self.is_off {
                return Turn::Ask;
            }
            if self.lease(self.fleet.limits.lease).await {
                self.has_lease = true;
                // The one who had it before may have put a token since.
                if let Some(adopted) = self.look().await {
                    self.release(self.one_call()).await;
                    return Turn::Take(adopted);
                }
                return Turn::Ask;
            }
            let now = clock.now().monotonic;
            if self.is_off || now >= self.deadline {
                return Turn::Ask;
            }
            if !self.mission.spare.is_zero() {
                let wait = self.jittered(self.fleet.limits.lease);
                return Turn::Defer(wait.min(self.mission.spare));
            }
            let until = now.saturating_add(self.jittered(pause)).min(self.deadline);
            clock.sleep_until(until).await;
            pause = (pause * 2).min(MAX_PAUSE);
        }
    }

    /// From half of a time to all of it.
    fn jittered(&self, time: Duration) -> Duration {
        time / 2 + (time / 2).mul_f64(fraction((self.exchange.jitter)()))
    }

    /// Returns the token in the store, if it is of use.
    async fn look(&mut self) -> Option<Adopted> {
        let (fleet, name) = (self.fleet, self.fleet.sealer.name());
        let stored =
            self.call(self.one_call(), async move { fleet.store.get(name).await }).await??;
        let Some(opened) = fleet.sealer.open(&stored.value) else {
            if !std::mem::replace(&mut self.has_garbage, true) {
                self.exchange.observe_store("garbage", None);
            }
            return None;
        };
        if self.is_rejected(&opened) {
            let value = &stored.value;
            self.call(self.one_call(), async move { fleet.store.remove(name, value).await }).await;
            return None;
        }
        self.is_wanted(opened, &stored)
    }

    /// Whether it is the token that an API rejected, which is of no use to anybody.
    fn is_rejected(&self, opened: &Opened) -> bool {
        let rejected = self.mission.rejected.as_ref();
        rejected.is_some_and(|(token, _)| token.has_text_of(&opened.token))
    }

    fn is_wanted(&self, opened: Opened, stored: &StoredToken) -> Option<Adopted> {
        let (mission, config) = (self.mission, &self.exchange.config);
        // Whoever writes to the store could put back one that was rejected before.
        if mission.rejected.as_ref().is_some_and(|(_, issued)| opened.issued <= *issued) {
            return None;
        }
        if mission.current.as_ref().is_some_and(|token| token.has_text_of(&opened.token)) {
            return None;
        }
        let now = self.exchange.clock.now();
        let lifetime = opened.token.lifetime().duration();
        let age = lifetime.saturating_sub(opened.left(now.wall).min(stored.left));
        let served = Schedule::new(config, lifetime, 0.0).dead_after.saturating_sub(age);
        let Opened { token, issued } = opened;
        (served > mission.left).then_some(Adopted { token, issued, age, read: now })
    }

    async fn lease(&mut self, lasts: Duration) -> bool {
        let fleet = self.fleet;
        let (name, holder) = (fleet.sealer.name(), &*fleet.holder);
        let call = async move { fleet.store.lease(name, holder, lasts).await };
        self.call(self.one_call(), call).await.unwrap_or(false)
    }

    async fn release(&mut self, until: Duration) {
        let fleet = self.fleet;
        let (name, holder) = (fleet.sealer.name(), &*fleet.holder);
        self.call(until, async move { fleet.store.release(name, holder).await }).await;
    }

    /// Puts a token where others find it. Whoever holds a lease that has ended meanwhile does so as well:
    /// the token is as good, and each reader compares what it has.
    async fn publish(&mut self, granted: &Granted) {
        let (fleet, clock) = (self.fleet, &self.exchange.clock);
        let until = clock.now().monotonic.saturating_add(fleet.limits.operation);
        let lifetime = granted.token.lifetime().duration();
        let left = lifetime.saturating_sub(clock.now().elapsed_since(granted.sent));
        if let Some(value) = fleet.sealer.seal(&granted.token, granted.sent.wall) {
            let (name, value) = (fleet.sealer.name(), &*value);
            self.call(until, async move { fleet.store.put(name, value, left).await }).await;
        }
        if self.has_lease {
            self.release(until).await;
        }
    }

    /// Lets another machine try after a failure: at once where somebody may wait, and after a while where
    /// all have tokens.
    async fn give_way(&mut self) {
        if !self.has_lease {
            return;
        }
        let kept = self.mission.left / KEPT_PART;
        if self.mission.left.is_zero() {
            self.release(self.one_call()).await;
        } else {
            self.lease(kept.min(self.exchange.config.max_transient_backoff)).await;
        }
    }

    /// When a call that begins now has to end, in monotonic time.
    fn one_call(&self) -> Duration {
        self.exchange.clock.now().monotonic.saturating_add(self.fleet.limits.operation)
    }

    /// Calls the store; a failure leaves it alone until the next refresh.
    async fn call<'c, T: 'c>(
        &mut self,
        until: Duration,
        call: impl Future<Output = Result<T, GrantError>> + Send + 'c,
    ) -> Option<T> {
        if self.is_off {
            return None;
        }
        let call: BoxFuture<'c, _> = Box::pin(call);
        match bounded(call, self.exchange.clock.sleep_until(until)).await {
            Ok(value) => Some(value),
            Err(trouble) => {
                self.is_off = true;
                let (outcome, error) = match trouble {
                    Trouble::TimedOut => ("timeout", None),
                    Trouble::Panicked => ("panic", None),
                    Trouble::Failed(error) => ("error", Some(error)),
                };
                self.exchange.observe_store(outcome, error);
                None
            }
        }
    }
}
