//! Tests across the crates of this repository; they stand under `tests/`, one file per ring.
//!
//! Here is what they share: a server on loopback, the generated modules seen
//! through one trait, the documents in `specs/`, and a search for leaked secrets.

#![expect(clippy::missing_panics_doc, reason = "a helper of tests fails by a panic")]

pub mod api;
pub mod leak;
pub mod server;
pub mod spec;
