//! Percent-encodes parameter values (RFC 3986 section 2.1).

use std::fmt::{Display, Write as _};

use zeroize::Zeroizing;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986 section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Encodes a value for any place in a URL: only letters, digits and `-._~` stay as they are.
pub fn component(value: &dyn Display) -> String {
    let mut acc = String::new();
    push_component(&mut acc, value);
    acc
}

pub(crate) fn push_component(acc: &mut String, value: &dyn Display) {
    // Writing to a `String` fails only if the value's own `Display` does.
    let _ = write!(Encoder(acc), "{value}");
}

/// What a query holds unencoded where reserved characters are left: those but the ones that no query
/// holds (RFC 3986 section 3.4) or that mean something in a form.
const BUT_RESERVED: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// What a path holds unencoded where reserved characters are left (RFC 3986 section 3.3). `?` and `#`
/// would end the path, and no path holds brackets.
const PATH_BUT_RESERVED: &AsciiSet = &BUT_RESERVED.remove(b'&').remove(b'+').add(b'?');

/// Encodes a value for a query, leaving reserved characters and percent-encoded triplets.
pub(crate) fn push_reserved(acc: &mut String, value: &dyn Display) {
    push_all_but(acc, value, BUT_RESERVED);
}

/// Encodes a value for a path, leaving reserved characters and percent-encoded triplets.
pub(crate) fn push_reserved_in_path(acc: &mut String, value: &dyn Display) {
    push_all_but(acc, value, PATH_BUT_RESERVED);
}

fn push_all_but(acc: &mut String, value: &dyn Display, encoded: &'static AsciiSet) {
    let text = Zeroizing::new(value.to_string());
    let mut rest = text.as_str();
    while let Some(at) = rest.find('%') {
        let (before, triplet) = rest.split_at(at);
        acc.extend(utf8_percent_encode(before, encoded));
        let is_encoded = |it: &[u8]| it.iter().all(u8::is_ascii_hexdigit);
        if triplet.as_bytes().get(1..3).is_some_and(is_encoded) {
            acc.push_str(&triplet[..3]);
            rest = &triplet[3..];
        } else {
            acc.push_str("%25");
            rest = &triplet[1..];
        }
    }
    acc.extend(utf8_percent_encode(rest, encoded));
}

/// Whether a byte is one of the unreserved characters.
const IS_UNRESERVED: [bool; 256] = {
    let mut acc = [false; 256];
    let mut byte = 0_u8;
    loop {
        acc[byte as usize] =
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        if byte == u8::MAX {
            break acc;
        }
        byte += 1;
    }
};

/// Encodes a text for any place in a URL.
pub(crate) fn push_text(acc: &mut String, text: &str) {
    // Most names, and many values, have nothing to encode.
    if text.bytes().all(|byte| IS_UNRESERVED[usize::from(byte)]) {
        acc.push_str(text);
    } else {
        acc.extend(pieces(text));
    }
}

/// Encodes a text for any place in a URL, piece by piece: slices of it and escapes.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    utf8_percent_encode(text, RESERVED)
}

/// Returns whether a path has a segment `.` or `..`, plain or encoded.
pub(crate) fn has_dot_segment(path: &str) -> bool {
    path.split('/').any(|segment| {
        let mut bytes = percent_encoding::percent_decode_str(segment);
        let first = [bytes.next(), bytes.next(), bytes.next()];
        matches!(first, [Some(b'.'), None, _] | [Some(b'.'), Some(b'.'), None])
    })
}

/// Encodes what is written to it.
struct Encoder<'a>(&'a mut String);

impl std::fmt::Write for Encoder<'_> {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        push_text(self.0, text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_encoded_is_known_without_encoding_it() {
        for byte in 0..=u8::MAX {
            let text = char::from(byte).to_string();
            let is_kept = pieces(&text).eq([text.as_str()]);
            assert_eq!(is_kept, byte.is_ascii() && IS_UNRESERVED[usize::from(byte)], "{byte}");
            let mut acc = String::new();
            push_text(&mut acc, &text);
            assert_eq!(acc, pieces(&text).collect::<String>());
        }
        assert!(IS_UNRESERVED[128..].iter().all(|it| !it));
    }

    #[test]
    fn only_unreserved_characters_stay() {
        // RFC 3986 sections 2.2 and 2.3.
        let unreserved = "ABCXYZabcxyz0189-._~";
        assert_eq!(component(&unreserved), unreserved);
        assert_eq!(
            component(&":/?#[]@!$&'()*+,;="),
            "%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D"
        );
        assert_eq!(component(&"a b%\u{e4}\0"), "a%20b%25%C3%A4%00");
    }
}
