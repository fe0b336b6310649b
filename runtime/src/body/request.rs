//! The body of a request: bytes, or a stream of them that is sent once.

use std::error::Error;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_core::Stream;

use super::{BoxError, Pieces};

/// The body of a request: bytes, a stream of bytes, or several of both in a row.
///
/// A stream is sent piece by piece as the connection takes it, so it is never in memory as a whole. It can
/// be sent once: clones share it, and the first that is sent takes it. Sending it again fails with
/// [`RequestBodyError::Used`] before anything is sent, and a request with such a stream is never repeated.
/// Bytes, and streams that are made anew ([`repeatable_stream`](Self::repeatable_stream)), can be sent any
/// number of times.
///
/// With a known length, the request has a `Content-Length`; without, it is sent in chunks
/// (`Transfer-Encoding: chunked`).
///
/// ```
/// use tamarack_runtime::RequestBody;
///
/// let body = RequestBody::from("some bytes");
/// assert_eq!(body.len(), Some(10));
/// ```
#[derive(Clone)]
pub struct RequestBody(pub(super) Content);

#[derive(Clone)]
pub(super) enum Content {
    Bytes(Bytes),
    Stream {
        pieces: Source,
        len: Option<u64>,
        /// Whether waiting for a piece blocks the thread.
        blocks: bool,
    },
    Parts(Arc<[RequestBody]>),
}

/// Where the stream of several clones comes from.
#[derive(Clone)]
pub(super) enum Source {
    /// The first that is sent takes it.
    Once(Arc<Mutex<Option<Pieces>>>),
    /// Each has one of its own.
    Made(Arc<dyn Fn() -> Pieces + Send + Sync>),
}

impl Source {
    pub(super) fn take(&self) -> Option<Pieces> {
        match self {
            Self::Once(pieces) => pieces.lock().unwrap_or_else(PoisonError::into_inner).take(),
            Self::Made(make) => Some(make()),
        }
    }
}

impl RequestBody {
    /// Creates a body from a stream of unknown length.
    ///
    /// If the stream returns an error, the request is aborted; the error is the source of the
    /// [`TransportError`](crate::TransportError).
    pub fn stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<BoxError>,
    {
        Self::of_pieces(converted(stream), false)
    }

    /// Creates a body from a stream that is made anew whenever it is sent, so that a call can be retried.
    pub fn repeatable_stream<S, B, E>(make: impl Fn() -> S + Send + Sync + 'static) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<BoxError>,
    {
        Self::of_source(Source::Made(Arc::new(move || converted(make()))), false)
    }

    /// Creates a body from an iterator of unknown length. An item should not take long to make, since it is
    /// made on the thread that sends the request.
    pub fn iter<I, B, E>(pieces: I) -> Self
    where
        I: IntoIterator<Item = Result<B, E>>,
        I::IntoIter: Send + 'static,
        B: Into<Bytes>,
        E: Into<BoxError>,
    {
        let pieces = pieces.into_iter().map(|it| it.map(Into::into).map_err(Into::into));
        Self::of_pieces(super::reader::iterated(pieces), false)
    }

    /// Creates a body from a reader of unknown length, such as a file.
    ///
    /// Reading blocks the thread, so the call must be waited for: awaiting it fails with
    /// [`TransportErrorKind::WouldBlock`](crate::TransportErrorKind::WouldBlock).
    #[cfg(feature = "blocking")]
    pub fn reader(reader: impl std::io::Read + Send + 'static) -> Self {
        Self::of_pieces(super::reader::read(reader), true)
    }

    /// Creates a body from a reader that is made anew whenever it is sent, such as a file that is opened, so
    /// that a call can be retried. If it cannot be made, the request is aborted.
    ///
    /// The call must be waited for, as with [`reader`](Self::reader).
    #[cfg(feature = "blocking")]
    pub fn repeatable_reader<R: std::io::Read + Send + 'static>(
        make: impl Fn() -> std::io::Result<R> + Send + Sync + 'static,
    ) -> Self {
        let make = move || match make() {
            Ok(reader) => super::reader::read(reader),
            Err(error) => super::reader::iterated(std::iter::once(Err(error.into()))),
        };
        Self::of_source(Source::Made(Arc::new(make)), true)
    }

    /// Creates a body of several bodies, one after the other. Its length is known if all of theirs are.
    pub fn concat(parts: impl IntoIterator<Item = RequestBody>) -> Self {
        let parts: Arc<[Self]> = parts.into_iter().collect();
        match &*parts {
            [] => Self::default(),
            [only] => only.clone(),
            _ => Self(Content::Parts(parts)),
        }
    }

    fn of_pieces(pieces: Pieces, blocks: bool) -> Self {
        Self::of_source(Source::Once(Arc::new(Mutex::new(Some(pieces)))), blocks)
    }

    fn of_source(pieces: Source, blocks: bool) -> Self {
        Self(Content::Stream { pieces, len: None, blocks })
    }

