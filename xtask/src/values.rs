//! The commands `cargo xtask bounds`, `examples` and `round-trips`: build `tests/values` and run it.

use crate::Exit;
use crate::tokens::run_package;

/// Decodes and encodes values of documents; `--help` tells which arguments there are.
pub(crate) fn run(command: &str, arguments: &[String]) -> Exit {
    let arguments: Vec<String> =
        [command].into_iter().map(str::to_owned).chain(arguments.iter().cloned()).collect();
    run_package("tamarack-values", &arguments)
}
