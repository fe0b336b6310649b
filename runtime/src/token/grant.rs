//! Token sources for a token URL and a grant: OAuth 2.0 without an operation.

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

/// An error of a trait that the caller implements. It must not show a secret.
pub type GrantError = Box<dyn Error + Send + Sync>;

/// A token request: the grant, the credentials, and the scopes and parameters.
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
/// [`Credential::grant`](crate::Credential::grant) makes it the credential of a client. Requests use the
/// transport of the client, go only to the token URL, and follow no redirect.
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
    /// The client credentials grant: the client acts for itself (RFC 6749 section 4.4).
    ///
    /// A relative token URL is resolved against the base URL of the client.
    pub fn client_credentials(
        token_url: impl Into<Box<str>>,
        credentials: ClientCredentials,
    ) -> Self {
        Self::of(Kind::ClientCredentials, token_url.into(), credentials)
    }

    /// The refresh token grant: the client acts for the user of a refresh token (RFC 6749 section 6). The
    /// server may replace the token with each use; see [`RefreshTokenStore`].
    ///
    /// Create one source per refresh token and share it: a server that replaces refresh tokens considers a
    /// second use as theft (RFC 9700 section 4.14.2). For the same reason, a request whose response was
    /// lost is not repeated immediately; see [`TokenError::is_in_doubt`].
    pub fn refresh_token(
        token_url: impl Into<Box<str>>,
        credentials: ClientCredentials,
        store: impl RefreshTokenStore + 'static,
    ) -> Self {
        Self::of(Kind::RefreshToken(Arc::new(store)), token_url.into(), credentials)
    }

    /// Token exchange: the client exchanges a token for another one (RFC 8693).
    pub fn token_exchange(
        token_url: impl Into<Box<str>>,
        credentials: ClientCredentials,
        subject: ExchangedToken,
    ) -> Self {
        let exchange = Exchange { subject, actor: None };
        Self::of(Kind::TokenExchange(Arc::new(exchange)), token_url.into(), credentials)
    }

    /// The JWT bearer grant: each request has an assertion (RFC 7523 section 2.1). With
    /// [`ClientAuthentication::Absent`], only the assertion identifies the client.
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

    /// Sets how the client authenticates. The default is HTTP Basic, or [`ClientAuthentication::None`] if
    /// there is no secret.
    pub fn authentication(mut self, authentication: ClientAuthentication) -> Self {
        self.authentication = authentication;
        self
    }

    /// Replaces the token URL, for example with that of a test server.
    pub fn token_url(mut self, token_url: impl Into<Box<str>>) -> Self {
        self.token_url = token_url.into();
        self
    }

    /// Requests a scope, or several separated by spaces (RFC 6749 section 3.3).
    pub fn scope(self, scope: &str) -> Self {
        self.scopes(scope.split(' ').filter(|scope| !scope.is_empty()))
    }

    /// Requests scopes, each once.
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
    /// `requested_token_type` (RFC 8693). Its value is treated like a secret.
    pub fn parameter(mut self, name: impl Into<Box<str>>, value: impl Into<Secret>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sets the acting party of a token exchange (`actor_token`); other grants have none.
    pub fn actor(mut self, actor: ExchangedToken) -> Self {
        if let Kind::TokenExchange(exchange) = &self.kind {
            let exchange = Exchange { subject: exchange.subject.clone(), actor: Some(actor) };
            self.kind = Kind::TokenExchange(Arc::new(exchange));
        }
        self
    }

    /// Sets another transport for token requests, for example one with a client certificate (RFC 8705).
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Configures the token source: settings, clock, observer, spawner.
    pub fn configure(
        mut self,
        configure: impl Fn(TokenSourceBuilder) -> TokenSourceBuilder + Send + Sync + 'static,
    ) -> Self {
        self.configure.push(Arc::new(configure));
        self
    }

    /// Returns the builder of a source that uses the transport of a client. It refuses what no server can
    /// accept, before anything is sent.
    pub fn source(self, core: &ClientCore) -> Result<TokenSourceBuilder, TokenError> {
        let url =
            TokenUrl::resolve(&self.token_url, core.base_url()).map_err(TokenError::config)?;
        url.check(core.plain_http()).map_err(TokenError::config)?;
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
