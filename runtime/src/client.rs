//! The core of every generated client: base URL, transport, limits and credentials.

mod build_error;
mod builder;
mod credential;
mod fetch;
mod held;
mod servers;
mod streams;

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::header::USER_AGENT;
use http::{HeaderMap, HeaderValue, Method, Request, Response, Uri};

use crate::base_url::{BaseUrl, BaseUrlError};
use crate::body::{RequestBody, ResponseBody};
use crate::call::Hooks;
use crate::plain_http::PlainHttp;
use crate::reply::{RawReply, Reads, Reply};
use crate::request::RequestBuilder;
use crate::retry::Retries;
use crate::server::DeclaredServer;
use crate::token::NeedsToken;
use crate::transport::{
    BoxFuture, Limits, Transport, TransportError, TransportErrorKind, check_head,
};

pub(crate) use held::Held;
use servers::Servers;

pub use build_error::BuildError;
pub use builder::ClientBuilder;
pub use credential::{Credential, SchemeGrant};
pub use fetch::FetchError;

/// The core of a client. Clones are cheap and share connections.
#[derive(Clone)]
pub struct ClientCore(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    base_url: BaseUrl,
    transport: Arc<dyn Transport>,
    limits: Limits,
    user_agent: HeaderValue,
    /// Sent with each request to the API.
    headers: Arc<HeaderMap>,
    credentials: Arc<[Held]>,
    servers: Arc<Servers>,
    plain_http: PlainHttp,
    retries: Arc<Retries>,
    hooks: Hooks,
}

impl ClientCore {
    /// Returns the base URL.
    pub fn base_url(&self) -> &BaseUrl {
        &self.0.base_url
    }

    /// Returns the limits of each request.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// Returns a client with other limits that shares the connections of this one.
    pub fn with_limits(&self, limits: Limits) -> Self {
        Self(Arc::new(Inner { limits, ..(*self.0).clone() }))
    }

    /// Returns a client with another base URL that shares the connections of this one, and its credentials: they are sent
    /// to that server.
    pub fn with_base_url(&self, base_url: BaseUrl) -> Self {
        let servers = Arc::new(self.0.servers.for_another_base());
        Self(Arc::new(Inner { base_url, servers, ..(*self.0).clone() }))
    }

    /// Returns a client that sends over another transport.
    pub(crate) fn with_transport(&self, transport: Arc<dyn Transport>) -> Self {
        Self(Arc::new(Inner { transport, ..(*self.0).clone() }))
    }

    /// Returns a client with the same connections and nothing to prove who it is.
    pub(crate) fn without_credentials(&self) -> Self {
        let (credentials, headers) = (Arc::default(), Arc::default());
        Self(Arc::new(Inner { headers, credentials, ..(*self.0).clone() }))
    }

    pub(crate) fn retries(&self) -> &Retries {
        &self.0.retries
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.0.transport
    }

    /// Returns the credential for a security scheme.
    pub fn credential(&self, scheme: &str) -> Option<&Credential> {
        self.held(scheme).map(|held| &held.credential)
    }

    /// Returns the credential for a security scheme, with what was made of it.
    pub(crate) fn held(&self, scheme: &str) -> Option<&Held> {
        self.0.credentials.iter().find(|held| held.scheme == scheme)
    }

    /// Returns where requests to a server of some operations go: what
    /// [`ClientBuilder::server`] was given for it, else its own URL.
    pub fn server(&self, server: &DeclaredServer) -> Result<BaseUrl, BaseUrlError> {
        self.0.servers.of(server, self.base_url(), false)
    }

    /// Like [`server`](Self::server), of an operation: the URL is made once.
    pub(crate) fn operation_server(
        &self,
        server: &DeclaredServer,
    ) -> Result<BaseUrl, BaseUrlError> {
        self.0.servers.of(server, self.base_url(), true)
    }

