//! Turns what a program allocates and frees into something that a test can look at.
//!
//! A global allocator is `unsafe` by nature: that is why this crate exists, and why nothing else is in
//! it. Each test program installs one of the allocators here, all of which pass every call on to the
//! system's.

mod counting;
mod scanning;

pub use counting::Counting;
pub use scanning::{Found, Needles, Scanning};

use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// Returns the value of a future that is ready the first time that it is asked.
///
/// # Panics
///
/// When it is not.
pub fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}
