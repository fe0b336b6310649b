//! The types that say how a response body is decoded: `Json<Pet>` in a signature stands for
//! `application/json` in the document.

use std::any::Any;
use std::marker::PhantomData;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::media::{self, ResponseBodies};
use crate::reply::{ErrorReply, RawReply, Reply, Undecodable};

/// Decodes a success.
pub trait ReadSuccess {
    /// The type of the body.
    type Body;

    /// Whether some responses are read as they arrive.
    const STREAMS: bool = false;

    /// Returns whether a response of this status and media type is read as it arrives. It is called only
    /// if [`STREAMS`](Self::STREAMS).
    fn is_streamed(_status: u16, _content_type: Option<&str>) -> bool {
        false
    }

    /// Decodes a response with the status of a success.
    fn read(raw: RawReply) -> Result<Reply<Self::Body>, Undecodable>;
}

/// Decodes a body as a `T`, in successes and errors alike.
pub trait ReadBody<T> {
    /// Whether some successes are read as they arrive.
    const STREAMS: bool = false;

    /// Returns whether a success of this media type is read as it arrives.
    fn is_streamed(_content_type: Option<&str>) -> bool {
        false
    }

    /// Decodes the response of a success.
    fn success(raw: RawReply) -> Result<Reply<T>, Undecodable>;

    /// Decodes the response of an error.
    fn error(raw: RawReply) -> Result<ErrorReply<T>, Undecodable>;

    /// Returns the body that was decoded: of a response with several media types, what the variant holds.
    fn decoded(body: &T) -> &dyn Any
    where
        T: 'static,
    {
        body
    }
}

/// A JSON body. The type has no values and is only used in signatures.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(Never, PhantomData<fn() -> T>);

/// A text body, of the charset of its media type: UTF-8, which is also taken where there is none, or
/// ISO-8859-1, US-ASCII and windows-1252, which are read as windows-1252 (Encoding Standard). A body of
/// another charset is undecodable; its bytes are in the error. The type has no values and is only used
/// in signatures.
#[derive(Clone, Copy, Debug)]
pub struct Text<T = String>(Never, PhantomData<fn() -> T>);

/// A body of raw bytes. The type has no values and is only used in signatures.
#[derive(Clone, Copy, Debug)]
pub struct Binary<T = Bytes>(Never, PhantomData<fn() -> T>);

/// No body, or one that is ignored. The type has no values and is only used in signatures.
#[derive(Clone, Copy, Debug)]
pub struct Empty<T = ()>(Never, PhantomData<fn() -> T>);

/// One of several bodies, by the media type of the response: an enum made by
/// [`response_bodies!`](crate::response_bodies). The type has no values and is only used in signatures.
#[derive(Clone, Copy, Debug)]
pub struct Media<T>(Never, PhantomData<fn() -> T>);

/// No value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Never {}

impl<T: DeserializeOwned> ReadBody<T> for Json<T> {
    fn success(raw: RawReply) -> Result<Reply<T>, Undecodable> {
        raw.into_json()
    }

    fn error(raw: RawReply) -> Result<ErrorReply<T>, Undecodable> {
        raw.into_json_error()
    }
}

impl ReadBody<String> for Text<String> {
    fn success(raw: RawReply) -> Result<Reply<String>, Undecodable> {
        raw.into_text()
    }

    fn error(raw: RawReply) -> Result<ErrorReply<String>, Undecodable> {
        raw.into_text_error()
    }
}

impl ReadBody<Bytes> for Binary<Bytes> {
    fn success(raw: RawReply) -> Result<Reply<Bytes>, Undecodable> {
        Ok(raw.into_bytes_reply())
    }

    fn error(raw: RawReply) -> Result<ErrorReply<Bytes>, Undecodable> {
        Ok(raw.into_bytes_error())
    }
}

impl ReadBody<()> for Empty<()> {
    fn success(raw: RawReply) -> Result<Reply<()>, Undecodable> {
        Ok(raw.into_empty())
    }

    fn error(raw: RawReply) -> Result<ErrorReply<()>, Undecodable> {
        Ok(raw.into_empty_error())
    }
}

impl<T: ResponseBodies> ReadBody<T> for Media<T> {
    const STREAMS: bool = media::streams::<T>();

    fn is_streamed(content_type: Option<&str>) -> bool {
        media::chosen_for::<T>(content_type).is_some_and(|it| (it.is_streamed)(content_type))
    }

    fn success(raw: RawReply) -> Result<Reply<T>, Undecodable> {
        match media::chosen::<T>(&raw) {
            Some(body) => (body.success)(raw),
            None => Err(Undecodable::of_media_type(raw)),
        }
    }

    fn error(raw: RawReply) -> Result<ErrorReply<T>, Undecodable> {
        match media::chosen::<T>(&raw) {
            Some(body) => (body.error)(raw),
            None => Err(Undecodable::of_media_type(raw)),
        }
    }

    fn decoded(body: &T) -> &dyn Any {
        body.decoded()
    }
}

/// A single success is decoded like its body.
macro_rules! one_success {
    ($([$($generics:tt)*] $kind:ty => $body:ty),*) => {$(
        impl<$($generics)*> ReadSuccess for $kind {
            type Body = $body;

            const STREAMS: bool = <Self as ReadBody<$body>>::STREAMS;

            fn is_streamed(_: u16, content_type: Option<&str>) -> bool {
                <Self as ReadBody<$body>>::is_streamed(content_type)
            }

            fn read(raw: RawReply) -> Result<Reply<$body>, Undecodable> {
                <Self as ReadBody<$body>>::success(raw)
            }
        }
    )*};
}

one_success!(
    [T: DeserializeOwned] Json<T> => T,
    [T: ResponseBodies] Media<T> => T,
    [] Text<String> => String,
    [] Binary<Bytes> => Bytes,
    [] Empty<()> => ()
);