    /// Starts a request. The path begins with `/`, is percent-encoded and has no query;
    /// [`RequestBuilder::path`] fills each `{name}` in it.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        RequestBuilder::new(self, method, path)
    }

    /// Starts a request to any server. For one that a document declares, set
    /// [`Operation::SERVER`](crate::Operation::SERVER).
    ///
    /// The credentials of the request are sent to that server, except tokens of a
    /// [`Credential::Provider`], which are only sent to the base URL and to servers that are declared.
    pub fn request_to(&self, base: &BaseUrl, method: Method, path: &str) -> RequestBuilder {
        RequestBuilder::to(self, base, method, path)
    }

    /// Sends a request once and returns the complete response, whatever its status. Only a
    /// [`Call`](crate::Call) is retried.
    ///
    /// If the request needs a token of a [`Credential::Provider`], it is added here. If the API rejects
    /// that token, the request is sent once more with another one.
    pub async fn send(&self, request: Request<Bytes>) -> Result<RawReply, TransportError> {
        self.exchange(request.map(RequestBody::from), Reads::Whole).await
    }

    /// Sends a request whose body may be a stream, and returns the response when its head has arrived,
    /// whatever its status.
    ///
    /// Tokens are added as by [`send`](Self::send), but a request with a stream is repeated only if the stream
    /// can be made anew.
    pub async fn stream(
        &self,
        request: Request<RequestBody>,
    ) -> Result<Response<ResponseBody>, TransportError> {
        let reply = self.exchange(request, Reads::Streamed(|_, _| true)).await?;
        Ok(reply.into_response())
    }

    /// Fetches what a response leads to by a URL of its own, such as the `Location` of a redirect or a link to a
    /// download: one GET, whatever its status, without credentials and without the headers of this client, since
    /// the URL can be that of another server.
    ///
    /// The URL is absolute. What it leads to is the server's choice: plain `http` is allowed to where
    /// the client allows it, and to this machine. A further redirect is not followed.
    pub async fn fetch(&self, url: &str) -> Result<Reply<ResponseBody>, FetchError> {
        let url: Uri = url.parse().map_err(|_| FetchError::Url)?;
        let is_absolute = matches!(url.scheme_str(), Some("http" | "https"));
        let has_user = url.authority().is_some_and(|it| it.as_str().contains('@'));
        if !is_absolute || has_user {
            return Err(FetchError::Url);
        }
        let mut request = Request::new(RequestBody::default());
        *request.uri_mut() = url;
        request.headers_mut().insert(USER_AGENT, self.user_agent().clone());
        let reads = Reads::Streamed(|_, _| true);
        let reply = self.send_once(request, reads).await.map_err(FetchError::Transport)?;
        Ok(reply.into_stream().0)
    }

    /// Sends a request, with a token where it needs one.
    pub(crate) async fn exchange(
        &self,
        mut request: Request<RequestBody>,
        reads: Reads,
    ) -> Result<RawReply, TransportError> {
        match request.extensions_mut().remove::<NeedsToken>() {
            Some(needed) => needed.send(self, request, reads).await,
            None => self.send_once(request, reads).await,
        }
    }

    /// Like [`exchange`](Self::exchange) of a client of its own: a future that has room for what is done and no more.
    pub(crate) fn boxed_exchange(
        self,
        mut request: Request<RequestBody>,
        reads: Reads,
    ) -> BoxFuture<'static, Result<RawReply, TransportError>> {
        if let Some(needed) = request.extensions_mut().remove::<NeedsToken>() {
            return Box::pin(async move { needed.send(&self, request, reads).await });
        }
        if matches!(reads, Reads::Whole) && !request.body().is_streamed() {
            let request = request.map(RequestBody::into_whole);
            return Box::pin(async move {
                self.check(request.uri(), request.headers())?;
                self.send_whole(request).await
            });
        }
        Box::pin(async move { self.send_once(request, reads).await })
    }

    /// Sends a request unchanged.
    pub(crate) async fn send_once(
        &self,
        request: Request<RequestBody>,
        reads: Reads,
    ) -> Result<RawReply, TransportError> {
        self.check(request.uri(), request.headers())?;
        match (reads, request.body().is_streamed()) {
            (Reads::Whole, false) => self.send_whole(request.map(RequestBody::into_whole)).await,
            _ => streams::send(self, request, reads).await,
        }
    }

    /// Checks that the request can be sent in this way, and to there.
    fn check(&self, url: &Uri, headers: &HeaderMap) -> Result<(), TransportError> {
        self.0.transport.mode().check()?;
        let checked = self.0.plain_http.check_request(url, headers, self.base_url());
        checked
            .map_err(|error| TransportError::new(TransportErrorKind::PlainHttp).with_source(error))
    }

    async fn send_whole(&self, request: Request<Bytes>) -> Result<RawReply, TransportError> {
        let response = self.0.transport.send(request, &self.0.limits).await?;
        check_head(response.headers())?;
        let is_too_large = response.body().len() > self.0.limits.max_body;
        let mut reply = RawReply::new(response);
        if is_too_large {
            // The transport did not honour the limit; enforce it here.
            reply.truncate(self.0.limits.max_body);
            let error = TransportError::new(TransportErrorKind::BodyTooLarge);
            return Err(error.with_partial(reply));
        }
        Ok(reply)
    }

    pub(crate) fn plain_http(&self) -> PlainHttp {
        self.0.plain_http
    }

    /// Returns the headers that the caller wants with each request.
    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    pub(crate) fn hooks(&self) -> &Hooks {
        &self.0.hooks
    }

    pub(crate) fn user_agent(&self) -> &HeaderValue {
        &self.0.user_agent
    }
}