    /// Sets the length of a stream in bytes. If the stream turns out to have another one, the request is
    /// aborted. Bytes keep their own length.
    pub fn with_len(self, length: u64) -> Self {
        match self.0 {
            Content::Stream { pieces, blocks, .. } => {
                Self(Content::Stream { pieces, len: Some(length), blocks })
            }
            Content::Bytes(_) | Content::Parts(_) => self,
        }
    }

    /// Returns the length in bytes, if it is known.
    pub fn len(&self) -> Option<u64> {
        match &self.0 {
            Content::Bytes(bytes) => Some(bytes.len() as u64),
            Content::Stream { len, .. } => *len,
            Content::Parts(parts) => {
                parts.iter().try_fold(0_u64, |acc, it| acc.checked_add(it.len()?))
            }
        }
    }

    /// Returns whether the body is known to have no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// Returns the bytes of a body that is neither a stream nor contains one, copied together if they are
    /// in several parts.
    pub fn to_bytes(&self) -> Option<Bytes> {
        match &self.0 {
            Content::Bytes(bytes) => Some(bytes.clone()),
            Content::Stream { .. } => None,
            Content::Parts(parts) => super::concat::joined(parts),
        }
    }

    /// Like [`to_bytes`](Self::to_bytes), of a body that is no longer needed.
    pub(crate) fn into_bytes(self) -> Option<Bytes> {
        match self.0 {
            Content::Bytes(bytes) => Some(bytes),
            _ => self.to_bytes(),
        }
    }

    /// Returns the bytes of a body that is known to be no stream.
    pub(crate) fn into_whole(self) -> Bytes {
        self.into_bytes().unwrap_or_else(|| unreachable!("it is no stream"))
    }

    /// Returns whether the body is a stream or contains one.
    pub fn is_streamed(&self) -> bool {
        match &self.0 {
            Content::Bytes(_) => false,
            Content::Stream { .. } => true,
            Content::Parts(parts) => parts.iter().any(Self::is_streamed),
        }
    }

    /// Returns whether the body can be sent again: it is bytes, or a stream that is made anew.
    pub fn is_repeatable(&self) -> bool {
        match &self.0 {
            Content::Bytes(_) => true,
            Content::Stream { pieces, .. } => matches!(pieces, Source::Made(_)),
            Content::Parts(parts) => parts.iter().all(Self::is_repeatable),
        }
    }

    /// Returns whether waiting for a piece blocks the thread.
    pub(crate) fn blocks(&self) -> bool {
        match &self.0 {
            Content::Bytes(_) => false,
            Content::Stream { blocks, .. } => *blocks,
            Content::Parts(parts) => parts.iter().any(Self::blocks),
        }
    }
}

impl Default for RequestBody {
    fn default() -> Self {
        Self(Content::Bytes(Bytes::new()))
    }
}

impl From<Bytes> for RequestBody {
    fn from(bytes: Bytes) -> Self {
        Self(Content::Bytes(bytes))
    }
}

/// What is as good as bytes.
macro_rules! from_bytes {
    ($($ty:ty),*) => {$(
        impl From<$ty> for RequestBody {
            fn from(bytes: $ty) -> Self {
                Self::from(Bytes::from(bytes))
            }
        }
    )*};
}

from_bytes!(Vec<u8>, Box<[u8]>, String, &'static [u8], &'static str);

impl<const N: usize> From<&'static [u8; N]> for RequestBody {
    fn from(bytes: &'static [u8; N]) -> Self {
        Self::from(Bytes::from_static(bytes))
    }
}

/// Shows the length, since the content may be a secret.
impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBody")
            .field("len", &self.len())
            .field("is_streamed", &self.is_streamed())
            .finish()
    }
}

fn converted<S, B, E>(stream: S) -> Pieces
where
    S: Stream<Item = Result<B, E>> + Send + 'static,
    B: Into<Bytes>,
    E: Into<BoxError>,
{
    Box::pin(Converted(Box::pin(stream)))
}

/// Converts the items of a stream.
struct Converted<S>(std::pin::Pin<Box<S>>);

impl<S, B, E> Stream for Converted<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<BoxError>,
{
    type Item = Result<Bytes, BoxError>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        let next = self.0.as_mut().poll_next(context);
        next.map(|it| it.map(|it| it.map(Into::into).map_err(Into::into)))
    }
}

/// Why a request body could not be sent.
#[derive(Debug)]
#[non_exhaustive]
pub enum RequestBodyError {
    /// It is a stream that was sent before.
    Used,
    /// It has another length than the one that was set.
    Length {
        /// The length that was set.
        expected: u64,
    },
    /// The stream returned an error.
    Stream(BoxError),
}

impl fmt::Display for RequestBodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Used => f.write_str("the stream of the request body was sent before"),
            Self::Length { expected } => {
                write!(
                    f,
                    "the stream of the request body does not have the {expected} bytes it was said to have"
                )
            }
            Self::Stream(_) => f.write_str("the stream of the request body failed"),
        }
    }
}

impl Error for RequestBodyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Stream(error) => Some(&**error),
            Self::Used | Self::Length { .. } => None,
        }
    }
}
