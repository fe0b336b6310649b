//! The encoded forms in which servers and programs write a secret.

use std::io::{self, Write as _};

use super::bits;
use super::runs::RUN;
use crate::encode;
use crate::wipe::WipedBuffer;

/// A secret as somebody may write it.
pub(super) struct Form {
    pub(super) text: WipedBuffer,
    /// What eight characters of the secret take in it at the least; all of it where the secret has fewer.
    pub(super) run: usize,
}

impl Form {
    fn new(text: WipedBuffer, run: usize) -> Self {
        let run = run.min(text.as_ref().len());
        Self { text, run }
    }
}

/// Writes a secret in all its forms but UTF-16, which `unescape` reads. No buffer that grows leaves a
/// part of it behind.
pub(super) fn forms(secret: &str) -> Vec<Form> {
    let bytes = secret.as_bytes();
    let whole = usize::MAX;
    // A byte of the secret is one of the form, or more.
    let run = if bytes.len() < RUN { whole } else { RUN };
    let mut forms: Vec<_> = [
        WipedBuffer::copy_of(bytes),
        joined(encode::pieces(secret)),
        joined(encode::pieces(secret).map(|piece| if piece == "%20" { "+" } else { piece })),
        written(|acc| write!(acc, "{}", secret.escape_debug())),
        json(secret),
        reversed(bytes),
    ]
    .map(|text| Form::new(text, run))
    .into();
    for separator in [",", ", "] {
        let run = if bytes.len() < RUN { whole } else { list_run(bytes, separator) };
        forms.push(Form::new(list(bytes, separator), run));
    }
    let hex = each(bytes, |acc, byte| write!(acc, "{byte:02x}"));
    forms.push(Form::new(hex, run.saturating_mul(2)));
    let percent = each(bytes, |acc, byte| write!(acc, "%{byte:02x}"));
    forms.push(Form::new(percent, run.saturating_mul(3)));
    for alphabet in bits::ALPHABETS {
        let run = if bytes.len() < RUN { whole } else { alphabet.run };
        // How a secret is written depends on where it begins in its group.
        let texts = (0..alphabet.group).map(|n_before| alphabet.write(bytes, n_before));
        let texts = texts.filter(|text| text.as_ref().len() >= bits::MIN_LEN);
        forms.extend(texts.map(|text| Form::new(text, run)));
    }
    forms
}

/// A buffer takes all that is written to it, so there is no error to look at.
fn written(write: impl FnOnce(&mut WipedBuffer) -> io::Result<()>) -> WipedBuffer {
    let mut acc = WipedBuffer::new();
    let _ = write(&mut acc);
    acc
}

fn each(bytes: &[u8], write: fn(&mut WipedBuffer, u8) -> io::Result<()>) -> WipedBuffer {
    written(|acc| bytes.iter().try_for_each(|&byte| write(acc, byte)))
}

/// The numbers of the bytes.
fn list(bytes: &[u8], separator: &str) -> WipedBuffer {
    written(|acc| {
        bytes.iter().enumerate().try_for_each(|(n, byte)| {
            let separator = if n == 0 { "" } else { separator };
            write!(acc, "{separator}{byte}")
        })
    })
}

/// Returns how many characters the shortest eight numbers of such a list take.
fn list_run(bytes: &[u8], separator: &str) -> usize {
    let n_digits = |byte: &u8| byte.checked_ilog10().map_or(1, |log| log as usize + 1);
    let of_run = |run: &[u8]| run.iter().map(n_digits).sum::<usize>();
    let shortest = bytes.windows(RUN).map(of_run).min().unwrap_or_default();
    shortest + (RUN - 1) * separator.len()
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Counted by hand.
    #[test]
    fn what_eight_characters_take() {
        let run_of = |secret: &str, text: &str| {
            let forms = forms(secret);
            let form = forms.iter().find(|form| form.text.as_ref() == text.as_bytes());
            form.unwrap_or_else(|| panic!("`{text}` is no form of `{secret}`")).run
        };
        // Bytes 97 and on, of two digits up to 99 and of three from there.
        let secret = "abcdefghij";
        assert_eq!(run_of(secret, secret), 8);
        assert_eq!(run_of(secret, "jihgfedcba"), 8);
        assert_eq!(run_of(secret, "6162636465666768696a"), 16);
        assert_eq!(run_of(secret, "%61%62%63%64%65%66%67%68%69%6a"), 24);
        assert_eq!(run_of(secret, "97,98,99,100,101,102,103,104,105,106"), 3 * 2 + 5 * 3 + 7);
        assert_eq!(
            run_of(secret, "97, 98, 99, 100, 101, 102, 103, 104, 105, 106"),
            3 * 2 + 5 * 3 + 14
        );
        for (secret, text) in [("short", "short"), ("short", "73686f7274"), ("a&b", "97,38,98")] {
            assert_eq!(run_of(secret, text), text.len());
        }
    }
}
