//! Sends the request of a call, again where that is safe and may help. Nothing here depends on the operation,
//! so it is compiled once.

use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::Request;

use crate::body::RequestBody;
use crate::client::ClientCore;
use crate::reply::{RawReply, Reads};
use crate::request::RequestError;
use crate::retry::Repeatable;
use crate::secret::exposed;
use crate::transport::{BoxFuture, TransportError};

/// Builds the request of a call.
pub(super) type Build<'a> = dyn Fn() -> Result<Request<RequestBody>, RequestError> + 'a;

type Sent = Result<RawReply, TransportError>;

/// Why there is no response.
pub(super) enum NoReply {
    Request(RequestError),
    Transport(TransportError),
}

/// A request on its way, for the first time or again.
pub(super) struct Exchange {
    core: ClientCore,
    reads: Reads,
    repeatable: Repeatable,
    max_retries: u32,
    /// Counted from 1.
    attempt: u32,
    /// The end of the timeout, by the monotonic clock; it begins when the call is first polled.
    deadline: Option<Duration>,
    state: State,
}

enum State {
    Sending(BoxFuture<'static, Sent>),
    Waiting(BoxFuture<'static, ()>),
    Refused(RequestError),
    Done,
}

impl Exchange {
    pub(super) fn new(
        core: &ClientCore,
        reads: Reads,
        max_retries: Option<u32>,
        request: Result<Request<RequestBody>, RequestError>,
    ) -> Self {
        let repeatable = request.as_ref().map_or(Repeatable::Never, Repeatable::of);
        Self {
            core: core.clone(),
            reads,
            repeatable,
            max_retries: max_retries.unwrap_or(core.retries().settings.max_retries),
            attempt: 1,
            deadline: None,
            state: State::of(core.clone(), reads, request),
        }
    }

    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
        build: &Build<'_>,
    ) -> Poll<Result<RawReply, NoReply>> {
        let deadline = self.deadline();
        loop {
            match &mut self.state {
                State::Sending(future) => {
                    let sent = ready!(future.as_mut().poll(context));
                    match self.retry_at(&sent, deadline) {
                        Some(until) => {
                            let sleep = self.core.retries().clock.sleep_until(until);
                            self.state = State::Waiting(sleep);
                        }
                        None => {
                            self.state = State::Done;
                            return Poll::Ready(match sent {
                                Ok(reply) => Ok(with_secrets(reply, build)),
                                Err(error) => Err(NoReply::Transport(error)),
                            });
                        }
                    }
                }
                State::Waiting(sleep) => {
                    ready!(sleep.as_mut().poll(context));
                    self.attempt += 1;
                    self.state = State::of(self.within(deadline), self.reads, build());
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

    fn deadline(&mut self) -> Duration {
        let (core, clock) = (&self.core, &self.core.retries().clock);
        let end = || clock.now().monotonic.saturating_add(core.limits().timeout);
        *self.deadline.get_or_insert_with(end)
    }

    /// Returns the time of the next attempt if there is to be one.
    fn retry_at(&self, sent: &Sent, deadline: Duration) -> Option<Duration> {
        let retries = self.core.retries();
        let n_retries = self.attempt - 1;
        if sent.as_ref().is_ok_and(|reply| reply.status().is_success()) {
            retries.succeeded(n_retries);
            return None;
        }
        if n_retries >= self.max_retries {
            return None;
        }
        let now = retries.clock.now();
        let retry_after = self.repeatable.after(sent, now.wall)?;
        let until = now.monotonic.saturating_add(retries.wait(self.attempt, retry_after));
        // An attempt without time could only fail: what is known now is the better answer.
        (until < deadline && retries.pay()).then_some(until)
    }

    /// Returns the client with what is left of the timeout.
    fn within(&self, deadline: Duration) -> ClientCore {
        let left = deadline.saturating_sub(self.core.retries().clock.now().monotonic);
        self.core.with_limits(self.core.limits().clone().with_timeout(left))
    }
}

impl State {
    fn of(
        core: ClientCore,
        reads: Reads,
        request: Result<Request<RequestBody>, RequestError>,
    ) -> Self {
        match request {
            Ok(request) => {
                Self::Sending(Box::pin(async move { core.exchange(request, reads).await }))
            }
            Err(error) => Self::Refused(error),
        }
    }
}

/// Notes the secrets of a request that failed, by building it once more: no message of the server shows
/// them. A success is not searched for any.
fn with_secrets(mut reply: RawReply, build: &Build<'_>) -> RawReply {
    if !reply.status().is_success() {
        let (_, secrets) = exposed::during(build);
        reply.add_sent(secrets);
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
