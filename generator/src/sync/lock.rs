//! One run at a time in a folder: a lock that the system takes back when its holder dies.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::SyncError;

/// How often a folder is asked for, and how long is waited in between: writing
/// takes milliseconds, so ten seconds are a run that hangs.
const ATTEMPTS: u32 = 200;
const PAUSE: Duration = Duration::from_millis(50);

/// Holds a folder until it is dropped.
pub(super) struct Lock {
    _file: Option<File>,
}

/// Waits until no other run writes to `folder`.
///
/// Some network file systems have no locks. There two runs at once can each
/// fail with a message; what each moves in is still a whole file.
pub(super) fn lock(folder: &Path) -> Result<Lock, SyncError> {
    let file = open(folder).map_err(SyncError::io("cannot open", folder))?;
    for _ in 0..ATTEMPTS {
        match file.try_lock() {
            Ok(()) => return Ok(Lock { _file: Some(file) }),
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
            Err(TryLockError::Error(_)) => return Ok(Lock { _file: None }),
        }
    }
    Err(SyncError::Busy(folder.to_owned()))
}

/// The folder itself is locked, so that no file is left behind.
#[cfg(unix)]
fn open(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

/// Only files can be locked; this one stays, since deleting it would let two
/// runs lock two files of one name.
#[cfg(not(unix))]
fn open(folder: &Path) -> io::Result<File> {
    File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.join(super::plan::LOCK_NAME))
}
