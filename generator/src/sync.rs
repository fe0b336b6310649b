//! Wanted files and a folder in, the fewest changes that make them equal out; then those changes made, or none.
//!
//! This is the only stage that touches the disk. Of a crate it owns everything
//! below `src/` and the top-level files it is told of; all else in the folder
//! (`target/`, `Cargo.lock`, notes) is never looked at. A folder of pages it
//! owns as a whole.

mod apply;
mod check;
mod plan;

pub use apply::apply;
pub use check::check;
pub use plan::{Changes, plan, plan_whole};

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What stands in the comment at the top of every file that the generator
/// writes. A file without it is somebody's own work: a run that would
/// overwrite or delete one is refused.
pub const MARKER: &str = "@generated";

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
    /// Files that the generator did not write stand where it would write.
    Foreign(Vec<PathBuf>),
    /// The swap failed and so did putting the old files back.
    HalfDone {
        /// Why the swap failed.
        cause: Box<SyncError>,
        /// Where the old files are.
        kept_in: PathBuf,
    },
}

impl SyncError {
    fn io(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { what, path, source }
    }
}

impl fmt::Display for SyncError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { what, path, source } => write!(f, "{what} `{}`: {source}", path.display()),
            Self::Foreign(paths) => {
                let paths: Vec<_> = paths.iter().map(|it| format!("`{}`", it.display())).collect();
                write!(
                    f,
                    "{} would be overwritten or deleted, but the generator did not write it \
                     (no `{MARKER}` at its top); move it away or choose another folder",
                    paths.join(", ")
                )
            }
            Self::HalfDone { cause, kept_in } => {
                write!(
                    f,
                    "{cause}; the old files could not be put back and are kept in `{}`",
                    kept_in.display()
                )
            }
        }
    }
}

impl std::error::Error for SyncError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::HalfDone { cause, .. } => Some(cause),
            Self::Foreign(_) => None,
        }
    }
}
