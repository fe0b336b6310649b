//! Waits for a call of a store, within a bound; its panic is an error.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::Poll;

use crate::token::grant::GrantError;
use crate::transport::BoxFuture;

/// Why a call of a store has no result.
#[derive(Debug)]
pub(super) enum Trouble {
    TimedOut,
    Panicked,
    Failed(GrantError),
}

/// Waits until the call or the timer is done.
pub(super) async fn bounded<T>(
    call: BoxFuture<'_, Result<T, GrantError>>,
    mut timer: BoxFuture<'_, ()>,
) -> Result<T, Trouble> {
    let mut call = Quiet(Some(call));
    poll_fn(|context| {
        let Some(running) = &mut call.0 else { unreachable!("it is there until it is dropped") };
        match catch_unwind(AssertUnwindSafe(|| running.as_mut().poll(context))) {
            Ok(Poll::Ready(Ok(value))) => Poll::Ready(Ok(value)),
            Ok(Poll::Ready(Err(error))) => Poll::Ready(Err(Trouble::Failed(error))),
            Ok(Poll::Pending) => timer.as_mut().poll(context).map(|()| Err(Trouble::TimedOut)),
            Err(_) => Poll::Ready(Err(Trouble::Panicked)),
        }
    })
    .await
}

/// A call whose drop may panic once more.
struct Quiet<'a, T>(Option<BoxFuture<'a, T>>);

impl<T> Drop for Quiet<'_, T> {
    fn drop(&mut self) {
        let call = self.0.take();
        let _ = catch_unwind(AssertUnwindSafe(|| drop(call)));
    }
}
