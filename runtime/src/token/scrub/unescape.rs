//! Decodes escapes of JSON, programs, URLs and HTML leniently, so that no secret hides behind one.

use crate::wipe::WipedBuffer;

/// Reads one layer of escapes of a text in lower case. NUL is left out, and with it every second byte
/// of ASCII in UTF-16.
pub(super) fn unescape(text: &[u8]) -> WipedBuffer {
    let mut acc = WipedBuffer::new();
    let mut rest = text;
    while let Some((&first, tail)) = rest.split_first() {
        let (char, after) = match first {
            b'\\' => backslash(tail),
            b'%' => digits(tail, 16, 2).unwrap_or((b'%', tail)),
            b'&' => entity(tail).unwrap_or((b'&', tail)),
            _ => (first, tail),
        };
        if char != 0 {
            acc.push(&[char.to_ascii_lowercase()]);
        }
        rest = after;
    }
    acc
}

/// A character and what follows it.
type Read<'a> = (u8, &'a [u8]);

/// What follows a backslash; an escape of no known sort stands for its own character.
fn backslash(text: &[u8]) -> Read<'_> {
    let Some((&kind, tail)) = text.split_first() else { return (b'\\', text) };
    let number = match (kind, tail) {
        (b'u', [b'{', inner @ ..]) => {
            digits(inner, 16, 6).map(|(char, rest)| (char, past(rest, b'}')))
        }
        (b'u', _) => digits(tail, 16, 4),
        (b'x', _) => digits(tail, 16, 2),
        (b'0', _) => Some((0, tail)),
        _ => None,
    };
    number.unwrap_or((kind, tail))
}

/// What follows an ampersand.
fn entity(text: &[u8]) -> Option<Read<'_>> {
    if let Some(number) = text.strip_prefix(b"#") {
        let (char, rest) = match number.strip_prefix(b"x") {
            Some(hex) => digits(hex, 16, 6)?,
            None => digits(number, 10, 7)?,
        };
        return Some((char, past(rest, b';')));
    }
    let names: [(&[u8], u8); 5] =
        [(b"amp;", b'&'), (b"lt;", b'<'), (b"gt;", b'>'), (b"quot;", b'"'), (b"apos;", b'\'')];
    names.iter().find_map(|(name, char)| Some((*char, text.strip_prefix(*name)?)))
}

/// Reads up to so many digits; a character beyond ASCII is a question mark.
fn digits(text: &[u8], radix: u32, most: usize) -> Option<Read<'_>> {
    let is_digit = |byte: &u8| char::from(*byte).is_digit(radix);
    let len = text.iter().take(most).take_while(|byte| is_digit(byte)).count();
    let (number, rest) = text.split_at(len);
    let number = u32::from_str_radix(std::str::from_utf8(number).ok()?, radix).ok()?;
    Some((u8::try_from(number).ok().filter(u8::is_ascii).unwrap_or(b'?'), rest))
}

fn past(text: &[u8], end: u8) -> &[u8] {
    text.strip_prefix(&[end]).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_layer_of_each_sort() {
        for (text, expected) in [
            ("plain text", "plain text"),
            (r#"a\/b\\c\"d"#, r#"a/b\c"d"#),
            (r"\u0061\u{62}\x63", "abc"),
            (r"\u0000a\0b\x00c\u{0}d%00e&#0;f", "abcdef"),
            ("a\0b\0", "ab"),
            ("%2f%41%zz%", "/a%zz%"),
            ("a&amp;b&#38;c&#x26;d&lt;&gt;&quot;&apos;&#39;&copy;", "a&b&c&d<>\"''&copy;"),
            (r"\u00e4\u{1f600}\", r"??\"),
            (r"\\u0061", r"\u0061"),
        ] {
            let found = unescape(text.as_bytes());
            assert_eq!(
                found.as_ref().escape_ascii().to_string(),
                expected.escape_default().to_string()
            );
        }
    }
}
