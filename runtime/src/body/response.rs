//! The body of a response as it arrives.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use crate::transport::{TransportError, TransportErrorKind};
use crate::wipe::WipedBuffer;

/// The body of a response as it arrives, piece by piece. Dropping it cancels the request.
///
/// It is a [`Stream`], and with the feature `blocking` an iterator and a reader
/// ([`into_iter`](IntoIterator::into_iter), [`std::io::Read`]). After an error or the end, nothing more
/// comes.
///
/// ```
/// # use tamarack_runtime::{ResponseBody, TransportError};
/// # async fn example(mut body: ResponseBody) -> Result<(), TransportError> {
/// while let Some(piece) = body.next().await {
///     let piece = piece?;
///     println!("{} bytes", piece.len());
/// }
/// # Ok(())
/// # }
/// ```
pub struct ResponseBody {
    /// Nothing after the end.
    pieces: Option<Pieces>,
    received: u64,
    max_body: usize,
    /// What a reader has not taken yet.
    #[cfg(feature = "blocking")]
    pub(super) unread: Bytes,
}

type Pieces = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

impl ResponseBody {
    /// Creates a body from the pieces that a transport reads. They must end with an error if the body is
    /// cut, see [`Transport::stream`](crate::Transport::stream).
    pub fn new(pieces: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static) -> Self {
        Self {
            pieces: Some(Box::pin(pieces)),
            received: 0,
            max_body: usize::MAX,
            #[cfg(feature = "blocking")]
            unread: Bytes::new(),
        }
    }

    /// Returns how many bytes have arrived.
    pub fn received(&self) -> u64 {
        self.received
    }

    /// Returns the next piece; nothing after the end.
    pub async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Reads the rest of the body, at most [`Limits::max_body`](crate::Limits::max_body) bytes; more is an
    /// error of the kind [`TransportErrorKind::BodyTooLarge`].
    pub async fn bytes(mut self) -> Result<Bytes, TransportError> {
        let max_body = self.max_body;
        let mut acc = WipedBuffer::new();
        while let Some(piece) = self.next().await {
            if !acc.push_within(&piece?, max_body) {
                let error = TransportError::new(TransportErrorKind::BodyTooLarge);
                return Err(error.with_received(self.received));
            }
        }
        Ok(acc.into_bytes())
    }

    pub(crate) fn with_max_body(mut self, max_body: usize) -> Self {
        self.max_body = max_body;
        self
    }

    /// Returns the maximum size of what is kept of it at a time.
    pub(crate) fn max_body(&self) -> usize {
        self.max_body
    }
}

impl Stream for ResponseBody {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let Some(pieces) = &mut self.pieces else { return Poll::Ready(None) };
            match ready!(pieces.as_mut().poll_next(context)) {
                Some(Ok(piece)) if piece.is_empty() => {}
                Some(Ok(piece)) => {
                    self.received += piece.len() as u64;
                    return Poll::Ready(Some(Ok(piece)));
                }
                Some(Err(error)) => {
                    self.pieces = None;
                    let received = self.received;
                    return Poll::Ready(Some(Err(error.with_received(received))));
                }
                None => {
                    self.pieces = None;
                    return Poll::Ready(None);
                }
            }
        }
    }
}

/// A body that has arrived.
impl From<Bytes> for ResponseBody {
    fn from(bytes: Bytes) -> Self {
        Self::new(Once(Some(bytes)))
    }
}

struct Once(Option<Bytes>);

impl Stream for Once {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

/// Shows how much has arrived, and no content.
impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseBody").field("received", &self.received).finish_non_exhaustive()
    }
}
