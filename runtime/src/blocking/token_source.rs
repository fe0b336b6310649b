//! Turns a token source into one whose reads are plain calls.

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
/// A read of a fresh token does no I/O and waits for nothing. Before the token's life ends a read starts
/// a refresh on a thread of its own and still returns at once. Only a read that finds no usable token
/// parks its thread, and all such reads wait for the same refresh, for no longer than its budget
/// ([`TokenSourceConfig::budget`](token::TokenSourceConfig::budget)) even where the transport blocks
/// beyond that. No thread runs while nobody reads, but one whose transport has not come back.
#[derive(Clone, Debug)]
pub struct TokenSource(token::TokenSource);

impl TokenSource {
    /// Makes a source with the default settings. Nothing is sent before the first read.
    pub fn new(
        endpoint: impl TokenEndpoint + 'static,
        credentials: ClientCredentials,
    ) -> Result<Self, TokenError> {
        Self::builder(endpoint, credentials).build()
    }

    /// Starts with the default settings.
    pub fn builder(
        endpoint: impl TokenEndpoint + 'static,
        credentials: ClientCredentials,
    ) -> TokenSourceBuilder<Self> {
        token::TokenSource::builder(endpoint, credentials).blocking()
    }

    /// Returns a usable token: at once if there is one, else after a refresh.
    pub fn token(&self) -> Result<AccessToken, TokenError> {
        block_on(self.0.token())
    }

    /// Returns the value of `Authorization` for a usable token, marked as sensitive.
    pub fn authorization(&self) -> Result<HeaderValue, TokenError> {
        block_on(self.0.authorization())
    }

    /// Returns a usable token if there is one, and never waits.
    ///
    /// Like any read it starts a refresh when it is time.
    pub fn try_token(&self) -> Result<Option<AccessToken>, TokenError> {
        self.0.try_token()
    }

    /// Throws a token away that an API has rejected, if it is still the current one.
    pub fn invalidate(&self, token: &AccessToken) {
        self.0.invalidate(token);
    }

    /// Replaces the client's secret. Earlier failures no longer count; a usable token stays.
    pub fn rotate_secret(&self, secret: impl Into<Secret>) -> Result<(), TokenError> {
        self.0.rotate_secret(secret)
    }

    /// Returns the same source for what is async.
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
