//! The builder of a client: its settings.

mod build;
#[cfg(test)]
mod tests;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};

use super::{BuildError, ClientCore, Credential};
use crate::base_url::BaseUrl;
use crate::call::{CallEvent, Hooks};
use crate::plain_http::{self, PlainHttp};
use crate::retry::{Retries, RetrySettings};
use crate::server::DeclaredServer;
use crate::token::Clock;
use crate::transport::{Limits, Transport};

/// A builder of a client `C`, which a generated crate makes from a [`ClientCore`].
pub struct ClientBuilder<C> {
    base_url: Option<Result<BaseUrl, BuildError>>,
    default_base_url: Option<Result<BaseUrl, BuildError>>,
    base_path: &'static str,
    servers: Vec<(DeclaredServer, Result<BaseUrl, BuildError>)>,
    transport: Option<Arc<dyn Transport>>,
    limits: Limits,
    user_agent: String,
    headers: HeaderMap,
    /// The error of the first default header that is invalid.
    header_error: Option<BuildError>,
    credentials: Vec<(&'static str, Credential)>,
    plain_http: PlainHttp,
    retries: Retries,
    hooks: Hooks,
    default_transport: DefaultTransport,
    client: PhantomData<fn() -> C>,
}

/// Creates the default transport.
type DefaultTransport = fn() -> Result<Arc<dyn Transport>, BuildError>;

impl<C: From<ClientCore>> ClientBuilder<C> {
    /// Creates a builder with the user agent of the generated crate.
    pub fn new(user_agent: &'static str) -> Self {
        Self {
            base_url: None,
            default_base_url: None,
            base_path: "",
            servers: Vec::new(),
            transport: None,
            limits: Limits::default(),
            user_agent: user_agent.into(),
            headers: HeaderMap::new(),
            header_error: None,
            credentials: Vec::new(),
            plain_http: PlainHttp::default(),
            retries: Retries::default(),
            hooks: Hooks::default(),
            default_transport: build::default_transport,
            client: PhantomData,
        }
    }

    /// Builds a blocking client: if no transport is set, [`build`](Self::build) creates that of the
    /// feature `ureq3`.
    #[cfg(feature = "blocking")]
    pub fn blocking(mut self) -> Self {
        self.default_transport = build::blocking_transport;
        self
    }

    /// Sets the base URL.
    pub fn base_url(mut self, base_url: impl TryInto<BaseUrl, Error: Into<BuildError>>) -> Self {
        self.base_url = Some(base_url.try_into().map_err(Into::into));
        self
    }

    /// Sets the base URL that is used if the caller sets none.
    pub fn default_base_url(
        mut self,
        base_url: impl TryInto<BaseUrl, Error: Into<BuildError>>,
    ) -> Self {
        self.default_base_url = Some(base_url.try_into().map_err(Into::into));
        self
    }

    /// Sets the path of a base URL that has none. An API whose document declares a server such as
    /// `/api/v3` sets it, so that `https://host` is enough.
    pub fn base_path(mut self, path: &'static str) -> Self {
        self.base_path = path;
        self
    }

    /// Sets where requests to a server go that some operations have of their own, for example a proxy
    /// or a test. The credentials of these operations are sent there.
    pub fn server(
        mut self,
        server: &DeclaredServer,
        url: impl TryInto<BaseUrl, Error: Into<BuildError>>,
    ) -> Self {
        self.servers.retain(|(known, _)| known != server);
        self.servers.push((*server, url.try_into().map_err(Into::into)));
        self
    }

    /// Allows plain `http` to private networks, where anybody may read and change what is sent and received:
    /// to private and link-local addresses, to names of a single label (`http://prism:4010`) and to names
    /// below `.local`, `.internal` and `.svc` (`http://notes.default.svc.cluster.local`).
    ///
    /// No request with a credential is sent there; see
    /// [`allow_credentials_over_plain_http`](Self::allow_credentials_over_plain_http). To other hosts, plain
    /// `http` is never allowed; to this machine, it always is.
    pub fn allow_plain_http(mut self) -> Self {
        self.plain_http.is_allowed = true;
        self
    }

    /// Also allows credentials over the plain `http` that [`allow_plain_http`](Self::allow_plain_http) allows.
    /// Anybody on the network can read them, and use them.
    ///
    /// A credential is what a security scheme sends, a token request, the header `Authorization`,
    /// `Proxy-Authorization` or `Cookie`, a header that is marked as sensitive, and each
    /// [`Secret`](crate::Secret) in a parameter or a body.
    pub fn allow_credentials_over_plain_http(mut self) -> Self {
        self.plain_http.with_credentials = true;
        self
    }

