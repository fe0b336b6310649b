//! The blocking clients: what they send and return, without an async runtime.

#![allow(clippy::unwrap_used, reason = "clippy takes the helpers of a test program for a program")]

mod methods;
mod wire;
