//! The future of a call.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::exchange::{Exchange, NoReply, Sent};
use super::{Call, CallResult};
use crate::failure::Error;
use crate::operation::{self, Operation};
use crate::reply::RawReply;

/// The future of a [`Call`].
#[must_use = "a future does nothing until it is awaited"]
pub struct Sending<O> {
    /// Kept, since each attempt builds its request anew.
    call: Call<O>,
    exchange: Exchange,
}

/// Nothing in it is pinned in place.
impl<O> Unpin for Sending<O> {}

impl<O: Operation> Sending<O> {
    pub(super) fn new(call: Call<O>) -> Self {
        let info = O::INFO;
        let sent = Sent {
            operation: info.id,
            method: info.method,
            path_template: info.path,
            retries: O::RETRIES,
        };
        let reads = operation::reads::<O>();
        let exchange = Exchange::new(&call.core, sent, reads, call.max_retries);
        Self { call, exchange }
    }

    fn poll_reply(&mut self, context: &mut Context<'_>) -> Poll<Result<RawReply, NoReply>> {
        let call = &self.call;
        self.exchange.poll(context, &|| call.build())
    }

    fn read(sent: Result<RawReply, NoReply>) -> CallResult<O> {
        match sent {
            Ok(raw) => operation::read::<O>(raw),
            Err(NoReply::Request(error)) => Err(Error::Request(error)),
            Err(NoReply::Transport(error)) => Err(Error::Transport(error)),
        }
    }

    #[cfg(feature = "blocking")]
    pub(super) fn wait(mut self) -> CallResult<O> {
        Self::read(super::exchange::wait(&mut |context| self.poll_reply(context)))
    }
}

impl<O: Operation> Future for Sending<O> {
    type Output = CallResult<O>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(Self::read(ready!(self.poll_reply(context))))
    }
}

impl<O: Operation> fmt::Debug for Sending<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending").field("operation", &O::INFO.id).finish_non_exhaustive()
    }
}
