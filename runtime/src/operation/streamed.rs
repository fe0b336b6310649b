//! The types that say how a response body is read as it arrives: `Events<EventStream<Chunk>>` in a signature
//! stands for `text/event-stream` in the document.

use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use super::body::Never;
use super::{ReadBody, ReadSuccess};
use crate::body::ResponseBody;
use crate::reply::{ErrorReply, RawReply, Reply, Undecodable};
use crate::stream::{EventStream, ItemStream};

/// A body that is read as it arrives, as raw bytes. The type has no values and is only used in signatures.
#[derive(Clone, Copy, Debug)]
pub struct Streamed<T = ResponseBody>(Never, PhantomData<fn() -> T>);

/// Server-sent events with JSON as data. The type has no values and is only used in signatures.
#[derive(Clone, Copy, Debug)]
pub struct Events<T>(Never, PhantomData<fn() -> T>);

/// Server-sent events of which each is one value with its name, its id and its data. The type has no values
/// and is only used in signatures.
#[derive(Clone, Copy, Debug)]
pub struct NamedEvents<T>(Never, PhantomData<fn() -> T>);

/// Server-sent events with text as data. The type has no values and is only used in signatures.
#[derive(Clone, Copy, Debug)]
pub struct TextEvents<T = EventStream<String>>(Never, PhantomData<fn() -> T>);

/// JSON texts, one on each line or after each record separator. The type has no values and is only used in
/// signatures.
#[derive(Clone, Copy, Debug)]
pub struct Lines<T>(Never, PhantomData<fn() -> T>);

/// What a document says of a stream of events.
#[derive(Clone, Copy, Default)]
pub(crate) struct EventFormat {
    /// The data of the event that ends it.
    pub(crate) end: Option<&'static str>,
    /// The names of the events whose data is JSON, where they are read as a whole.
    pub(crate) json: &'static [&'static str],
}

const EVENT_STREAM: &str = "text/event-stream";
const JSON_SEQUENCE: &str = "application/json-seq";

/// A server that names no media type is taken at the word of the document.
fn is_event_stream(content_type: Option<&str>) -> bool {
    content_type.is_none_or(|it| it == EVENT_STREAM)
}

/// Servers send lines under many names, also as text and as JSON. These are something else for certain.
fn is_lines(content_type: Option<&str>) -> bool {
    !content_type.is_some_and(|it| it == EVENT_STREAM || it == "text/html")
}

/// Reads a success as it arrives, unless it has a media type that says it is something else.
macro_rules! streamed {
    ($([$($generics:tt)*] $kind:ty => $body:ty, $is:ident, $open:expr;)*) => {$(
        impl<$($generics)*> ReadBody<$body> for $kind {
            const STREAMS: bool = true;

            fn is_streamed(content_type: Option<&str>) -> bool {
                $is(content_type)
            }

            fn success(raw: RawReply) -> Result<Reply<$body>, Undecodable> {
                if !$is(raw.content_type()) {
                    return Err(Undecodable::of_media_type(raw));
                }
                let open: fn(RawReply) -> Reply<$body> = $open;
                Ok(open(raw))
            }

            fn error(raw: RawReply) -> Result<ErrorReply<$body>, Undecodable> {
                let error = raw.clone().bounded();
                let open: fn(RawReply) -> Reply<$body> = $open;
                Ok(ErrorReply::new(error, open(raw).into_body()))
            }
        }

        impl<$($generics)*> ReadSuccess for $kind {
            type Body = $body;

            const STREAMS: bool = true;

            fn is_streamed(_: u16, content_type: Option<&str>) -> bool {
                $is(content_type)
            }

            fn read(raw: RawReply) -> Result<Reply<$body>, Undecodable> {
                <Self as ReadBody<$body>>::success(raw)
            }
        }
    )*};
}

/// Bytes are whatever the server says they are.
fn is_bytes(_: Option<&str>) -> bool {
    true
}

streamed!(
    [] Streamed<ResponseBody> => ResponseBody, is_bytes, |raw| raw.into_stream().0;
    [T: DeserializeOwned] Events<EventStream<T>> => EventStream<T>, is_event_stream, |raw| {
        let (reply, format) = raw.into_stream();
        reply.map(|body| EventStream::json(body).with_end(format.end))
    };
    [T: DeserializeOwned] NamedEvents<EventStream<T>> => EventStream<T>, is_event_stream, |raw| {
        let (reply, format) = raw.into_stream();
        reply.map(|body| EventStream::named(body, format.json).with_end(format.end))
    };
    [] TextEvents<EventStream<String>> => EventStream<String>, is_event_stream, |raw| {
        let (reply, format) = raw.into_stream();
        reply.map(|body| EventStream::text(body).with_end(format.end))
    };
    [T: DeserializeOwned] Lines<ItemStream<T>> => ItemStream<T>, is_lines, |raw| {
        let is_sequence = raw.content_type() == Some(JSON_SEQUENCE);
        let reply = raw.into_stream().0;
        reply.map(if is_sequence { ItemStream::records } else { ItemStream::lines })
    };
);
