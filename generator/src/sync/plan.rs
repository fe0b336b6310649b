//! Wanted files and a folder in, which of them differ out; nothing is written.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::sync::{MARKER, SyncError};

/// How a folder differs from the wanted files; paths are relative, with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files whose content differs.
    pub modified: BTreeSet<String>,
    /// Files that are not there.
    pub missing: BTreeSet<String>,
    /// Files below `src/`, or of the given names, that are not wanted.
    pub orphans: BTreeSet<String>,
    /// Files that are as they should be.
    pub unchanged: BTreeSet<String>,
}

impl Changes {
    /// Returns whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.n_changed() == 0
    }

    /// Returns how many files would be written or deleted.
    pub fn n_changed(&self) -> usize {
        self.modified.len() + self.missing.len() + self.orphans.len()
    }
}

/// The folder that holds nothing but our files.
const OWNED_FOLDER: &str = "src";

/// Compares the wanted `files` with what is in `dir`.
///
/// `top_level` names the files beside `src/` that are ours even when they are
/// no longer wanted; a wanted file is ours in any case. A file that would be
/// overwritten or deleted but does not carry our [`MARKER`] is an error.
pub fn plan(
    files: &BTreeMap<String, String>,
    dir: &Path,
    top_level: &[&str],
) -> Result<Changes, SyncError> {
    plan_below(files, dir, OWNED_FOLDER, top_level)
}

/// Compares the wanted `files` with what is in `dir`, of which everything is
/// ours; else like [`plan`].
pub fn plan_whole(files: &BTreeMap<String, String>, dir: &Path) -> Result<Changes, SyncError> {
    plan_below(files, dir, "", &[])
}

fn plan_below(
    files: &BTreeMap<String, String>,
    dir: &Path,
    owned_folder: &str,
    top_level: &[&str],
) -> Result<Changes, SyncError> {
    let mut changes = Changes::default();
    for (path, content) in files {
        let change = match read(&dir.join(path))? {
            None => &mut changes.missing,
            Some(bytes) if bytes == content.as_bytes() => &mut changes.unchanged,
            Some(_) => &mut changes.modified,
        };
        change.insert(path.clone());
    }
    let mut present = BTreeSet::new();
    collect_files(dir, owned_folder, &mut present)?;
    for name in top_level {
        if read(&dir.join(name))?.is_some() {
            present.insert((*name).to_owned());
        }
    }
    changes.orphans = present.into_iter().filter(|path| !files.contains_key(path)).collect();
    refuse_foreign(&changes, dir)?;
    Ok(changes)
}

/// Returns the content of a file; `None` when there is no such file.
fn read(path: &Path) -> Result<Option<Vec<u8>>, SyncError> {
    // A folder in the way is no file; writing the file will say so.
    if path.is_dir() {
        return Ok(None);
    }
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(SyncError::io("cannot read", path)(error)),
    }
}

/// Adds all files below `dir/folder`, as paths relative to `dir`.
fn collect_files(dir: &Path, folder: &str, acc: &mut BTreeSet<String>) -> Result<(), SyncError> {
    let path = dir.join(folder);
    let cannot_list = || SyncError::io("cannot list", &path);
    let entries = match fs::read_dir(&path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(cannot_list()(error)),
    };
    for entry in entries {
        let entry = entry.map_err(cannot_list())?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let child = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        if entry.file_type().map_err(cannot_list())?.is_dir() {
            collect_files(dir, &child, acc)?;
        } else {
            acc.insert(child);
        }
    }
    Ok(())
}

/// What somebody else wrote is worth more than an output that is complete.
fn refuse_foreign(changes: &Changes, dir: &Path) -> Result<(), SyncError> {
    let mut foreign: Vec<PathBuf> = Vec::new();
    for path in changes.modified.union(&changes.orphans) {
        let full = dir.join(path);
        if let Some(bytes) = read(&full)? {
            let text = String::from_utf8_lossy(&bytes);
            let is_comment =
                |line: &&str| ["//", "#", "<!--"].iter().any(|it| line.starts_with(it));
            if !text.lines().take_while(is_comment).any(|line| line.contains(MARKER)) {
                foreign.push(full);
            }
        }
    }
    if foreign.is_empty() { Ok(()) } else { Err(SyncError::Foreign(foreign)) }
}
