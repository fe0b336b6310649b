//! The attempts of one refresh: up to three requests within a time budget.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, SystemTime};

use super::access_token::AccessToken;
use super::clock::{Clock, Now};
use super::config::{TokenSourceConfig, doubled};
use super::credentials::ClientCredentials;
use super::endpoint::{EndpointError, TokenEndpoint};
use super::error::{TokenError, TokenErrorKind};
use super::fields::TokenFields;
use super::observe::{Observer, TokenEvent, TokenEventKind};
use super::response::{self, Reading};
use super::schedule::fraction;
use super::trace;
use crate::secret::Secret;
use crate::transport::{BoxFuture, TransportErrorKind};

/// Everything injected that a refresh needs.
pub(super) struct Exchange {
    pub(super) endpoint: Arc<dyn TokenEndpoint>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) jitter: Box<dyn Fn() -> f64 + Send + Sync>,
    pub(super) observer: Option<Observer>,
    pub(super) config: TokenSourceConfig,
    pub(super) fields: TokenFields,
    /// Those who share the token.
    #[cfg(feature = "token-store")]
    pub(super) fleet: Option<super::store::Fleet>,
}

/// A token and the moment just before its request was sent.
pub(super) struct Granted {
    pub(super) token: AccessToken,
    pub(super) sent: Now,
}

/// What one refresh begins with.
pub(super) struct Mission {
    pub(super) credentials: Arc<ClientCredentials>,
    /// Kept out of errors.
    pub(super) current: Option<AccessToken>,
    pub(super) started: Now,
    /// How long the current token is still served.
    pub(super) left: Duration,
    /// For how long of it there is time to wait for another machine.
    #[cfg_attr(not(feature = "token-store"), expect(dead_code, reason = "only a store needs it"))]
    pub(super) spare: Duration,
    /// The token that an API rejected, and the time of day at which it was asked for.
    #[cfg_attr(not(feature = "token-store"), expect(dead_code, reason = "only a store needs it"))]
    pub(super) rejected: Option<(AccessToken, SystemTime)>,
    /// How long to wait before the first request.
    pub(super) wait: Duration,
}

/// Asks until there is a token, a failure for good, or no time.
pub(super) async fn ask(exchange: &Exchange, mission: &Mission) -> Result<Granted, TokenError> {
    let (clock, config) = (&exchange.clock, &exchange.config);
    let started = mission.started.monotonic;
    let deadline = started.saturating_add(config.budget);
    let served_until = started.saturating_add(mission.left);
    if !mission.wait.is_zero() {
        clock.sleep_until(started.saturating_add(mission.wait)).await;
    }
    let mut attempt = 1;
    loop {
        let sent = clock.now();
        let request = exchange.endpoint.request(&mission.credentials);
        let reply = within(request, clock.sleep_until(deadline)).await;
        let status = reply.as_ref().and_then(|reply| Some(reply.as_ref().ok()?.status()));
        let result = match reply {
            Some(reply) => exchange.read(reply, mission),
            None => Err(TokenError::timed_out()),
        };
        let is_in_doubt = result.is_err() && exchange.endpoint.is_in_doubt();
        let result = result.map_err(|it| if is_in_doubt { it.in_doubt() } else { it });
        let now = clock.now();
        let (origin, elapsed) = (exchange.endpoint.origin(), now.elapsed_since(sent));
        exchange.observe(&TokenEvent::attempt(origin, attempt, elapsed, status, &result));
        if let Some(error) = exchange.endpoint.take_failure() {
            exchange.observe_refresh_token_store(&error);
        }
        let error = match result {
            Ok(token) => return Ok(Granted { token, sent }),
            Err(error) => error,
        };
        let next = now.monotonic.saturating_add(exchange.wait_before_retry(attempt, &error));
        if !error.is_transient()
            || is_in_doubt
            || attempt >= config.max_attempts
            || next >= deadline
        {
            return Err(error);
        }
        // While a token is served nobody waits for another, and the cache says when to ask again.
        if next < served_until {
            return Err(error);
        }
        clock.sleep_until(next).await;
        attempt += 1;
    }
}

