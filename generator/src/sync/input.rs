//! Reading a document or an overlay: a regular file of bounded size that holds UTF-8.

use std::fmt;
use std::fs::{self, File, FileType, Metadata};
use std::io::{self, Read};
use std::path::Path;

/// The largest document that is read: several times the largest that is known
/// to be published, and far below what would fill the memory.
pub const MAX_INPUT_BYTES: u64 = 256 * 1024 * 1024;

/// Why a file could not be read.
#[derive(Debug)]
pub enum ReadError {
    /// The system said no.
    Io(io::Error),
    /// It is not a regular file; the text says what it is.
    Special(&'static str),
    /// It is longer than [`MAX_INPUT_BYTES`].
    TooLong,
    /// It is not UTF-8 from this line on.
    NotUtf8 {
        /// The line, from 1.
        line: usize,
    },
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::Special(what) => write!(f, "it is {what}; only regular files are read"),
            Self::TooLong => {
                write!(f, "it is longer than {} MiB", MAX_INPUT_BYTES / (1024 * 1024))
            }
            Self::NotUtf8 { line } => write!(f, "line {line} is not UTF-8"),
        }
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            Self::Special(_) | Self::TooLong | Self::NotUtf8 { .. } => None,
        }
    }
}

/// Reads a text. A pipe or a device is refused before it is opened: opening
/// one can wait for ever, and reading one can go on for ever.
pub fn read_text(path: &Path) -> Result<String, ReadError> {
    let metadata = fs::metadata(path).map_err(ReadError::Io)?;
    if let Some(what) = special(metadata.file_type()) {
        return Err(ReadError::Special(what));
    }
    // What a file says of its length is not to be relied on: some of `/proc` say 0.
    let file = File::open(path).map_err(ReadError::Io)?;
    read_into(Vec::with_capacity(said(&metadata)), file)
}

/// Reads a text to its end, for example that of standard input.
pub fn read_all(reader: impl Read) -> Result<String, ReadError> {
    read_into(Vec::new(), reader)
}

/// Returns what a file says of its length, if a text may be so long.
fn said(metadata: &Metadata) -> usize {
    usize::try_from(metadata.len().min(MAX_INPUT_BYTES)).unwrap_or_default()
}

fn read_into(mut bytes: Vec<u8>, reader: impl Read) -> Result<String, ReadError> {
    reader.take(MAX_INPUT_BYTES + 1).read_to_end(&mut bytes).map_err(ReadError::Io)?;
    if bytes.len() as u64 > MAX_INPUT_BYTES {
        return Err(ReadError::TooLong);
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        ReadError::NotUtf8 { line: good.split(|it| *it == b'\n').count() }
    })
}

/// Returns what a file is, unless it is a regular one.
fn special(kind: FileType) -> Option<&'static str> {
    if kind.is_file() {
        return None;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return Some("a pipe");
        }
        if kind.is_socket() {
            return Some("a socket");
        }
        if kind.is_char_device() || kind.is_block_device() {
            return Some("a device");
        }
    }
    Some(if kind.is_dir() { "a folder" } else { "not a regular file" })
}
