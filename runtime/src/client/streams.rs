//! Sends requests whose body, or whose response, is a stream.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

use bytes::Bytes;
use futures_core::Stream;
use http::{Request, Response};

use super::ClientCore;
use crate::body::{RequestBody, ResponseBody};
use crate::reply::{RawReply, Reads};
use crate::transport::{Limits, Mode, TransportError, TransportErrorKind, check_head};
use crate::wipe::WipedBuffer;

/// Sends a request over the part of the transport that streams. A response that is not to be streamed is
/// read here.
pub(super) async fn send(
    core: &ClientCore,
    request: Request<RequestBody>,
    reads: Reads,
) -> Result<RawReply, TransportError> {
    if request.body().blocks() {
        Mode::Blocking.check()?;
    }
    let (transport, limits) = (core.transport(), core.limits());
    let response = transport.stream(request, limits).await?;
    check_head(response.headers())?;
    let mode = transport.mode();
    let response = response
        .map(|body| ResponseBody::new(Guarded { body, mode }).with_max_body(limits.max_body));
    if reads.is_streamed(&response) {
        return Ok(RawReply::streamed(response));
    }
    whole(response, limits).await
}

/// Reads the rest of a response, within the limits of one that is not streamed.
async fn whole(
    response: Response<ResponseBody>,
    limits: &Limits,
) -> Result<RawReply, TransportError> {
    let (head, mut body) = response.into_parts();
    let mut acc = WipedBuffer::new();
    let reply = |acc: WipedBuffer| RawReply::new(Response::from_parts(head, acc.into_bytes()));
    let start = Instant::now();
    let failed = loop {
        let next = poll_fn(|context| Pin::new(&mut body).poll_next(context)).await;
        match next {
            None => return Ok(reply(acc)),
            Some(Ok(_)) if start.elapsed() > limits.timeout => {
                break TransportError::new(TransportErrorKind::Timeout);
            }
            Some(Ok(piece)) => {
                if !acc.push_within(&piece, limits.max_body) {
                    break TransportError::new(TransportErrorKind::BodyTooLarge);
                }
            }
            Some(Err(error)) => break error,
        }
    };
    Err(failed.with_partial(reply(acc)))
}

/// A body that is only read in the mode of its transport.
struct Guarded {
    body: ResponseBody,
    mode: Mode,
}

impl Stream for Guarded {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.mode.check() {
            Ok(()) => Pin::new(&mut self.body).poll_next(context),
            Err(error) => Poll::Ready(Some(Err(error))),
        }
    }
}
