//! A number of orders in, the outcome of the model checker out: longer runs of `tests/model-check` than
//! those of the ordinary tests.

use std::process::Command;

use crate::Exit;
use crate::codegen::root;

/// Runs the tests of the crate with so many orders for each scene, optimised.
pub(crate) fn run(iterations: u32) -> Exit {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["test", "--release", "--package=tamarack-model-check"]).current_dir(root());
    command.env("TAMARACK_MODEL_ITERATIONS", iterations.to_string());
    match command.status() {
        Ok(status) if status.success() => Exit::Done,
        Ok(_) => Exit::Failed,
        Err(error) => {
            eprintln!("error: cargo does not start: {error}");
            Exit::Failed
        }
    }
}
