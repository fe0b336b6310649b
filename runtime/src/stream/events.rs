//! An event stream as a stream of typed events.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::event::{Event, Events};
use super::items::Items;
use super::{ItemError, StreamError};
use crate::body::ResponseBody;
use crate::reply::{DecodeError, decode_json, decode_text};

/// The events of a response (`text/event-stream`), read as they arrive. Dropping it cancels the request.
///
/// Events are found by the rules of the HTML standard: an event whose end does not arrive is dropped, lines
/// that are comments or have an unknown name are ignored, and bytes that are not UTF-8 are replaced. An event
/// whose data cannot be decoded is a [`StreamError::Item`] with its number, and the stream goes on. It is not
/// reconnected; [`last_event_id`](Self::last_event_id) is what a new request would say.
///
/// It is a [`Stream`], and with the feature `blocking` an iterator
/// ([`into_iter`](IntoIterator::into_iter)).
///
/// ```
/// # use tamarack_runtime::{EventStream, StreamError};
/// # async fn example(mut events: EventStream<u64>) -> Result<(), StreamError> {
/// while let Some(event) = events.next().await {
///     let event = event?;
///     println!("{}: {}", event.event, event.data);
/// }
/// # Ok(())
/// # }
/// ```
pub struct EventStream<T> {
    events: Items<Events>,
    decode: fn(&[u8]) -> Result<T, DecodeError>,
    /// The data of the event that ends the stream.
    end: Option<&'static str>,
}

impl<T: DeserializeOwned> EventStream<T> {
    /// Reads a body as events whose data is JSON.
    pub fn json(body: ResponseBody) -> Self {
        Self { events: Items::new(body, Events::default()), decode: decode_json, end: None }
    }
}

impl EventStream<String> {
    /// Reads a body as events whose data is text.
    pub fn text(body: ResponseBody) -> Self {
        let decode = |bytes: &[u8]| decode_text(bytes).map(str::to_owned);
        Self { events: Items::new(body, Events::default()), decode, end: None }
    }
}

impl<T> EventStream<T> {
    /// Sets the data of the event that ends the stream, such as `[DONE]`. The event itself is not returned.
    pub fn with_end(mut self, end: Option<&'static str>) -> Self {
        self.end = end;
        self
    }

    /// Returns the next event; nothing after the end.
    pub async fn next(&mut self) -> Option<Result<Event<T>, StreamError>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Returns the last event id that the server has sent; empty if it has sent none.
    pub fn last_event_id(&self) -> &str {
        &self.events.framing.id
    }

    /// Returns how long the server asks to wait before reconnecting (`retry`).
    pub fn reconnection_time(&self) -> Option<Duration> {
        self.events.framing.retry
    }
}

impl<T> Stream for EventStream<T> {
    type Item = Result<Event<T>, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(next) = ready!(self.events.poll_item(context)) else { return Poll::Ready(None) };
        let (number, event) = match next {
            Ok(item) => item,
            Err(error) => return Poll::Ready(Some(Err(error.into()))),
        };
        let bytes = event.data.as_ref();
        if self.end.is_some_and(|end| bytes == end.as_bytes()) {
            self.events.end();
            return Poll::Ready(None);
        }
        Poll::Ready(Some(match (self.decode)(bytes) {
            Ok(data) => Ok(Event { event: event.event, id: event.id, data }),
            Err(error) => Err(StreamError::Item(ItemError::new(number, error, bytes))),
        }))
    }
}

/// Shows how many events have arrived, and no content.
impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n_events = self.events.n_items();
        f.debug_struct("EventStream").field("n_events", &n_events).finish_non_exhaustive()
    }
}
