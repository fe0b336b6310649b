//! Turns header and cookie parameters into header values that are safe to send.

use std::fmt::{Display, Write as _};

use http::header::{ACCEPT, HeaderName, HeaderValue};
use serde::Serialize;
use zeroize::Zeroizing;

use super::{RequestBuilder, RequestError};
use crate::secret::Secret;
use crate::wipe::WipedBuffer;

impl RequestBuilder {
    /// Sets a header. Blanks at the ends of a value are refused: whoever receives it cuts them off
    /// (RFC 9110 section 5.5).
    pub fn header(&mut self, name: &'static str, value: &dyn Display) -> Result<(), RequestError> {
        let value = value.to_string();
        // `HeaderValue` lets bytes beyond ASCII pass, whose meaning is not agreed on.
        let is_sent_whole = value.is_ascii() && !has_outer_blanks(&value);
        let value = if is_sent_whole { HeaderValue::from_str(&value).ok() } else { None };
        self.insert(name, value)
    }

    /// Sets a header whose value is hidden wherever headers are shown.
    pub fn secret_header(
        &mut self,
        name: &'static str,
        value: &Secret,
    ) -> Result<(), RequestError> {
        self.insert(name, secret_value(value.expose().as_bytes()))
    }

    /// Sets a header to values separated by commas (OpenAPI style `simple`); an empty list sets
    /// nothing. The style has no way to write a comma inside a value, or blanks at its ends.
    pub fn header_list<V: Display>(
        &mut self,
        name: &'static str,
        values: impl IntoIterator<Item = V>,
    ) -> Result<(), RequestError> {
        let values: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
        if values.iter().any(|value| value.contains(',') || has_outer_blanks(value)) {
            return Err(RequestError::Header { name: name.into() });
        }
        if values.is_empty() { Ok(()) } else { self.header(name, &values.join(",")) }
    }

    /// Sets a header to a value as JSON text (OpenAPI `content`). Characters that a header cannot
    /// hold are written as JSON escapes (RFC 8259 section 7).
    pub fn header_json<V: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &V,
    ) -> Result<(), RequestError> {
        let failed = |_| RequestError::Header { name: name.into() };
        let text = serde_json::to_string(value).map_err(failed)?;
        let mut acc = String::with_capacity(text.len());
        for c in text.chars() {
            if c.is_ascii() && c != '\u{7f}' {
                acc.push(c);
            } else {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    // Writing to a `String` does not fail.
                    let _ = write!(acc, "\\u{unit:04x}");
                }
            }
        }
        self.header(name, &acc)
    }

    /// Adds a cookie; all go into one header. A value that RFC 6265 section 4.1.1 does not allow is
    /// refused, since no encoding is agreed on.
    pub fn cookie(&mut self, name: &str, value: &dyn Display) -> Result<(), RequestError> {
        let value = Zeroizing::new(value.to_string());
        if HeaderName::from_bytes(name.as_bytes()).is_err() || !value.bytes().all(is_cookie_octet) {
            return Err(RequestError::Cookie { name: name.into() });
        }
        if !self.cookies.is_empty() {
            self.cookies.push_str("; ");
        }
        self.cookies.push_str(name);
        self.cookies.push('=');
        self.cookies.push_str(&value);
        Ok(())
    }

    /// Sets the media types that the reply may have.
    pub fn accept(&mut self, media_types: &'static str) {
        self.insert_static(ACCEPT, media_types);
    }

    pub(super) fn insert(
        &mut self,
        name: &'static str,
        value: Option<HeaderValue>,
    ) -> Result<(), RequestError> {
        let key = HeaderName::from_bytes(name.as_bytes()).ok();
        let (Some(key), Some(value)) = (key, value) else {
            return Err(RequestError::Header { name: name.into() });
        };
        self.headers.insert(key, value);
        Ok(())
    }
}

fn has_outer_blanks(value: &str) -> bool {
    value.starts_with([' ', '\t']) || value.ends_with([' ', '\t'])
}

/// Makes a value that no `Debug` shows and whose memory is cleared; none of a text that is empty or
/// has other than visible ASCII characters and inner spaces.
pub(super) fn secret_value(text: &[u8]) -> Option<HeaderValue> {
    let is_visible = text.iter().all(|byte| matches!(byte, b' '..=b'~'));
    if !is_visible || text.is_empty() || text.starts_with(b" ") || text.ends_with(b" ") {
        return None;
    }
    let bytes = WipedBuffer::copy_of(text).into_bytes();
    let mut value = HeaderValue::from_maybe_shared(bytes).ok()?;
    value.set_sensitive(true);
    Some(value)
}

fn is_cookie_octet(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\",;\\".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::super::tests::get;
    use super::*;

    #[test]
    fn headers_are_set_once() {
        let mut request = get();
        request.header("X-Version", &1).unwrap();
        request.header("x-version", &"2026-04").unwrap();
        request.header_list("X-List", ["a", "b c"]).unwrap();
        request.header_list("X-None", Vec::<u8>::new()).unwrap();
        request.accept("application/json, text/plain");
        let request = request.build().unwrap();
        assert_eq!(request.headers()["x-version"], "2026-04");
        assert_eq!(request.headers()["x-list"], "a,b c");
        assert_eq!(request.headers()["accept"], "application/json, text/plain");
        assert!(!request.headers().contains_key("x-none"));
    }

    #[test]
    fn json_in_a_header_is_ascii() {
        let mut request = get();
        request.header_json("X-A", &["\u{e4}\n", "\u{1f600}"]).unwrap();
        let request = request.build().unwrap();
        assert_eq!(request.headers()["x-a"], r#"["\u00e4\n","\ud83d\ude00"]"#);
    }

    #[test]
    fn a_value_cannot_add_a_header() {
        let failed = RequestError::Header { name: "X-A".into() };
        for value in ["a\r\nX-B: b", "a\nb", "a\0", "\u{e4}", "\u{7f}", " a", "a\t"] {
            assert_eq!(get().header("X-A", &value).unwrap_err(), failed);
            assert_eq!(get().header_list("X-A", [value]).unwrap_err(), failed);
            assert_eq!(get().secret_header("X-A", &value.into()).unwrap_err(), failed);
        }
        assert_eq!(get().header_list("X-A", ["a,b"]).unwrap_err(), failed);
        assert_eq!(get().secret_header("X-A", &"".into()).unwrap_err(), failed);
        assert!(get().header("bad name", &"x").is_err());
        let mut request = get();
        request.accept("a\nb");
        assert!(request.build().is_err());
    }

    #[test]
    fn secret_headers_are_sensitive() {
        let mut request = get();
        request.secret_header("X-Key", &"hunter2".into()).unwrap();
        let request = request.build().unwrap();
        assert_eq!(request.headers()["x-key"], "hunter2");
        assert!(request.headers()["x-key"].is_sensitive());
        assert!(!format!("{request:?}").contains("hunter2"));
    }

    #[test]
    fn cookies_share_a_header() {
        let mut request = get();
        request.cookie("a", &1).unwrap();
        request.cookie("B_c", &"x=y").unwrap();
        let request = request.build().unwrap();
        assert_eq!(request.headers()["cookie"], "a=1; B_c=x=y");
        assert!(request.headers()["cookie"].is_sensitive());
        for value in ["a;b", "a b", "a,b", "\"", "\\", "\r\n", "\u{e4}"] {
            let error = get().cookie("a", &value).unwrap_err();
            assert_eq!(error, RequestError::Cookie { name: "a".into() });
        }
        assert!(get().cookie("a=b", &"c").is_err());
    }
}
