//! Encodes header and cookie parameters as values that are safe to send.

use std::fmt::Write as _;

use bytes::Bytes;
use http::header::{ACCEPT, HeaderName, HeaderValue};
use serde::Serialize;
use zeroize::Zeroizing;

use super::{Parameter, RequestBuilder, RequestError};
use crate::retry::{DeclaredRetries, is_key_header};
use crate::wipe::WipedBuffer;

impl RequestBuilder {
    /// Sets a header; an absent value sets nothing. Values that begin or end with a blank are refused, since
    /// receivers trim them (RFC 9110 section 5.5). A [`Secret`](crate::Secret) is marked as sensitive.
    pub fn header(&mut self, name: &'static str, value: &dyn Parameter) {
        if let Some(text) = value.as_text() {
            return self.insert(name, header_value(text, value.is_secret()));
        }
        match joined(value) {
            Some(Joined { n_values: 0, .. }) => self.note_absent(name),
            Some(Joined { n_values: 2.., has_comma: true, .. }) | None => self.insert(name, None),
            Some(it) => self.insert(name, it.header_value(value)),
        }
    }

    /// Sets a header to a value, or to a default if it is absent.
    pub fn header_or<T: Parameter>(
        &mut self,
        name: &'static str,
        value: Option<&T>,
        default: &'static str,
    ) {
        match value {
            Some(value) => self.header(name, value),
            None => self.constant_header(name, default),
        }
    }

    /// Sets a header to values separated by commas (OpenAPI style `simple`); an empty list sets
    /// nothing. The style has no way to write a comma inside a value, or blanks at its ends.
    pub fn header_list(&mut self, name: &'static str, value: &dyn Parameter) {
        match joined(value) {
            Some(Joined { n_values: 0, .. }) => {}
            Some(Joined { has_comma: true, .. }) | None => self.insert(name, None),
            Some(it) => self.insert(name, it.header_value(value)),
        }
    }

    /// Sets a header to a value as JSON text (OpenAPI `content`), if there is one. Characters that a
    /// header cannot hold are written as JSON escapes (RFC 8259 section 7).
    pub fn header_json<T: Serialize + ?Sized>(&mut self, name: &'static str, value: Option<&T>) {
        let Some(value) = value else { return };
        let Ok(text) = serde_json::to_string(value) else {
            return self.fail(RequestError::Header { name: name.into() });
        };
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
        self.header(name, &acc);
    }

    /// Adds a cookie; all cookies share one header. Values that RFC 6265 section 4.1.1 does not allow are
    /// refused, since there is no standard encoding for them.
    pub fn cookie(&mut self, name: &str, value: &dyn Parameter) {
        value.each(&mut |text| {
            let text = Zeroizing::new(text.to_string());
            self.add_cookie(name, &text);
        });
    }

    /// Adds a list as one cookie, separated by commas; an empty one adds nothing. [`cookie`](Self::cookie)
    /// adds one for each element.
    pub fn cookie_list(&mut self, name: &str, value: &dyn Parameter) {
        let mut texts = Zeroizing::new(Vec::new());
        value.each(&mut |text| texts.push(text.to_string()));
        let texts: Vec<_> = texts.iter().map(String::as_str).collect();
        self.add_cookies(name, &texts);
    }

    /// Adds a cookie; one that cannot be sent is the request's error.
    pub(super) fn add_cookie(&mut self, name: &str, text: &str) {
        if !push_cookie(&mut self.cookies, name, text) {
            self.fail(RequestError::Cookie { name: name.into() });
        }
    }

    /// Adds texts as one cookie, with the comma between them that none of them can hold.
    pub(super) fn add_cookies(&mut self, name: &str, texts: &[&str]) {
        let Some((first, others)) = texts.split_first() else { return };
        self.add_cookie(name, first);
        for text in others {
            if !text.bytes().all(is_cookie_octet) {
                return self.fail(RequestError::Cookie { name: name.into() });
            }
            let cookies = self.cookies.get_or_insert_default();
            cookies.push(',');
            cookies.push_str(text);
        }
    }

    /// Sets the `Accept` header.
    pub fn accept(&mut self, media_types: &'static str) {
        self.insert_static(ACCEPT, media_types);
    }

    /// Notes an idempotency key that the operation declares and the caller did not set.
    fn note_absent(&mut self, name: &'static str) {
        if is_key_header(name) {
            self.absent_key = Some(name);
        }
    }

