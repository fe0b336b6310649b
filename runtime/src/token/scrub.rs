//! Turns the text of a server into what may be shown: escaped, cut, and withheld where it holds a
//! secret in any of the forms in which servers echo one.

use std::io::{self, Write as _};

use zeroize::Zeroizing;

use crate::encode;
use crate::wipe::WipedBuffer;

const MAX_SHOWN: usize = 256;

/// Returns the beginning of a text, unless a secret or what looks like a token reply is in it.
pub(super) fn shown(text: &[u8], secrets: &[&str]) -> Option<Box<str>> {
    let folded = Zeroizing::new(text.to_ascii_lowercase());
    if contains(&folded, b"access_token") || secrets.iter().any(|secret| holds(&folded, secret)) {
        return None;
    }
    let text = String::from_utf8_lossy(text);
    let mut shown = String::new();
    for char in text.trim().chars() {
        let start = shown.len();
        shown.extend(char.escape_debug());
        if shown.len() > MAX_SHOWN {
            shown.truncate(start);
            break;
        }
    }
    (!shown.is_empty()).then(|| shown.into_boxed_str())
}

/// Whether a text in lower case holds a form of the secret. Case is ignored, so that the digits of
/// escapes compare: a text withheld by chance is no loss.
fn holds(folded: &[u8], secret: &str) -> bool {
    if secret.is_empty() {
        return false;
    }
    forms(secret).iter().any(|form| {
        let form = Zeroizing::new(form.as_ref().to_ascii_lowercase());
        !form.is_empty() && contains(folded, &form)
    })
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

/// Writes a secret in all its forms. No buffer that grows leaves a part of it behind.
fn forms(secret: &str) -> Vec<WipedBuffer> {
    let bytes = secret.as_bytes();
    let wide = |write: fn(u16) -> [u8; 2]| {
        let mut acc = WipedBuffer::new();
        secret.encode_utf16().for_each(|unit| acc.push(&write(unit)));
        acc
    };
    let (wide, wide_big) = (wide(u16::to_le_bytes), wide(u16::to_be_bytes));
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
        reversed(wide.as_ref()),
        reversed(wide_big.as_ref()),
        wide,
        wide_big,
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

    #[test]
    fn text_is_escaped_and_cut() {
        assert_eq!(
            shown(b"<h1>Bad\nGateway\x1b[0m</h1>", &[]).unwrap().as_ref(),
            r"<h1>Bad\nGateway\u{1b}[0m</h1>"
        );
        assert_eq!(shown(&[b'x'; 1_000], &[]).unwrap().len(), 256);
        assert!(shown("\u{1f}".repeat(300).as_bytes(), &[]).unwrap().len() <= 256);
        assert_eq!(shown(b"  ", &[]), None);
    }

    #[test]
    fn every_form_of_a_secret_is_found() {
        let secret = "s3cr/t+key =&%\"x";
        assert!(shown(b"no secret here", &[secret, ""]).is_some());
        for form in forms(secret) {
            let form = form.as_ref();
            let text = [b"you sent ".as_slice(), form, b" to us"].concat();
            assert_eq!(shown(&text, &["other", secret]), None, "{}", form.escape_ascii());
        }
        // RFC 4648 section 10.
        assert_eq!(base64(b"foobar", *b"+/").as_ref(), b"Zm9vYmFy");
        assert_eq!(base64(b"\xfb\xff\xfe", *b"-_").as_ref(), b"-__-");
        assert_eq!(shown(br#"oops {"access_token": "abc"}"#, &[]), None);
    }
}
