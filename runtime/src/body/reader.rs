//! Iterators and readers as streams.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::{BoxError, Pieces};

/// Makes a stream of an iterator, which is always ready.
pub(super) fn iterated(
    pieces: impl Iterator<Item = Result<Bytes, BoxError>> + Send + 'static,
) -> Pieces {
    Box::pin(Iterated(Box::new(pieces)))
}

struct Iterated(Box<dyn Iterator<Item = Result<Bytes, BoxError>> + Send>);

impl Stream for Iterated {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next())
    }
}

/// The size of a read.
#[cfg(feature = "blocking")]
const PIECE: usize = 64 * 1024;

/// Makes a stream of a reader, which blocks the thread.
#[cfg(feature = "blocking")]
pub(super) fn read(mut reader: impl std::io::Read + Send + 'static) -> Pieces {
    let mut buffer = zeroize::Zeroizing::new(vec![0; PIECE]);
    iterated(std::iter::from_fn(move || {
        loop {
            return match reader.read(&mut buffer) {
                Ok(0) => None,
                Ok(n) => Some(Ok(Bytes::copy_from_slice(&buffer[..n]))),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => Some(Err(error.into())),
            };
        }
    }))
}
