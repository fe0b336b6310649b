//! A blocking transport over `ureq` 3.

mod error;
mod metered;
mod streams;

use std::fmt;
use std::io::Read as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response};
use rustls::crypto::CryptoProvider;
use ureq::config::ConfigBuilder;
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};
use ureq::typestate::AgentScope;
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::{Connector as _, DefaultConnector};
use ureq::{Agent, Body};
use zeroize::Zeroizing;

use crate::body::{RequestBody, ResponseBody};
use crate::reply::RawReply;
use crate::transport::{
    BoxFuture, Limits, Mode, Transport, TransportError, TransportErrorKind, check_head,
};
use crate::wipe::WipedBuffer;

/// The number of deadlines with connections of their own.
const MAX_AGENTS: usize = 4;

/// The size of a read.
const PIECE: usize = 8 * 1024;

/// A [`Transport`] over `ureq` 3. **It blocks its thread**: the future does all its work the first time
/// it is polled, and is then ready.
///
/// Use it in programs without async, with [`block_on`](crate::blocking::block_on) and
/// [`blocking::TokenSource`](crate::blocking::TokenSource). In an async task it would block the thread
/// until the response has arrived, so awaiting a call with it is an error
/// ([`TransportErrorKind::WouldBlock`]).
///
/// It honours every duty of [`Transport`], unless another crate enables a feature of `ureq` that cannot be
/// turned off: with `gzip`, `brotli` or `charset`, `ureq` decodes bodies according to their headers (the
/// limit then applies to the decoded body), and with `cookies` it keeps cookies. At the level `trace`,
/// `ureq` logs paths and queries through the crate `log`.
#[derive(Clone)]
pub struct Ureq3(Arc<Inner>);

struct Inner {
    adjust: Box<Adjust>,
    /// The most recently used first.
    agents: Mutex<Vec<(Deadline, Agents)>>,
}

/// The deadline that a connection is made with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deadline {
    /// Of the whole exchange.
    Total(Duration),
    /// Of connecting alone; the rest is a stream.
    Connect(Duration),
}

type Builder = ConfigBuilder<AgentScope>;
type Adjust = dyn Fn(Builder) -> Builder + Send + Sync;

#[derive(Clone)]
struct Agents {
    secure: Agent,
    /// For `http`, which [`BaseUrl`](crate::BaseUrl) allows to this machine and private networks alone: a
    /// proxy would take the request, in the clear, elsewhere.
    plain: Agent,
}

impl Ureq3 {
    /// Creates a transport with its own connections.
    ///
    /// TLS is rustls, with the cryptography that the process has chosen, else `ring`, and with the
    /// certificate authorities of the system, which are read with the first request over `https`. On
    /// Linux that request fails on a machine without any, such as a container image without the
    /// package `ca-certificates`; the kind of the error is [`TransportErrorKind::Tls`]. The variables
    /// `SSL_CERT_FILE` and `SSL_CERT_DIR` are honoured.
    ///
    /// The proxies of the environment (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`) are used only for `https`,
    /// through a tunnel; requests over plain `http` go to no proxy.
    pub fn new() -> Self {
        Self::adjusted(|config| config)
    }

    /// Creates a transport with other settings, for example certificate authorities or a proxy. Settings
    /// that a duty of [`Transport`] determines are overridden, and a proxy is used only for `https`.
    pub fn adjusted(
        adjust: impl Fn(ConfigBuilder<AgentScope>) -> ConfigBuilder<AgentScope> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(Inner { adjust: Box::new(adjust), agents: Mutex::default() }))
    }

    fn exchange(
        &self,
        request: Request<Bytes>,
        limits: &Limits,
    ) -> Result<Response<Bytes>, TransportError> {
        let is_secure = request.uri().scheme_str() != Some("http");
        let agents = self.agents(Deadline::Total(limits.timeout));
        metered::wait_until(None);
        let agent = if is_secure { &agents.secure } else { &agents.plain };
        let (head, bytes) = request.into_parts();
        let has_body = has_body(&head.method);
        metered::begin_step();
        let reply = if bytes.is_empty() && !has_body {
            agent.run(Request::from_parts(head, ()))
        } else {
            agent.run(Request::from_parts(head, &bytes[..]))
        };
        read(reply.map_err(|error| error::of_head(error, is_secure))?, limits)
    }

    /// Returns the agents of a deadline. Setting a deadline per request would make `ureq` read the
    /// certificate authorities for each new connection.
    fn agents(&self, deadline: Deadline) -> Agents {
        let mut known = self.0.agents.lock().unwrap_or_else(PoisonError::into_inner);
        let agents = match known.iter().position(|(theirs, _)| *theirs == deadline) {
            Some(index) => known.remove(index).1,
            None => self.0.agents(deadline),
        };
        known.insert(0, (deadline, agents.clone()));
        known.truncate(MAX_AGENTS);
        agents
    }
}

