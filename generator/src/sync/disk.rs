//! The single steps that change a disk, so that a test can let each of them be the last.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// How far the content of a file has come when it counts as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Until {
    /// The system has it, and it outlives the process.
    System,
    /// The disk has it, and it outlives a power cut.
    Disk,
}

/// What the writing of a folder consists of.
pub(super) trait Disk {
    /// Creates one folder.
    fn create_folder(&mut self, path: &Path) -> io::Result<()>;
    /// Writes a file that is not there yet.
    fn write_new(&mut self, path: &Path, content: &[u8], until: Until) -> io::Result<()>;
    /// Gives a file a second name, or a copy where the file system has no links.
    fn keep(&mut self, from: &Path, to: &Path) -> io::Result<()>;
    /// Moves a file over another one, in one step.
    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()>;
    /// Deletes a file.
    fn remove_file(&mut self, path: &Path) -> io::Result<()>;
    /// Deletes an empty folder.
    fn remove_folder(&mut self, path: &Path) -> io::Result<()>;
}

/// The disk of the system.
pub(super) struct System;

impl Disk for System {
    fn create_folder(&mut self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn write_new(&mut self, path: &Path, content: &[u8], until: Until) -> io::Result<()> {
        let mut file = File::create_new(path)?;
        file.write_all(content)?;
        match until {
            Until::System => Ok(()),
            Until::Disk => file.sync_data(),
        }
    }

    fn keep(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop))
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_file(&mut self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&mut self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }
}
