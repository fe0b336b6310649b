//! Reads the requests that an API sends: webhooks, and the callbacks of operations.
//!
//! Nothing here listens: the server of the caller receives a request and passes it on, with its whole body. Whether
//! it comes from the API is for that server to find out first, usually by a signature over the bytes of the body.

mod error;
mod query;
mod tell;

use std::fmt;

use bytes::Bytes;
use http::{Method, Request};
use serde::de::DeserializeOwned;

pub use error::WebhookError;
pub use tell::{ToldBy, tell};

use crate::reply::{MediaType, ReadHeader, ResponseHeader, decode_json, decode_text};

/// The constant data of a webhook.
#[derive(Clone, Debug)]
pub struct WebhookInfo {
    /// Its name in the document; of a callback also the operation.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The declared media type of its body, if it has one.
    pub media_type: Option<&'static str>,
    /// What its requests have and those of other webhooks have not.
    pub told_by: &'static [ToldBy],
}

/// A webhook that a request can be read as. Generated crates implement it.
pub trait ReceivedWebhook: Sized {
    /// The data that is the same for all requests.
    const INFO: WebhookInfo;

    /// Reads the parameters and the body of a request whose method and media type are those of the webhook.
    fn read_parts(request: &WebhookRequest<'_>) -> Result<Self, WebhookError>;
}

/// Reads a request as one webhook. A request without a `Content-Type` has the declared one.
pub fn read<W: ReceivedWebhook>(request: &Request<Bytes>) -> Result<W, WebhookError> {
    let info = W::INFO;
    if *request.method() != info.method {
        return Err(WebhookError::Method { expected: info.method });
    }
    if let Some(expected) = info.media_type.filter(|it| !is_of(request, it)) {
        return Err(WebhookError::MediaType { expected });
    }
    W::read_parts(&WebhookRequest { request })
}

/// Returns whether the body of a request has a declared media type, or does not say which it has.
fn is_of(request: &Request<Bytes>, declared: &str) -> bool {
    let Some(received) = request.headers().get(http::header::CONTENT_TYPE) else { return true };
    let received = received.to_str().ok().and_then(MediaType::read);
    match (MediaType::read(declared), received) {
        (Some(declared), Some(received)) => declared.describes(&received),
        _ => false,
    }
}

/// A request of which method and media type are known to be those of a webhook.
#[derive(Clone, Copy)]
pub struct WebhookRequest<'a> {
    request: &'a Request<Bytes>,
}

impl WebhookRequest<'_> {
    /// Reads a header that can be absent.
    pub fn optional_header<T: ReadHeader>(
        &self,
        name: &'static str,
    ) -> Result<Option<T>, WebhookError> {
        if !self.request.headers().contains_key(name) {
            return Ok(None);
        }
        let value = ResponseHeader::new(name).read(self.request.headers());
        value.map(Some).ok_or(WebhookError::Header { name })
    }

    /// Reads a header.
    pub fn header<T: ReadHeader>(&self, name: &'static str) -> Result<T, WebhookError> {
        self.optional_header(name)?.ok_or(WebhookError::Header { name })
    }

    /// Reads a parameter of the query that can be absent. Of a list, each element has the name.
    pub fn optional_query<T: ReadHeader>(
        &self,
        name: &'static str,
    ) -> Result<Option<T>, WebhookError> {
        let values = query::values(self.request.uri().query().unwrap_or_default(), name);
        if values.is_empty() {
            return Ok(None);
        }
        let lines: Vec<&str> = values.iter().map(String::as_str).collect();
        T::read(&lines).map(Some).ok_or(WebhookError::Query { name })
    }

    /// Reads a parameter of the query.
    pub fn query<T: ReadHeader>(&self, name: &'static str) -> Result<T, WebhookError> {
        self.optional_query(name)?.ok_or(WebhookError::Query { name })
    }

    /// Returns whether the request has no body.
    pub fn is_empty(&self) -> bool {
        self.request.body().is_empty()
    }

    /// Reads the body as JSON.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, WebhookError> {
        decode_json(self.request.body()).map_err(WebhookError::Body)
    }

    /// Reads the body as text, which is UTF-8.
    pub fn text(&self) -> Result<String, WebhookError> {
        decode_text(self.request.body()).map(str::to_owned).map_err(WebhookError::Body)
    }

    /// Returns the body as it is.
    pub fn bytes(&self) -> Bytes {
        self.request.body().clone()
    }
}

/// Shows neither headers nor body.
impl fmt::Debug for WebhookRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookRequest").finish_non_exhaustive()
    }
}

/// A request that is no declared webhook, or that nothing tells which of several it is.
///
/// `Debug` shows its method alone.
#[derive(Clone)]
pub struct UnrecognizedWebhook(Box<Request<Bytes>>);

impl UnrecognizedWebhook {
    /// Keeps a request.
    pub fn new(request: &Request<Bytes>) -> Self {
        Self(Box::new(request.clone()))
    }

    /// Returns the request as it was received.
    pub fn request(&self) -> &Request<Bytes> {
        &self.0
    }

    /// Returns the request as it was received.
    pub fn into_request(self) -> Request<Bytes> {
        *self.0
    }
}

impl fmt::Debug for UnrecognizedWebhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let method = self.0.method();
        f.debug_struct("UnrecognizedWebhook").field("method", method).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
