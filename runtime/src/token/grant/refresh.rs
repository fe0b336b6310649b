//! The store of a refresh token, and its state: replaced, or unknown after a lost response.

use std::future::ready;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::GrantError;
use crate::reply::RawReply;
use crate::secret::Secret;
use crate::token::endpoint::EndpointError;
use crate::token::error::TokenError;
use crate::token::key::{Fingerprint, fingerprint};
use crate::token::response::Object;
use crate::transport::{BoxFuture, TransportError, TransportErrorKind};

/// A store for a refresh token between its uses, and beyond the life of the process.
///
/// A source reads the token before each request, so that a token from elsewhere, such as a new login, is
/// used. A server may replace the token with each use. Then [`replace`](Self::replace) is called before the
/// access token of the same response is served. If it fails, it is called again before the next request;
/// until it succeeds, the source itself holds the new token, and each failure is a
/// [`TokenEvent`](crate::token::TokenEvent) of its own: if the process ends before, the token is lost.
pub trait RefreshTokenStore: Send + Sync {
    /// Returns the newest refresh token.
    fn load(&self) -> BoxFuture<'_, Result<Secret, GrantError>>;

    /// Replaces the token that was used with a new one. If the store has another token by now, from
    /// elsewhere, it keeps that one.
    fn replace<'a>(
        &'a self,
        used: &'a Secret,
        new: &'a Secret,
    ) -> BoxFuture<'a, Result<(), GrantError>>;
}

impl<S: RefreshTokenStore + ?Sized> RefreshTokenStore for std::sync::Arc<S> {
    fn load(&self) -> BoxFuture<'_, Result<Secret, GrantError>> {
        (**self).load()
    }

    fn replace<'a>(
        &'a self,
        used: &'a Secret,
        new: &'a Secret,
    ) -> BoxFuture<'a, Result<(), GrantError>> {
        (**self).replace(used, new)
    }
}

/// A refresh token in memory, for servers that never replace it.
#[derive(Debug)]
pub struct InMemoryRefreshToken(Mutex<Secret>);

impl InMemoryRefreshToken {
    /// Creates a store with a token.
    pub fn new(token: impl Into<Secret>) -> Self {
        Self(Mutex::new(token.into()))
    }
}

impl RefreshTokenStore for InMemoryRefreshToken {
    fn load(&self) -> BoxFuture<'_, Result<Secret, GrantError>> {
        let token = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(ready(Ok(token)))
    }

    fn replace<'a>(
        &'a self,
        _: &'a Secret,
        new: &'a Secret,
    ) -> BoxFuture<'a, Result<(), GrantError>> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = new.clone();
        Box::pin(ready(Ok(())))
    }
}

/// What a source knows of its refresh token.
pub(super) struct Refresh {
    store: std::sync::Arc<dyn RefreshTokenStore>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// A new token that the store does not have yet, behind the one that was used.
    unsaved: Option<(Secret, Secret)>,
    /// Why the store did not take it the last time, until that is told.
    failure: Option<TokenError>,
    /// The token of a request that no response is known of.
    in_doubt: Option<Fingerprint>,
}

impl Refresh {
    pub(super) fn new(store: std::sync::Arc<dyn RefreshTokenStore>) -> Self {
        Self { store, state: Mutex::default() }
    }

    /// Returns the token to use.
    pub(super) async fn current(&self) -> Result<Secret, EndpointError> {
        if let Some(new) = self.save().await {
            return Ok(new);
        }
        let token = self.store.load().await.map_err(TokenError::unavailable)?;
        if token.expose().is_empty() {
            return Err(TokenError::unavailable("the store has no refresh token").into());
        }
        // Another token than that of a lost response is one that nobody has used.
        let is_doubted = self.lock().in_doubt == Some(fingerprint(token.expose()));
        if !is_doubted {
            self.lock().in_doubt = None;
        }
        Ok(token)
    }

    /// Gives the store a token that it does not have; returns the token where it still has not.
    async fn save(&self) -> Option<Secret> {
        let (used, new) = self.lock().unsaved.clone()?;
        if let Err(error) = self.store.replace(&used, &new).await {
            self.lock().failure = Some(TokenError::unavailable(error));
            return Some(new);
        }
        let mut state = self.lock();
        // Not one that has come meanwhile.
        state.unsaved.take_if(|(_, it)| fingerprint(it.expose()) == fingerprint(new.expose()));
        None
    }

    /// Waits for the response to a request with a token. Whoever drops this future leaves the token in
    /// doubt.
    pub(super) async fn used(
        &self,
        token: &Secret,
        response: impl Future<Output = Result<RawReply, TransportError>>,
    ) -> Result<RawReply, TransportError> {
        let before = self.lock().in_doubt.replace(fingerprint(token.expose()));
        let reply = match response.await {
            Ok(reply) => reply,
            Err(error) => {
                if is_answered(&error) {
                    self.lock().in_doubt = before;
                }
                return Err(error);
            }
        };
        if !reply.status().is_success() {
            self.lock().in_doubt = before;
            return Ok(reply);
        }
        let Some(object) = Object::read(reply.bytes()) else { return Ok(reply) };
        let new = object.decode::<Secret>("refresh_token").filter(|new| !new.expose().is_empty());
        if new.is_none() && object.is_absent("access_token") {
            // An error with the status of success, which is a refusal, or nothing that anybody knows.
            if !object.is_absent("error") {
                self.lock().in_doubt = before;
            }
            return Ok(reply);
        }
        {
            let mut state = self.lock();
            state.in_doubt = None;
            let is_new = |new: &Secret| fingerprint(new.expose()) != fingerprint(token.expose());
            if let Some(new) = new.filter(is_new) {
                // What the store has not taken yet is of an earlier use, and so of no use any more.
                let used = state.unsaved.take().map_or_else(|| token.clone(), |(used, _)| used);
                state.unsaved = Some((used, new));
            }
        }
        self.save().await;
        Ok(reply)
    }

    /// Returns, once, why the store did not take a new token.
    pub(super) fn take_failure(&self) -> Option<TokenError> {
        self.lock().failure.take()
    }

    /// Whether a request with the current token may have been carried out though no response came.
    pub(super) fn is_in_doubt(&self) -> bool {
        self.lock().in_doubt.is_some()
    }

    /// Returns the tokens that no error may show.
    pub(super) fn secrets(&self) -> Vec<Secret> {
        self.lock().unsaved.iter().flat_map(|(used, new)| [used.clone(), new.clone()]).collect()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the server cannot have carried a failed request out: it was not sent, or an error came back.
fn is_answered(error: &TransportError) -> bool {
    let is_refused = error.partial().is_some_and(|reply| !reply.status().is_success());
    let is_unsent = matches!(
        error.kind(),
        TransportErrorKind::Connect
            | TransportErrorKind::Tls
            | TransportErrorKind::PlainHttp
            | TransportErrorKind::NeedsRuntime
            | TransportErrorKind::WouldBlock
    );
    is_refused || is_unsent
}
