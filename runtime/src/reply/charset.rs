//! Decodes a text by the charset of its media type.

use std::borrow::Cow;

use super::decode::{self, DecodeError};

/// Decodes a text. A byte order mark says that it is UTF-8, whatever the charset, and is no part of it
/// (Encoding Standard, "decode"). Without a charset it is UTF-8.
pub(super) fn text<'b>(
    bytes: &'b [u8],
    charset: Option<&str>,
) -> Result<Cow<'b, str>, DecodeError> {
    if let Some(bytes) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return decode::text(bytes).map(Cow::Borrowed);
    }
    match charset {
        None => decode::text(bytes).map(Cow::Borrowed),
        Some(label) if is_one_of(label, UTF_8) => decode::text(bytes).map(Cow::Borrowed),
        Some(label) if is_one_of(label, WINDOWS_1252) => {
            // Every byte is a character, so nothing is lost.
            Ok(bytes.iter().map(|&byte| windows_1252(byte)).collect::<String>().into())
        }
        Some(_) => Err(DecodeError::of_charset()),
    }
}

fn is_one_of(label: &str, labels: &[&str]) -> bool {
    labels.iter().any(|it| it.eq_ignore_ascii_case(label))
}

/// The labels of UTF-8 (Encoding Standard, "Names and labels").
const UTF_8: &[&str] =
    &["unicode-1-1-utf-8", "unicode11utf8", "unicode20utf8", "utf-8", "utf8", "x-unicode20utf8"];

/// The labels of windows-1252, which browsers take ISO-8859-1 and US-ASCII for, since servers do.
const WINDOWS_1252: &[&str] = &[
    "ansi_x3.4-1968",
    "ascii",
    "cp1252",
    "cp819",
    "csisolatin1",
    "ibm819",
    "iso-8859-1",
    "iso-ir-100",
    "iso8859-1",
    "iso88591",
    "iso_8859-1",
    "iso_8859-1:1987",
    "l1",
    "latin1",
    "us-ascii",
    "windows-1252",
    "x-cp1252",
];

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The characters of the bytes from 0x80 (Encoding Standard, "index windows-1252").
const HIGH: [char; 32] = [
    '\u{20AC}', '\u{81}', '\u{201A}', '\u{0192}', '\u{201E}', '\u{2026}', '\u{2020}', '\u{2021}',
    '\u{02C6}', '\u{2030}', '\u{0160}', '\u{2039}', '\u{0152}', '\u{8D}', '\u{017D}', '\u{8F}',
    '\u{90}', '\u{2018}', '\u{2019}', '\u{201C}', '\u{201D}', '\u{2022}', '\u{2013}', '\u{2014}',
    '\u{02DC}', '\u{2122}', '\u{0161}', '\u{203A}', '\u{0153}', '\u{9D}', '\u{017E}', '\u{0178}',
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reply::DecodeErrorKind;

    #[test]
    fn a_text_is_read_by_its_charset() {
        for (bytes, charset, expected) in [
            (&b"h\xc3\xa9"[..], None, "hé"),
            (b"h\xc3\xa9", Some("UTF-8"), "hé"),
            (b"h\xe9 \x80 \x81", Some("ISO-8859-1"), "hé € \u{81}"),
            (b"plain", Some("us-ascii"), "plain"),
            (b"\xef\xbb\xbfh\xc3\xa9", Some("latin1"), "hé"),
            (b"\xef\xbb\xbfa,b", None, "a,b"),
        ] {
            assert_eq!(text(bytes, charset).unwrap(), expected, "{charset:?}");
        }
    }

    #[test]
    fn what_is_not_decoded_is_an_error() {
        for (bytes, charset, expected) in [
            (&b"h\xe9"[..], None, DecodeErrorKind::Utf8),
            (b"h\xe9", Some("utf-8"), DecodeErrorKind::Utf8),
            (b"plain", Some("shift_jis"), DecodeErrorKind::Charset),
            (b"plain", Some(""), DecodeErrorKind::Charset),
        ] {
            assert_eq!(text(bytes, charset).unwrap_err().kind(), expected, "{charset:?}");
        }
    }
}
