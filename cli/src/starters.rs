//! Tells which of the files that a crate begins with are still the generator's to write.

use std::fs;
use std::io;
use std::path::Path;

use tamarack::{Files, provenance, sync};

/// Returns the files to write: all of a new crate; of one that is there, those that still say at their
/// top that they are generated. What its owner changed into a file of their own or deleted stays so.
pub(crate) fn wanted(starters: &Files, out: &Path) -> Files {
    let is_new = is_absent(&out.join("Cargo.toml"));
    let is_ours = |name: &str| {
        let path = out.join(name);
        if is_absent(&path) {
            return is_new;
        }
        // A link or a folder is the owner's as well.
        fs::symlink_metadata(&path).is_ok_and(|it| it.is_file())
            && sync::read_text(&path).is_ok_and(|it| provenance::is_ours(&it))
    };
    let ours = starters.iter().filter(|(name, _)| is_ours(name));
    ours.map(|(name, text)| (name.clone(), text.clone())).collect()
}

fn is_absent(path: &Path) -> bool {
    fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}
