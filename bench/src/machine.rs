//! Describes the machine in one line.

use std::process::Command;

/// Returns cores, system and compiler.
pub(crate) fn facts() -> String {
    let n_cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let rustc = Command::new("rustc").arg("--version").output();
    let rustc = rustc.map(|it| String::from_utf8_lossy(&it.stdout).trim().to_owned());
    let rustc = rustc.unwrap_or_else(|_| "an unknown rustc".to_owned());
    format!("{n_cores} cores, {}, {rustc}.", std::env::consts::ARCH)
}
