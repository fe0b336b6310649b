//! Sends the request of a call, again where that is safe and may help. Nothing here depends on the operation,
//! so it is compiled once.

use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::{Method, Request, StatusCode};

use super::event::{CallEvent, CallEventKind};
use super::span::AttemptSpan;
use crate::body::RequestBody;
use crate::client::ClientCore;
use crate::reply::{RawReply, Reads};
use crate::request::RequestError;
use crate::retry::{DeclaredRetries, Repeatable};
use crate::secret::exposed;
use crate::transport::{BoxFuture, TransportError, TransportErrorKind};

/// Builds the request of a call.
pub(super) type Build<'a> = dyn Fn() -> Built + 'a;

type Built = Result<Request<RequestBody>, RequestError>;

type Reply = Result<RawReply, TransportError>;

/// Why there is no response.
pub(super) enum NoReply {
    Request(RequestError),
    Transport(TransportError),
}

/// The operation that is sent.
pub(super) struct Sent {
    pub(super) operation: &'static str,
    pub(super) method: Method,
    pub(super) path_template: &'static str,
    pub(super) retries: DeclaredRetries,
}

impl Sent {
    /// Builds the request; a recorder wants to know its secrets.
    #[cfg(feature = "test-support")]
    fn built(&self, build: &Build<'_>) -> Built {
        crate::mock::noting(self.operation, &self.retries, build)
    }

    #[cfg(not(feature = "test-support"))]
    #[expect(clippy::unused_self, reason = "a recorder needs it")]
    fn built(&self, build: &Build<'_>) -> Built {
        build()
    }
}

/// How an attempt ended.
#[derive(Clone, Copy, Default)]
pub(super) struct Outcome {
    pub(super) status: Option<StatusCode>,
    pub(super) error: Option<TransportErrorKind>,
    response_size: Option<u64>,
}

/// A request on its way, for the first time or again.
pub(super) struct Exchange {
    core: ClientCore,
    sent: Sent,
    reads: Reads,
    repeatable: Repeatable,
    max_retries: u32,
    /// Counted from 1.
    attempt: u32,
    request_size: Option<u64>,
    /// When the call was first polled, by the monotonic clock.
    started: Duration,
    /// When the attempt began.
    attempt_started: Duration,
    /// How the last attempt ended.
    outcome: Outcome,
    state: State,
}