impl fmt::Debug for ClientCore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCore").field("base_url", self.base_url()).finish_non_exhaustive()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::transport::Mode;
    use http::Response;
    use std::task::{Context, Poll, Waker};

    /// Answers every request with as many bytes as it is told.
    pub(crate) struct Fixed(pub(crate) usize);

    impl Transport for Fixed {
        fn mode(&self) -> Mode {
            Mode::Either
        }

        fn send<'a>(
            &'a self,
            _: Request<Bytes>,
            _: &'a Limits,
        ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
            Box::pin(async { Ok(Response::new(Bytes::from(vec![b'x'; self.0]))) })
        }
    }

    /// Makes a core for `https://example.com/v1`.
    pub(crate) fn core(credentials: &[(&'static str, Credential)]) -> ClientCore {
        let builder = ClientBuilder::new("test/1").base_url("https://example.com/v1");
        let builder = builder.transport(Fixed(0));
        let with =
            |builder: ClientBuilder<ClientCore>, pair: &(_, _)| builder.credential(pair.clone());
        credentials.iter().fold(builder, with).build().unwrap()
    }

    #[test]
    fn the_url_of_a_server_of_operations_is_made_once() {
        let server =
            DeclaredServer { url: "https://{region}.a.example", variables: &[("region", "eu")] };
        let core = core(&[]);
        let text = |core: &ClientCore| core.operation_server(&server).unwrap().as_str().as_ptr();
        assert_eq!(core.operation_server(&server), core.server(&server));
        assert_eq!(text(&core), text(&core.with_limits(Limits::default())));
        let other = DeclaredServer { url: "/files", variables: &[] };
        assert_eq!(core.operation_server(&other).unwrap().as_str(), "https://example.com/files");
        let elsewhere = core.with_base_url(BaseUrl::parse("https://b.example").unwrap());
        assert_eq!(elsewhere.operation_server(&other).unwrap().as_str(), "https://b.example/files");
        let incomplete = DeclaredServer { url: "https://{region}.a.example", variables: &[] };
        for _ in 0..2 {
            assert!(core.operation_server(&incomplete).is_err());
        }
    }

    /// Runs a future that never waits.
    fn ready<T>(future: impl Future<Output = T>) -> T {
        let mut future = Box::pin(future);
        match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("the transport of these tests is always ready"),
        }
    }

    #[test]
    fn the_cap_holds_whatever_the_transport_does() {
        for (len, is_ok) in [(0, true), (10, true), (11, false), (100_000, false)] {
            let builder = ClientBuilder::<ClientCore>::new("test/1").base_url("https://a.example");
            let core = builder.transport(Fixed(len)).max_body(10).build().unwrap();
            let request = core.request(Method::GET, "/x").build().unwrap();
            match ready(core.send(request)) {
                Ok(reply) => assert!(is_ok && reply.bytes().len() == len),
                Err(error) => {
                    assert!(!is_ok);
                    assert_eq!(error.kind(), TransportErrorKind::BodyTooLarge);
                    let partial = error.partial().unwrap();
                    assert_eq!((partial.status().as_u16(), partial.bytes().len()), (200, 10));
                    assert!(partial.truncated());
                }
            }
        }
    }

    /// Answers every request with as many headers as it is told.
    struct Headers(usize);

    impl Transport for Headers {
        fn send<'a>(
            &'a self,
            _: Request<Bytes>,
            _: &'a Limits,
        ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
            let mut response = Response::new(Bytes::new());
            for _ in 0..self.0 {
                response.headers_mut().append("x-a", HeaderValue::from_static("b"));
            }
            Box::pin(async { Ok(response) })
        }
    }

    #[test]
    fn headers_are_counted_whatever_the_transport_does() {
        for (n_headers, is_ok) in [(99, true), (100, true), (101, false), (10_000, false)] {
            let builder = ClientBuilder::<ClientCore>::new("test/1").base_url("https://a.example");
            let core = builder.transport(Headers(n_headers)).build().unwrap();
            let request = core.request(Method::GET, "/x").build().unwrap();
            match ready(core.send(request)) {
                Ok(reply) => assert!(is_ok && reply.headers().len() == n_headers),
                Err(error) => {
                    assert!(!is_ok);
                    assert_eq!(error.kind(), TransportErrorKind::HeadTooLarge);
                }
            }
        }
    }

    #[test]
    fn a_request_is_a_future_that_can_move() {
        fn check<T: Send>(_: T) {}
        let core = core(&[]);
        check(core.send(core.request(Method::GET, "/x").build().unwrap()));
    }

    #[test]
    fn debug_shows_the_base_url_only() {
        let core = core(&[("key", Credential::Token("hunter2".into()))]);
        let shown = r#"ClientCore { base_url: BaseUrl("https://example.com/v1"), .. }"#;
        assert_eq!(format!("{core:?}"), shown);
    }
}
