//! Wanted files and planned changes in, a changed folder out; or, when anything fails, the folder as it was.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::sync::{Changes, SyncError};

/// Makes the changes that were planned for `dir`.
///
/// The new content is written to a folder beside `dir` first; then each file
/// is swapped in by a rename, the old one kept until the last is in place.
/// Files that do not differ are not touched.
pub fn apply(
    files: &BTreeMap<String, String>,
    dir: &Path,
    changes: &Changes,
) -> Result<(), SyncError> {
    if changes.is_empty() {
        return Ok(());
    }
    let stage = stage_beside(dir);
    let staged = write_stage(files, changes, &stage);
    let mut journal = Vec::new();
    let swapped = staged.and_then(|()| swap_in(dir, changes, &stage, &mut journal));
    if let Err(cause) = swapped {
        if roll_back(journal).is_err() {
            return Err(SyncError::HalfDone { cause: Box::new(cause), kept_in: stage });
        }
        // Nothing in the stage is needed any more, and the cause is what to say.
        let _ = fs::remove_dir_all(&stage);
        return Err(cause);
    }
    fs::remove_dir_all(&stage).map_err(SyncError::io("cannot remove", &stage))?;
    remove_emptied_folders(dir, changes);
    Ok(())
}

/// Returns a folder on the same file system as `dir`, so that a rename is enough.
fn stage_beside(dir: &Path) -> PathBuf {
    let full = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    let name = full.file_name().map_or_else(|| "out".into(), |name| name.to_string_lossy());
    full.with_file_name(format!(".{name}.tamarack-{}", std::process::id()))
}

/// Writes what is new to `stage/new`.
fn write_stage(
    files: &BTreeMap<String, String>,
    changes: &Changes,
    stage: &Path,
) -> Result<(), SyncError> {
    for path in changes.modified.union(&changes.missing) {
        let target = stage.join("new").join(path);
        create_parent(&target)?;
        File::create(&target)
            .and_then(|mut file| file.write_all(files[path].as_bytes()))
            .map_err(SyncError::io("cannot write", &target))?;
    }
    Ok(())
}

fn create_parent(path: &Path) -> Result<(), SyncError> {
    let parent = path.parent().unwrap_or(path);
    fs::create_dir_all(parent).map_err(SyncError::io("cannot create", parent))
}

/// How one step of the swap is undone.
enum Undo {
    /// The file was moved away.
    MoveBack { from: PathBuf, to: PathBuf },
    /// The file was not there.
    Remove(PathBuf),
    /// The folder was not there.
    RemoveFolder(PathBuf),
}

/// Moves the old files to `stage/old` and the new ones in; each step that is
/// done stands in the journal.
fn swap_in(
    dir: &Path,
    changes: &Changes,
    stage: &Path,
    journal: &mut Vec<Undo>,
) -> Result<(), SyncError> {
    for path in changes.modified.union(&changes.orphans) {
        let (from, to) = (dir.join(path), stage.join("old").join(path));
        create_parent(&to)?;
        fs::rename(&from, &to).map_err(SyncError::io("cannot replace", &from))?;
        journal.push(Undo::MoveBack { from: to, to: from });
    }
    for path in changes.modified.union(&changes.missing) {
        let (from, to) = (stage.join("new").join(path), dir.join(path));
        create_folders(to.parent().unwrap_or(dir), journal)?;
        fs::rename(&from, &to).map_err(SyncError::io("cannot write", &to))?;
        journal.push(Undo::Remove(to));
    }
    Ok(())
}

/// Creates a folder and those above it, one step at a time so that each can
/// be undone.
fn create_folders(folder: &Path, journal: &mut Vec<Undo>) -> Result<(), SyncError> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        create_folders(parent, journal)?;
    }
    fs::create_dir(folder).map_err(SyncError::io("cannot create", folder))?;
    journal.push(Undo::RemoveFolder(folder.to_owned()));
    Ok(())
}

/// Undoes the steps, the last one first.
fn roll_back(journal: Vec<Undo>) -> io::Result<()> {
    for undo in journal.into_iter().rev() {
        match undo {
            Undo::MoveBack { from, to } => fs::rename(from, to)?,
            Undo::Remove(path) => fs::remove_file(path)?,
            Undo::RemoveFolder(path) => fs::remove_dir(path)?,
        }
    }
    Ok(())
}

/// Removes the folders that the deleted files leave empty. A folder that
/// cannot be removed does no harm: it holds something, or stays empty.
fn remove_emptied_folders(dir: &Path, changes: &Changes) {
    for path in &changes.orphans {
        let mut folder = Path::new(path).parent();
        while let Some(inner) = folder.filter(|it| !it.as_os_str().is_empty()) {
            if fs::remove_dir(dir.join(inner)).is_err() {
                break;
            }
            folder = inner.parent();
        }
    }
}
