//! Lines of JSON as a stream of typed items.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::items::Items;
use super::sequence::Texts;
use super::{ItemError, StreamError};
use crate::body::ResponseBody;
use crate::reply::{DecodeError, decode_json};

/// The items of a response of JSON texts (`application/x-ndjson`, `application/jsonl`,
/// `application/json-seq`), read as they arrive. Dropping it cancels the request.
///
/// Blank lines are ignored. An item that cannot be decoded is a [`StreamError::Item`] with its number, and
/// the stream goes on.
///
/// It is a [`Stream`], and with the feature `blocking` an iterator
/// ([`into_iter`](IntoIterator::into_iter)).
pub struct ItemStream<T> {
    texts: Items<Texts>,
    item: PhantomData<fn() -> T>,
}

impl<T> ItemStream<T> {
    /// Reads a body with an item on each line.
    pub fn lines(body: ResponseBody) -> Self {
        Self { texts: Items::new(body, Texts::lines()), item: PhantomData }
    }

    /// Reads a body with a record separator before each item (RFC 7464).
    pub fn records(body: ResponseBody) -> Self {
        Self { texts: Items::new(body, Texts::records()), item: PhantomData }
    }
}

impl<T: DeserializeOwned> ItemStream<T> {
    /// Returns the next item; nothing after the end.
    pub async fn next(&mut self) -> Option<Result<T, StreamError>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<T: DeserializeOwned> Stream for ItemStream<T> {
    type Item = Result<T, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(next) = ready!(self.texts.poll_item(context)) else { return Poll::Ready(None) };
        let (number, text) = match next {
            Ok(item) => item,
            Err(error) => return Poll::Ready(Some(Err(error.into()))),
        };
        let bytes = text.as_ref();
        let decoded = if self.texts.framing.may_be_cut(bytes) {
            Err(DecodeError::of_end())
        } else {
            decode_json(bytes)
        };
        let failed = |error| StreamError::Item(ItemError::new(number, error, bytes));
        Poll::Ready(Some(decoded.map_err(failed)))
    }
}

/// Shows how many items have arrived, and no content.
impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n_items = self.texts.n_items();
        f.debug_struct("ItemStream").field("n_items", &n_items).finish_non_exhaustive()
    }
}
