//! Turns a request and a source of tokens into a reply, without async.

use bytes::Bytes;
use http::Request;

use super::TokenSource;
use super::executor::block_on;
use crate::client::ClientCore;
use crate::reply::RawReply;
use crate::token::{self, Rejection, SendError};

/// Does what [`token::send_authorized`] does, on this thread.
pub fn send_authorized(
    core: &ClientCore,
    source: &TokenSource,
    request: Request<Bytes>,
    rejection: Rejection,
) -> Result<RawReply, SendError> {
    block_on(token::send_authorized(core, source.as_async(), request, rejection))
}
