//! The state machine of the token cache; it has no IO, locks, tasks or clock.

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;

use std::time::{Duration, SystemTime};

use super::access_token::AccessToken;
use super::clock::Now;
use super::config::{TokenSourceConfig, doubled};
use super::error::{TokenError, TokenErrorKind};
use super::refresh::Adopted;
use super::schedule::{Schedule, fraction};

/// After a failed refresh ahead the next one waits for this part of the time that the token is still
/// served: seldom while there is much of it, more often towards its end, and always before it.
const SPARED_PART: u32 = 8;

/// What a source knows at one moment.
#[derive(Debug)]
pub(super) struct Cache {
    config: TokenSourceConfig,
    current: Option<Current>,
    flight: Option<Flight>,
    gate: Option<Gate>,
    /// Refreshes that failed since one succeeded.
    n_failures: u32,
    /// When the last granted token was asked for.
    granted_at: Option<Now>,
    /// The token that was last thrown away because an API rejected it, and when it was asked for.
    rejected: Option<(AccessToken, SystemTime)>,
    /// Since when, and for how long, another machine is left to refresh ahead.
    deferred: Option<(Now, Duration)>,
    /// How often the credentials were rotated.
    epoch: u64,
    next_seq: u64,
}

#[derive(Debug)]
struct Current {
    token: AccessToken,
    /// From when on its schedule counts.
    sent: Now,
    /// The time of day at which it was asked for, by whoever did.
    issued: SystemTime,
    schedule: Schedule,
    /// The moment, on both clocks, from which it is to be refreshed; so that most reads compare twice
    /// and compute nothing. None where a clock cannot tell that moment.
    fresh_until: Option<Now>,
}

impl Current {
    fn new(token: AccessToken, sent: Now, issued: SystemTime, schedule: Schedule) -> Self {
        let monotonic = sent.monotonic.checked_add(schedule.refresh_after);
        let wall = sent.wall.checked_add(schedule.refresh_after);
        let fresh_until = monotonic.zip(wall).map(|(monotonic, wall)| Now { monotonic, wall });
        Self { token, sent, issued, schedule, fresh_until }
    }

    fn is_fresh(&self, now: Now) -> bool {
        let is_before = |until: Now| now.monotonic < until.monotonic && now.wall < until.wall;
        self.fresh_until.is_some_and(is_before)
    }
}

/// A refresh under way.
#[derive(Clone, Copy, Debug)]
struct Flight {
    seq: u64,
    started: Now,
    epoch: u64,
}

/// Closed after a failure: nothing is sent until the time has passed.
#[derive(Debug)]
struct Gate {
    closed: Now,
    wait: Duration,
    /// The same for a refresh ahead, while a token serves and nobody waits, where it is longer.
    spared: Duration,
    cause: TokenError,
}

/// A refresh to be started now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Start {
    /// Names the refresh when its result comes back.
    pub(super) seq: u64,
    /// How long to wait before the first request.
    pub(super) wait: Duration,
}

/// The answer to a read.
#[derive(Debug)]
pub(super) enum Read {
    /// A usable token, and nothing to do.
    Serve(AccessToken),
    /// A usable token, and a refresh to start that the reader does not wait for.
    ServeAndStart(AccessToken, Start),
    /// A usable token, and a refresh under way.
    ServeInFlight(AccessToken),
    /// No usable token: start a refresh and wait for it.
    Start(Start),
    /// No usable token: wait for the refresh under way.
    Join,
    /// No usable token, and nothing is sent for now.
    Backoff(TokenError),
}

/// What became of a refresh.
#[derive(Debug)]
pub(super) enum Finished {
    /// Its token is the current one.
    Token(AccessToken),
    /// It failed, and so do those who waited for it.
    Failed(TokenError),
    /// It no longer counts; those who waited for it read again.
    Superseded,
}

impl Cache {
    pub(super) fn new(config: TokenSourceConfig) -> Self {
        Self {
            config,
            current: None,
            flight: None,
            gate: None,
            n_failures: 0,
            granted_at: None,
            rejected: None,
            deferred: None,
            epoch: 0,
            next_seq: 1,
        }
    }

