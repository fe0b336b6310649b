//! Builds an `http::Request<Bytes>` from the parameters and the body of a call.

mod authorize;
mod body;
mod error;
mod field;
mod form;
mod header;
mod joined;
mod json_lines;
mod multipart;
mod object;
mod parameter;
mod path;
mod query;
mod target;
mod walk;

use std::fmt;
use std::mem;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, COOKIE, HeaderMap, HeaderValue, USER_AGENT};
use http::{Method, Request};
use zeroize::Zeroizing;

use crate::base_url::BaseUrl;
use crate::body::RequestBody;
use crate::client::ClientCore;
use crate::plain_http::{self, PlainHttp};
use crate::secret::exposed;
use crate::server::DeclaredServer;
use crate::token::NeedsToken;
use target::Target;

pub use authorize::Scheme;
pub use error::RequestError;
pub use field::{FieldEncoding, FieldStyle};
pub use json_lines::JsonLines;
pub use object::ObjectStyle;
pub use parameter::Parameter;
pub use path::PathStyle;
pub use query::ListStyle;

/// A builder of a request; create it with [`ClientCore::request`].
///
/// The methods that add parameters return nothing: [`build`](Self::build) returns the first error. `Debug`
/// shows no values.
pub struct RequestBuilder {
    core: ClientCore,
    method: Method,
    /// The server, if it is another than the client's.
    server: Option<Server>,
    target: Target,
    headers: HeaderMap,
    /// None costs less to drop than an empty one.
    cookies: Option<Zeroizing<String>>,
    body: RequestBody,
    /// Where `Authorization` comes from when the request is sent.
    token: Option<NeedsToken>,
    /// An idempotency key that the operation declares and the caller did not set.
    absent_key: Option<&'static str>,
    /// Whether it is known to be a credential as a whole, such as a token request.
    is_credential: bool,
    /// How many secrets were exposed before any came into the request.
    n_exposed: u64,
    /// The first error.
    error: Option<RequestError>,
}

/// A server that is not the client's.
enum Server {
    /// It is declared, so that tokens may go there.
    Declared(BaseUrl),
    Any(BaseUrl),
}

impl RequestBuilder {
    /// Starts a request to the client's server.
    pub(crate) fn new(core: &ClientCore, method: Method, path: &str) -> Self {
        let target = Target::new(core.base_url().prefix(), path, "");
        Self::of_target(core, method, None, target)
    }

    /// Starts a request to any server.
    pub(crate) fn to(core: &ClientCore, base: &BaseUrl, method: Method, path: &str) -> Self {
        let target = Target::new(base.prefix(), path, "");
        Self::of_target(core, method, Some(Server::Any(base.clone())), target)
    }

    /// Starts the request of an operation, at its own server if it has one. The path may have a query
    /// behind it.
    pub(crate) fn of_operation(
        core: &ClientCore,
        method: Method,
        path: &str,
        server: Option<DeclaredServer>,
    ) -> Self {
        let at = path.bytes().position(|byte| byte == b'?');
        let (path, query) = at.map_or((path, ""), |at| (&path[..at], &path[at + 1..]));
        let Some(declared) = server else {
            let target = Target::new(core.base_url().prefix(), path, query);
            return Self::of_target(core, method, None, target);
        };
        match core.operation_server(&declared) {
            Ok(base) => {
                let target = Target::new(base.prefix(), path, query);
                Self::of_target(core, method, Some(Server::Declared(base)), target)
            }
            Err(error) => {
                let target = Target::new("", path, query);
                let mut acc = Self::of_target(core, method, None, target);
                acc.fail(RequestError::Server { url: declared.url, error });
                acc
            }
        }
    }

    fn of_target(
        core: &ClientCore,
        method: Method,
        server: Option<Server>,
        target: Target,
    ) -> Self {
        Self {
            core: core.clone(),
            method,
            server,
            target,
            headers: HeaderMap::new(),
            cookies: None,
            body: RequestBody::default(),
            token: None,
            absent_key: None,
            is_credential: false,
            n_exposed: exposed::n_exposed(),
            error: None,
        }
    }

    /// Returns the server that the request goes to.
    pub(crate) fn base(&self) -> &BaseUrl {
        match &self.server {
            None => self.core.base_url(),
            Some(Server::Declared(base) | Server::Any(base)) => base,
        }
    }

    /// Returns the server to whose origin tokens may go.
    fn declared(&self) -> &BaseUrl {
        match &self.server {
            None | Some(Server::Any(_)) => self.core.base_url(),
            Some(Server::Declared(base)) => base,
        }
    }

    /// Builds the request, or returns the first error of what was added to it.
    ///
    /// A body that is a stream is an error ([`RequestError::Streamed`]); see
    /// [`build_streamed`](Self::build_streamed).
    ///
    /// The `Debug` of `http::Request` shows the URL and the body: do not log the result.
    pub fn build(mut self) -> Result<Request<Bytes>, RequestError> {
        self.finish_whole()
    }

    /// Like [`build`](Self::build), for a request whose body may be a stream.
    pub fn build_streamed(mut self) -> Result<Request<RequestBody>, RequestError> {
        self.finish()
    }

