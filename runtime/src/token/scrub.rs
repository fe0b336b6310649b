//! Makes text of a server safe to show: escaped, truncated, and without words that contain a secret.
//!
//! A part is eight characters in a row, in letters of any case; of a secret that has fewer, all of them.
//! In a form that writes a character as several it is what eight characters take at the least. Words
//! that a server says anyway, and that by chance have as much in common with a secret or with the id of
//! the client, are withheld too: the text is for a reader who can look elsewhere, a part of a secret
//! cannot be taken back. Not found are parts with something between their characters, such as line
//! breaks, forms of forms, such as base64 of hex, and characters beyond ASCII in another case.

mod bits;
mod forms;
mod runs;
mod unescape;

use crate::wipe::WipedBuffer;
use runs::Runs;

const MAX_SHOWN: usize = 256;
/// How many layers of escapes are looked behind: those of a text within a text.
const MAX_LAYERS: usize = 2;

/// Returns the beginning of a text, unless a part of a secret or what looks like a token response is in it.
pub(crate) fn shown(text: &[u8], secrets: &[&str]) -> Option<Box<str>> {
    let readings = readings(text);
    let is_reply = readings.iter().any(|text| contains(text.as_ref(), b"access_token"));
    let runs = Runs::of(secrets);
    if is_reply || readings.iter().any(|text| runs.are_in(text.as_ref())) {
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

/// Writes bytes as base64 with padding (RFC 4648 section 4), in buffers that are cleared.
pub(super) fn base64(bytes: &[u8]) -> WipedBuffer {
    bits::ALPHABETS[0].write_padded(bytes)
}

/// Returns a text in lower case, as it is and with its escapes read. Case is ignored, so that the digits
/// of escapes compare, and because servers change it.
fn readings(text: &[u8]) -> Vec<WipedBuffer> {
    let mut last = WipedBuffer::copy_of(text);
    last.make_ascii_lowercase();
    let mut readings = Vec::new();
    for _ in 0..MAX_LAYERS {
        let next = unescape::unescape(last.as_ref());
        if next.as_ref() == last.as_ref() {
            break;
        }
        readings.push(std::mem::replace(&mut last, next));
    }
    readings.push(last);
    readings
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
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
        let utf16 = |order: fn(u16) -> [u8; 2]| secret.encode_utf16().flat_map(order).collect();
        let escaped = |bytes: &[u8]| bytes.escape_ascii().to_string().into_bytes();
        let mut all: Vec<Vec<u8>> = vec![utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)];
        let backwards: Vec<_> = all.iter().map(|it| it.iter().rev().copied().collect()).collect();
        all.extend(backwards);
        all.extend(forms::forms(secret).iter().map(|form| form.text.as_ref().to_vec()));
        // As PHP writes JSON, as HTML, as a program's literal, and that within another.
        all.push(secret.replace('/', r"\/").replace('"', "\\\"").into());
        all.push(secret.replace('&', "&amp;").replace('"', "&#34;").into());
        let literals: Vec<_> = all.iter().map(|form| escaped(form)).collect();
        all.extend(literals.iter().take(4).map(|form| escaped(form)));
        all.extend(literals);
        for form in all {
            let form = form.as_slice();
            let text = [b"you sent ".as_slice(), form, b" to us"].concat();
            assert_eq!(shown(&text, &["other", secret]), None, "{}", form.escape_ascii());
        }
        assert_eq!(shown(br#"oops {"access_token": "abc"}"#, &[]), None);
    }
}
