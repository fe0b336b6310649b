//! Request bodies for transports that do not stream.

use std::future::poll_fn;
use std::pin::Pin;

use bytes::Bytes;
use futures_core::Stream as _;
use http::Request;

use super::{Limits, TransportError, TransportErrorKind};
use crate::body::RequestBody;
use crate::wipe::WipedBuffer;

/// Reads the body of a request into memory, as far as the limits allow.
pub(crate) async fn buffered(
    request: Request<RequestBody>,
    limits: &Limits,
) -> Result<Request<Bytes>, TransportError> {
    let (head, body) = request.into_parts();
    if let Some(bytes) = body.to_bytes() {
        return Ok(Request::from_parts(head, bytes));
    }
    let mut pieces = body.open()?;
    let mut acc = WipedBuffer::new();
    while let Some(piece) = poll_fn(|context| Pin::new(&mut pieces).poll_next(context)).await {
        if !acc.push_within(&piece?, limits.max_body) {
            return Err(TransportError::new(TransportErrorKind::NeedsStreaming));
        }
    }
    Ok(Request::from_parts(head, acc.into_bytes()))
}