    /// Sets the transport.
    pub fn transport(self, transport: impl Transport + 'static) -> Self {
        self.shared_transport(Arc::new(transport))
    }

    /// Sets a transport that several clients share, with its connections.
    pub fn shared_transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Sets the total timeout of a call, with all its retries; 30 seconds by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.timeout = timeout;
        self
    }

    /// Sets how often a call is retried; see [`retry_settings`](Self::retry_settings). 0 turns retries off.
    pub fn retries(mut self, max_retries: u32) -> Self {
        self.retries.settings.max_retries = max_retries;
        self
    }

    /// Sets how often a call is retried, and how long it waits before.
    ///
    /// A call is retried after a failed connection, and if its method is idempotent (not `POST` and `PATCH`)
    /// or its request has an idempotency key, also after a lost connection, a status of 408, 429, 502, 503 or
    /// 504, and any error with a `Retry-After`. A header parameter `Idempotency-Key` that the caller does not
    /// set gets a random key, the same for all attempts. A request whose body is a stream is repeated only if the
    /// stream is made anew ([`RequestBody::repeatable_stream`](crate::RequestBody::repeatable_stream)).
    /// A client that sees nothing but failures stops retrying after 100 retries, until there are successes.
    pub fn retry_settings(mut self, settings: RetrySettings) -> Self {
        self.retries.settings = settings;
        self
    }

    /// Sets the clock by which retries wait and deadlines are kept.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.retries.clock = Arc::new(clock);
        self
    }

    /// Sets the source of random numbers from 0 to 1, by which retries are spread.
    pub fn jitter(mut self, jitter: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        self.retries.jitter = Arc::new(jitter);
        self
    }

    /// Sets the maximum size of a response body in bytes.
    pub fn max_body(mut self, max_body: usize) -> Self {
        self.limits.max_body = max_body;
        self
    }

    /// Replaces the user agent.
    pub fn user_agent(mut self, user_agent: &str) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Adds a product to the user agent, behind those that are there: `my-app/1.2`.
    pub fn user_agent_suffix(mut self, product: &str) -> Self {
        self.user_agent.push(' ');
        self.user_agent.push_str(product);
        self
    }

    /// Sets a header that is sent with each request to the API, unless the operation or the call sets it.
    ///
    /// An API whose document declares no security gets its `Authorization` by it. The header goes to the base
    /// URL and to the servers that the document declares, but not to the token URL of a grant.
    pub fn header(
        mut self,
        name: impl TryInto<HeaderName>,
        value: impl TryInto<HeaderValue>,
    ) -> Self {
        match (name.try_into(), value.try_into()) {
            (Ok(name), Ok(mut value)) => {
                if plain_http::is_credential_header(&name) {
                    value.set_sensitive(true);
                }
                self.headers.insert(name, value);
            }
            (name, _) => {
                let name = name.ok().map(|name| name.as_str().into());
                self.header_error.get_or_insert(BuildError::Header { name });
            }
        }
        self
    }

    /// Sets the function that is called after each attempt of a call and after its end, for logging and
    /// metrics. It must not block.
    pub fn observer(mut self, observer: impl Fn(&CallEvent<'_>) + Send + Sync + 'static) -> Self {
        self.hooks.observer = Some(Arc::new(observer));
        self
    }

    /// Sets the function that adds the headers of a trace to the request of each attempt: `traceparent` and
    /// `tracestate` (W3C Trace Context), if there is a trace. With the feature `tracing` it runs in the span
    /// of the attempt.
    pub fn propagator(
        mut self,
        propagator: impl Fn(&mut HeaderMap) + Send + Sync + 'static,
    ) -> Self {
        self.hooks.propagator = Some(Arc::new(propagator));
        self
    }

    /// Sets the credential of a security scheme, replacing an earlier one.
    pub fn credential(mut self, credential: impl Into<(&'static str, Credential)>) -> Self {
        let (scheme, credential) = credential.into();
        self.credentials.retain(|(known, _)| *known != scheme);
        self.credentials.push((scheme, credential));
        self
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("base_url", &self.base_url)
            .field("default_base_url", &self.default_base_url)
            .field("servers", &self.servers)
            .field("limits", &self.limits)
            .field("user_agent", &self.user_agent)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("credentials", &self.credentials)
            .field("plain_http", &self.plain_http)
            .field("retries", &self.retries.settings)
            .finish_non_exhaustive()
    }
}
