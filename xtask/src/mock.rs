//! The command `cargo xtask mock`: builds `tests/mock` and runs it.

use crate::Exit;
use crate::corpus::{corpora, missing};
use crate::tokens::run_package;

/// Calls every operation of some documents on a server that Prism makes of each.
pub(crate) fn run(words: &[String]) -> Exit {
    let folder = corpora();
    if !folder.is_dir() {
        return missing(&folder, "it is no directory");
    }
    run_package("tamarack-mock", words)
}
