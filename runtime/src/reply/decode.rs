//! Turns the bytes of a body into a value, or an error that says where and why without quoting it.
//!
//! `serde_json`'s own messages quote the offending value (``invalid type: string "…"``), which may be a
//! secret. What is taken over from them is text that stands in a program, not in the reply.

use std::error::Error;
use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::error::Category;

/// Why a body could not be decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    kind: DecodeErrorKind,
    line: usize,
    column: usize,
    detail: Option<Box<str>>,
}

/// What is wrong with a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// It is not JSON.
    Syntax,
    /// It ends too early, or is empty.
    Eof,
    /// It is JSON of another shape than described.
    Data,
    /// It is not UTF-8.
    Utf8,
}

impl DecodeError {
    /// Returns what is wrong.
    pub fn kind(&self) -> DecodeErrorKind {
        self.kind
    }

    /// Returns the line, from 1; 0 if there is no place.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Returns the column in bytes, from 1; 0 if there is no place.
    pub fn column(&self) -> usize {
        self.column
    }

    /// Returns what is known beyond kind and place, for example ``missing field `id` ``.
    pub fn detail(&self) -> Option<&str> {
        self.detail.as_deref()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            DecodeErrorKind::Syntax => "not JSON",
            DecodeErrorKind::Eof => "ends too early",
            DecodeErrorKind::Data => "not the JSON that is described",
            DecodeErrorKind::Utf8 => "not UTF-8",
        })?;
        if let Some(detail) = &self.detail {
            write!(f, ": {detail}")?;
        }
        if self.line > 0 {
            write!(f, " at line {} column {}", self.line, self.column)?;
        }
        Ok(())
    }
}

impl Error for DecodeError {}

impl From<&serde_json::Error> for DecodeError {
    fn from(error: &serde_json::Error) -> Self {
        let kind = match error.classify() {
            Category::Eof | Category::Io => DecodeErrorKind::Eof,
            Category::Syntax => DecodeErrorKind::Syntax,
            Category::Data => DecodeErrorKind::Data,
        };
        let message = error.to_string();
        // The last one: a quoted value may hold the same words.
        let message = message.rfind(" at line ").map_or(&*message, |end| &message[..end]);
        let detail = match kind {
            // `serde_json` composes these from its own list of texts.
            DecodeErrorKind::Syntax | DecodeErrorKind::Eof => Some(message.into()),
            _ => safe_detail(message),
        };
        Self { kind, line: error.line(), column: error.column(), detail }
    }
}

/// Decodes JSON after an optional byte order mark; nothing but white space may follow it.
pub(super) fn json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DecodeError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // Not `from_slice`: it lets other encodings pass in values that are skipped (RFC 8259 section 8.1).
    serde_json::from_str(text(bytes)?).map_err(|error| DecodeError::from(&error))
}

pub(super) fn text(bytes: &[u8]) -> Result<&str, DecodeError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let valid = &bytes[..error.valid_up_to()];
        let last_line = valid.rsplit(|&byte| byte == b'\n').next().unwrap_or_default();
        DecodeError {
            kind: DecodeErrorKind::Utf8,
            line: valid.split(|&byte| byte == b'\n').count(),
            column: 1 + last_line.len(),
            detail: None,
        }
    })
}

fn safe_detail(message: &str) -> Option<Box<str>> {
    for prefix in ["missing field `", "duplicate field `"] {
        if let Some(name) = message.strip_prefix(prefix) {
            // Serde takes these names from the program; a custom message could only look like one.
            let name = name.strip_suffix('`')?;
            return is_plain(name).then(|| message.into());
        }
    }
    let (what, rest) = ["invalid type: ", "invalid value: "]
        .into_iter()
        .find_map(|prefix| Some((prefix, message.strip_prefix(prefix)?)))?;
    let received = KIND_WORDS.iter().find(|word| rest.starts_with(**word))?;
    // The last one, since the quoted value may hold the same words; what a program expects is text of
    // the program.
    let (_, expected) = rest.rsplit_once(", expected ")?;
    let expected = if is_plain(expected) { expected } else { "something else" };
    Some(format!("{what}{received}, expected {expected}").into())
}

/// How serde begins the description of what it met, longer before shorter.
const KIND_WORDS: &[&str] = &[
    "boolean",
    "integer",
    "floating point",
    "character",
    "string",
    "byte array",
    "unit value",
    "null",
    "Option value",
    "newtype struct",
    "sequence",
    "map",
    "enum",
    "unit variant",
    "newtype variant",
    "tuple variant",
    "struct variant",
    "number",
];

