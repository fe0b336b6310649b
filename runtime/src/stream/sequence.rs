//! JSON texts in the bytes of a stream: one on each line (NDJSON, JSON Lines), or each after a record separator
//! (RFC 7464).

use bytes::{Buf as _, Bytes};

use super::items::Framing;
use crate::wipe::WipedBuffer;

/// The record separator of `application/json-seq`.
const RECORD_SEPARATOR: u8 = 0x1e;

/// The texts of a stream, divided at one byte.
pub(super) struct Texts {
    separator: u8,
    text: WipedBuffer,
}

impl Texts {
    /// Divides at the end of a line.
    pub(super) fn lines() -> Self {
        Self { separator: b'\n', text: WipedBuffer::new() }
    }

    /// Divides at the record separator.
    pub(super) fn records() -> Self {
        Self { separator: RECORD_SEPARATOR, text: WipedBuffer::new() }
    }

    /// Returns whether a text of this division may have been cut: a number or a word could have gone on
    /// (RFC 7464 section 2.4).
    pub(super) fn may_be_cut(&self, text: &[u8]) -> bool {
        let ends_itself =
            |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'}' | b']' | b'"');
        self.separator == RECORD_SEPARATOR && !text.last().is_some_and(ends_itself)
    }
}

impl Framing for Texts {
    type Item = WipedBuffer;

    fn take(&mut self, piece: &mut Bytes) -> Option<WipedBuffer> {
        while let Some(end) = piece.iter().position(|byte| *byte == self.separator) {
            self.text.push(&piece[..end]);
            piece.advance(end + 1);
            let text = std::mem::take(&mut self.text);
            if !is_blank(&text) {
                return Some(text);
            }
        }
        self.text.push(piece);
        piece.clear();
        None
    }

    /// The last line need not end.
    fn finish(&mut self) -> Option<WipedBuffer> {
        Some(std::mem::take(&mut self.text)).filter(|text| !is_blank(text))
    }

    fn held(&self) -> usize {
        self.text.len()
    }

    fn size(text: &WipedBuffer) -> usize {
        text.len()
    }
}

/// Blank lines are no items.
fn is_blank(text: &WipedBuffer) -> bool {
    text.as_ref().iter().all(u8::is_ascii_whitespace)
}
