//! A buffer for bodies that is zeroed before its memory is freed.
//!
//! A growing `Vec` leaves copies of its content behind; this buffer zeroes the old memory first. Copies
//! that the HTTP client makes on the way to the socket are out of reach.

use std::io;

use bytes::Bytes;
use zeroize::Zeroize as _;

const FIRST_CAPACITY: usize = 256;

#[derive(Default)]
pub(crate) struct WipedBuffer {
    bytes: Vec<u8>,
}

impl WipedBuffer {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn with_capacity(n: usize) -> Self {
        Self { bytes: Vec::with_capacity(n) }
    }

    pub(crate) fn copy_of(bytes: &[u8]) -> Self {
        let mut buffer = Self::with_capacity(bytes.len());
        buffer.push(bytes);
        buffer
    }

    #[inline]
    pub(crate) fn push(&mut self, more: &[u8]) {
        if more.len() > self.bytes.capacity() - self.bytes.len() {
            self.grow(more.len());
        }
        self.bytes.extend_from_slice(more);
    }

    #[cold]
    fn grow(&mut self, more: usize) {
        let needed = self.bytes.len().saturating_add(more);
        let capacity = needed.max(self.bytes.capacity().saturating_mul(2)).max(FIRST_CAPACITY);
        let mut grown = Vec::with_capacity(capacity);
        grown.extend_from_slice(&self.bytes);
        std::mem::swap(&mut self.bytes, &mut grown);
        grown.as_mut_slice().zeroize();
    }

    /// Appends a piece up to the size `max`; returns whether all of it fitted.
    pub(crate) fn push_within(&mut self, piece: &[u8], max: usize) -> bool {
        let room = max.saturating_sub(self.bytes.len());
        self.push(&piece[..piece.len().min(room)]);
        piece.len() <= room
    }

    pub(crate) fn make_ascii_lowercase(&mut self) {
        self.bytes.make_ascii_lowercase();
    }

    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Removes the last byte.
    pub(crate) fn pop(&mut self) {
        if let Some(last) = self.bytes.last_mut() {
            last.zeroize();
            self.bytes.pop();
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Converts the buffer without copying it; it is zeroed when the last clone of the `Bytes` is dropped.
    pub(crate) fn into_bytes(self) -> Bytes {
        Bytes::from_owner(self)
    }
}

impl AsRef<[u8]> for WipedBuffer {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(feature = "token-store")]
impl AsMut<[u8]> for WipedBuffer {
    fn as_mut(&mut self) -> &mut [u8] {
        &mut self.bytes
    }
}

impl Drop for WipedBuffer {
    fn drop(&mut self) {
        // What is behind them was never written: the buffer only grows.
        if !self.bytes.is_empty() {
            self.bytes.as_mut_slice().zeroize();
        }
    }
}

impl io::Write for WipedBuffer {
    #[inline]
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        self.push(more);
        Ok(more.len())
    }

    #[inline]
    fn write_all(&mut self, more: &[u8]) -> io::Result<()> {
        self.push(more);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_was_pushed_across_growth() {
        let mut buffer = WipedBuffer::new();
        let mut expected = Vec::new();
        for n in 0..2_000_u32 {
            buffer.push(&n.to_le_bytes());
            expected.extend_from_slice(&n.to_le_bytes());
        }
        assert_eq!(buffer.into_bytes(), expected);
    }

    #[test]
    fn an_exact_copy_does_not_grow() {
        let buffer = WipedBuffer::copy_of(b"abc");
        assert_eq!((buffer.as_ref(), buffer.bytes.capacity()), (&b"abc"[..], 3));
    }
}
