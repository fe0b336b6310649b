//! Tests across the crates of this repository; they stand under `tests/`, one file per ring.

pub mod documents;
pub mod items;
pub mod one;
pub mod sources;
pub mod specs;
