//! Turns the text of a server into what may be shown: escaped, cut, and withheld where it holds a
//! secret in any of the forms in which servers echo one.

use zeroize::Zeroizing;

use crate::encode;

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
        let form = Zeroizing::new(form.to_ascii_lowercase());
        !form.is_empty() && contains(folded, &form)
    })
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

fn forms(secret: &str) -> Vec<Zeroizing<Vec<u8>>> {
    let bytes = secret.as_bytes();
    let encoded = Zeroizing::new(encode::component(&secret));
    let joined = |separator: &str, write: fn(&u8) -> String| {
        bytes.iter().map(write).collect::<Vec<String>>().join(separator).into_bytes()
    };
    let wide: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide_big: Vec<u8> = secret.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let reversed = |bytes: &[u8]| bytes.iter().rev().copied().collect::<Vec<u8>>();
    let mut forms = vec![
        bytes.to_vec(),
        encoded.as_bytes().to_vec(),
        encoded.replace("%20", "+").into_bytes(),
        secret.escape_debug().to_string().into_bytes(),
        serde_json::to_vec(secret).unwrap_or_default().get(1..).unwrap_or_default().to_vec(),
        joined(",", u8::to_string),
        joined(", ", u8::to_string),
        joined("", |byte| format!("{byte:02x}")),
        joined("", |byte| format!("%{byte:02x}")),
        reversed(bytes),
        reversed(&wide),
        reversed(&wide_big),
        wide,
        wide_big,
    ];
    if let Some(json) = forms.get_mut(4) {
        // Without the closing quote, as without the opening one.
        json.pop();
    }
    // Base64 depends on where the text begins in its group of three.
    for start in 0..3.min(bytes.len()) {
        let whole = (bytes.len() - start) / 3 * 3;
        forms.push(base64(&bytes[start..start + whole], *b"+/"));
        forms.push(base64(&bytes[start..start + whole], *b"-_"));
    }
    forms.into_iter().map(Zeroizing::new).collect()
}

/// Writes whole groups of three bytes.
fn base64(bytes: &[u8], last_two: [u8; 2]) -> Vec<u8> {
    let mut alphabet: Vec<u8> = (b'A'..=b'Z').chain(b'a'..=b'z').chain(b'0'..=b'9').collect();
    alphabet.extend(last_two);
    let mut text = Vec::with_capacity(bytes.len() / 3 * 4);
    for group in bytes.chunks_exact(3) {
        let bits = group.iter().fold(0_usize, |acc, &byte| acc << 8 | usize::from(byte));
        text.extend([18, 12, 6, 0].map(|shift| alphabet[bits >> shift & 63]));
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
            let text = [b"you sent ".as_slice(), &form, b" to us"].concat();
            assert_eq!(shown(&text, &["other", secret]), None, "{}", form.escape_ascii());
        }
        // RFC 4648 section 10.
        assert_eq!(base64(b"foobar", *b"+/"), b"Zm9vYmFy");
        assert_eq!(base64(b"\xfb\xff\xfe", *b"-_"), b"-__-");
        assert_eq!(shown(br#"oops {"access_token": "abc"}"#, &[]), None);
    }
}
