//! The command `cargo xtask fuzz`: builds `tests/fuzz` with the profile of that name and runs it.

use std::process::Command;

use crate::Exit;
use crate::codegen::root;

/// Runs the fuzzers with the arguments as they are; `--help` tells which there are.
pub(crate) fn run(arguments: &[String]) -> Exit {
    run_optimised("tamarack-fuzz", arguments)
}

/// Builds the program of a package of this repository as fast as what users have, with the checks that they
/// do not have, and runs it.
pub(crate) fn run_optimised(package: &str, arguments: &[String]) -> Exit {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["run", "--quiet", "--profile=fuzz", "--package", package, "--"]);
    match command.args(arguments).current_dir(root()).status() {
        Ok(status) if status.success() => Exit::Done,
        Ok(_) => Exit::Failed,
        Err(error) => {
            eprintln!("error: cargo does not start: {error}");
            Exit::Failed
        }
    }
}