impl Exchange {
    fn read(
        &self,
        reply: Result<crate::RawReply, EndpointError>,
        mission: &Mission,
    ) -> Result<AccessToken, TokenError> {
        let credentials = &mission.credentials;
        let sent = self.endpoint.sent_secrets();
        let mut secrets = vec![credentials.id().expose(), credentials.secret().expose()];
        secrets.extend(sent.iter().map(Secret::expose));
        secrets.extend(mission.current.as_ref().map(AccessToken::expose));
        let wall = self.clock.now().wall;
        let reading =
            Reading { config: &self.config, fields: &self.fields, secrets: &secrets, wall };
        let error = match reply {
            Ok(reply) => return response::read(&reply, &reading),
            Err(EndpointError::Request(error)) => return Err(error.into()),
            Err(EndpointError::Token(error)) => return Err(error),
            Err(EndpointError::Transport(error)) => error,
        };
        match (error.kind(), error.partial()) {
            // Enough has arrived to know what it means; a success that is cut is none.
            (TransportErrorKind::BodyTooLarge, Some(reply)) if !reply.status().is_success() => {
                response::read(reply, &reading)
            }
            (TransportErrorKind::BodyTooLarge, _) => {
                let limit = self.config.max_body;
                Err(TokenError::of(TokenErrorKind::TooLarge { limit }))
            }
            _ => Err(error.into()),
        }
    }

    /// Full jitter: anything from nothing to a time that doubles; the server's wish is a lower bound.
    fn wait_before_retry(&self, attempt: u32, error: &TokenError) -> Duration {
        let most = doubled(self.config.first_retry, attempt - 1, self.config.max_retry);
        let own = most.mul_f64(fraction((self.jitter)()));
        own.max(error.retry_after().unwrap_or_default())
    }

    fn observe(&self, event: &TokenEvent<'_>) {
        trace::attempt(event);
        self.notify(event);
    }

    /// Tells of a refresh that failed: whoever observes, where no request has told already, and the log,
    /// where readers were served on.
    pub(super) fn observe_failure(&self, error: &TokenError, is_served: bool) {
        let origin = self.endpoint.origin();
        if is_served {
            trace::failed_ahead(origin, error);
        }
        if matches!(error.kind(), TokenErrorKind::Aborted | TokenErrorKind::ExpiredOnArrival) {
            self.notify(&TokenEvent::beside(TokenEventKind::Refresh, origin, error));
        }
    }

    /// Tells of a refresh token that its store did not take.
    fn observe_refresh_token_store(&self, error: &TokenError) {
        let origin = self.endpoint.origin();
        trace::refresh_token_store(origin);
        self.notify(&TokenEvent::beside(TokenEventKind::RefreshTokenStore, origin, error));
    }

    /// Tells of a store that is of no use, though the refresh goes on.
    #[cfg(feature = "token-store")]
    pub(super) fn observe_store(&self, outcome: &'static str, cause: Option<super::GrantError>) {
        let origin = self.endpoint.origin();
        trace::store(origin, outcome);
        let error = TokenError::unavailable(cause.unwrap_or_else(|| outcome.into()));
        self.notify(&TokenEvent::beside(TokenEventKind::TokenStore, origin, &error));
    }

    /// Tells of a refresh that did not end within its budget; its request may end later, with an event of
    /// its own.
    pub(super) fn observe_overdue(&self, error: &TokenError) {
        let origin = self.endpoint.origin();
        self.notify(&TokenEvent::beside(TokenEventKind::Refresh, origin, error));
    }

    fn notify(&self, event: &TokenEvent<'_>) {
        if let Some(observer) = &self.observer {
            observer(event);
        }
    }
}

/// Returns nothing if the time is up before the work is done.
async fn within<T>(mut work: BoxFuture<'_, T>, mut timer: BoxFuture<'_, ()>) -> Option<T> {
    poll_fn(|context| {
        if let Poll::Ready(value) = work.as_mut().poll(context) {
            return Poll::Ready(Some(value));
        }
        timer.as_mut().poll(context).map(|()| None)
    })
    .await
}
