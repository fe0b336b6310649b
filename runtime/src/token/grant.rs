//! Turns a token URL, credentials and a grant into a token source: OAuth 2.0 without an operation.

mod assertion;
mod client_authentication;
mod endpoint;
mod exchange;
mod form;
mod refresh;

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use super::builder::TokenSourceBuilder;
use super::credentials::ClientCredentials;
use super::error::TokenError;
use super::source::TokenSource;
use super::token_url::TokenUrl;
use crate::client::ClientCore;
use crate::secret::Secret;
use crate::transport::{Mode, Transport};

pub use assertion::{AssertionClaims, AssertionSigner};
pub use client_authentication::ClientAuthentication;
use endpoint::GrantEndpoint;
use exchange::Exchange;
pub use exchange::ExchangedToken;
use refresh::Refresh;
pub use refresh::{InMemoryRefreshToken, RefreshTokenStore};

/// The error of something that the caller implements. It must not show a secret.
pub type GrantError = Box<dyn Error + Send + Sync>;

/// What is asked of a token URL: the grant, who asks, and for what.
///
/// ```no_run
/// use tamarack_runtime::token::{ClientAuthentication, ClientCredentials, TokenGrant};
/// use tamarack_runtime::{ClientBuilder, ClientCore};
///
/// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
/// let core: ClientCore = ClientBuilder::new("app/1").base_url("https://api.example.com").build()?;
/// let grant = TokenGrant::client_credentials(
///     "https://login.example.com/token",
///     ClientCredentials::new("id", "secret"),
/// );
/// let source = grant.scope("read").source(&core)?.build()?;
/// let value = source.authorization().await?;
/// # Ok(())
/// # }
/// ```
///
/// The credential of a client is made of it by [`Credential::grant`](crate::Credential::grant).
/// Requests go over the transport of the client, to the token URL alone, and no redirect is followed.
#[derive(Clone)]
pub struct TokenGrant {
    token_url: Box<str>,
    credentials: ClientCredentials,
    authentication: ClientAuthentication,
    kind: Kind,
    scopes: Vec<Box<str>>,
    parameters: Vec<(Box<str>, Secret)>,
    transport: Option<Arc<dyn Transport>>,
    configure: Vec<Arc<Configure>>,
}

/// Sets what a source has besides its grant.
type Configure = dyn Fn(TokenSourceBuilder) -> TokenSourceBuilder + Send + Sync;

/// The grant, with what it needs.
#[derive(Clone)]
enum Kind {
    ClientCredentials,
    RefreshToken(Arc<dyn RefreshTokenStore>),
    TokenExchange(Arc<Exchange>),
    JwtBearer(Arc<dyn AssertionSigner>),
}

/// Parameters that the grant itself sends; none may be sent twice (RFC 6749 section 3.2).
const OWN_PARAMETERS: [&str; 12] = [
    "grant_type",
    "scope",
    "client_id",
    "client_secret",
    "client_assertion",
    "client_assertion_type",
    "refresh_token",
    "assertion",
    "subject_token",
    "subject_token_type",
    "actor_token",
    "actor_token_type",
];

/// Parameters that may be sent more than once (RFC 8707 section 2, RFC 8693 section 2.1).
const REPEATED_PARAMETERS: [&str; 2] = ["resource", "audience"];

impl TokenGrant {
    /// The client acts for itself (RFC 6749 section 4.4).
    ///
    /// A token URL that is relative is resolved against the base URL of the client.
    pub fn client_credentials(
        token_url: impl Into<Box<str>>,
        credentials: ClientCredentials,
    ) -> Self {
        Self::of(Kind::ClientCredentials, token_url.into(), credentials)
    }

    /// The client acts for whoever gave it a refresh token (RFC 6749 section 6), which may be replaced
    /// with each use; see [`RefreshTokenStore`].
    ///
    /// Make one source for a refresh token, and share it: a server that replaces refresh tokens takes
    /// the second use of one for theft (RFC 9700 section 4.14.2). For the same reason a request whose
    /// response was lost is not repeated at once; see [`TokenError::is_in_doubt`].
    pub fn refresh_token(
        token_url: impl Into<Box<str>>,
        credentials: ClientCredentials,
        store: impl RefreshTokenStore + 'static,
    ) -> Self {
        Self::of(Kind::RefreshToken(Arc::new(store)), token_url.into(), credentials)
    }

    /// The client exchanges a token for another (RFC 8693).
    pub fn token_exchange(
        token_url: impl Into<Box<str>>,
        credentials: ClientCredentials,
        subject: ExchangedToken,
    ) -> Self {
        let exchange = Exchange { subject, actor: None };
        Self::of(Kind::TokenExchange(Arc::new(exchange)), token_url.into(), credentials)
    }

    /// The client has an assertion for each request (RFC 7523 section 2.1). With
    /// [`ClientAuthentication::Absent`] the assertion alone says who asks.
    pub fn jwt_bearer(
        token_url: impl Into<Box<str>>,
        credentials: ClientCredentials,
        assertion: impl AssertionSigner + 'static,
    ) -> Self {
        Self::of(Kind::JwtBearer(Arc::new(assertion)), token_url.into(), credentials)
    }

    fn of(kind: Kind, token_url: Box<str>, credentials: ClientCredentials) -> Self {
        // RFC 6749 section 2.3.1: every server takes Basic, and the other way is not recommended.
        let authentication = if credentials.has_secret() {
            ClientAuthentication::Basic
        } else {
            ClientAuthentication::None
        };
        Self {
            token_url,
            credentials,
            authentication,
            kind,
            scopes: Vec::new(),
            parameters: Vec::new(),
            transport: None,
            configure: Vec::new(),
        }
    }

