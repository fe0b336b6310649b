//! The token source: a handle that returns a usable token.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http::HeaderValue;

use super::access_token::AccessToken;
use super::builder::TokenSourceBuilder;
use super::credentials::ClientCredentials;
use super::endpoint::TokenEndpoint;
use super::error::TokenError;
use super::shared::{Driver, Shared, Step};
use super::slot::{Outcome, Slot};
use crate::secret::Secret;
use crate::transport::BoxFuture;

/// How often the loss of a refresh is nobody's fault.
const MAX_LOSSES: u32 = 3;

/// A source of bearer tokens. Clones are cheap and share the token.
///
/// Reading a fresh token does no I/O, does not wait and does not allocate. Shortly before the token expires,
/// a read starts a refresh and still returns immediately. Only if there is no usable token does a read
/// wait, and all such reads wait for the same refresh. Nothing runs between reads.
///
/// # Who polls a refresh
///
/// With the feature `tokio`, inside a runtime, a refresh is a spawned task, as with a spawner
/// ([`TokenSourceBuilder::spawner`]). Otherwise the waiting readers poll the refresh themselves, and one
/// without waiting readers advances with each read. A transport that blocks its thread would block such a
/// reader, so it needs a spawner.
///
/// Dropping the future of a read neither cancels nor repeats a refresh. Callers set their own deadlines.
#[derive(Clone)]
pub struct TokenSource(pub(super) Arc<Shared>);

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
    ) -> TokenSourceBuilder {
        TokenSourceBuilder::new(Arc::new(endpoint), credentials)
    }

    /// Returns a usable token, immediately if there is one, else after a refresh.
    pub async fn token(&self) -> Result<AccessToken, TokenError> {
        for n_losses in 0..=MAX_LOSSES {
            // Where tasks are lost again and again, the readers do the work.
            let driver = if n_losses < 2 { Driver::Task } else { Driver::Readers };
            let slot = match self.0.step(driver) {
                Step::Token(token) => return Ok(token),
                Step::Failed(error) => return Err(error),
                Step::Wait(slot) => slot,
            };
            if let Outcome::Result(result) = Waiter::new(&self.0, slot).await {
                return result;
            }
        }
        Err(TokenError::aborted())
    }

    /// Returns the value of `Authorization` for a usable token, marked as sensitive.
    pub async fn authorization(&self) -> Result<HeaderValue, TokenError> {
        self.token().await.map(|token| token.authorization().clone())
    }

    /// Returns a usable token if there is one, without waiting.
    ///
    /// Like any read, it starts a refresh if one is due.
    pub fn try_token(&self) -> Result<Option<AccessToken>, TokenError> {
        match self.0.step(Driver::Task) {
            Step::Token(token) => Ok(Some(token)),
            Step::Failed(error) => Err(error),
            Step::Wait(slot) => {
                self.0.advance(&slot, super::slot::PASSER_BY);
                Ok(None)
            }
        }
    }

    /// Waits for the current refresh, if any, without starting one.
    pub async fn drive(&self) {
        let slot = self.0.lock().slot.clone();
        if let Some(slot) = slot {
            let _ = Waiter::new(&self.0, slot).await;
        }
    }

    /// Discards a token that an API has rejected, if it is still the current one.
    pub fn invalidate(&self, token: &AccessToken) {
        if let Ok(now) = self.0.now() {
            self.0.lock().cache.invalidate(token, now);
        }
    }

    /// Replaces the client secret. Earlier failures are forgotten; a usable token is kept.
    pub fn rotate_secret(&self, secret: impl Into<Secret>) -> Result<(), TokenError> {
        let mut state = self.0.lock();
        let credentials = state.credentials.with_secret(secret.into());
        credentials.check()?;
        state.credentials = Arc::new(credentials);
        state.cache.rotate();
        Ok(())
    }
}

impl fmt::Debug for TokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenSource").finish_non_exhaustive()
    }
}

/// Waits for a refresh, and drives it where that is the readers' to do.
struct Waiter<'a> {
    shared: &'a Arc<Shared>,
    slot: Arc<Slot>,
    id: u64,
    overdue: Option<BoxFuture<'static, ()>>,
}

impl<'a> Waiter<'a> {
    fn new(shared: &'a Arc<Shared>, slot: Arc<Slot>) -> Self {
        let id = slot.enter();
        let overdue = shared.overdue(&slot);
        Self { shared, slot, id, overdue }
    }
}

impl Future for Waiter<'_> {
    type Output = Outcome;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Outcome> {
        // Before the work is polled, so that nothing that happens meanwhile is missed.
        if let Poll::Ready(outcome) = self.slot.poll_outcome(self.id, context) {
            return Poll::Ready(outcome);
        }
        self.shared.advance(&self.slot, self.id);
        if let Some(mut overdue) = self.overdue.take() {
            if Shared::is_ready(&mut overdue, context) {
                self.shared.give_up(&self.slot);
            } else {
                self.overdue = Some(overdue);
            }
        }
        self.slot.poll_outcome(self.id, context)
    }
}

impl Drop for Waiter<'_> {
    fn drop(&mut self) {
        self.slot.leave(self.id);
    }
}