    /// Takes the request out of the builder.
    pub(crate) fn finish(&mut self) -> Result<Request<RequestBody>, RequestError> {
        self.finish_as(Ok)
    }

    /// Like [`finish`](Self::finish), for a request whose body is no stream.
    pub(crate) fn finish_whole(&mut self) -> Result<Request<Bytes>, RequestError> {
        self.finish_as(|body| body.into_bytes().ok_or(RequestError::Streamed))
    }

    fn finish_as<B>(
        &mut self,
        convert: impl FnOnce(RequestBody) -> Result<B, RequestError>,
    ) -> Result<Request<B>, RequestError> {
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        self.target.check()?;
        let target = self.target.take();
        let uri = self.base().uri(target).ok_or(RequestError::Url)?;
        if let Some(cookies) = self.cookies.take() {
            let cookies = header::secret_value(cookies.as_bytes());
            let cookies =
                cookies.ok_or_else(|| RequestError::Header { name: COOKIE.as_str().into() })?;
            self.headers.insert(COOKIE, cookies);
        }
        if !self.core.headers().is_empty() && self.base().origin() == self.declared().origin() {
            for (name, value) in self.core.headers() {
                exposed::note_header(name, value);
                self.headers.entry(name).or_insert_with(|| value.clone());
            }
        }
        if self.base().plain_reach().is_some() {
            let checked = self.plain_http().check(self.base(), self.has_credential());
            checked.map_err(RequestError::PlainHttp)?;
        }
        self.headers.entry(USER_AGENT).or_insert_with(|| self.core.user_agent().clone());
        // RFC 9110 section 8.6; some servers insist, and HTTP clients leave it out.
        if self.body.is_empty() && [Method::POST, Method::PUT, Method::PATCH].contains(&self.method)
        {
            self.headers.insert(CONTENT_LENGTH, HeaderValue::from(0));
        }
        let mut request = Request::new(convert(mem::take(&mut self.body))?);
        *request.method_mut() = mem::take(&mut self.method);
        *request.uri_mut() = uri;
        *request.headers_mut() = mem::take(&mut self.headers);
        if let Some(token) = self.token.take() {
            request.extensions_mut().insert(token);
        }
        Ok(request)
    }

    /// Says that the request is a credential, whatever is in it.
    pub(crate) fn mark_as_credential(&mut self) {
        self.is_credential = true;
    }

    /// Returns whether something in the request is a credential, or was one on its way into it. A secret
    /// that somebody else exposed meanwhile counts as well.
    fn has_credential(&self) -> bool {
        self.is_credential
            || self.token.is_some()
            || self.headers.iter().any(plain_http::is_credential)
            || self.n_exposed != exposed::n_exposed()
    }

    /// Returns what the client allows over plain http.
    pub(crate) fn plain_http(&self) -> PlainHttp {
        self.core.plain_http()
    }

    fn fail(&mut self, error: RequestError) {
        self.error.get_or_insert(error);
    }

    /// Sets a header to a text of the document, which is not copied.
    fn insert_static(&mut self, name: http::HeaderName, value: &'static str) {
        self.insert_value(
            name,
            HeaderValue::from_maybe_shared(Bytes::from_static(value.as_bytes())),
        );
    }

    fn insert_value<E>(&mut self, name: http::HeaderName, value: Result<HeaderValue, E>) {
        match value {
            Ok(value) => {
                self.headers.insert(name, value);
            }
            Err(_) => self.fail(RequestError::Header { name: name.as_str().into() }),
        }
    }
}

impl fmt::Debug for RequestBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBuilder")
            .field("method", &self.method)
            .field("base_url", self.base())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::client::tests::core;

    /// Starts `GET https://example.com/v1/pets`.
    pub(crate) fn get() -> RequestBuilder {
        core(&[]).request(Method::GET, "/pets")
    }

    #[test]
    fn base_path_and_user_agent() {
        let request = get().build().unwrap();
        assert_eq!(request.method(), Method::GET);
        assert_eq!(request.uri(), "https://example.com/v1/pets");
        assert_eq!(request.headers()[USER_AGENT], "test/1");
        assert_eq!(request.headers().len(), 1);
        assert!(request.body().is_empty());
        let other = BaseUrl::parse("https://other.example").unwrap();
        let request = core(&[]).request_to(&other, Method::PUT, "/a%2Fb").build().unwrap();
        assert_eq!((request.method(), request.uri().path()), (&Method::PUT, "/a%2Fb"));
        assert_eq!(request.uri(), "https://other.example/a%2Fb");
    }

    #[test]
    fn the_first_error_is_kept() {
        let mut request = get();
        request.query("a", &1);
        request.header("X-A", &"\n");
        request.cookie("b", &";");
        let error = request.build().unwrap_err();
        assert_eq!(error, RequestError::Header { name: "X-A".into() });
    }

    #[test]
    fn a_path_cannot_leave_its_place() {
        for path in ["", "pets", "/pets?x=1", "/pets#x", "/a/../b", "/%2e%2E", "/a b", "/\u{7f}"] {
            let result = core(&[]).request(Method::GET, path).build();
            assert_eq!(result.unwrap_err(), RequestError::Url, "{path}");
        }
    }
}
