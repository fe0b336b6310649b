//! Streams without async: as iterators, and a body as a reader.

use std::future::poll_fn;
use std::io::{self, Read};
use std::pin::Pin;

use bytes::{Buf as _, Bytes};
use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::ResponseBody;
use crate::blocking::block_on;
use crate::stream::{Event, EventStream, ItemStream, StreamError};
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

/// The items of a stream, for each of which the thread is blocked.
#[derive(Debug)]
pub struct Iter<S>(S);

impl<S> Iter<S> {
    pub(crate) fn new(stream: S) -> Self {
        Self(stream)
    }
}

impl<S: Stream + Unpin> Iterator for Iter<S> {
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        block_on(poll_fn(|context| Pin::new(&mut self.0).poll_next(context)))
    }
}

/// Iterates over the pieces, blocking the thread.
impl IntoIterator for ResponseBody {
    type Item = Result<Bytes, TransportError>;
    type IntoIter = Iter<Self>;

    fn into_iter(self) -> Iter<Self> {
        Iter(self)
    }
}

/// Iterates over the events, blocking the thread.
impl<T> IntoIterator for EventStream<T> {
    type Item = Result<Event<T>, StreamError>;
    type IntoIter = Iter<Self>;

    fn into_iter(self) -> Iter<Self> {
        Iter(self)
    }
}

/// Iterates over the items, blocking the thread.
impl<T: DeserializeOwned> IntoIterator for ItemStream<T> {
    type Item = Result<T, StreamError>;
    type IntoIter = Iter<Self>;

    fn into_iter(self) -> Iter<Self> {
        Iter(self)
    }
}
