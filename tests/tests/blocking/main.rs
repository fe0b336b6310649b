//! Turns the clients without async into what they send and say; nothing here knows a runtime.

#![allow(clippy::unwrap_used, reason = "clippy takes the helpers of a test program for a program")]

mod methods;
mod wire;
