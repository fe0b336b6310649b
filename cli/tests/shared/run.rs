//! A folder of one test, and the built binary run inside of it.
#![allow(clippy::disallowed_methods, reason = "a test sets up its folder by hand")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Returns an empty folder of this name, which no other test uses.
pub(crate) fn folder(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if dir.exists() {
        fs::remove_dir_all(&dir).expect("the folder of the last run can be removed");
    }
    fs::create_dir_all(&dir).expect("the folder can be created");
    dir
}

/// Returns a command that runs the binary in a folder.
pub(crate) fn tamarack(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tamarack"));
    command.current_dir(dir);
    command
}
