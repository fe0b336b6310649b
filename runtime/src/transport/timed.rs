//! The deadlines of streams, for transports with async timers.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;

use super::{BoxFuture, Limits, TransportError, TransportErrorKind};
use crate::body::Progress;

/// Makes a future that completes after some time.
pub(crate) type Sleep = Box<dyn Fn(Duration) -> BoxFuture<'static, ()> + Send + Sync>;

pub(crate) fn timed_out() -> TransportError {
    TransportError::new(TransportErrorKind::Timeout)
}

/// The total deadline of a stream.
pub(crate) struct Total(Option<BoxFuture<'static, ()>>);

impl Total {
    pub(crate) fn new(limits: &Limits, sleep: &Sleep) -> Self {
        Self(limits.stream_timeout.map(sleep))
    }

    fn is_over(&mut self, context: &mut Context<'_>) -> bool {
        self.0.as_mut().is_some_and(|timer| timer.as_mut().poll(context).is_ready())
    }
}

/// Waits for the head of a response, as long as the request body advances. `upload` is that of a streamed
/// request body.
pub(crate) async fn head<T>(
    work: impl Future<Output = T>,
    upload: Option<Progress>,
    limits: &Limits,
    sleep: &Sleep,
    total: &mut Total,
) -> Result<T, TransportError> {
    let mut work = std::pin::pin!(work);
    let mut timer = sleep(limits.timeout);
    poll_fn(|context| {
        if total.is_over(context) {
            return Poll::Ready(Err(timed_out()));
        }
        while timer.as_mut().poll(context).is_ready() {
            let since = upload.as_ref().map(|it| it.last().elapsed());
            match since.and_then(|since| limits.timeout.checked_sub(since)) {
                Some(left) if !left.is_zero() => timer = sleep(left),
                _ => return Poll::Ready(Err(timed_out())),
            }
        }
        work.as_mut().poll(context).map(Ok)
    })
    .await
}

/// The pieces of a body, each of which must come in time.
pub(crate) struct Timed<S> {
    pieces: Pin<Box<S>>,
    sleep: Sleep,
    idle_timeout: Duration,
    /// Runs while a piece is waited for.
    idle: Option<BoxFuture<'static, ()>>,
    total: Total,
}

impl<S> Timed<S> {
    pub(crate) fn new(pieces: S, sleep: Sleep, limits: &Limits, total: Total) -> Self {
        let (pieces, idle_timeout) = (Box::pin(pieces), limits.idle_timeout);
        Self { pieces, sleep, idle_timeout, idle: None, total }
    }
}

impl<S: Stream<Item = Result<Bytes, TransportError>>> Stream for Timed<S> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        // First: a body that always has a little more would never let it have its turn.
        if this.total.is_over(context) {
            return Poll::Ready(Some(Err(timed_out())));
        }
        if let Poll::Ready(next) = this.pieces.as_mut().poll_next(context) {
            // A piece without bytes is no sign of life.
            let is_empty = matches!(&next, Some(Ok(piece)) if piece.is_empty());
            if !is_empty {
                this.idle = None;
                return Poll::Ready(next);
            }
            context.waker().wake_by_ref();
        }
        let idle = this.idle.get_or_insert_with(|| (this.sleep)(this.idle_timeout));
        idle.as_mut().poll(context).map(|()| Some(Err(timed_out())))
    }
}
