//! A request body while it is sent: its pieces, whether they have the length that was said, and how far it got.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Instant;

use bytes::Bytes;
use futures_core::Stream;

use super::request::Content;
use super::{Pieces, RequestBody, RequestBodyError};
use crate::transport::{TransportError, TransportErrorKind};

/// The pieces of a [`RequestBody`] that is being sent, for implementations of
/// [`Transport`](crate::Transport).
///
/// After an error, the transport must abort the request: the server must not take what it has for the whole
/// body. Empty pieces are left out.
pub struct BodyStream {
    segments: VecDeque<Segment>,
    /// What is left of it, if its length is known.
    left: Option<u64>,
    progress: Progress,
}

enum Segment {
    Bytes(Bytes),
    Stream(Streamed),
}

impl RequestBody {
    /// Begins to send the body. A stream can be taken once, so this fails the second time.
    pub fn open(self) -> Result<BodyStream, TransportError> {
        let mut segments = VecDeque::new();
        push(&self, &mut segments)?;
        Ok(BodyStream { segments, left: self.len(), progress: Progress::new() })
    }
}

fn push(body: &RequestBody, acc: &mut VecDeque<Segment>) -> Result<(), TransportError> {
    match &body.0 {
        Content::Bytes(bytes) => acc.push_back(Segment::Bytes(bytes.clone())),
        Content::Stream { pieces, len, .. } => {
            let pieces = pieces.take().ok_or_else(|| failed(RequestBodyError::Used))?;
            let pieces = Mutex::new(pieces);
            let streamed =
                Streamed { pieces, expected: *len, n_bytes: 0, last: None, is_over: false };
            acc.push_back(Segment::Stream(streamed));
        }
        Content::Parts(parts) => parts.iter().try_for_each(|part| push(part, acc))?,
    }
    Ok(())
}

fn failed(error: RequestBodyError) -> TransportError {
    TransportError::new(TransportErrorKind::RequestBody).with_source(error)
}

impl BodyStream {
    /// Returns how many bytes are left to be sent, if it is known: at first the length of the body.
    pub fn left(&self) -> Option<u64> {
        self.left
    }

    /// Returns a handle that tells, while the body is sent, how far it got and whether it failed.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// Ends the body with an error, which the handle keeps for the transport.
    fn fail(&mut self, error: RequestBodyError) -> Poll<Option<Result<Bytes, TransportError>>> {
        self.segments.clear();
        let error = failed(error);
        self.progress.lock().failure = Some(error.clone());
        Poll::Ready(Some(Err(error)))
    }
}

impl Stream for BodyStream {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            self.progress.lock().last = Instant::now();
            let piece = match self.segments.front_mut() {
                None => return Poll::Ready(None),
                Some(Segment::Bytes(bytes)) => Ok(Some(std::mem::take(bytes))),
                Some(Segment::Stream(streamed)) => ready!(streamed.poll_piece(context)),
            };
            let is_over = !matches!(self.segments.front(), Some(Segment::Stream(_)));
            match piece {
                Err(error) => return self.fail(error),
                Ok(None) => {
                    self.segments.pop_front();
                }
                Ok(Some(piece)) => {
                    if is_over {
                        self.segments.pop_front();
                    }
                    let len = piece.len() as u64;
                    if len > 0 {
                        self.progress.lock().n_bytes += len;
                        self.left = self.left.map(|left| left.saturating_sub(len));
                        return Poll::Ready(Some(Ok(piece)));
                    }
                }
            }
        }
    }
}

/// A stream of the caller.
struct Streamed {
    /// Never locked: it makes the body `Sync`, as some HTTP clients demand.
    pieces: Mutex<Pieces>,
    expected: Option<u64>,
    n_bytes: u64,
    /// The piece that completes the length. It waits for the end of the stream: once a client has sent the
    /// length, it asks for nothing more, and what is too much would go unnoticed.
    last: Option<Bytes>,
    is_over: bool,
}

impl Streamed {
    fn poll_piece(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Option<Bytes>, RequestBodyError>> {
        while !self.is_over {
            let pieces = self.pieces.get_mut().unwrap_or_else(PoisonError::into_inner);
            let next = ready!(pieces.as_mut().poll_next(context));
            let piece = match next.transpose().map_err(RequestBodyError::Stream) {
                Err(error) => return Poll::Ready(Err(error)),
                Ok(piece) => piece,
            };
            self.n_bytes = self.n_bytes.saturating_add(piece.as_ref().map_or(0, Bytes::len) as u64);
            self.is_over = piece.is_none();
            let Some(expected) = self.expected else { return Poll::Ready(Ok(piece)) };
            let is_wrong = match &piece {
                Some(_) => self.n_bytes > expected,
                None => self.n_bytes != expected,
            };
            match piece {
                _ if is_wrong => return Poll::Ready(Err(RequestBodyError::Length { expected })),
                None => {}
                Some(piece) if piece.is_empty() => {}
                Some(piece) if self.n_bytes == expected => self.last = Some(piece),
                piece => return Poll::Ready(Ok(piece)),
            }
        }
        Poll::Ready(Ok(self.last.take()))
    }
}

/// A body of bytes, which can always be sent.
impl From<Bytes> for BodyStream {
    fn from(bytes: Bytes) -> Self {
        let left = Some(bytes.len() as u64);
        Self { segments: VecDeque::from([Segment::Bytes(bytes)]), left, progress: Progress::new() }
    }
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyStream").field("progress", &self.progress).finish_non_exhaustive()
    }
}

/// How far a request body got.
#[derive(Clone)]
pub struct Progress(Arc<Mutex<State>>);

struct State {
    last: Instant,
    n_bytes: u64,
    failure: Option<TransportError>,
}

impl Progress {
    fn new() -> Self {
        Self(Arc::new(Mutex::new(State { last: Instant::now(), n_bytes: 0, failure: None })))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns when the connection last asked for a piece.
    pub fn last(&self) -> Instant {
        self.lock().last
    }

    /// Returns how many bytes the connection took.
    pub fn n_bytes(&self) -> u64 {
        self.lock().n_bytes
    }

    /// Returns why the body ended early, if it did. HTTP clients hide it in errors of their own.
    pub fn failure(&self) -> Option<TransportError> {
        self.lock().failure.clone()
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Progress").field("n_bytes", &self.n_bytes()).finish_non_exhaustive()
    }
}
