//! Lists the Rust files of a folder.

use std::fs;
use std::path::{Path, PathBuf};

/// Returns every Rust file below a folder, sorted; what cargo builds is none of ours.
///
/// # Panics
///
/// When the folder cannot be read.
pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut acc = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let entries =
            fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for entry in entries {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                if path.file_name().is_none_or(|name| name != "target") {
                    open.push(path);
                }
            } else if path.extension().is_some_and(|it| it == "rs") {
                acc.push(path);
            }
        }
    }
    acc.sort();
    acc
}