enum State {
    New,
    Sending(BoxFuture<'static, Reply>, AttemptSpan),
    Waiting(BoxFuture<'static, ()>),
    Refused(RequestError),
    Done,
}

impl Exchange {
    pub(super) fn new(
        core: &ClientCore,
        sent: Sent,
        reads: Reads,
        max_retries: Option<u32>,
    ) -> Self {
        Self {
            core: core.clone(),
            sent,
            reads,
            repeatable: Repeatable::Never,
            max_retries: max_retries.unwrap_or(core.retries().settings.max_retries),
            attempt: 1,
            request_size: None,
            started: Duration::ZERO,
            attempt_started: Duration::ZERO,
            outcome: Outcome::default(),
            state: State::New,
        }
    }

    /// Begins an attempt over a client with the time that it has.
    fn begin(&mut self, core: ClientCore, build: &Build<'_>) {
        self.state = match self.sent.built(build) {
            Ok(mut request) => {
                self.repeatable = Repeatable::of(&request, &self.sent.retries);
                self.request_size = request.body().len();
                let span = AttemptSpan::new(&self.sent, &request, self.attempt);
                if let Some(propagator) = &core.hooks().propagator {
                    span.within(|| propagator(request.headers_mut()));
                }
                let reads = self.reads;
                State::Sending(core.boxed_exchange(request, reads), span)
            }
            Err(error) => State::Refused(error),
        };
    }

    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
        build: &Build<'_>,
    ) -> Poll<Result<RawReply, NoReply>> {
        loop {
            match &mut self.state {
                State::New => {
                    self.started = self.now();
                    self.attempt_started = self.started;
                    self.begin(self.core.clone(), build);
                }
                State::Sending(future, span) => {
                    let reply = ready!(span.within(|| future.as_mut().poll(context)));
                    self.outcome = Outcome::of(&reply);
                    span.end(&self.outcome);
                    let until = self.retry_at(&reply);
                    self.tell(CallEventKind::Attempt, until);
                    if let Some(until) = until {
                        let sleep = self.core.retries().clock.sleep_until(until);
                        self.state = State::Waiting(sleep);
                        continue;
                    }
                    self.state = State::Done;
                    self.tell(CallEventKind::End, None);
                    return Poll::Ready(match reply {
                        Ok(reply) => Ok(with_request(reply, build)),
                        Err(error) => Err(NoReply::Transport(error)),
                    });
                }
                State::Waiting(sleep) => {
                    ready!(sleep.as_mut().poll(context));
                    self.attempt += 1;
                    self.attempt_started = self.now();
                    let left = self.deadline().saturating_sub(self.attempt_started);
                    let limits = self.core.limits().clone().with_timeout(left);
                    self.begin(self.core.with_limits(limits), build);
                }
                State::Refused(error) => {
                    let error = error.clone();
                    self.state = State::Done;
                    return Poll::Ready(Err(NoReply::Request(error)));
                }
                State::Done => panic!("a call was polled after its end"),
            }
        }
    }

    fn now(&self) -> Duration {
        self.core.retries().clock.now().monotonic
    }

    /// The end of the timeout, by the monotonic clock.
    fn deadline(&self) -> Duration {
        self.started.saturating_add(self.core.limits().timeout)
    }

    /// Returns the time of the next attempt if there is to be one.
    fn retry_at(&self, reply: &Reply) -> Option<Duration> {
        let retries = self.core.retries();
        let n_retries = self.attempt - 1;
        if reply.as_ref().is_ok_and(|reply| reply.status().is_success()) {
            retries.succeeded(n_retries);
            return None;
        }
        if n_retries >= self.max_retries {
            return None;
        }
        let now = retries.clock.now();
        let retry_after = self.repeatable.after(reply, &self.sent.retries, now.wall)?;
        let until = now.monotonic.saturating_add(retries.wait(self.attempt, retry_after));
        // An attempt without time could only fail: what is known now is the better answer.
        (until < self.deadline() && retries.pay()).then_some(until)
    }

    fn tell(&self, kind: CallEventKind, until: Option<Duration>) {
        let Some(observer) = &self.core.hooks().observer else { return };
        let (now, Sent { operation, method, path_template, .. }) = (self.now(), &self.sent);
        let since = match kind {
            CallEventKind::Attempt => self.attempt_started,
            CallEventKind::End | CallEventKind::Dropped => self.started,
        };
        observer(&CallEvent {
            kind,
            operation,
            method,
            path_template,
            attempt: self.attempt,
            elapsed: now.saturating_sub(since),
            status: self.outcome.status,
            error: self.outcome.error,
            request_size: self.request_size,
            response_size: self.outcome.response_size,
            retry_in: until.map(|until| until.saturating_sub(now)),
        });
    }
}

/// Tells of a call that somebody waited for and does no more.
impl Drop for Exchange {
    fn drop(&mut self) {
        let is_under_way = matches!(self.state, State::Sending(..) | State::Waiting(_));
        if is_under_way && !std::thread::panicking() {
            self.tell(CallEventKind::Dropped, None);
        }
    }
}

impl Outcome {
    fn of(reply: &Reply) -> Self {
        match reply {
            Ok(reply) => {
                let response_size = (!reply.is_live()).then(|| reply.bytes().len() as u64);
                Self { status: Some(reply.status()), error: None, response_size }
            }
            Err(error) => Self {
                status: error.partial().map(RawReply::status),
                error: Some(error.kind()),
                response_size: None,
            },
        }
    }
}

/// Notes what is needed of the request of a response that is no success, by building it once more: its secrets, which
/// no message of the server shows, and the URL that a redirect is relative to.
fn with_request(mut reply: RawReply, build: &Build<'_>) -> RawReply {
    if !reply.status().is_success() {
        let (request, secrets) = exposed::during(build);
        reply.add_sent(secrets);
        if let Ok(request) = request {
            reply.resolve_location(request.uri());
        }
    }
    reply
}

/// Blocks the thread until there is a response.
#[cfg(feature = "blocking")]
pub(super) fn wait(
    poll: &mut dyn FnMut(&mut Context<'_>) -> Poll<Result<RawReply, NoReply>>,
) -> Result<RawReply, NoReply> {
    crate::blocking::block_on(std::future::poll_fn(poll))
}
