//! A request body with a JSON text on each line (NDJSON, JSON Lines).

use std::error::Error;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use serde::Serialize;

use super::{RequestBuilder, RequestError};
use crate::body::RequestBody;
use crate::wipe::WipedBuffer;

type BoxError = Box<dyn Error + Send + Sync>;

/// A request body with an item on each line: a list, an iterator, or a stream.
///
/// A list is written at once, so it can be sent any number of times. The items of an iterator or a stream are
/// written one by one as the connection takes them, and can be sent once; see [`RequestBody`].
///
/// ```
/// use tamarack_runtime::JsonLines;
///
/// let list = JsonLines::from(vec![1, 2, 3]);
/// let lazy = JsonLines::iter((0..1_000_000).map(|n| n * n));
/// ```
pub struct JsonLines<T> {
    /// Nothing if an item of a list has no JSON form.
    body: Option<RequestBody>,
    item: PhantomData<fn(T)>,
}

impl<T: Serialize> JsonLines<T> {
    /// Writes the items of an iterator one by one.
    pub fn iter<I>(items: I) -> Self
    where
        I: IntoIterator<Item = T>,
        I::IntoIter: Send + 'static,
    {
        Self::of(RequestBody::iter(items.into_iter().map(|item| line(&item))))
    }

    /// Writes the items of a stream one by one. If it returns an error, the request is aborted.
    pub fn stream<S, E>(items: S) -> Self
    where
        S: Stream<Item = Result<T, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        Self::of(RequestBody::stream(Lines(Box::pin(items))))
    }

    fn of(body: RequestBody) -> Self {
        Self { body: Some(body), item: PhantomData }
    }
}

/// Writes an item with the end of its line. JSON text has no line breaks inside.
fn line<T: Serialize>(item: &T) -> Result<Bytes, BoxError> {
    let mut acc = WipedBuffer::new();
    // The message of the error is dropped: it may quote a value.
    serde_json::to_writer(&mut acc, item).map_err(|_| "an item has no JSON form")?;
    acc.push(b"\n");
    Ok(acc.into_bytes())
}

struct Lines<S>(Pin<Box<S>>);

impl<T: Serialize, E: Into<BoxError>, S: Stream<Item = Result<T, E>>> Stream for Lines<S> {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.0.as_mut().poll_next(context);
        next.map(|it| it.map(|it| it.map_err(Into::into).and_then(|item| line(&item))))
    }
}

/// Writes all items at once.
impl<T: Serialize> FromIterator<T> for JsonLines<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut acc = WipedBuffer::new();
        let written =
            items.into_iter().try_for_each(|item| line(&item).map(|line| acc.push(&line)));
        let body = written.ok().map(|()| RequestBody::from(acc.into_bytes()));
        Self { body, item: PhantomData }
    }
}

impl<T: Serialize> From<Vec<T>> for JsonLines<T> {
    fn from(items: Vec<T>) -> Self {
        items.into_iter().collect()
    }
}

impl<T: Serialize, const N: usize> From<[T; N]> for JsonLines<T> {
    fn from(items: [T; N]) -> Self {
        items.into_iter().collect()
    }
}

impl<T> Clone for JsonLines<T> {
    fn clone(&self) -> Self {
        Self { body: self.body.clone(), item: PhantomData }
    }
}

/// Shows no items.
impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonLines").field("body", &self.body).finish()
    }
}

impl RequestBuilder {
    /// Sets the body to lines of JSON.
    pub fn json_lines<T>(&mut self, media_type: &str, lines: &JsonLines<T>) {
        match &lines.body {
            Some(body) => self.body(media_type, body),
            None => self.fail(RequestError::Body { media_type: media_type.into() }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::get;
    use super::*;

    fn sent(lines: &JsonLines<impl Serialize>) -> Result<Bytes, RequestError> {
        let mut request = get();
        request.json_lines("application/x-ndjson", lines);
        request.build().map(http::Request::into_body)
    }

    #[test]
    fn a_line_for_each_item() {
        assert_eq!(sent(&JsonLines::from(["a\nb", "c"])).unwrap(), "\"a\\nb\"\n\"c\"\n");
        assert_eq!(sent(&JsonLines::<u64>::from(vec![])).unwrap(), "");
        let lazy = JsonLines::iter(1..4);
        assert_eq!(sent(&lazy).unwrap_err(), RequestError::Streamed);
        assert_eq!(lazy.body.unwrap().len(), None);
    }

    #[test]
    fn an_item_without_a_json_form_is_an_error() {
        let item = std::collections::BTreeMap::from([((1, 2), 3)]);
        let media_type = "application/x-ndjson".into();
        let error = sent(&JsonLines::from(vec![item])).unwrap_err();
        assert_eq!(error, RequestError::Body { media_type });
    }
}
