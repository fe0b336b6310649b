//! Why an item of a stream, or the rest of the stream, could not be read.

use std::error::Error;
use std::fmt;

use bytes::Bytes;

use crate::reply::{DecodeError, MAX_KEPT};
use crate::transport::TransportError;
use crate::wipe::WipedBuffer;

/// Why the next item of a stream could not be read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum StreamError {
    /// The item is not what the document declares. The stream goes on with the next one.
    Item(ItemError),
    /// The stream is over: it was cut or stalled, or an item is larger than
    /// [`Limits::max_body`](crate::Limits::max_body).
    Transport(TransportError),
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item(error) => error.fmt(f),
            Self::Transport(_) => f.write_str("stream ended before it was complete"),
        }
    }
}

impl Error for StreamError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Item(error) => error.source(),
            Self::Transport(error) => Some(error),
        }
    }
}

impl From<TransportError> for StreamError {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

/// An item of a stream that could not be decoded, with the first [`MAX_KEPT`] bytes of it.
#[derive(Clone)]
pub struct ItemError {
    number: u64,
    error: Box<DecodeError>,
    bytes: Bytes,
}

impl ItemError {
    pub(super) fn new(number: u64, error: DecodeError, bytes: &[u8]) -> Self {
        let kept = &bytes[..bytes.len().min(MAX_KEPT)];
        let bytes = WipedBuffer::copy_of(kept).into_bytes();
        Self { number, error: Box::new(error), bytes }
    }

    /// Returns the number of the item, starting at 1.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Returns why the item could not be decoded.
    pub fn error(&self) -> &DecodeError {
        &self.error
    }

    /// Returns the first [`MAX_KEPT`] bytes of the item.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }
}

impl fmt::Display for ItemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "item {} of the stream could not be decoded", self.number)
    }
}

impl fmt::Debug for ItemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemError")
            .field("number", &self.number)
            .field("error", &self.error)
            .field("n_bytes", &self.bytes.len())
            .finish()
    }
}

impl Error for ItemError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.error)
    }
}
