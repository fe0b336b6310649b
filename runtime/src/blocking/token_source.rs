//! A token source for programs without async.

use http::HeaderValue;

use super::executor::block_on;
use crate::secret::Secret;
use crate::token::{
    self, AccessToken, ClientCredentials, TokenEndpoint, TokenError, TokenProvider,
    TokenSourceBuilder,
};
use crate::transport::BoxFuture;

/// A source of bearer tokens for programs without async. A clone is cheap and shares everything.
///
/// Reading a fresh token does no I/O and does not wait. Shortly before the token expires, a read starts a
/// refresh on a new thread and still returns immediately. Only if there is no usable token does a read
/// block. All such reads wait for the same refresh, at most for its budget
/// ([`TokenSourceConfig::budget`](token::TokenSourceConfig::budget)), even if the transport blocks longer.
/// No thread runs between reads, except one whose transport has not returned.
#[derive(Clone, Debug)]
pub struct TokenSource(token::TokenSource);

impl TokenSource {
    /// Creates a source with the default settings. Nothing is sent before the first read.
    pub fn new(
        endpoint: impl TokenEndpoint + 'static,
        credentials: ClientCredentials,
    ) -> Result<Self, TokenError> {
        Self::builder(endpoint, credentials).build()
    }

    /// Returns a builder with the default settings.
    pub fn builder(
        endpoint: impl TokenEndpoint + 'static,
        credentials: ClientCredentials,
    ) -> TokenSourceBuilder<Self> {
        token::TokenSource::builder(endpoint, credentials).blocking()
    }

    /// Returns a usable token, immediately if there is one, else after a refresh.
    pub fn token(&self) -> Result<AccessToken, TokenError> {
        block_on(self.0.token())
    }

    /// Returns the value of `Authorization` for a usable token, marked as sensitive.
    pub fn authorization(&self) -> Result<HeaderValue, TokenError> {
        block_on(self.0.authorization())
    }

    /// Returns a usable token if there is one, without waiting.
    ///
    /// Like any read, it starts a refresh if one is due.
    pub fn try_token(&self) -> Result<Option<AccessToken>, TokenError> {
        self.0.try_token()
    }

    /// Discards a token that an API has rejected, if it is still the current one.
    pub fn invalidate(&self, token: &AccessToken) {
        self.0.invalidate(token);
    }

    /// Replaces the client secret. Earlier failures are forgotten; a usable token is kept.
    pub fn rotate_secret(&self, secret: impl Into<Secret>) -> Result<(), TokenError> {
        self.0.rotate_secret(secret)
    }

    /// Returns the same source for async code.
    pub fn as_async(&self) -> &token::TokenSource {
        &self.0
    }
}

impl TokenProvider for TokenSource {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        Box::pin(self.0.token())
    }

    fn invalidate(&self, token: &AccessToken) {
        self.0.invalidate(token);
    }
}

/// Takes a source over as it is: without a spawner of its own, those who wait for a refresh drive it.
impl From<token::TokenSource> for TokenSource {
    fn from(source: token::TokenSource) -> Self {
        Self(source)
    }
}
