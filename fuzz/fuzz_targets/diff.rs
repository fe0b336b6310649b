//! The target `diff` for `cargo +nightly fuzz run diff`.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tamarack_fuzz::{Seeds, Target, of_bytes};

static SEEDS: LazyLock<Seeds> = LazyLock::new(|| Seeds::read(1));

fuzz_target!(|bytes: &[u8]| of_bytes(Target::Diff, &SEEDS, bytes));