    /// Answers a read; the one place where a refresh begins.
    pub(super) fn read(&mut self, now: Now) -> Read {
        match &self.current {
            Some(current) if current.is_fresh(now) => Read::Serve(current.token.clone()),
            _ => self.read_due(now),
        }
    }

    fn read_due(&mut self, now: Now) -> Read {
        let age = self.current.as_ref().map(|current| now.elapsed_since(current.sent));
        let (Some(current), Some(age)) = (&self.current, age) else { return self.read_cold(now) };
        if age >= current.schedule.dead_after {
            // Gone for good: a clock that is set back does not revive it.
            self.current = None;
            return self.read_cold(now);
        }
        let token = current.token.clone();
        if age < current.schedule.refresh_after {
            return Read::Serve(token);
        }
        if self.in_flight(now) {
            return Read::ServeInFlight(token);
        }
        if self.holds_back(now) {
            Read::Serve(token)
        } else {
            Read::ServeAndStart(token, self.start(now))
        }
    }

    fn read_cold(&mut self, now: Now) -> Read {
        if self.in_flight(now) {
            return Read::Join;
        }
        if let Some((cause, remaining)) = self.closed_for(now) {
            return Read::Backoff(TokenError::backoff(cause, remaining));
        }
        Read::Start(self.start(now))
    }

    fn start(&mut self, now: Now) -> Start {
        let seq = self.next_seq;
        self.next_seq += 1;
        self.flight = Some(Flight { seq, started: now, epoch: self.epoch });
        Start { seq, wait: self.until_reissue(now) }
    }

    /// Whether there is a refresh that is not older than its budget.
    fn in_flight(&mut self, now: Now) -> bool {
        let budget = self.config.budget;
        self.flight = self.flight.filter(|flight| now.elapsed_since(flight.started) < budget);
        self.flight.is_some()
    }

    fn closed_for(&self, now: Now) -> Option<(&TokenError, Duration)> {
        let gate = self.gate.as_ref()?;
        let remaining = gate.wait.saturating_sub(now.elapsed_since(gate.closed));
        (!remaining.is_zero()).then_some((&gate.cause, remaining))
    }

    /// Whether a refresh ahead is not to start yet.
    fn holds_back(&self, now: Now) -> bool {
        let is_closed = self
            .gate
            .as_ref()
            .is_some_and(|gate| now.elapsed_since(gate.closed) < gate.wait.max(gate.spared));
        let is_deferred = self.deferred.is_some_and(|(at, wait)| now.elapsed_since(at) < wait);
        is_closed || is_deferred || !self.until_reissue(now).is_zero()
    }

    fn until_reissue(&self, now: Now) -> Duration {
        let elapsed = self.granted_at.map(|sent| now.elapsed_since(sent));
        elapsed.map_or(Duration::ZERO, |elapsed| self.config.min_reissue.saturating_sub(elapsed))
    }

    /// Takes the token of a refresh; `sent` is from just before its request.
    pub(super) fn succeed(
        &mut self,
        seq: u64,
        token: AccessToken,
        sent: Now,
        now: Now,
        jitter: f64,
    ) -> Finished {
        let schedule = Schedule::new(&self.config, token.lifetime().duration(), jitter);
        if now.elapsed_since(sent) >= schedule.dead_after {
            return self.fail(seq, TokenError::expired_on_arrival(), now, jitter);
        }
        if self.land(seq).is_none() {
            return Finished::Superseded;
        }
        (self.gate, self.n_failures, self.granted_at) = (None, 0, Some(sent));
        self.deferred = None;
        self.current = Some(Current::new(token.clone(), sent, sent.wall, schedule));
        Finished::Token(token)
    }

    /// Takes a token that another machine was granted. Nothing was asked, so nothing is counted.
    pub(super) fn adopt(&mut self, seq: u64, adopted: Adopted, now: Now, jitter: f64) -> Finished {
        let Adopted { token, issued, age, read } = adopted;
        let schedule = Schedule::new(&self.config, token.lifetime().duration(), jitter);
        let schedule = schedule.at_age(age);
        let is_dead = now.elapsed_since(read) >= schedule.dead_after;
        if self.land(seq).is_none() || is_dead {
            return Finished::Superseded;
        }
        (self.gate, self.n_failures, self.deferred) = (None, 0, None);
        self.current = Some(Current::new(token.clone(), read, issued, schedule));
        Finished::Token(token)
    }

