//! The command `cargo xtask metamorphic`: builds `tests/metamorphic` with optimisation and runs it.

use crate::Exit;
use crate::fuzz::run_optimised;

/// Runs the metamorphic tests with the arguments as they are; `--help` tells which there are.
pub(crate) fn run(arguments: &[String]) -> Exit {
    run_optimised("tamarack-metamorphic", arguments)
}
