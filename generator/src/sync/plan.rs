//! Wanted files and a folder in, which of them differ out; nothing is written.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

use crate::provenance;
use crate::sync::{Foreign, ForeignKind, Owned, SyncError};

/// How a folder differs from the wanted files; paths are relative, with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files whose content differs.
    pub modified: BTreeSet<String>,
    /// Files that are not there.
    pub missing: BTreeSet<String>,
    /// Generated files that are no longer generated.
    pub orphans: BTreeSet<String>,
    /// Files that are as they should be.
    pub unchanged: BTreeSet<String>,
    /// What a run that was interrupted left behind.
    pub leftovers: BTreeSet<String>,
}

impl Changes {
    /// Returns whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.n_changed() == 0 && self.leftovers.is_empty()
    }

    /// Returns how many files would be written or deleted.
    pub fn n_changed(&self) -> usize {
        self.modified.len() + self.missing.len() + self.orphans.len()
    }
}

/// The folder of a crate that holds nothing but our files.
const OWNED_FOLDER: &str = "src";

/// What the folder is called that new files are written to first; the number
/// of the process follows.
pub(super) const STAGE: &str = ".tamarack-stage-";

/// The file that is locked where a folder cannot be.
pub(super) const LOCK_NAME: &str = ".tamarack.lock";

/// Compares the wanted `files` with what is in `dir`.
///
/// A wanted file is ours in any case. What would be overwritten or deleted but
/// does not have our marker is an error, and so is anything that is not a file.
pub fn plan(
    files: &BTreeMap<String, String>,
    dir: &Path,
    owned: Owned<'_>,
) -> Result<Changes, SyncError> {
    let mut changes = Changes { leftovers: leftovers(dir)?, ..Changes::default() };
    let mut foreign = BTreeMap::new();
    for (path, content) in files {
        let change = match look(dir, path)? {
            Found::Nothing => &mut changes.missing,
            Found::File(bytes) if bytes == content.as_bytes() => &mut changes.unchanged,
            // What a power cut can leave of a new file, and nobody's work.
            Found::File(bytes) if bytes.is_empty() => &mut changes.modified,
            Found::File(bytes) => {
                foreign.extend(unmarked(dir, path, &bytes));
                &mut changes.modified
            }
            Found::Foreign(it) => {
                foreign.insert(it.path, it.kind);
                continue;
            }
        };
        change.insert(path.clone());
    }
    for path in present(dir, owned, &mut foreign)? {
        if files.contains_key(&path) {
            continue;
        }
        match look(dir, &path)? {
            Found::Nothing => {}
            Found::File(bytes) => {
                foreign.extend(unmarked(dir, &path, &bytes));
                changes.orphans.insert(path);
            }
            Found::Foreign(it) => {
                foreign.insert(it.path, it.kind);
            }
        }
    }
    if foreign.is_empty() {
        Ok(changes)
    } else {
        let all = foreign.into_iter().map(|(path, kind)| Foreign { path, kind }).collect();
        Err(SyncError::Foreign(all))
    }
}

/// What exists at a path.
enum Found {
    Nothing,
    File(Vec<u8>),
    Foreign(Foreign),
}

/// Looks at a path below `dir` without following a link.
fn look(dir: &Path, path: &str) -> Result<Found, SyncError> {
    let mut full = dir.to_owned();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        full.push(part);
        let kind = match fs::symlink_metadata(&full) {
            Ok(metadata) => metadata.file_type(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
            Err(error) => return Err(SyncError::io("cannot read", &full)(error)),
        };
        let is_last = parts.peek().is_none();
        if is_last && kind.is_file() {
            return fs::read(&full).map(Found::File).map_err(SyncError::io("cannot read", &full));
        }
        if is_last || !kind.is_dir() {
            return Ok(Found::Foreign(Foreign { path: full, kind: foreign_kind(kind) }));
        }
    }
    unreachable!("a path has a last part")
}

fn foreign_kind(kind: FileType) -> ForeignKind {
    if kind.is_symlink() {
        ForeignKind::Link
    } else if kind.is_dir() {
        ForeignKind::Folder
    } else if kind.is_file() {
        ForeignKind::File
    } else {
        ForeignKind::Special
    }
}