    /// Sets how the client proves who it is. HTTP Basic unless set; [`ClientAuthentication::None`] where
    /// there is no secret.
    pub fn authentication(mut self, authentication: ClientAuthentication) -> Self {
        self.authentication = authentication;
        self
    }

    /// Replaces the token URL, for example by that of a test server.
    pub fn token_url(mut self, token_url: impl Into<Box<str>>) -> Self {
        self.token_url = token_url.into();
        self
    }

    /// Asks for a scope, or for several with spaces between them (RFC 6749 section 3.3).
    pub fn scope(self, scope: &str) -> Self {
        self.scopes(scope.split(' ').filter(|scope| !scope.is_empty()))
    }

    /// Asks for scopes, each once.
    pub fn scopes<S: Into<Box<str>>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        for scope in scopes {
            let scope = scope.into();
            if !self.scopes.contains(&scope) {
                self.scopes.push(scope);
            }
        }
        self
    }

    /// Adds a parameter to each request, for example `audience`, `resource` (RFC 8707) or
    /// `requested_token_type` (RFC 8693). Its value is kept like a secret.
    pub fn parameter(mut self, name: impl Into<Box<str>>, value: impl Into<Secret>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Says on whose behalf a token is exchanged (`actor_token`); other grants have no actor.
    pub fn actor(mut self, actor: ExchangedToken) -> Self {
        if let Kind::TokenExchange(exchange) = &self.kind {
            let exchange = Exchange { subject: exchange.subject.clone(), actor: Some(actor) };
            self.kind = Kind::TokenExchange(Arc::new(exchange));
        }
        self
    }

    /// Sends the requests for tokens over a transport of their own, for example one with a client
    /// certificate (RFC 8705).
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sets what the token source has besides its grant: constants, clock, observer, spawner.
    pub fn configure(
        mut self,
        configure: impl Fn(TokenSourceBuilder) -> TokenSourceBuilder + Send + Sync + 'static,
    ) -> Self {
        self.configure.push(Arc::new(configure));
        self
    }

    /// Returns the builder of a source that asks over the transport of a client. What no server can
    /// accept is refused here, before anything is sent.
    pub fn source(self, core: &ClientCore) -> Result<TokenSourceBuilder, TokenError> {
        let url =
            TokenUrl::resolve(&self.token_url, core.base_url()).map_err(TokenError::config)?;
        self.authentication.check(&self.credentials)?;
        self.check_parameters()?;
        let scope = self.joined_scopes()?;
        let core = match self.transport {
            Some(transport) => core.with_transport(transport),
            None => core.clone(),
        };
        let mode = core.transport().mode();
        let refresh = match &self.kind {
            Kind::RefreshToken(store) => Some(Refresh::new(Arc::clone(store))),
            _ => None,
        };
        let endpoint = GrantEndpoint {
            core: super::bounded(&core.without_credentials()),
            url,
            authentication: self.authentication,
            kind: self.kind,
            scope,
            parameters: self.parameters,
            refresh,
            sent: std::sync::Mutex::default(),
        };
        let builder = on_its_threads(TokenSource::builder(endpoint, self.credentials), mode);
        Ok(self.configure.iter().fold(builder, |builder, configure| configure(builder)))
    }

    fn check_parameters(&self) -> Result<(), TokenError> {
        let mut seen: Vec<&str> = Vec::new();
        for (name, _) in &self.parameters {
            let is_repeated = seen.contains(&&**name) && !REPEATED_PARAMETERS.contains(&&**name);
            if name.is_empty() || OWN_PARAMETERS.contains(&&**name) || is_repeated {
                return Err(TokenError::config(format!(
                    "parameter `{}` of the token request is sent twice",
                    name.escape_debug()
                )));
            }
            seen.push(name);
        }
        Ok(())
    }

    fn joined_scopes(&self) -> Result<Option<Box<str>>, TokenError> {
        // RFC 6749 section 3.3: a scope is %x21 / %x23-5B / %x5D-7E, one or more of them.
        let is_scope = |scope: &str| {
            let is_fine = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\';
            !scope.is_empty() && scope.bytes().all(is_fine)
        };
        if let Some(scope) = self.scopes.iter().find(|scope| !is_scope(scope)) {
            return Err(TokenError::config(format!("`{}` is no scope", scope.escape_debug())));
        }
        Ok((!self.scopes.is_empty()).then(|| self.scopes.join(" ").into_boxed_str()))
    }
}

/// A transport that blocks its thread gets one of its own for each refresh, so that no reader with a
/// usable token waits for it.
#[cfg(feature = "blocking")]
fn on_its_threads(builder: TokenSourceBuilder, mode: Mode) -> TokenSourceBuilder {
    match mode {
        Mode::Blocking => builder.spawner(crate::blocking::spawn_thread),
        Mode::Async | Mode::Either => builder,
    }
}

#[cfg(not(feature = "blocking"))]
fn on_its_threads(builder: TokenSourceBuilder, _: Mode) -> TokenSourceBuilder {
    builder
}

impl fmt::Debug for TokenGrant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenGrant")
            .field("grant_type", &self.kind.grant_type())
            .field("authentication", &self.authentication)
            .finish_non_exhaustive()
    }
}

impl Kind {
    fn grant_type(&self) -> &'static str {
        match self {
            Self::ClientCredentials => "client_credentials",
            Self::RefreshToken(_) => "refresh_token",
            Self::TokenExchange(_) => "urn:ietf:params:oauth:grant-type:token-exchange",
            Self::JwtBearer(_) => "urn:ietf:params:oauth:grant-type:jwt-bearer",
        }
    }
}
