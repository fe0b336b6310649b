//! The loop of every stream of items: pieces of a body in, whole items out.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use crate::body::ResponseBody;
use crate::transport::{TransportError, TransportErrorKind};

/// Finds the items in the bytes of a body.
pub(super) trait Framing {
    type Item;

    /// Takes bytes off the front of `piece` until an item is complete. If there is none, all bytes are
    /// taken.
    fn take(&mut self, piece: &mut Bytes) -> Option<Self::Item>;

    /// Returns the item that the end of the body completes.
    fn finish(&mut self) -> Option<Self::Item>;

    /// Returns how many bytes of an incomplete item are held.
    fn held(&self) -> usize;

    /// Returns the size of an item.
    fn size(item: &Self::Item) -> usize;
}

/// An item with its number, or the error that ends the stream.
type Numbered<F> = Result<(u64, <F as Framing>::Item), TransportError>;

/// The items of a body.
pub(super) struct Items<F> {
    /// Nothing after the end.
    body: Option<ResponseBody>,
    piece: Bytes,
    max_item: usize,
    pub(super) framing: F,
    count: u64,
}

impl<F: Framing> Items<F> {
    pub(super) fn new(body: ResponseBody, framing: F) -> Self {
        let max_item = body.max_body();
        Self { body: Some(body), piece: Bytes::new(), max_item, framing, count: 0 }
    }

    /// Returns the number of items until now.
    pub(super) fn n_items(&self) -> u64 {
        self.count
    }

    /// Ends the stream, whatever the server has still to send.
    pub(super) fn end(&mut self) {
        self.body = None;
        self.piece = Bytes::new();
    }

    /// Returns the next item with its number.
    pub(super) fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Numbered<F>>> {
        loop {
            if let Some(item) = self.framing.take(&mut self.piece) {
                return Poll::Ready(Some(self.checked(item)));
            }
            if self.framing.held() > self.max_item {
                return Poll::Ready(Some(Err(self.too_large())));
            }
            let Some(body) = &mut self.body else { return Poll::Ready(None) };
            match ready!(Pin::new(body).poll_next(context)) {
                Some(Ok(piece)) => self.piece = piece,
                Some(Err(error)) => {
                    self.end();
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    self.end();
                    let last = self.framing.finish();
                    return Poll::Ready(last.map(|item| self.checked(item)));
                }
            }
        }
    }

    fn checked(&mut self, item: F::Item) -> Numbered<F> {
        if F::size(&item) > self.max_item {
            return Err(self.too_large());
        }
        self.count += 1;
        Ok((self.count, item))
    }

    fn too_large(&mut self) -> TransportError {
        let received = self.body.as_ref().map_or(0, ResponseBody::received);
        self.end();
        TransportError::new(TransportErrorKind::BodyTooLarge).with_received(received)
    }
}
