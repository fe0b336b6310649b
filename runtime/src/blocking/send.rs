//! Sends requests with a token of a source, without async.

use bytes::Bytes;
use http::Request;

use super::TokenSource;
use super::executor::block_on;
use crate::client::ClientCore;
use crate::reply::RawReply;
use crate::token::{self, Rejection, SendError};

/// Like [`token::send_authorized`], but blocks the current thread.
pub fn send_authorized(
    core: &ClientCore,
    source: &TokenSource,
    request: Request<Bytes>,
    rejection: Rejection,
) -> Result<RawReply, SendError> {
    block_on(token::send_authorized(core, source.as_async(), request, rejection))
}
