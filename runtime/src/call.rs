//! A call of an operation: its options, and its request without IO.

mod event;
mod exchange;
mod pages;
mod sending;
mod span;

use std::fmt;
use std::future::IntoFuture;
use std::sync::OnceLock;
use std::time::Duration;

use bytes::Bytes;
use http::header::ACCEPT;
use http::{HeaderName, HeaderValue, Request};

use crate::base_url::BaseUrl;
use crate::body::RequestBody;
use crate::client::ClientCore;
use crate::failure::Error;
use crate::operation::{self, Operation, OperationInfo, ReadSuccess, StreamOperation};
use crate::reply::{RawReply, Reply};
use crate::request::{RequestBuilder, RequestError, Scheme};
use crate::retry::{DeclaredRetries, new_key};
use crate::secret::exposed;
use crate::server::DeclaredServer;

pub(crate) use event::Hooks;
pub use event::{CallEvent, CallEventKind};
pub use pages::{Items, Pages};
pub use sending::Sending;

/// The result of a call of `O`.
pub type CallResult<O> =
    Result<Reply<<<O as Operation>::Success as ReadSuccess>::Body>, Error<<O as Operation>::Error>>;

/// A call of an operation. Nothing is sent until it is awaited or waited for.
///
/// ```
/// # use tamarack_runtime::{Call, CallResult, ClientCore, Operation};
/// # use std::time::Duration;
/// # async fn example<O: Operation>(core: &ClientCore, operation: O) -> CallResult<O> {
/// Call::new(core, operation).timeout(Duration::from_secs(2)).header("x-trace", "7").await
/// # }
/// ```
#[must_use = "nothing is sent until a call is awaited or waited for"]
pub struct Call<O> {
    core: ClientCore,
    operation: O,
    headers: Vec<(HeaderName, HeaderValue)>,
    accept: &'static str,
    /// Overrides the setting of the client.
    max_retries: Option<u32>,
    /// The idempotency key, the same for all attempts.
    key: OnceLock<HeaderValue>,
    /// The error of the first option that is invalid.
    error: Option<RequestError>,
}

impl<O: Operation> Call<O> {
    /// Creates a call that a client sends.
    pub fn new(core: &ClientCore, operation: O) -> Self {
        Self {
            core: core.clone(),
            operation,
            headers: Vec::new(),
            accept: O::INFO.accept,
            max_retries: None,
            key: OnceLock::new(),
            error: None,
        }
    }

    /// Sets the total timeout of this call, with all its retries, overriding that of the client.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.core = self.core.with_limits(self.core.limits().clone().with_timeout(timeout));
        self
    }

    /// Sets how long to wait for the next bytes of a streamed response, overriding that of the client.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        let limits = self.core.limits().clone().with_idle_timeout(timeout);
        self.core = self.core.with_limits(limits);
        self
    }

    /// Sets the total timeout of a streamed response, overriding that of the client.
    pub fn stream_timeout(mut self, timeout: Duration) -> Self {
        let limits = self.core.limits().clone().with_stream_timeout(timeout);
        self.core = self.core.with_limits(limits);
        self
    }

    /// Sets the maximum size of the response body in bytes, or of an item of a streamed one, overriding
    /// that of the client.
    pub fn max_body(mut self, max_body: usize) -> Self {
        self.core = self.core.with_limits(self.core.limits().clone().with_max_body(max_body));
        self
    }

    /// Sets how often this call is retried, overriding the setting of the client; see
    /// [`ClientBuilder::retry_settings`](crate::ClientBuilder::retry_settings).
    pub fn retries(mut self, max_retries: u32) -> Self {
        self.max_retries = Some(max_retries);
        self
    }

    /// Sets the base URL of this call, overriding that of the client; the credentials are sent there. As with
    /// [`ClientBuilder::base_url`](crate::ClientBuilder::base_url), an operation with a server of its own goes to that one.
    pub fn base_url(mut self, base_url: BaseUrl) -> Self {
        self.core = self.core.with_base_url(base_url);
        self
    }

    /// Sets a header of this call, replacing one that the operation sets. A name or value that cannot be
    /// sent makes the call fail.
    pub fn header(
        mut self,
        name: impl TryInto<HeaderName>,
        value: impl TryInto<HeaderValue>,
    ) -> Self {
        match (name.try_into(), value.try_into()) {
            (Ok(name), Ok(value)) => self.headers.push((name, value)),
            (Ok(name), Err(_)) => {
                self.error.get_or_insert(RequestError::Header { name: name.as_str().into() });
            }
            (Err(_), _) => {
                self.error.get_or_insert(RequestError::HeaderName);
            }
        }
        self
    }

    /// Asks for a media type instead of those that the operation declares: `text/csv`. The media type of
    /// the response decides how it is decoded, whatever was asked for.
    pub fn accept(self, media_types: impl TryInto<HeaderValue>) -> Self {
        self.header(ACCEPT, media_types)
    }

    /// Returns the operation.
    pub fn operation(&self) -> &O {
        &self.operation
    }

    /// Returns the request without sending it, for example to send it in another way. Pass the response
    /// to [`read`](Self::read).
    ///
    /// The request does not contain a token of a [`Credential::Provider`](crate::Credential::Provider);
    /// only [`ClientCore::send`] adds it.
    ///
    /// A request body that is a stream is an error ([`RequestError::Streamed`]); see
    /// [`into_streamed_request`](Self::into_streamed_request).
    pub fn into_request(self) -> Result<Request<Bytes>, RequestError> {
        self.options().finish_whole(&mut self.begin())
    }

    /// Like [`into_request`](Self::into_request), for a request whose body may be a stream.
    pub fn into_streamed_request(self) -> Result<Request<RequestBody>, RequestError> {
        self.build()
    }

    /// Builds the request, for each attempt anew.
    fn build(&self) -> Result<Request<RequestBody>, RequestError> {
        self.options().finish(&mut self.begin())
    }

    fn begin(&self) -> RequestBuilder {
        let info = O::INFO;
        let mut request = begin::<O>(&self.core, &info);
        request.constant_headers(info.headers);
        self.operation.request(&mut request);
        request.idempotency_key(&O::RETRIES, || self.key.get_or_init(new_key).clone());
        request
    }

    fn options(&self) -> Options<'_> {
        Options {
            security: O::INFO.security,
            accept: self.accept,
            headers: &self.headers,
            error: self.error.as_ref(),
        }
    }

    /// Decodes the response to a request of this operation, without IO.
    pub fn read(raw: RawReply) -> CallResult<O> {
        operation::read::<O>(raw)
    }

    /// Sends the request and blocks the thread until the response has arrived; if it is a stream, until its
    /// head has.
    ///
    /// If the transport needs an async runtime, nothing is sent and the error is
    /// [`TransportErrorKind::NeedsRuntime`](crate::TransportErrorKind::NeedsRuntime).
    #[cfg(feature = "blocking")]
    pub fn wait(self) -> CallResult<O> {
        self.into_future().wait()
    }
}

