//! Wanted files in, a folder that holds them out; or, when anything fails, the folder as it was.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, System, Until};
use super::lock::lock;
use super::plan::{STAGE, empty_folders, entries, plan};
use crate::sync::{Changes, Owned, SyncError};

/// Brings `dir` up to date and returns what was changed. Files that do not
/// differ are not touched.
pub fn write(
    files: &BTreeMap<String, String>,
    dir: &Path,
    owned: Owned<'_>,
) -> Result<Changes, SyncError> {
    write_on(&mut System, files, dir, owned)
}

/// Does what [`write`] does, on a disk of the caller's.
pub(super) fn write_on(
    disk: &mut dyn Disk,
    files: &BTreeMap<String, String>,
    dir: &Path,
    owned: Owned<'_>,
) -> Result<Changes, SyncError> {
    let mut done = Vec::new();
    let outcome = create_folders(disk, dir, &mut done).and_then(|()| {
        let _lock = lock(dir)?;
        // Compared under the lock: what was planned before may be done by now.
        let changes = plan(files, dir, owned)?;
        apply(disk, files, dir, owned, &changes, &mut done)?;
        Ok(changes)
    });
    outcome.map_err(|cause| match roll_back(disk, done) {
        Ok(()) => cause,
        Err(_) => SyncError::HalfDone { cause: Box::new(cause) },
    })
}

/// How one step is undone.
enum Undo {
    /// The old content is kept there.
    MoveBack { from: PathBuf, to: PathBuf },
    /// The file was not there.
    Remove(PathBuf),
    /// The folder was not there.
    RemoveFolder(PathBuf),
}

fn apply(
    disk: &mut dyn Disk,
    files: &BTreeMap<String, String>,
    dir: &Path,
    owned: Owned<'_>,
    changes: &Changes,
    done: &mut Vec<Undo>,
) -> Result<(), SyncError> {
    if changes.is_empty() {
        return Ok(());
    }
    let mut stages: Vec<PathBuf> = changes.leftovers.iter().map(|it| dir.join(it)).collect();
    if changes.n_changed() > 0 {
        let stage = free_stage(dir, &stages);
        disk.create_folder(&stage).map_err(SyncError::io("cannot create", &stage))?;
        done.push(Undo::RemoveFolder(stage.clone()));
        swap_in(disk, files, dir, changes, &stage, done)?;
        stages.push(stage);
    }
    // All is in place. The stages go last: as long as one is there, the next
    // run knows that there is something to tidy up.
    done.clear();
    for folder in empty_folders(dir, owned) {
        // A file that does not change is not reported.
        let _ = disk.remove_folder(&folder);
    }
    stages.iter().try_for_each(|stage| remove_stage(disk, stage))
}

/// Returns a folder inside of the output, on its file system and allowed
/// wherever that is, that no interrupted run has left.
fn free_stage(dir: &Path, leftovers: &[PathBuf]) -> PathBuf {
    (std::process::id()..=u32::MAX)
        .map(|number| dir.join(format!("{STAGE}{number}")))
        .find(|it| !leftovers.contains(it))
        .unwrap_or_else(|| unreachable!("there are more numbers than folders"))
}

/// Writes what is new to the stage, then moves it over what is old and the
/// orphans away; the journal has each completed step.
fn swap_in(
    disk: &mut dyn Disk,
    files: &BTreeMap<String, String>,
    dir: &Path,
    changes: &Changes,
    stage: &Path,
    done: &mut Vec<Undo>,
) -> Result<(), SyncError> {
    let wanted: Vec<&String> = changes.modified.union(&changes.missing).collect();
    let new = |index: usize| stage.join(format!("new-{index}"));
    for (index, path) in wanted.iter().enumerate() {
        let staged = new(index);
        // Also one that is half written has to go.
        done.push(Undo::Remove(staged.clone()));
        // What replaces nothing loses nothing when it is lost.
        let is_replacing = changes.modified.contains(*path);
        let until = if is_replacing { Until::Disk } else { Until::System };
        disk.write_new(&staged, files[*path].as_bytes(), until)
            .map_err(SyncError::io("cannot write", &staged))?;
    }
    for (index, path) in wanted.iter().enumerate() {
        let (from, to) = (new(index), dir.join(path));
        create_folders(disk, to.parent().unwrap_or(dir), done)?;
        let undo = if changes.modified.contains(*path) {
            let kept = stage.join(format!("old-{index}"));
            done.push(Undo::Remove(kept.clone()));
            disk.keep(&to, &kept).map_err(SyncError::io("cannot keep", &to))?;
            Undo::MoveBack { from: kept, to: to.clone() }
        } else {
            Undo::Remove(to.clone())
        };
        disk.rename(&from, &to).map_err(SyncError::io("cannot write", &to))?;
        done.push(undo);
    }
    for (index, path) in changes.orphans.iter().enumerate() {
        let (from, to) = (dir.join(path), stage.join(format!("orphan-{index}")));
        disk.rename(&from, &to).map_err(SyncError::io("cannot delete", &from))?;
        done.push(Undo::MoveBack { from: to, to: from });
    }
    Ok(())
}

/// Creates a folder and those above it, one step at a time so that each can
/// be undone.
fn create_folders(
    disk: &mut dyn Disk,
    folder: &Path,
    done: &mut Vec<Undo>,
) -> Result<(), SyncError> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        create_folders(disk, parent, done)?;
    }
    create_folder(disk, folder, done)
}

fn create_folder(
    disk: &mut dyn Disk,
    folder: &Path,
    done: &mut Vec<Undo>,
) -> Result<(), SyncError> {
    match disk.create_folder(folder) {
        Ok(()) => done.push(Undo::RemoveFolder(folder.to_owned())),
        // Another run was faster.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => {}
        Err(error) => return Err(SyncError::io("cannot create", folder)(error)),
    }
    Ok(())
}

/// Undoes the steps, the last one first, and continues after failures.
fn roll_back(disk: &mut dyn Disk, done: Vec<Undo>) -> io::Result<()> {
    let mut outcome = Ok(());
    for undo in done.into_iter().rev() {
        let undone = match undo {
            Undo::MoveBack { from, to } => disk.rename(&from, &to),
            Undo::Remove(path) => match disk.remove_file(&path) {
                // It was moved on, or never made.
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                undone => undone,
            },
            // A folder that another run uses by now stays.
            Undo::RemoveFolder(path) => match disk.remove_folder(&path) {
                Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
                undone => undone,
            },
        };
        outcome = outcome.and(undone);
    }
    outcome
}

/// Removes a stage with the files in it; it has no folders.
fn remove_stage(disk: &mut dyn Disk, stage: &Path) -> Result<(), SyncError> {
    for (name, _) in entries(stage)? {
        let path = stage.join(name);
        disk.remove_file(&path).map_err(SyncError::io("cannot remove", &path))?;
    }
    disk.remove_folder(stage).map_err(SyncError::io("cannot remove", stage))
}
