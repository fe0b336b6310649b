//! A transport that asks for gzip and reads it, over any other transport.

use std::fmt;
use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use flate2::write::MultiGzDecoder;
use futures_core::Stream;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, HeaderValue, Request, Response};

use crate::body::{RequestBody, ResponseBody};
use crate::reply::RawReply;
use crate::transport::{BoxFuture, Limits, Mode, Transport, TransportError, TransportErrorKind};
use crate::wipe::WipedBuffer;

/// A [`Transport`] over another one that sends `Accept-Encoding: gzip` and decompresses the responses.
///
/// [`Limits::max_body`] counts what a body is decompressed to, and no more of it is ever in memory: a body of a few
/// kilobytes that would become gigabytes is [`TransportErrorKind::BodyTooLarge`]. A stream is decompressed piece by
/// piece. A request that has an `Accept-Encoding` of its own is sent as it is, and its response is not touched;
/// neither is one in another encoding.
///
/// ```
/// # #[cfg(feature = "ureq3")] {
/// use tamarack_runtime::gzip::Gzip;
/// use tamarack_runtime::ureq3::Ureq3;
///
/// let transport = Gzip::new(Ureq3::new()); // for `ClientBuilder::transport`
/// # }
/// ```
#[derive(Clone)]
pub struct Gzip<T>(T);

impl<T: Transport> Gzip<T> {
    /// Wraps a transport, which decompresses nothing itself.
    pub fn new(transport: T) -> Self {
        Self(transport)
    }
}

impl<T: Transport> Transport for Gzip<T> {
    fn mode(&self) -> Mode {
        self.0.mode()
    }

    fn send<'a>(
        &'a self,
        mut request: Request<Bytes>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        if !ask(request.headers_mut()) {
            return self.0.send(request, limits);
        }
        Box::pin(async move {
            // What hardly gets smaller is larger by a frame.
            let most = limits.max_body.saturating_add(limits.max_body / 1024 + FRAME);
            let compressed = limits.clone().with_max_body(most);
            let response = self.0.send(request, &compressed).await?;
            if response.body().is_empty() || !is_gzip(response.headers()) {
                return Ok(response);
            }
            whole(response, limits.max_body)
        })
    }

    fn stream<'a>(
        &'a self,
        mut request: Request<RequestBody>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<Response<ResponseBody>, TransportError>> {
        if !ask(request.headers_mut()) {
            return self.0.stream(request, limits);
        }
        Box::pin(async move {
            let response = self.0.stream(request, limits).await?;
            if !is_gzip(response.headers()) {
                return Ok(response);
            }
            let (mut head, body) = response.into_parts();
            decoded(&mut head.headers);
            Ok(Response::from_parts(head, ResponseBody::new(Pieces::new(body))))
        })
    }
}

impl<T: fmt::Debug> fmt::Debug for Gzip<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Gzip").field(&self.0).finish()
    }
}

/// Asks for gzip, unless the request says itself what it takes; returns whether it does.
fn ask(headers: &mut HeaderMap) -> bool {
    if headers.contains_key(ACCEPT_ENCODING) {
        return false;
    }
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    true
}

/// Returns whether a body is in gzip alone; `x-gzip` is the same (RFC 9110 §8.4.1.3).
fn is_gzip(headers: &HeaderMap) -> bool {
    let mut encodings = headers.get_all(CONTENT_ENCODING).iter();
    let encoding = encodings.next().and_then(|it| it.to_str().ok()).map(str::trim);
    encodings.next().is_none()
        && encoding
            .is_some_and(|it| it.eq_ignore_ascii_case("gzip") || it.eq_ignore_ascii_case("x-gzip"))
}

/// Takes the headers away that are about the compressed body.
fn decoded(headers: &mut HeaderMap) {
    headers.remove(CONTENT_ENCODING);
    headers.remove(CONTENT_LENGTH);
}

