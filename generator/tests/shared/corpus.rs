//! Where other people's documents are.
#![allow(clippy::disallowed_methods, reason = "the corpus lies where the environment says")]

use std::path::{Path, PathBuf};

/// Returns the corpus, which `TAMARACK_CORPUS` names or which is beside the repository, if it has this file or
/// folder; otherwise prints that the test is skipped.
pub(crate) fn with(part: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let root = std::env::var_os("TAMARACK_CORPUS").map_or(beside, PathBuf::from);
    if root.join(part).exists() {
        return Some(root);
    }
    eprintln!("skipped: no `{part}` in the corpus");
    None
}