/// Whether a text is short and has the characters of a name or a type, not those of arbitrary data.
fn is_plain(text: &str) -> bool {
    (1..=80).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b" _-.:$@/<>()[]".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only decoding matters")]
    struct Shape {
        #[serde(rename = "expires-in")]
        expires_in: i64,
        #[serde(default)]
        note: Option<u8>,
    }

    fn error(body: &str) -> DecodeError {
        json::<Shape>(body.as_bytes()).unwrap_err()
    }

    #[test]
    fn details_name_fields_and_kinds() {
        let cases = [
            ("{}", "missing field `expires-in`"),
            (r#"{"expires-in":1,"expires-in":2}"#, "duplicate field `expires-in`"),
            (r#"{"expires-in":"hunter2"}"#, "invalid type: string, expected i64"),
            (r#"{"expires-in":1.5}"#, "invalid type: floating point, expected i64"),
            (r#"{"expires-in":true}"#, "invalid type: boolean, expected i64"),
            (r#"{"expires-in":null}"#, "invalid type: null, expected i64"),
            (r#"{"expires-in":[1]}"#, "invalid type: sequence, expected i64"),
            (r#"{"expires-in":{}}"#, "invalid type: map, expected i64"),
            (r#"{"expires-in":1,"note":731}"#, "invalid value: integer, expected u8"),
            (r#""hunter2""#, "invalid type: string, expected struct Shape"),
        ];
        for (body, detail) in cases {
            let error = error(body);
            assert_eq!((error.kind(), error.detail()), (DecodeErrorKind::Data, Some(detail)));
        }
        let place = error("{\n \"expires-in\": \"x\"}");
        assert_eq!((place.line(), place.column()), (2, 18));
        let shown = "not the JSON that is described: invalid type: string, expected i64";
        assert_eq!(place.to_string(), format!("{shown} at line 2 column 18"));
    }

    #[test]
    fn hostile_values_are_not_quoted() {
        let values = [
            "HUNTER, expected HUNTER",
            "HUNTER`, expected `HUNTER",
            "`HUNTER` at line 9 column 9",
            "missing field `HUNTER`",
            "\\\", expected HUNTER",
            "\\n, expected HUNTER at line 1",
        ];
        for value in values {
            let error = error(&format!(r#"{{"expires-in":"{value}"}}"#));
            assert_eq!(error.detail(), Some("invalid type: string, expected i64"), "{value}");
            assert!(!format!("{error:?} {error}").contains("HUNTER"), "{error:?}");
        }
    }

    #[test]
    fn custom_messages_are_dropped() {
        #[derive(Debug)]
        struct Custom;
        impl<'de> Deserialize<'de> for Custom {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Err(serde::de::Error::custom(String::deserialize(deserializer)?))
            }
        }
        #[derive(Debug, Deserialize)]
        enum Closed {
            #[serde(rename = "a")]
            A,
        }
        for value in [
            "HUNTER",
            "missing field `HUNTER` x",
            "missing field `a` `HUNTER`",
            "missing field `HUNTER=`",
            "invalid type: string, expected \\\"HUNTER\\\"",
            "invalid type: HUNTER, expected i64",
        ] {
            let error = json::<Custom>(format!("\"{value}\"").as_bytes()).unwrap_err();
            assert_eq!(error.kind(), DecodeErrorKind::Data);
            assert!(!format!("{error:?} {error}").contains("HUNTER"), "{error:?}");
        }
        let error = json::<Closed>(br#""HUNTER`, expected `HUNTER""#).unwrap_err();
        assert_eq!(error.detail(), None);
    }

    #[test]
    fn syntax() {
        let cases = [
            ("", DecodeErrorKind::Eof),
            ("{", DecodeErrorKind::Eof),
            (r#"{"expires-in":1} x"#, DecodeErrorKind::Syntax),
            (r#"{"expires-in":1}{}"#, DecodeErrorKind::Syntax),
            ("<html>hunter2</html>", DecodeErrorKind::Syntax),
            (r#"{"expires-in":1,}"#, DecodeErrorKind::Syntax),
            ("{\"x\":\"\u{1}hunter2\"}", DecodeErrorKind::Syntax),
        ];
        for (body, kind) in cases {
            let error = error(body);
            assert_eq!(error.kind(), kind, "{body}");
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
        assert_eq!(json::<()>(b"<").unwrap_err().detail(), Some("expected value"));
    }

    #[test]
    fn a_deep_body_is_an_error_not_a_crash() {
        let bomb = "[".repeat(100_000);
        let error = json::<serde_json::Value>(bomb.as_bytes()).unwrap_err();
        assert_eq!(error.detail(), Some("recursion limit exceeded"));
        assert_eq!(json::<serde::de::IgnoredAny>(bomb.as_bytes()).unwrap_err().line(), 1);
    }

    #[test]
    fn encodings() {
        assert_eq!(json::<u8>(b"\xef\xbb\xbf7").unwrap(), 7);
        assert_eq!(
            json::<u8>(b"\xef\xbb\xbf\xef\xbb\xbf7").unwrap_err().kind(),
            DecodeErrorKind::Syntax
        );
        let error = json::<serde::de::IgnoredAny>(b"{\n\"a\":\"\xff\"}").unwrap_err();
        assert_eq!((error.kind(), error.line(), error.column()), (DecodeErrorKind::Utf8, 2, 6));
        assert_eq!(error.to_string(), "not UTF-8 at line 2 column 6");
        let utf16 = b"\xff\xfe{\0}\0";
        assert_eq!(json::<serde::de::IgnoredAny>(utf16).unwrap_err().kind(), DecodeErrorKind::Utf8);
    }
}
