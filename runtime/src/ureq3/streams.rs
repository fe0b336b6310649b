//! Streams over `ureq`: a request body that it reads, and the reader of a response as a stream.

use std::future::poll_fn;
use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::{Buf as _, Bytes};
use futures_core::Stream;
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Request, Response};
use ureq::{BodyReader, SendBody};

use super::{Deadline, Ureq3, error, metered};
use crate::blocking::block_on;
use crate::body::{BodyStream, RequestBody, ResponseBody};
use crate::transport::{Limits, TransportError, check_head};

/// The size of a read.
const PIECE: usize = 64 * 1024;

impl Ureq3 {
    pub(super) fn open(
        &self,
        request: Request<RequestBody>,
        limits: &Limits,
    ) -> Result<Response<ResponseBody>, TransportError> {
        let is_secure = request.uri().scheme_str() != Some("http");
        let agents = self.agents(Deadline::Connect(limits.timeout));
        let agent = if is_secure { &agents.secure } else { &agents.plain };
        let (mut head, body) = request.into_parts();
        let total = limits.stream_timeout.map(|timeout| Instant::now() + timeout);
        wait(limits.timeout, total);
        metered::begin_step();
        let reply = match body.to_bytes() {
            Some(bytes) if bytes.is_empty() && !super::has_body(&head.method) => {
                agent.run(Request::from_parts(head, ()))
            }
            Some(bytes) => agent.run(Request::from_parts(head, &bytes[..])),
            None => {
                let pieces = body.open()?;
                let progress = pieces.progress();
                if let Some(len) = pieces.left() {
                    head.headers.insert(CONTENT_LENGTH, HeaderValue::from(len));
                }
                let upload = Upload { pieces, piece: Bytes::new(), timeout: limits.timeout, total };
                let body = SendBody::from_owned_reader(upload);
                let reply = agent.run(Request::from_parts(head, body));
                if let Some(failure) = progress.failure() {
                    return Err(failure);
                }
                reply
            }
        };
        let (head, body) = reply.map_err(|error| error::of_head(error, is_secure))?.into_parts();
        check_head(&head.headers)?;
        let download = Download {
            reader: body.into_reader(),
            buffer: vec![0; PIECE],
            idle_timeout: limits.idle_timeout,
            total,
        };
        Ok(Response::from_parts(head, ResponseBody::new(download)))
    }
}

/// Begins to wait for some time, but not longer than the total deadline.
fn wait(timeout: Duration, total: Option<Instant>) {
    let until = Instant::now().checked_add(timeout);
    metered::wait_until(match (until, total) {
        (Some(until), Some(total)) => Some(until.min(total)),
        (until, total) => until.or(total),
    });
}

/// A request body as `ureq` reads it.
struct Upload {
    pieces: BodyStream,
    /// What is left of the last piece.
    piece: Bytes,
    timeout: Duration,
    total: Option<Instant>,
}

impl Read for Upload {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() {
            let pieces = &mut self.pieces;
            match block_on(poll_fn(|context| Pin::new(&mut *pieces).poll_next(context))) {
                None => return Ok(0),
                Some(Ok(piece)) => self.piece = piece,
                Some(Err(error)) => return Err(io::Error::other(error)),
            }
        }
        // The connection takes a piece, so the request advances.
        wait(self.timeout, self.total);
        let n = self.piece.len().min(buffer.len());
        self.piece.copy_to_slice(&mut buffer[..n]);
        Ok(n)
    }
}

/// A response body as a stream that is always ready: it blocks its thread.
struct Download {
    reader: BodyReader<'static>,
    buffer: Vec<u8>,
    idle_timeout: Duration,
    total: Option<Instant>,
}

impl Stream for Download {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            wait(this.idle_timeout, this.total);
            metered::begin_step();
            return Poll::Ready(match this.reader.read(&mut this.buffer) {
                Ok(0) => None,
                Ok(n) => Some(Ok(Bytes::copy_from_slice(&this.buffer[..n]))),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => Some(Err(error::of_body(error))),
            });
        }
    }
}
