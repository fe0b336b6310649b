//! The target `pipeline` for `cargo +nightly fuzz run pipeline`.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tamarack_fuzz::{Seeds, Target, of_bytes};

static SEEDS: LazyLock<Seeds> = LazyLock::new(|| Seeds::read(1));

fuzz_target!(|bytes: &[u8]| of_bytes(Target::Pipeline, &SEEDS, bytes));
