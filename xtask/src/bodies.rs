//! The command `cargo xtask bodies`: builds `tests/bodies` and runs it.

use crate::Exit;
use crate::corpus::{corpora, missing};
use crate::tokens::run_package;

/// Sends and reads the bodies of other people's documents.
pub(crate) fn run() -> Exit {
    let folder = corpora();
    if !folder.is_dir() {
        return missing(&folder, "it is no directory");
    }
    run_package("tamarack-bodies", &[])
}
