//! Turns a secret into the forms in which servers and programs write one.

use std::io::{self, Write as _};

use crate::encode;
use crate::wipe::WipedBuffer;

/// Writes a secret in all its forms but UTF-16, which `unescape` reads. No buffer that grows leaves a part of it behind.
pub(super) fn forms(secret: &str) -> Vec<WipedBuffer> {
    let bytes = secret.as_bytes();
    let mut forms = vec![
        WipedBuffer::copy_of(bytes),
        joined(encode::pieces(secret)),
        joined(encode::pieces(secret).map(|piece| if piece == "%20" { "+" } else { piece })),
        written(|acc| write!(acc, "{}", secret.escape_debug())),
        json(secret),
        each(bytes, |acc, n, byte| write!(acc, "{}{byte}", if n == 0 { "" } else { "," })),
        each(bytes, |acc, n, byte| write!(acc, "{}{byte}", if n == 0 { "" } else { ", " })),
        each(bytes, |acc, _, byte| write!(acc, "{byte:02x}")),
        each(bytes, |acc, _, byte| write!(acc, "%{byte:02x}")),
        reversed(bytes),
    ];
    // Base64 depends on where the text begins in its group of three.
    for start in 0..3.min(bytes.len()) {
        let whole = (bytes.len() - start) / 3 * 3;
        forms.push(base64(&bytes[start..start + whole], *b"+/"));
        forms.push(base64(&bytes[start..start + whole], *b"-_"));
    }
    forms
}

/// A buffer takes all that is written to it, so there is no error to look at.
fn written(write: impl FnOnce(&mut WipedBuffer) -> io::Result<()>) -> WipedBuffer {
    let mut acc = WipedBuffer::new();
    let _ = write(&mut acc);
    acc
}

fn each(bytes: &[u8], write: fn(&mut WipedBuffer, usize, u8) -> io::Result<()>) -> WipedBuffer {
    written(|acc| bytes.iter().enumerate().try_for_each(|(n, &byte)| write(acc, n, byte)))
}

fn joined<'a>(pieces: impl Iterator<Item = &'a str>) -> WipedBuffer {
    let mut acc = WipedBuffer::new();
    pieces.for_each(|piece| acc.push(piece.as_bytes()));
    acc
}

fn reversed(bytes: &[u8]) -> WipedBuffer {
    let mut acc = WipedBuffer::new();
    bytes.iter().rev().for_each(|&byte| acc.push(&[byte]));
    acc
}

/// A string of JSON, without its quotes.
fn json(text: &str) -> WipedBuffer {
    let quoted = written(|acc| Ok(serde_json::to_writer(acc, text)?));
    let quoted = quoted.as_ref();
    WipedBuffer::copy_of(quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default())
}

/// Writes whole groups of three bytes.
fn base64(bytes: &[u8], last_two: [u8; 2]) -> WipedBuffer {
    let mut alphabet: Vec<u8> = (b'A'..=b'Z').chain(b'a'..=b'z').chain(b'0'..=b'9').collect();
    alphabet.extend(last_two);
    let mut text = WipedBuffer::new();
    for group in bytes.chunks_exact(3) {
        let bits = group.iter().fold(0_usize, |acc, &byte| acc << 8 | usize::from(byte));
        text.push(&[18, 12, 6, 0].map(|shift| alphabet[bits >> shift & 63]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4648 section 10.
    #[test]
    fn whole_groups_of_base64() {
        assert_eq!(base64(b"foobar", *b"+/").as_ref(), b"Zm9vYmFy");
        assert_eq!(base64(b"\xfb\xff\xfe", *b"-_").as_ref(), b"-__-");
    }
}
