//! Encodes an object as a multipart body (RFC 7578, RFC 2046).

mod part;

use http::header::{HeaderName, HeaderValue};
use serde::Serialize;
use std::hash::{BuildHasher, RandomState};

use super::field::FieldEncoding;
use super::walk::walk;
use super::{RequestBuilder, RequestError};
use crate::body::RequestBody;
use part::{Part, Parts};

impl RequestBuilder {
    /// Sets the body to a multipart body with a part for each property of an object.
    ///
    /// A scalar is a text, an object is JSON, a [`FilePart`](crate::FilePart) is a file with a file name and a
    /// media type; a list has a part for each of its elements, and what is absent has none. `fields` says what
    /// the document declares otherwise.
    pub fn multipart(
        &mut self,
        media_type: &str,
        value: &(impl Serialize + ?Sized),
        fields: &[FieldEncoding],
    ) {
        let parts = match parts(media_type, value, fields) {
            Ok(parts) => parts,
            Err(error) => return self.fail(error),
        };
        let boundary = boundary();
        let media_type = with_boundary(media_type, &boundary, &parts);
        self.set_body(&media_type, RequestBody::concat(segments(parts, &boundary)));
    }
}

fn parts(
    media_type: &str,
    value: &(impl Serialize + ?Sized),
    fields: &[FieldEncoding],
) -> Result<Vec<Part>, RequestError> {
    let mut parts = Vec::new();
    walk(value, Parts { parts: &mut parts, fields }).map_err(|error| match error.field {
        Some(name) => RequestError::FormField { name },
        None => RequestError::Body { media_type: media_type.into() },
    })?;
    let is_form = essence(media_type).eq_ignore_ascii_case("multipart/form-data");
    for part in &mut parts {
        if is_form && part.is_file && part.file_name.is_none() {
            part.file_name = Some(part.name.clone());
        }
        part.check()?;
    }
    Ok(parts)
}

/// Returns a boundary that no content has but by intent: 128 random bits.
fn boundary() -> String {
    // The keys of the standard library's hash maps are random.
    let [high, low] = [(); 2].map(|()| RandomState::new().hash_one(0));
    format!("tamarack-{high:016x}{low:016x}")
}

fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// Returns the media type with the boundary as its only one, and for `multipart/related` the type of the
/// first part (RFC 2387 section 3.1).
fn with_boundary(media_type: &str, boundary: &str, parts: &[Part]) -> String {
    let mut acc = essence(media_type).to_owned();
    let parameters = media_type.split(';').skip(1).map(str::trim);
    let is_own = |it: &&str| !it.is_empty() && !it.to_ascii_lowercase().starts_with("boundary");
    for parameter in parameters.filter(is_own) {
        acc.push_str("; ");
        acc.push_str(parameter);
    }
    let is_related = acc.to_ascii_lowercase().starts_with("multipart/related");
    let root = parts.first().and_then(|it| it.content_type.as_deref());
    if let Some(root) = root.filter(|_| is_related && !acc.contains("type=")) {
        acc.extend(["; type=\"", root, "\""]);
    }
    acc.push_str("; boundary=");
    acc.push_str(boundary);
    acc
}

/// Returns the pieces of the body, the contents of files as they are.
fn segments(parts: Vec<Part>, boundary: &str) -> Vec<RequestBody> {
    let mut acc = Vec::new();
    for part in parts {
        let head = format!("--{boundary}\r\n{}\r\n", part.head());
        acc.extend([RequestBody::from(head), part.content, RequestBody::from("\r\n")]);
    }
    acc.push(RequestBody::from(format!("--{boundary}--\r\n")));
    acc
}

/// Returns whether a part can be sent with a header.
fn is_header(name: &str, value: &str) -> bool {
    HeaderName::try_from(name).is_ok() && HeaderValue::try_from(value).is_ok()
}

#[cfg(test)]
mod tests;
