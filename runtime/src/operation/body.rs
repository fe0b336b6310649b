//! How the body of a response is read, said by a type: `Json<Pet>` is in a signature what
//! `application/json` is in the document.

use std::marker::PhantomData;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::reply::{ErrorReply, RawReply, Reply, Undecodable};

/// How a success is read.
pub trait ReadSuccess {
    /// The type of the body.
    type Body;

    /// Reads a response whose status is one of a success.
    fn read(raw: RawReply) -> Result<Reply<Self::Body>, Undecodable>;
}

/// How a body is read into a `T`, alike in successes and in errors.
pub trait ReadBody<T> {
    /// Reads the response of a success.
    fn success(raw: RawReply) -> Result<Reply<T>, Undecodable>;

    /// Reads the response of an error.
    fn error(raw: RawReply) -> Result<ErrorReply<T>, Undecodable>;
}

/// A body of JSON. It has no values: it stands in signatures.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(Never, PhantomData<fn() -> T>);

/// A body of text, in UTF-8. It has no values: it stands in signatures.
#[derive(Clone, Copy, Debug)]
pub struct Text<T = String>(Never, PhantomData<fn() -> T>);

/// A body of bytes as they are. It has no values: it stands in signatures.
#[derive(Clone, Copy, Debug)]
pub struct Binary<T = Bytes>(Never, PhantomData<fn() -> T>);

/// No body, or one without a meaning. It has no values: it stands in signatures.
#[derive(Clone, Copy, Debug)]
pub struct Empty<T = ()>(Never, PhantomData<fn() -> T>);

/// No value.
#[derive(Clone, Copy, Debug)]
enum Never {}

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

/// The one success of an operation is read as its body is.
macro_rules! one_success {
    ($([$($generics:tt)*] $kind:ty => $body:ty),*) => {$(
        impl<$($generics)*> ReadSuccess for $kind {
            type Body = $body;

            fn read(raw: RawReply) -> Result<Reply<$body>, Undecodable> {
                <Self as ReadBody<$body>>::success(raw)
            }
        }
    )*};
}

one_success!(
    [T: DeserializeOwned] Json<T> => T,
    [] Text<String> => String,
    [] Binary<Bytes> => Bytes,
    [] Empty<()> => ()
);
