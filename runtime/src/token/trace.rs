//! Emits `tracing` events of a source, without bodies, headers or text of the server.

use super::error::TokenError;
use super::observe::TokenEvent;

/// The end of one request for a token.
#[cfg(feature = "tracing")]
pub(super) fn attempt(event: &TokenEvent<'_>) {
    tracing::debug!(
        target: TARGET,
        origin = event.origin,
        attempt = event.attempt,
        status = event.status().map(|status| status.as_u16()),
        outcome = event.error.map_or("token", outcome),
        elapsed_ms = u64::try_from(event.elapsed.as_millis()).unwrap_or(u64::MAX),
        "request for a token"
    );
}

/// The end of a refresh that failed while its readers had a usable token, and so heard nothing of it.
#[cfg(feature = "tracing")]
pub(super) fn failed_ahead(origin: Option<&str>, error: &TokenError) {
    tracing::warn!(
        target: TARGET,
        origin,
        status = error.status().map(|status| status.as_u16()),
        outcome = outcome(error),
        is_transient = error.is_transient(),
        "refresh ahead failed; the current token is served on"
    );
}

/// A store that did not take a refresh token, which is lost if the process ends.
#[cfg(feature = "tracing")]
pub(super) fn refresh_token_store(origin: Option<&str>) {
    tracing::warn!(
        target: TARGET,
        origin,
        "the store did not take the new refresh token; the source holds it"
    );
}

/// A store of tokens that is of no use to a refresh, which goes on by itself.
#[cfg(all(feature = "tracing", feature = "token-store"))]
pub(super) fn store(origin: Option<&str>, outcome: &'static str) {
    tracing::warn!(target: TARGET, origin, outcome, "token store failed; the source goes on by itself");
}

#[cfg(feature = "tracing")]
const TARGET: &str = "tamarack_runtime::token";

/// A word for each kind of failure, and no other.
#[cfg(feature = "tracing")]
fn outcome(error: &TokenError) -> &'static str {
    use super::error::TokenErrorKind as Kind;

    match error.kind() {
        Kind::Config => "config",
        Kind::Request => "request",
        Kind::Transport(kind) => kind.word(),
        Kind::TooLarge { .. } => "too_large",
        Kind::Redirect { .. } => "redirect",
        Kind::Status => "status",
        Kind::OAuth => "oauth",
        Kind::InvalidResponse { .. } => "invalid_response",
        Kind::UnsupportedTokenType => "unsupported_token_type",
        Kind::ExpiredOnArrival => "expired_on_arrival",
        Kind::Backoff => "backoff",
        Kind::Aborted => "aborted",
        Kind::Unavailable => "unavailable",
    }
}

#[cfg(not(feature = "tracing"))]
pub(super) fn attempt(_: &TokenEvent<'_>) {}

#[cfg(all(not(feature = "tracing"), feature = "token-store"))]
pub(super) fn store(_: Option<&str>, _: &'static str) {}

#[cfg(not(feature = "tracing"))]
pub(super) fn refresh_token_store(_: Option<&str>) {}

#[cfg(not(feature = "tracing"))]
pub(super) fn failed_ahead(_: Option<&str>, _: &TokenError) {}
