//! One text in, one file out: the old one until the new one is whole.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::SyncError;
use super::plan::entries;

/// What stands between the name of a file and the number of the process in
/// the name that it is written under first.
const STAGED: &str = ".tamarack-";

/// Writes a file that the user named, replacing its content, and returns
/// what an interrupted run had left beside it and is removed now.
///
/// The new content is written beside the file and moved over it. Where there is
/// no plain file to be replaced (`/dev/stdout`, a pipe, a link) it is written
/// straight to what is there, and so it is where the folder takes no new file.
pub fn write_file(path: &Path, text: &str) -> Result<Vec<PathBuf>, SyncError> {
    let cannot_write = || SyncError::io("cannot write", path);
    let is_plain = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata.is_file(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => true,
        Err(error) => return Err(cannot_write()(error)),
    };
    let (Some(name), true) = (path.file_name(), is_plain) else {
        in_place(path, text).map_err(cannot_write())?;
        return Ok(Vec::new());
    };
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let prefix = format!(".{}{STAGED}", name.to_string_lossy());
    let removed = remove_leftovers(folder, &prefix);
    let staged = folder.join(format!("{prefix}{}", std::process::id()));
    match File::create_new(&staged) {
        Ok(mut file) => {
            let moved = fill(&mut file, text).and_then(|()| fs::rename(&staged, path));
            moved.map_err(|error| {
                let _ = fs::remove_file(&staged);
                cannot_write()(error)
            })?;
        }
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied && path.is_file() => {
            in_place(path, text).map_err(cannot_write())?;
        }
        Err(error) => return Err(cannot_write()(error)),
    }
    Ok(removed)
}

fn in_place(path: &Path, text: &str) -> io::Result<()> {
    File::options()
        .write(true)
        .create(true)
        .truncate(true)
        .open(path)
        .and_then(|mut file| file.write_all(text.as_bytes()))
}

/// Writes and syncs the text, under a lock.
fn fill(file: &mut File, text: &str) -> io::Result<()> {
    let _ = file.try_lock();
    file.write_all(text.as_bytes())?;
    file.sync_data()
}

/// Removes what runs left that were killed before they could rename; a file
/// that is locked belongs to a run that lives.
fn remove_leftovers(folder: &Path, prefix: &str) -> Vec<PathBuf> {
    let mut acc = Vec::new();
    for (name, kind) in entries(folder).unwrap_or_default() {
        let number = name.to_str().and_then(|it| it.strip_prefix(prefix));
        let is_ours = number.is_some_and(|it| it.bytes().all(|it| it.is_ascii_digit()));
        if !is_ours || !kind.is_file() {
            continue;
        }
        let path = folder.join(&name);
        let is_free = File::open(&path).is_ok_and(|file| file.try_lock().is_ok());
        if is_free && fs::remove_file(&path).is_ok() {
            acc.push(path);
        }
    }
    acc
}
