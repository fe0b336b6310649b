//! A request body with a media type that the caller names.

use std::fmt;

use crate::body::RequestBody;

/// Bytes, or a stream of them, with their media type, where the document declares a range such as `image/*`: a request has a type
/// (RFC 9110 section 8.3), never a range. `Debug` does not show the bytes.
///
/// ```
/// use tamarack_runtime::MediaBody;
///
/// let picture = MediaBody::new("image/png", &b"\x89PNG"[..]);
/// assert_eq!(picture.media_type(), "image/png");
/// ```
#[derive(Clone)]
pub struct MediaBody {
    media_type: String,
    content: RequestBody,
}

impl MediaBody {
    /// Creates a body of a media type.
    pub fn new(media_type: impl Into<String>, content: impl Into<RequestBody>) -> Self {
        Self { media_type: media_type.into(), content: content.into() }
    }

    /// Returns the media type.
    pub fn media_type(&self) -> &str {
        &self.media_type
    }

    /// Returns the content.
    pub fn content(&self) -> &RequestBody {
        &self.content
    }
}

/// Shows no bytes, since they may be a secret.
impl fmt::Debug for MediaBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MediaBody")
            .field("media_type", &self.media_type)
            .field("len", &self.content.len())
            .finish()
    }
}
