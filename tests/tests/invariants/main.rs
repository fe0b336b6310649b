//! What holds of the whole repository: generation is deterministic, names do not move, imports run one way,
//! generated files are up to date, dependencies stay few.
//!
//! `cargo test -p tamarack-tests --test invariants direction` runs one module.

mod additions;
mod collisions;
mod contributing;
mod dependencies;
mod determinism;
mod direction;
mod doctests;
mod first_lines;
mod length;
mod mint;
mod neutral;
mod overlay;
mod spec_examples;
mod staleness;
mod transcriptions;
