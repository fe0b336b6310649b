//! The body of a response without async: as an iterator and as a reader.

use std::future::poll_fn;
use std::io::{self, Read};
use std::pin::Pin;

use bytes::{Buf as _, Bytes};
use futures_core::Stream as _;

use super::ResponseBody;
use crate::blocking::block_on;
use crate::transport::{TransportError, TransportErrorKind};

impl ResponseBody {
    fn wait(&mut self) -> Option<Result<Bytes, TransportError>> {
        block_on(poll_fn(|context| Pin::new(&mut *self).poll_next(context)))
    }
}

/// Reads the body, blocking the thread. The error of the transport is the cause of the `io::Error`.
impl Read for ResponseBody {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.unread.is_empty() && !buffer.is_empty() {
            match self.wait() {
                None => return Ok(0),
                Some(Ok(piece)) => self.unread = piece,
                Some(Err(error)) => return Err(io_error(error)),
            }
        }
        let n = self.unread.len().min(buffer.len());
        self.unread.copy_to_slice(&mut buffer[..n]);
        Ok(n)
    }
}

fn io_error(error: TransportError) -> io::Error {
    let kind = match error.kind() {
        TransportErrorKind::Timeout => io::ErrorKind::TimedOut,
        TransportErrorKind::Interrupted => io::ErrorKind::UnexpectedEof,
        _ => io::ErrorKind::Other,
    };
    io::Error::new(kind, error)
}

/// Iterates over the pieces, blocking the thread.
impl IntoIterator for ResponseBody {
    type Item = Result<Bytes, TransportError>;
    type IntoIter = Pieces;

    fn into_iter(self) -> Pieces {
        Pieces(self)
    }
}

/// The pieces of a [`ResponseBody`], for each of which the thread is blocked.
#[derive(Debug)]
pub struct Pieces(ResponseBody);

impl Iterator for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.wait()
    }
}