fn whole(response: Response<Bytes>, max_body: usize) -> Result<Response<Bytes>, TransportError> {
    let (mut head, compressed) = response.into_parts();
    decoded(&mut head.headers);
    let mut decoder = MultiGzDecoder::new(Capped::new(max_body));
    let read = decoder.write_all(&compressed).and_then(|()| decoder.try_finish());
    let Capped { buffer, is_full, .. } = std::mem::take(decoder.get_mut());
    let response = Response::from_parts(head, buffer.into_bytes());
    match read {
        Ok(()) => Ok(response),
        Err(_) if is_full => {
            let error = TransportError::new(TransportErrorKind::BodyTooLarge);
            Err(error.with_partial(RawReply::new(response)))
        }
        Err(error) => Err(broken(error).with_partial(RawReply::new(response))),
    }
}

/// A body that ends early is as one that was cut; any other fault is the server's.
fn broken(error: io::Error) -> TransportError {
    let kind = match error.kind() {
        io::ErrorKind::UnexpectedEof => TransportErrorKind::Interrupted,
        _ => TransportErrorKind::Other,
    };
    TransportError::new(kind).with_source(error)
}

/// A buffer that refuses more than it may hold.
struct Capped {
    buffer: WipedBuffer,
    max: usize,
    is_full: bool,
}

impl Capped {
    fn new(max: usize) -> Self {
        Self { buffer: WipedBuffer::new(), max, is_full: false }
    }
}

impl Default for Capped {
    fn default() -> Self {
        Self::new(0)
    }
}

impl Write for Capped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.buffer.push_within(bytes, self.max) {
            return Ok(bytes.len());
        }
        self.is_full = true;
        Err(io::Error::other("the body is too large"))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What the header and the end of a member take, with a file name as servers write one.
const FRAME: usize = 1024;

/// How much of a piece is decompressed at a time: gzip makes at most a thousand times as much of it.
const STEP: usize = 256;

/// A body that is decompressed as it arrives.
struct Pieces {
    body: ResponseBody,
    decoder: MultiGzDecoder<WipedBuffer>,
    /// What has arrived and was not decompressed yet.
    waiting: Bytes,
    has_begun: bool,
    is_done: bool,
}

impl Pieces {
    fn new(body: ResponseBody) -> Self {
        Self {
            body,
            decoder: MultiGzDecoder::new(WipedBuffer::new()),
            waiting: Bytes::new(),
            has_begun: false,
            is_done: false,
        }
    }

    fn take(&mut self) -> Option<Bytes> {
        let buffer = std::mem::replace(self.decoder.get_mut(), WipedBuffer::new());
        (!buffer.is_empty()).then(|| buffer.into_bytes())
    }

    fn fail(&mut self, error: TransportError) -> Poll<Option<Result<Bytes, TransportError>>> {
        self.is_done = true;
        Poll::Ready(Some(Err(error)))
    }
}

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        while !this.is_done {
            if !this.waiting.is_empty() {
                let step = this.waiting.split_to(STEP.min(this.waiting.len()));
                if let Err(error) =
                    this.decoder.write_all(&step).and_then(|()| this.decoder.flush())
                {
                    return this.fail(broken(error));
                }
                match this.take() {
                    Some(piece) => return Poll::Ready(Some(Ok(piece))),
                    None => continue,
                }
            }
            match ready!(Pin::new(&mut this.body).poll_next(context)) {
                Some(Ok(piece)) => {
                    this.has_begun = true;
                    this.waiting = piece;
                }
                Some(Err(error)) => return this.fail(error),
                // There may be no body at all.
                None if !this.has_begun => this.is_done = true,
                None => {
                    if let Err(error) = this.decoder.try_finish() {
                        return this.fail(broken(error));
                    }
                    this.is_done = true;
                    return Poll::Ready(this.take().map(Ok));
                }
            }
        }
        Poll::Ready(None)
    }
}