/// Files of the user are more important than a complete output.
fn unmarked(dir: &Path, path: &str, bytes: &[u8]) -> Option<(PathBuf, ForeignKind)> {
    let is_ours = provenance::is_ours(&String::from_utf8_lossy(bytes));
    (!is_ours).then(|| (dir.join(path), ForeignKind::File))
}

/// Returns everything in what is ours of `dir`.
fn present(
    dir: &Path,
    owned: Owned<'_>,
    foreign: &mut BTreeMap<PathBuf, ForeignKind>,
) -> Result<BTreeSet<String>, SyncError> {
    let mut acc = BTreeSet::new();
    match owned {
        Owned::Whole => collect(dir, "", &mut acc, foreign)?,
        Owned::Crate(top_level) => {
            acc.extend(top_level.iter().map(|it| (*it).to_owned()));
            let folder = dir.join(OWNED_FOLDER);
            match fs::symlink_metadata(&folder) {
                Ok(it) if it.is_dir() => collect(dir, OWNED_FOLDER, &mut acc, foreign)?,
                Ok(it) => {
                    foreign.insert(folder, foreign_kind(it.file_type()));
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(SyncError::io("cannot read", &folder)(error)),
            }
        }
    }
    Ok(acc)
}

/// Adds all that is in `dir/folder` and no folder, as paths relative to `dir`.
fn collect(
    dir: &Path,
    folder: &str,
    acc: &mut BTreeSet<String>,
    foreign: &mut BTreeMap<PathBuf, ForeignKind>,
) -> Result<(), SyncError> {
    for (name, kind) in entries(&dir.join(folder))? {
        let Ok(name) = name.into_string() else {
            // Not one of our names.
            foreign.insert(dir.join(folder), foreign_kind(kind));
            continue;
        };
        if folder.is_empty() && (name == LOCK_NAME || is_stage(&name)) {
            continue;
        }
        let child = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        if kind.is_dir() {
            collect(dir, &child, acc, foreign)?;
        } else {
            acc.insert(child);
        }
    }
    Ok(())
}

/// Returns the content of a folder, which is empty if it does not exist.
pub(super) fn entries(folder: &Path) -> Result<Vec<(std::ffi::OsString, FileType)>, SyncError> {
    let cannot_list = || SyncError::io("cannot list", folder);
    let listed = match fs::read_dir(folder) {
        Ok(listed) => listed,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(cannot_list()(error)),
    };
    let mut acc = Vec::new();
    for entry in listed {
        let entry = entry.map_err(cannot_list())?;
        acc.push((entry.file_name(), entry.file_type().map_err(cannot_list())?));
    }
    Ok(acc)
}

/// Returns the leftover stages in `dir`; the lock guarantees that they are not in use.
fn leftovers(dir: &Path) -> Result<BTreeSet<String>, SyncError> {
    let stages = entries(dir)?.into_iter().filter(|(_, kind)| kind.is_dir());
    let names = stages.filter_map(|(name, _)| name.into_string().ok());
    Ok(names.filter(|it| is_stage(it)).collect())
}

fn is_stage(name: &str) -> bool {
    let number = name.strip_prefix(STAGE);
    number.is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
}

/// Returns the generated folders that are empty, the inner ones first.
pub(super) fn empty_folders(dir: &Path, owned: Owned<'_>) -> Vec<PathBuf> {
    let mut acc = Vec::new();
    match owned {
        Owned::Crate(_) => {
            is_emptied(&dir.join(OWNED_FOLDER), &mut acc);
        }
        Owned::Whole => {
            for (name, kind) in entries(dir).unwrap_or_default() {
                let is_stage = name.to_str().is_some_and(is_stage);
                if kind.is_dir() && !is_stage {
                    is_emptied(&dir.join(name), &mut acc);
                }
            }
        }
    }
    acc
}

/// Adds the folders at and below `folder` that hold no file, and returns
/// whether `folder` is one of them.
fn is_emptied(folder: &Path, acc: &mut Vec<PathBuf>) -> bool {
    // One that cannot be listed is left alone.
    let Ok(entries) = entries(folder) else { return false };
    let mut is_empty = true;
    for (name, kind) in entries {
        is_empty &= kind.is_dir() && is_emptied(&folder.join(name), acc);
    }
    if is_empty && folder.is_dir() {
        acc.push(folder.to_owned());
    }
    is_empty
}
