//! Tests across the crates of this repository; they stand under `tests/`, one file per ring.
