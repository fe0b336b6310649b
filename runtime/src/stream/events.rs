//! An event stream as a stream of typed events.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::event::{Event, Events};
use super::items::Items;
use super::{ItemError, StreamError};
use crate::body::ResponseBody;
use crate::reply::{DecodeError, decode_json, decode_text};
use crate::wipe::WipedBuffer;

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
    decode: Decode<T>,
    /// The data of the event that ends the stream.
    end: Option<&'static str>,
}

/// How an event becomes a value.
enum Decode<T> {
    /// Its data alone.
    Data(fn(&[u8]) -> Result<T, DecodeError>),
    /// All of it, as an object; the data of the events with these names is JSON.
    Whole(fn(&[u8]) -> Result<T, DecodeError>, &'static [&'static str]),
}

impl<T: DeserializeOwned> EventStream<T> {
    /// Reads a body as events whose data is JSON.
    pub fn json(body: ResponseBody) -> Self {
        Self::new(body, Decode::Data(decode_json))
    }

    /// Reads a body as events of which each is a value as a whole: an object with the properties `event`,
    /// `data` and, where the server has sent one, `id`. The data of the events that are named in `json` is
    /// JSON; that of all others is a string, so that nothing is guessed of an event with an unknown name.
    ///
    /// ```
    /// # use tamarack_runtime::{EventStream, ResponseBody};
    /// # use tamarack_runtime::serde_json::Value;
    /// # fn example(body: ResponseBody) {
    /// let events: EventStream<Value> = EventStream::named(body, &["created"]);
    /// # }
    /// ```
    pub fn named(body: ResponseBody, json: &'static [&'static str]) -> Self {
        Self::new(body, Decode::Whole(decode_json, json))
    }
}

impl EventStream<String> {
    /// Reads a body as events whose data is text.
    pub fn text(body: ResponseBody) -> Self {
        Self::new(body, Decode::Data(|bytes| decode_text(bytes).map(str::to_owned)))
    }
}

impl<T> EventStream<T> {
    fn new(body: ResponseBody, decode: Decode<T>) -> Self {
        Self { events: Items::new(body, Events::default()), decode, end: None }
    }

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
        let value = match &self.decode {
            Decode::Data(decode) => decode(bytes),
            Decode::Whole(decode, json) => {
                let is_json = json.contains(&&*event.event);
                whole(&event, is_json).and_then(|it| decode(it.as_ref()))
            }
        };
        Poll::Ready(Some(match value {
            Ok(data) => Ok(Event { event: event.event, id: event.id, data }),
            Err(error) => Err(StreamError::Item(ItemError::new(number, error, bytes))),
        }))
    }
}

/// Writes an event as a JSON object.
fn whole(event: &Event<WipedBuffer>, is_json: bool) -> Result<WipedBuffer, DecodeError> {
    let mut acc = WipedBuffer::new();
    acc.push(b"{\"event\":");
    push_string(&mut acc, &event.event);
    if !event.id.is_empty() {
        acc.push(b",\"id\":");
        push_string(&mut acc, &event.id);
    }
    acc.push(b",\"data\":");
    let data = event.data.as_ref();
    if is_json {
        // Data that is more than one value would add properties to the event.
        decode_json::<IgnoredAny>(data)?;
        acc.push(data);
    } else {
        push_string(&mut acc, decode_text(data)?);
    }
    acc.push(b"}");
    Ok(acc)
}

fn push_string(acc: &mut WipedBuffer, text: &str) {
    // A string is always JSON, and the buffer takes all of it.
    let _ = serde_json::to_writer(acc, text);
}

/// Shows how many events have arrived, and no content.
impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n_events = self.events.n_items();
        f.debug_struct("EventStream").field("n_events", &n_events).finish_non_exhaustive()
    }
}
