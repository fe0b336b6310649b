//! Sends the request of a call. Nothing here depends on the operation, so it is compiled once.

use std::task::{Context, Poll, ready};

use http::Request;

use crate::body::RequestBody;
use crate::client::ClientCore;
use crate::reply::{RawReply, Reads};
use crate::request::RequestError;
use crate::secret::exposed;
use crate::transport::{BoxFuture, TransportError};

/// Builds the request of a call.
pub(super) type Build<'a> = dyn Fn() -> Result<Request<RequestBody>, RequestError> + 'a;

/// Why there is no response.
pub(super) enum NoReply {
    Request(RequestError),
    Transport(TransportError),
}

/// A request on its way.
pub(super) struct Exchange {
    state: State,
}

enum State {
    Sending(BoxFuture<'static, Result<RawReply, TransportError>>),
    Refused(RequestError),
    Done,
}

impl Exchange {
    pub(super) fn new(
        core: &ClientCore,
        reads: Reads,
        request: Result<Request<RequestBody>, RequestError>,
    ) -> Self {
        let state = match request {
            Ok(request) => State::Sending(send(core.clone(), request, reads)),
            Err(error) => State::Refused(error),
        };
        Self { state }
    }

    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
        build: &Build<'_>,
    ) -> Poll<Result<RawReply, NoReply>> {
        let sent = match &mut self.state {
            State::Sending(future) => ready!(future.as_mut().poll(context)),
            State::Refused(error) => {
                let error = error.clone();
                self.state = State::Done;
                return Poll::Ready(Err(NoReply::Request(error)));
            }
            State::Done => panic!("a call was polled after its end"),
        };
        self.state = State::Done;
        Poll::Ready(match sent {
            Ok(reply) => Ok(with_secrets(reply, build)),
            Err(error) => Err(NoReply::Transport(error)),
        })
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

fn send(
    core: ClientCore,
    request: Request<RequestBody>,
    reads: Reads,
) -> BoxFuture<'static, Result<RawReply, TransportError>> {
    Box::pin(async move { core.exchange(request, reads).await })
}

/// Blocks the thread until there is a response.
#[cfg(feature = "blocking")]
pub(super) fn wait(
    poll: &mut dyn FnMut(&mut Context<'_>) -> Poll<Result<RawReply, NoReply>>,
) -> Result<RawReply, NoReply> {
    crate::blocking::block_on(std::future::poll_fn(poll))
}