    /// Sets the idempotency key, if the operation has a header for it, the caller did not set it, and the
    /// request could not be repeated without it.
    pub(crate) fn idempotency_key(
        &mut self,
        declared: &DeclaredRetries,
        key: impl FnOnce() -> HeaderValue,
    ) {
        let unset = |name: &&'static str| !self.headers.contains_key(*name);
        let name = match declared.key_header {
            Some(name) => Some(name).filter(unset),
            None => self.absent_key.take(),
        };
        let is_idempotent = declared.idempotent.unwrap_or(self.method.is_idempotent());
        if let Some(name) = name.filter(|_| !is_idempotent) {
            self.insert(name, Some(key()));
        }
    }

    /// Sets headers to texts of the document.
    pub(crate) fn constant_headers(&mut self, headers: &[(&'static str, &'static str)]) {
        for (name, value) in headers {
            self.constant_header(name, value);
        }
    }

    /// Sets a header to a text of the document, which is not copied.
    fn constant_header(&mut self, name: &'static str, value: &'static str) {
        let is_sent = value.is_ascii() && !has_outer_blanks(value);
        let value = is_sent.then(|| Bytes::from_static(value.as_bytes()));
        self.insert(name, value.and_then(|it| HeaderValue::from_maybe_shared(it).ok()));
    }

    /// Inserts a header that can be sent; another is the request's error.
    pub(super) fn insert(&mut self, name: &'static str, value: Option<HeaderValue>) {
        match (header_name(name), value) {
            (Some(key), Some(value)) => {
                self.headers.insert(key, value);
            }
            _ => self.fail(RequestError::Header { name: name.into() }),
        }
    }
}

/// Returns the name of a header, which is not copied if it is in lower case.
fn header_name(name: &'static str) -> Option<HeaderName> {
    let is_lower =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    if !name.is_empty() && name.bytes().all(is_lower) {
        return Some(HeaderName::from_static(name));
    }
    HeaderName::from_bytes(name.as_bytes()).ok()
}

/// The values of a header, with commas between them.
struct Joined {
    text: Zeroizing<String>,
    n_values: usize,
    /// Whether a comma stands inside a value.
    has_comma: bool,
}

/// Joins the values of a header; none where blanks at the ends of one would be lost.
fn joined(value: &dyn Parameter) -> Option<Joined> {
    let mut acc = Joined { text: Zeroizing::default(), n_values: 0, has_comma: false };
    let mut is_whole = true;
    value.each(&mut |text| {
        if acc.n_values > 0 {
            acc.text.push(',');
        }
        let start = acc.text.len();
        // Writing to a `String` fails only if the value's own `Display` does.
        let _ = write!(acc.text, "{text}");
        let own = &acc.text[start..];
        is_whole &= !has_outer_blanks(own);
        acc.has_comma |= own.bytes().any(|byte| byte == b',');
        acc.n_values += 1;
    });
    is_whole.then_some(acc)
}

impl Joined {
    fn header_value(&self, value: &dyn Parameter) -> Option<HeaderValue> {
        header_value(&self.text, value.is_secret())
    }
}

fn header_value(text: &str, is_secret: bool) -> Option<HeaderValue> {
    if has_outer_blanks(text) {
        return None;
    }
    if is_secret {
        return secret_value(text.as_bytes());
    }
    // `HeaderValue` lets bytes beyond ASCII pass, whose meaning is not agreed on.
    if text.is_ascii() { HeaderValue::from_str(text).ok() } else { None }
}

pub(super) fn has_outer_blanks(value: &str) -> bool {
    let is_blank = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t'));
    is_blank(value.as_bytes().first()) || is_blank(value.as_bytes().last())
}

/// Makes a value that no `Debug` shows and whose memory is cleared; none of a text that is empty or
/// has other than visible ASCII characters and inner spaces.
pub(super) fn secret_value(text: &[u8]) -> Option<HeaderValue> {
    secret_of(WipedBuffer::copy_of(text))
}