impl<O: StreamOperation> Call<O> {
    /// Asks for the response as a stream.
    ///
    /// Many servers stream only if a property of the request body says so, too. If the response has another
    /// media type, it is [`Error::Undecodable`].
    pub fn stream(self) -> Call<AsStream<O>> {
        let Self { core, operation, headers, accept: _, max_retries, key, error } = self;
        let (operation, accept) = (AsStream(operation), O::STREAM_ACCEPT);
        Call { core, operation, headers, accept, max_retries, key, error }
    }
}

/// An operation whose success is read as a stream; [`Call::stream`] makes it.
#[derive(Clone, Debug)]
pub struct AsStream<O>(O);

impl<O: StreamOperation> Operation for AsStream<O> {
    type Success = O::Stream;
    type Error = O::Error;

    const INFO: OperationInfo = O::INFO;
    const END: Option<&'static str> = O::END;
    const JSON_EVENTS: &'static [&'static str] = O::JSON_EVENTS;
    const SERVER: Option<DeclaredServer> = O::SERVER;
    const RETRIES: DeclaredRetries = O::RETRIES;

    fn request(&self, request: &mut RequestBuilder) {
        self.0.request(request);
    }
}

/// Starts the request of an operation.
pub(crate) fn begin<O: Operation>(core: &ClientCore, info: &OperationInfo) -> RequestBuilder {
    RequestBuilder::of_operation(core, info.method.clone(), info.path, O::SERVER)
}

/// What a call adds to the request of its operation. Nothing here depends on the operation, so it is compiled once.
struct Options<'a> {
    security: &'static [&'static [Scheme]],
    accept: &'static str,
    headers: &'a [(HeaderName, HeaderValue)],
    error: Option<&'a RequestError>,
}

impl Options<'_> {
    fn finish(&self, builder: &mut RequestBuilder) -> Result<Request<RequestBody>, RequestError> {
        self.before(builder);
        let built = builder.finish();
        self.after(builder, built)
    }

    fn finish_whole(&self, builder: &mut RequestBuilder) -> Result<Request<Bytes>, RequestError> {
        self.before(builder);
        let built = builder.finish_whole();
        self.after(builder, built)
    }

    fn before(&self, builder: &mut RequestBuilder) {
        builder.authorize(self.security);
        builder.accept(self.accept);
    }

    fn after<B>(
        &self,
        builder: &RequestBuilder,
        built: Result<Request<B>, RequestError>,
    ) -> Result<Request<B>, RequestError> {
        if self.headers.is_empty() && self.error.is_none() {
            return built;
        }
        let mut request = built?;
        if let Some(error) = self.error {
            return Err(error.clone());
        }
        for (name, value) in self.headers {
            exposed::note_header(name, value);
            request.headers_mut().insert(name, value.clone());
        }
        // Once more, with the headers of the call.
        let (url, headers) = (request.uri(), request.headers());
        let checked = builder.plain_http().check_request(url, headers, builder.base());
        checked.map_err(RequestError::PlainHttp)?;
        Ok(request)
    }
}

/// Shows only the name of the operation, since its parameters may be secrets.
impl<O: Operation> fmt::Debug for Call<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &O::INFO.id).finish_non_exhaustive()
    }
}

impl<O: Operation> IntoFuture for Call<O> {
    type Output = CallResult<O>;
    type IntoFuture = Sending<O>;

    fn into_future(self) -> Sending<O> {
        Sending::new(self)
    }
}