    /// Ends a refresh ahead that leaves it to another machine, and starts none for a while.
    pub(super) fn defer(&mut self, seq: u64, now: Now, wait: Duration) -> Finished {
        if self.land(seq).is_some() {
            self.deferred = Some((now, wait));
        }
        Finished::Superseded
    }

    /// Takes the failure of a refresh and closes the gate.
    pub(super) fn fail(&mut self, seq: u64, error: TokenError, now: Now, jitter: f64) -> Finished {
        match self.land(seq) {
            // The credentials changed meanwhile: the failure says nothing about the new ones.
            Some(flight) if flight.epoch == self.epoch => {}
            _ => return Finished::Superseded,
        }
        let wait = self.wait_after(&error, jitter);
        self.n_failures = self.n_failures.saturating_add(1);
        let spared = self.left(now) / SPARED_PART;
        self.gate = Some(Gate { closed: now, wait, spared, cause: error.clone() });
        Finished::Failed(error)
    }

    fn wait_after(&self, error: &TokenError, jitter: f64) -> Duration {
        let config = &self.config;
        let steps = match error.kind() {
            // The first panic costs one sequence; only one that follows a failure closes the gate.
            TokenErrorKind::Aborted if self.n_failures == 0 => return Duration::ZERO,
            _ => self.n_failures,
        };
        let own = if error.is_transient() {
            doubled(config.first_transient_backoff, steps, config.max_transient_backoff)
        } else {
            doubled(config.first_terminal_backoff, steps, config.max_terminal_backoff)
        };
        let asked = error.retry_after().unwrap_or_default().min(config.max_retry_after);
        // Jitter only lengthens, so that what the server asks for is a lower bound.
        own.max(asked) + own.mul_f64(fraction(jitter) / 4.0)
    }

    /// Forgets a refresh that ended without a result.
    pub(super) fn lose(&mut self, seq: u64) {
        let _ = self.land(seq);
    }

    fn land(&mut self, seq: u64) -> Option<Flight> {
        self.flight.take_if(|flight| flight.seq == seq)
    }

    /// Takes the word of an API that this token is not valid; returns whether it was thrown away.
    pub(super) fn invalidate(&mut self, token: &AccessToken, now: Now) -> bool {
        let Some(current) = &self.current else { return false };
        if current.token.generation() != token.generation() {
            return false;
        }
        // The server gave the same text again a moment ago; it would give it a third time.
        let is_reissued = self.rejected.as_ref().is_some_and(|(old, _)| old.has_text_of(token));
        if is_reissued && now.elapsed_since(current.sent) < self.config.min_reissue {
            return false;
        }
        self.rejected = Some((token.clone(), current.issued));
        self.current = None;
        true
    }

    /// New credentials: earlier failures say nothing about them; a usable token stays.
    pub(super) fn rotate(&mut self) {
        self.epoch += 1;
        self.gate = None;
        self.deferred = None;
        self.n_failures = 0;
    }

    /// Returns the token that was last thrown away because an API rejected it.
    pub(super) fn rejected(&self) -> Option<&(AccessToken, SystemTime)> {
        self.rejected.as_ref()
    }

    /// Returns for how long a refresh ahead may be left to another machine: for the first half of the time
    /// between the moment it is due and the end of the token.
    pub(super) fn spare(&self, now: Now) -> Duration {
        let Some(current) = &self.current else { return Duration::ZERO };
        let Schedule { refresh_after, dead_after } = current.schedule;
        self.left(now).saturating_sub(dead_after.saturating_sub(refresh_after) / 2)
    }

    /// Returns whether a read would be served with the current token.
    pub(super) fn has_usable(&self, now: Now) -> bool {
        !self.left(now).is_zero()
    }

    /// Returns how long the current token is still served.
    pub(super) fn left(&self, now: Now) -> Duration {
        let left = |it: &Current| it.schedule.dead_after.saturating_sub(now.elapsed_since(it.sent));
        self.current.as_ref().map_or(Duration::ZERO, left)
    }

    /// Returns the current token, usable or not, for what must be kept out of errors.
    pub(super) fn current(&self) -> Option<&AccessToken> {
        self.current.as_ref().map(|current| &current.token)
    }
}