/// Like [`secret_value`], of a buffer that is not copied.
pub(super) fn secret_of(text: WipedBuffer) -> Option<HeaderValue> {
    let bytes = text.as_ref();
    let is_visible = bytes.iter().all(|byte| matches!(byte, b' '..=b'~'));
    if !is_visible || bytes.is_empty() || bytes.starts_with(b" ") || bytes.ends_with(b" ") {
        return None;
    }
    let mut value = HeaderValue::from_maybe_shared(text.into_bytes()).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// Adds a cookie; returns whether it can be sent.
pub(super) fn push_cookie(
    cookies: &mut Option<Zeroizing<String>>,
    name: &str,
    value: &str,
) -> bool {
    if HeaderName::from_bytes(name.as_bytes()).is_err() || !value.bytes().all(is_cookie_octet) {
        return false;
    }
    let cookies = cookies.get_or_insert_default();
    if !cookies.is_empty() {
        cookies.push_str("; ");
    }
    cookies.push_str(name);
    cookies.push('=');
    cookies.push_str(value);
    true
}

fn is_cookie_octet(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\",;\\".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::super::tests::get;
    use super::*;
    use crate::secret::Secret;

    fn error(add: impl FnOnce(&mut RequestBuilder)) -> RequestError {
        let mut request = get();
        add(&mut request);
        request.build().unwrap_err()
    }

    #[test]
    fn headers_are_set_once() {
        let mut request = get();
        request.header("X-Version", &1);
        request.header("x-version", &"2026-04");
        request.header("X-Comma", &"a,b");
        request.header_list("X-List", &vec!["a", "b c"]);
        request.header_list("X-None", &Vec::<String>::new());
        request.header("X-Absent", &None::<i32>);
        request.accept("application/json, text/plain");
        let request = request.build().unwrap();
        assert_eq!(request.headers()["x-version"], "2026-04");
        assert_eq!(request.headers()["x-comma"], "a,b");
        assert_eq!(request.headers()["x-list"], "a,b c");
        assert_eq!(request.headers()["accept"], "application/json, text/plain");
        assert!(!request.headers().contains_key("x-none"));
        assert!(!request.headers().contains_key("x-absent"));
    }

    #[test]
    fn json_in_a_header_is_ascii() {
        let mut request = get();
        request.header_json("X-A", Some(&["\u{e4}\n", "\u{1f600}"]));
        request.header_json("X-B", None::<&str>);
        let request = request.build().unwrap();
        assert_eq!(request.headers()["x-a"], r#"["\u00e4\n","\ud83d\ude00"]"#);
        assert!(!request.headers().contains_key("x-b"));
    }

    #[test]
    fn a_value_cannot_add_a_header() {
        let failed = RequestError::Header { name: "X-A".into() };
        for value in ["a\r\nX-B: b", "a\nb", "a\0", "\u{e4}", "\u{7f}", " a", "a\t"] {
            assert_eq!(error(|it| it.header("X-A", &value)), failed);
            assert_eq!(error(|it| it.header_list("X-A", &vec![value])), failed);
            assert_eq!(error(|it| it.header("X-A", &Secret::from(value))), failed);
        }
        for values in [vec!["a,b"], vec!["a,b", "c"]] {
            assert_eq!(error(|it| it.header_list("X-A", &values)), failed);
        }
        assert_eq!(error(|it| it.header("X-A", &vec!["a", "b,c"])), failed);
        assert_eq!(error(|it| it.header("X-A", &Secret::from(""))), failed);
        assert_eq!(
            error(|it| it.header("bad name", &"x")),
            RequestError::Header { name: "bad name".into() }
        );
        error(|it| it.accept("a\nb"));
    }

    #[test]
    fn secret_headers_are_sensitive() {
        let mut request = get();
        request.header("X-Key", &Some(Secret::from("hunter2")));
        request.header_list("X-Keys", &vec![Secret::from("hunter3"), "hunter4".into()]);
        let request = request.build().unwrap();
        assert_eq!(request.headers()["x-key"], "hunter2");
        assert_eq!(request.headers()["x-keys"], "hunter3,hunter4");
        assert!(request.headers()["x-key"].is_sensitive());
        assert!(!format!("{request:?}").contains("hunter"));
    }

    #[test]
    fn cookies_share_a_header() {
        let mut request = get();
        request.cookie("a", &1);
        request.cookie("none", &None::<i32>);
        request.cookie("B_c", &"x=y");
        let request = request.build().unwrap();
        assert_eq!(request.headers()["cookie"], "a=1; B_c=x=y");
        assert!(request.headers()["cookie"].is_sensitive());
        for value in ["a;b", "a b", "a,b", "\"", "\\", "\r\n", "\u{e4}"] {
            let failed = RequestError::Cookie { name: "a".into() };
            assert_eq!(error(|it| it.cookie("a", &value)), failed);
        }
        error(|it| it.cookie("a=b", &"c"));
    }
}
