//! Wanted files and a folder in, the fewest changes that make them equal out; then those changes made.
//!
//! This is the only stage that touches the disk. Of a crate it owns everything
//! below `src/` and the top-level files it is told of; all else in the folder
//! (`target/`, `Cargo.lock`, notes) is never looked at. A folder of pages it
//! owns as a whole.
//!
//! What a run promises, whenever it ends and however:
//!
//! - Each file is the old one or the new one as a whole, and none is missing
//!   in between: new content is written to a folder inside the output, and moved
//!   over the old file by a rename.
//! - A run that fails puts the old files back. A run that is killed leaves its
//!   stage behind; the next one removes it, says so, and writes what is left.
//! - Nothing that the generator did not write is overwritten or deleted, and no
//!   link is followed out of the folder.
//! - Of two runs at once, one waits for the other.
//!
//! What replaces a file is synced before the first rename; new files and folders
//! are not. After a power cut a file may be the old one again, and is never half a
//! file; a new one may be missing or empty, and the next run writes it.

mod apply;
mod check;
mod disk;
mod file;
mod input;
mod lock;
mod plan;
#[cfg(test)]
mod tests;

pub use apply::write;
pub use check::check;
pub use file::write_file;
pub use input::{MAX_INPUT_BYTES, ReadError, read_all, read_text};
pub use plan::{Changes, plan};

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::provenance::MARKER;

/// What of a folder is ours.
#[derive(Clone, Copy, Debug)]
pub enum Owned<'a> {
    /// Of a crate: everything below `src/`, and these files beside it even
    /// when they are no longer wanted.
    Crate(&'a [&'a str]),
    /// Everything.
    Whole,
}

/// Why files could not be compared or written.
#[derive(Debug)]
pub enum SyncError {
    /// The system said no.
    Io {
        /// What was tried, for example `cannot read`.
        what: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file that the generator did not write is in the way.
    Foreign(Vec<Foreign>),
    /// Another run writes to the folder and does not end.
    Busy(PathBuf),
    /// Writing failed and so did putting the old files back.
    HalfDone {
        /// Why writing failed.
        cause: Box<SyncError>,
    },
}

/// Something that the generator did not write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// Where it is.
    pub path: PathBuf,
    /// What it is.
    pub kind: ForeignKind,
}

/// A file or folder in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForeignKind {
    /// A file without our marker.
    File,
    /// A symbolic link, wherever it leads.
    Link,
    /// A folder in the place of a file.
    Folder,
    /// A pipe, a socket or a device.
    Special,
}

impl SyncError {
    fn io(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { what, path, source }
    }
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.path.display())?;
        f.write_str(match self.kind {
            ForeignKind::File => "",
            ForeignKind::Link => " (a link)",
            ForeignKind::Folder => " (a folder)",
            ForeignKind::Special => " (a pipe or device)",
        })
    }
}

impl fmt::Display for SyncError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { what, path, source } => write!(f, "{what} `{}`: {source}", path.display()),
            Self::Foreign(all) => {
                let all: Vec<_> = all.iter().map(ToString::to_string).collect();
                write!(
                    f,
                    "{} would be overwritten or deleted, but the generator did not write it \
                     (no `{MARKER}` at its top); move it or choose another directory",
                    all.join(", ")
                )
            }
            Self::Busy(path) => write!(
                f,
                "another run is writing to `{}`; run again when it is done",
                path.display()
            ),
            Self::HalfDone { cause } => write!(
                f,
                "{cause}; some files are already new and could not be restored; run again once \
                 the cause is fixed"
            ),
        }
    }
}

impl std::error::Error for SyncError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::HalfDone { cause } => Some(cause),
            Self::Foreign(_) | Self::Busy(_) => None,
        }
    }
}
