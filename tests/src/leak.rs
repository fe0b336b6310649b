//! Finds secrets in every rendering of a value, however they are encoded.

use std::error::Error;
use std::fmt::{Debug, Display};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use tamarack_clients::runtime::bytes::Bytes;
use tamarack_clients::runtime::encode;

/// All that has been shown, each with what it is a rendering of.
#[derive(Debug, Default)]
pub struct Shown(Vec<(String, String)>);

impl Shown {
    /// Renders with `{:?}` and `{:#?}`.
    pub fn debug(&mut self, what: &str, value: &impl Debug) {
        self.0.push((format!("{what} {{:?}}"), format!("{value:?}")));
        self.0.push((format!("{what} {{:#?}}"), format!("{value:#?}")));
    }

    /// Renders an error and every cause behind it with `{}`, `{:#}`, `{:?}` and `{:#?}`.
    pub fn error(&mut self, what: &str, error: &(dyn Error + 'static)) {
        for (n, cause) in causes(error).enumerate() {
            let what = format!("{what}, cause {n},");
            self.display(&what, &cause);
            self.debug(&what, &cause);
        }
    }

    fn display(&mut self, what: &str, value: &impl Display) {
        self.0.push((format!("{what} {{}}"), format!("{value}")));
        self.0.push((format!("{what} {{:#}}"), format!("{value:#}")));
    }

    /// Returns what shows the secret, and in which form.
    pub fn leaks(&self, secret: &str) -> Vec<String> {
        let forms = forms(secret);
        let mut acc = Vec::new();
        for (what, text) in &self.0 {
            let text = squeezed(text);
            if let Some(form) = forms.iter().find(|form| text.contains(*form)) {
                acc.push(format!("{what} shows `{form}`: {text}"));
            }
        }
        acc
    }

    /// Returns how many renderings there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether nothing has been rendered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// Returns the ways to write a secret down, without white space and in lower case.
pub fn forms(secret: &str) -> Vec<String> {
    let bytes = secret.as_bytes();
    let component = encode::component(&secret);
    let list: Vec<String> = bytes.iter().map(u8::to_string).collect();
    let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let json = serde_json::Value::from(secret).to_string();
    let bytes_debug = format!("{:?}", Bytes::copy_from_slice(bytes));
    let mut acc = vec![
        secret.to_owned(),
        secret.escape_debug().to_string(),
        // Without the quotes, and the `b` before them.
        json[1..json.len() - 1].to_owned(),
        bytes_debug[2..bytes_debug.len() - 1].to_owned(),
        component.replace("%20", "+"),
        component,
        list.join(","),
        hex.concat(),
    ];
    // Base64 depends on where the text begins in its group of three; the groups
    // that hold nothing but the text are the same everywhere.
    for start in 0..3 {
        let groups = &bytes[start..start + (bytes.len() - start) / 3 * 3];
        acc.push(STANDARD_NO_PAD.encode(groups));
        acc.push(URL_SAFE_NO_PAD.encode(groups));
    }
    acc.iter().map(|form| squeezed(form)).collect()
}

/// Removes white space, which `{:#?}` adds between the bytes of a list, and letter case, in which
/// percent-encodings differ.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "s3cr&t=\"+/ü%\\ 7???>>>";

    fn is_found(text: &str) -> bool {
        let mut shown = Shown::default();
        shown.debug("text", &format_args!("around {text} it"));
        !shown.leaks(SECRET).is_empty()
    }

    #[test]
    fn a_secret_is_found_in_every_form() {
        let bytes = SECRET.as_bytes();
        let around = format!("a{SECRET}b");
        for text in [
            SECRET.to_owned(),
            format!("{SECRET:?}"),
            format!("{bytes:?}"),
            format!("{bytes:#?}"),
            format!("{bytes:02x?}").replace(", ", ""),
            format!("{:?}", Bytes::from_static(bytes)),
            serde_json::json!({ "a": SECRET }).to_string(),
            // RFC 3986, section 2.1 and RFC 6749, appendix B; worked out by hand.
            "s3cr%26t%3D%22%2B%2F%C3%BC%25%5C%207%3F%3F%3F%3E%3E%3E".to_owned(),
            "s3cr%26t%3d%22%2b%2f%c3%bc%25%5c+7%3f%3f%3f%3e%3e%3e".to_owned(),
            STANDARD_NO_PAD.encode(SECRET),
            STANDARD_NO_PAD.encode(&around),
            URL_SAFE_NO_PAD.encode(format!("a{around}")),
        ] {
            assert!(is_found(&text), "{text}");
        }
        assert!(!is_found("<24 bytes withheld>"));
        assert!(!is_found(&SECRET[1..]));
    }

    #[test]
    fn causes_are_searched() {
        let mut shown = Shown::default();
        let cause = std::io::Error::other(std::io::Error::other(SECRET));
        shown.error("error", &cause);
        assert!(!shown.leaks(SECRET).is_empty());
    }
}
