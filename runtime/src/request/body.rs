//! Encodes a request body in its media type, in memory that is zeroed when it is dropped.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use serde::Serialize;

use super::{FieldEncoding, RequestBuilder, RequestError, form};
use crate::body::RequestBody;
use crate::media_body::MediaBody;
use crate::wipe::WipedBuffer;

/// Most objects fit, so that few buffers grow, of which each leaves memory to be zeroed.
const JSON_CAPACITY: usize = 1024;

impl RequestBuilder {
    /// Sets the body to JSON.
    pub fn json(&mut self, value: &(impl Serialize + ?Sized)) {
        if let Some(body) = self.written("application/json", value) {
            self.insert_static(CONTENT_TYPE, "application/json");
            self.body = body.into_bytes().into();
        }
    }

    /// Sets the body to JSON with another media type, such as `application/merge-patch+json`.
    pub fn json_as(&mut self, media_type: &str, value: &(impl Serialize + ?Sized)) {
        if let Some(body) = self.written(media_type, value) {
            self.set_body(media_type, body.into_bytes());
        }
    }

    /// Writes JSON; a value that has none is the request's error.
    fn written<T: Serialize + ?Sized>(
        &mut self,
        media_type: &str,
        value: &T,
    ) -> Option<WipedBuffer> {
        let mut buffer = WipedBuffer::with_capacity(JSON_CAPACITY);
        let written = serde_json::to_writer(&mut buffer, value);
        if written.is_err() {
            // The message of the error is dropped: it may quote a value.
            self.fail(RequestError::Body { media_type: media_type.into() });
            return None;
        }
        Some(buffer)
    }

    /// Sets the body to a form: an object, such as a struct or map.
    ///
    /// Pairs are encoded according to the WHATWG URL standard (a space is `+`). Absent options are
    /// omitted; a list of scalars repeats its name. What is nested is written with brackets:
    /// `card[number]=1&items[0][id]=2`.
    pub fn form(&mut self, value: &(impl Serialize + ?Sized)) {
        self.form_as(form::MEDIA_TYPE, value, &[]);
    }

    /// Like [`form`](Self::form), with the parameters of the media type and how the document says that some
    /// properties are written.
    pub fn form_as(
        &mut self,
        media_type: &str,
        value: &(impl Serialize + ?Sized),
        fields: &[FieldEncoding],
    ) {
        match form::encode(value, fields) {
            Ok(body) => self.set_body(media_type, body.into_bytes()),
            Err(error) => self.fail(error),
        }
    }

    /// Sets the body to text.
    pub fn text(&mut self, media_type: &str, text: &str) {
        self.set_body(media_type, WipedBuffer::copy_of(text.as_bytes()).into_bytes());
    }

    /// Sets the body to bytes, without copying them.
    pub fn bytes(&mut self, media_type: &str, bytes: &Bytes) {
        self.set_body(media_type, bytes.clone());
    }

    /// Sets the body to bytes or a stream of them, without copying them.
    pub fn body(&mut self, media_type: &str, body: &RequestBody) {
        self.set_body(media_type, body.clone());
    }

    /// Sets the body to bytes of a media type that the caller names. A range such as `image/*` is no type, and
    /// an error.
    pub fn media(&mut self, body: &MediaBody) {
        if body.media_type().contains('*') {
            return self.fail(RequestError::Body { media_type: body.media_type().into() });
        }
        self.body(body.media_type(), body.content());
    }

    pub(super) fn set_body(&mut self, media_type: &str, body: impl Into<RequestBody>) {
        self.insert_value(CONTENT_TYPE, HeaderValue::from_str(media_type));
        self.body = body.into();
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::get;
    use super::*;

    fn sent(set: impl FnOnce(&mut RequestBuilder)) -> (String, Bytes) {
        let mut request = get();
        set(&mut request);
        let request = request.build().unwrap();
        (request.headers()["content-type"].to_str().unwrap().to_owned(), request.into_body())
    }

    #[test]
    fn each_kind_of_body() {
        let body = sent(|request| request.json(&[1, 2]));
        assert_eq!(body, ("application/json".into(), "[1,2]".into()));
        let body = sent(|request| request.json_as("application/x+json", "a"));
        assert_eq!(body, ("application/x+json".into(), "\"a\"".into()));
        let body = sent(|request| request.form(&Pair { a: "b c" }));
        assert_eq!(body, ("application/x-www-form-urlencoded".into(), "a=b+c".into()));
        let body = sent(|request| request.text("text/plain", "x"));
        assert_eq!(body, ("text/plain".into(), "x".into()));
        let body = sent(|request| request.bytes("image/png", &Bytes::from_static(b"\x89")));
        assert_eq!(body, ("image/png".into(), Bytes::from_static(b"\x89")));
    }

    #[derive(Serialize)]
    struct Pair {
        a: &'static str,
    }

    #[test]
    fn failures_do_not_quote() {
        struct Loud;
        impl Serialize for Loud {
            fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
                Err(serde::ser::Error::custom("hunter2"))
            }
        }
        let mut request = get();
        request.json(&Loud);
        let error = request.build().unwrap_err();
        assert_eq!(error, RequestError::Body { media_type: "application/json".into() });
        let mut request = get();
        request.form(&Loud);
        let error = request.build().unwrap_err();
        assert_eq!(error, RequestError::Body { media_type: form::MEDIA_TYPE.into() });
        let mut request = get();
        request.text("text/plain\n", "x");
        assert_eq!(
            request.build().unwrap_err(),
            RequestError::Header { name: "content-type".into() }
        );
    }
}
