//! The builder of a token source.

use std::fmt;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::marker::PhantomData;
use std::sync::Arc;

use super::attempts::Exchange;
use super::cache::Cache;
use super::clock::{Clock, SystemClock};
use super::config::TokenSourceConfig;
use super::credentials::ClientCredentials;
use super::endpoint::TokenEndpoint;
use super::error::TokenError;
use super::fields::TokenFields;
use super::observe::{Observer, TokenEvent};
use super::shared::{Shared, Spawner, State};
use super::source::TokenSource;
use super::sync::Mutex;
use crate::transport::BoxFuture;

/// A builder of a token source `S`.
pub struct TokenSourceBuilder<S = TokenSource> {
    endpoint: Arc<dyn TokenEndpoint>,
    credentials: ClientCredentials,
    config: TokenSourceConfig,
    fields: TokenFields,
    clock: Arc<dyn Clock>,
    jitter: Box<dyn Fn() -> f64 + Send + Sync>,
    observer: Option<Observer>,
    spawner: Option<Spawner>,
    #[cfg(feature = "token-store")]
    shared: Option<super::store::SharedTokens>,
    source: PhantomData<fn() -> S>,
}

impl TokenSourceBuilder {
    pub(super) fn new(endpoint: Arc<dyn TokenEndpoint>, credentials: ClientCredentials) -> Self {
        Self {
            endpoint,
            credentials,
            config: TokenSourceConfig::default(),
            fields: TokenFields::default(),
            clock: Arc::new(SystemClock::new()),
            jitter: Box::new(random),
            observer: None,
            spawner: None,
            #[cfg(feature = "token-store")]
            shared: None,
            source: PhantomData,
        }
    }

    /// Builds a source for programs without async, which runs each refresh on a new thread unless a spawner
    /// is set.
    #[cfg(feature = "blocking")]
    pub fn blocking(self) -> TokenSourceBuilder<crate::blocking::TokenSource> {
        TokenSourceBuilder {
            endpoint: self.endpoint,
            credentials: self.credentials,
            config: self.config,
            fields: self.fields,
            clock: self.clock,
            jitter: self.jitter,
            observer: self.observer,
            spawner: self.spawner.or_else(|| Some(Box::new(crate::blocking::spawn_thread))),
            #[cfg(feature = "token-store")]
            shared: self.shared,
            source: PhantomData,
        }
    }
}

impl<S: From<TokenSource>> TokenSourceBuilder<S> {
    /// Sets the settings of the source.
    pub fn config(mut self, config: TokenSourceConfig) -> Self {
        self.config = config;
        self
    }

    /// Sets where a response has its values, for an API whose responses are not those of RFC 6749.
    pub fn fields(mut self, fields: TokenFields) -> Self {
        self.fields = fields;
        self
    }

    /// Sets the clock.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Sets the source of random numbers from 0 to 1.
    pub fn jitter(mut self, jitter: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        self.jitter = Box::new(jitter);
        self
    }

    /// Sets the function that is called after each token request, also in the background, and after a
    /// refresh that failed although no request did.
    pub fn observer(mut self, observer: impl Fn(&TokenEvent<'_>) + Send + Sync + 'static) -> Self {
        self.observer = Some(Box::new(observer));
        self
    }

    /// Sets the function that spawns a refresh as a task, for executors other than `tokio`.
    ///
    /// If the future is dropped before it completes, the refresh is lost, and the next read starts another.
    pub fn spawner(
        mut self,
        spawner: impl Fn(BoxFuture<'static, ()>) + Send + Sync + 'static,
    ) -> Self {
        self.spawner = Some(Box::new(spawner));
        self
    }

    /// Shares the token with all who ask for the same, on any machine.
    #[cfg(feature = "token-store")]
    pub fn shared(mut self, shared: super::store::SharedTokens) -> Self {
        self.shared = Some(shared);
        self
    }

    /// Builds the source. It refuses credentials that no server can accept.
    pub fn build(self) -> Result<S, TokenError> {
        self.credentials.check()?;
        let cache = Cache::new(self.config.clone());
        #[cfg(feature = "token-store")]
        let fleet = match self.shared {
            Some(shared) => Some(shared.join(&*self.endpoint, &self.credentials)?),
            None => None,
        };
        let credentials = Arc::new(self.credentials);
        let exchange = Exchange {
            endpoint: self.endpoint,
            clock: self.clock,
            jitter: self.jitter,
            observer: self.observer,
            config: self.config,
            fields: self.fields,
            #[cfg(feature = "token-store")]
            fleet,
        };
        Ok(S::from(TokenSource(Arc::new(Shared {
            exchange: Arc::new(exchange),
            spawner: self.spawner,
            state: Mutex::new(State { cache, slot: None, credentials }),
        }))))
    }
}

impl<S> fmt::Debug for TokenSourceBuilder<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenSourceBuilder").field("config", &self.config).finish_non_exhaustive()
    }
}

/// Each `RandomState` has keys of its own; that is random enough to spread clients out.
pub(crate) fn random() -> f64 {
    let bits = RandomState::new().build_hasher().finish();
    u32::try_from(bits >> 32).map_or(0.0, |bits| f64::from(bits) / (f64::from(u32::MAX) + 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_numbers_differ_and_stay_within_bounds() {
        let numbers: Vec<f64> = (0..100).map(|_| random()).collect();
        assert!(numbers.iter().all(|number| (0.0..1.0).contains(number)));
        assert!(numbers.iter().any(|&n| n < 0.5) && numbers.iter().any(|&n| n >= 0.5));
    }
}
