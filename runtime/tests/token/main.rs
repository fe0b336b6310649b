//! Turns the table of faults into tests of the token source: virtual time, no sockets, no runtime.

#![allow(clippy::unwrap_used, reason = "clippy takes the helpers of a test program for a program")]

mod cancel;
mod failures;
#[cfg(feature = "token-store")]
mod fleet;
mod flights;
mod grants;
mod keyed;
mod kinds;
mod leaks;
mod model;
mod panics;
mod reads;
mod refresh;
mod rejected;
mod replies;
mod rules;
mod scenarios;
#[path = "../shown/mod.rs"]
mod shown;
#[cfg(feature = "token-store")]
#[path = "../stores/mod.rs"]
mod stores;
mod support;
#[cfg(feature = "tokio")]
mod tasks;
mod traced;