impl Inner {
    fn agents(&self, deadline: Deadline) -> Agents {
        let strict = || {
            let config = (self.adjust)(Agent::config_builder().tls_config(system_tls()));
            let config = match deadline {
                Deadline::Total(timeout) => config.timeout_global(Some(timeout)),
                Deadline::Connect(timeout) => config
                    .timeout_global(None)
                    .timeout_connect(Some(timeout))
                    .timeout_resolve(Some(timeout)),
            };
            config
                .max_response_header_size(metered::MAX_STEP)
                // Room to see that a step is too large.
                .input_buffer_size(2 * metered::MAX_STEP)
                .max_redirects(0)
                .http_status_as_error(false)
                .allow_non_standard_methods(true)
                // No header that the request does not have.
                .accept("")
                .accept_encoding("")
                .user_agent("")
        };
        let agent = |config: Builder| {
            let connector = DefaultConnector::new().chain(metered::Metering);
            Agent::with_parts(config.build(), connector, DefaultResolver::default())
        };
        let secure = agent(strict().https_only(true));
        let plain = agent(strict().https_only(false).proxy(None));
        Agents { secure, plain }
    }
}

/// `ureq` would take the authorities that were built into a crate, and panic without cryptography.
fn system_tls() -> TlsConfig {
    let provider = CryptoProvider::get_default()
        .cloned()
        .unwrap_or_else(|| Arc::new(rustls::crypto::ring::default_provider()));
    TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(provider)
        .build()
}

/// Returns whether a request has a length even where that is nothing (RFC 9110 section 8.6).
fn has_body(method: &Method) -> bool {
    matches!(*method, Method::POST | Method::PUT | Method::PATCH)
}

/// Reads a body to its end, or to the cap.
fn read(reply: Response<Body>, limits: &Limits) -> Result<Response<Bytes>, TransportError> {
    let (head, body) = reply.into_parts();
    check_head(&head.headers)?;
    let mut whole = Response::new(Bytes::new());
    *whole.status_mut() = head.status;
    *whole.version_mut() = head.version;
    *whole.headers_mut() = head.headers;
    let mut reader = body.into_reader();
    let (mut acc, mut piece) = (WipedBuffer::new(), Zeroizing::new(vec![0; PIECE]));
    let failed = loop {
        metered::begin_step();
        match reader.read(&mut piece) {
            Ok(0) => {
                *whole.body_mut() = acc.into_bytes();
                return Ok(whole);
            }
            Ok(n) => {
                if !acc.push_within(&piece[..n], limits.max_body) {
                    break TransportError::new(TransportErrorKind::BodyTooLarge);
                }
            }
            Err(error) => break error::of_body(error),
        }
    };
    *whole.body_mut() = acc.into_bytes();
    Err(failed.with_partial(RawReply::new(whole)))
}

impl Transport for Ureq3 {
    fn mode(&self) -> Mode {
        Mode::Blocking
    }

    fn send<'a>(
        &'a self,
        request: Request<Bytes>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<Response<Bytes>, TransportError>> {
        Box::pin(async move { self.exchange(request, limits) })
    }

    fn stream<'a>(
        &'a self,
        request: Request<RequestBody>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<Response<ResponseBody>, TransportError>> {
        Box::pin(async move { self.open(request, limits) })
    }
}

impl Default for Ureq3 {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Ureq3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The settings may hold a proxy's password.
        f.debug_struct("Ureq3").finish_non_exhaustive()
    }
}
