//! Decodes a body, with errors that have place and reason but do not quote the body.
//!
//! Messages of `serde_json` quote the wrong value (``invalid type: string "…"``), which may be a secret.
//! Only the parts that come from the program, not from the response, are kept.

use std::error::Error;
use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::whole_numbers::without_fractions;

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
    /// It is JSON of another shape than declared.
    Data,
    /// It is not UTF-8.
    Utf8,
    /// Its charset is not one that text is decoded from; see [`Text`](crate::Text).
    Charset,
    /// No body is declared for its status.
    Status,
    /// No body is declared for its media type.
    MediaType,
    /// The next page of its list is named by what is no value of the parameter.
    NextPage,
}

impl DecodeError {
    pub(super) fn of_status() -> Self {
        Self::of(DecodeErrorKind::Status)
    }

    pub(super) fn of_media_type() -> Self {
        Self::of(DecodeErrorKind::MediaType)
    }

    pub(super) fn of_charset() -> Self {
        Self::of(DecodeErrorKind::Charset)
    }

    pub(crate) fn of_next_page() -> Self {
        Self::of(DecodeErrorKind::NextPage)
    }

    fn of(kind: DecodeErrorKind) -> Self {
        Self { kind, line: 0, column: 0, detail: None }
    }

    /// The error of a text that may be cut.
    pub(crate) fn of_end() -> Self {
        Self { kind: DecodeErrorKind::Eof, ..Self::of_status() }
    }

    /// Returns what is wrong.
    pub fn kind(&self) -> DecodeErrorKind {
        self.kind
    }

    /// Returns the line, starting at 1, or 0 if there is none.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Returns the column in bytes, starting at 1, or 0 if there is none.
    pub fn column(&self) -> usize {
        self.column
    }

    /// Returns the details, for example ``missing field `id` ``.
    pub fn detail(&self) -> Option<&str> {
        self.detail.as_deref()
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            DecodeErrorKind::Syntax => "not JSON",
            DecodeErrorKind::Eof => "ends too early",
            DecodeErrorKind::Data => "not the declared JSON",
            DecodeErrorKind::Utf8 => "not UTF-8",
            DecodeErrorKind::Charset => "of a charset that is not decoded",
            DecodeErrorKind::Status => "of a status without a declared body",
            DecodeErrorKind::MediaType => "of a media type without a declared body",
            DecodeErrorKind::NextPage => "a page whose next one has no name that can be sent",
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
pub(crate) fn json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DecodeError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // Not `from_slice`: it lets other encodings pass in values that are skipped (RFC 8259 section 8.1).
    let text = text(bytes)?;
    serde_json::from_str(text).or_else(|error| {
        // The error is that of what was received.
        let again = (error.classify() == Category::Data).then(|| without_fractions(text)).flatten();
        again.and_then(|it| serde_json::from_str(&it).ok()).ok_or_else(|| DecodeError::from(&error))
    })
}

pub(crate) fn text(bytes: &[u8]) -> Result<&str, DecodeError> {
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

/// The beginnings of serde's descriptions of a found value, longer before shorter.
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
mod tests;
