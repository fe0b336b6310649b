//! A file that is sent as a part of a multipart body.

use std::cell::Cell;
use std::fmt;

use bytes::Bytes;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Error as _, Serialize, Serializer};

use crate::body::RequestBody;

/// A file in a `multipart` body: its content, with an optional name and media type.
///
/// The content is bytes, or a [`RequestBody`] that is a stream, which is never in memory as a whole. Nothing is read from a file system: the caller has the content. `Debug` does not show it.
///
/// ```
/// use tamarack_runtime::FilePart;
///
/// let picture = FilePart::new(&b"\x89PNG"[..]).file_name("cat.png").content_type("image/png");
/// assert_eq!(picture.content().len(), Some(4));
/// ```
///
/// JSON and forms have no files: there, it is a text, and a file that is not UTF-8 is an error.
#[derive(Clone)]
pub struct FilePart {
    content: RequestBody,
    file_name: Option<String>,
    content_type: Option<String>,
    headers: Vec<(String, String)>,
}

impl FilePart {
    /// Creates a file without a name.
    pub fn new(content: impl Into<RequestBody>) -> Self {
        Self { content: content.into(), file_name: None, content_type: None, headers: Vec::new() }
    }

    /// Sets the file name. In `multipart/form-data`, a file without one is sent under the name of its
    /// property, since servers tell files from texts by the file name.
    pub fn file_name(mut self, file_name: impl Into<String>) -> Self {
        self.file_name = Some(file_name.into());
        self
    }

    /// Sets the media type. The default is the one that the document declares for the part, or else
    /// `application/octet-stream`.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Adds a header to the part.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Returns the content.
    pub fn content(&self) -> &RequestBody {
        &self.content
    }

    pub(crate) fn name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    pub(crate) fn media_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    pub(crate) fn headers(&self) -> &[(String, String)] {
        &self.headers
    }
}

/// What is as good as the content of a file.
macro_rules! from_content {
    ($($ty:ty),*) => {$(
        impl From<$ty> for FilePart {
            fn from(content: $ty) -> Self {
                Self::new(content)
            }
        }
    )*};
}

from_content!(RequestBody, Bytes, Vec<u8>, String, &'static [u8], &'static str);

impl<const N: usize> From<&'static [u8; N]> for FilePart {
    fn from(content: &'static [u8; N]) -> Self {
        Self::new(Bytes::from_static(content))
    }
}

/// Shows the size of the content only, since it may be a secret.
impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilePart")
            .field("len", &self.content.len())
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}

/// The name of the newtype by which the serializer of multipart bodies recognises a file.
pub(crate) const NEWTYPE: &str = "$tamarack::FilePart";

thread_local! {
    /// The file that is being written. Serde's data model has bytes, but not their owner, so a serializer
    /// that knows the newtype takes the file from here: the content is then not copied.
    static WRITTEN: Cell<Option<FilePart>> = const { Cell::new(None) };
}

/// Takes the file that is being written, when the serializer was given the [`NEWTYPE`].
pub(crate) fn take_written() -> Option<FilePart> {
    WRITTEN.take()
}

impl Serialize for FilePart {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        WRITTEN.set(Some(self.clone()));
        let written = serializer.serialize_newtype_struct(NEWTYPE, &AsText(&self.content));
        WRITTEN.take();
        written
    }
}

/// The content, for serializers that know no files.
struct AsText<'a>(&'a RequestBody);

impl Serialize for AsText<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes = self.0.to_bytes();
        match bytes.as_deref().map(std::str::from_utf8) {
            Some(Ok(text)) => serializer.serialize_str(text),
            Some(Err(_)) | None => Err(S::Error::custom("the content of a file is not a text")),
        }
    }
}

impl<'de> Deserialize<'de> for FilePart {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_content() {
        let part = FilePart::from("hunter2").file_name("a.txt").header("x-key", "hunter2");
        let shown = format!("{part:?} {part:#?}");
        assert!(!shown.contains("hunter2") && shown.contains("len: Some(7)"), "{shown}");
    }

    #[test]
    fn in_json_it_is_a_text() {
        let json = serde_json::to_string(&[FilePart::from("a\"")]).unwrap();
        assert_eq!(json, r#"["a\""]"#);
        let part: FilePart = serde_json::from_str("\"\u{e4}\"").unwrap();
        assert_eq!(part.content().to_bytes().unwrap(), "\u{e4}".as_bytes());
        assert!(serde_json::to_string(&FilePart::from(b"\xff")).is_err());
        assert!(take_written().is_none(), "nothing is kept");
    }
}
