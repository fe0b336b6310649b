//! The bytes of several bodies in a row.

use bytes::Bytes;

use super::RequestBody;
use super::request::Content;
use crate::wipe::WipedBuffer;

/// Joins bodies, unless one of them is a stream.
pub(super) fn joined(parts: &[RequestBody]) -> Option<Bytes> {
    let mut acc = WipedBuffer::new();
    push(parts, &mut acc)?;
    Some(acc.into_bytes())
}

fn push(parts: &[RequestBody], acc: &mut WipedBuffer) -> Option<()> {
    parts.iter().try_for_each(|part| match &part.0 {
        Content::Bytes(bytes) => {
            acc.push(bytes);
            Some(())
        }
        Content::Parts(parts) => push(parts, acc),
        Content::Stream { .. } => None,
    })
}
