//! The command `cargo xtask tokens`: builds `tests/tokens` and runs it.

use std::process::Command;

use crate::Exit;
use crate::codegen::root;

/// Asks other people's token endpoints for a token.
pub(crate) fn run() -> Exit {
    run_package("tamarack-tokens", &[])
}

/// Builds and runs the program of a package of this repository.
pub(crate) fn run_package(name: &str, arguments: &[String]) -> Exit {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["run", "--quiet", "--package", name, "--"]);
    match command.args(arguments).current_dir(root()).status() {
        Ok(status) if status.success() => Exit::Done,
        Ok(_) => Exit::Failed,
        Err(error) => {
            eprintln!("error: cargo does not start: {error}");
            Exit::Failed
        }
    }
}
