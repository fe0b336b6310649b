//! Turns futures into results by parking the thread, for programs without async.

mod executor;

pub use executor::block_on;
