//! One refresh: by requests, or where sources share their token by a store first.

use std::sync::Arc;
use std::time::Duration;

use super::access_token::AccessToken;
use super::attempts::{self, Exchange, Granted, Mission};
use super::clock::Now;
use super::error::TokenError;

/// What a refresh brings.
pub(super) enum Fetched {
    /// The answer to a request.
    Granted(Granted),
    /// A token that another machine was granted.
    #[cfg_attr(not(feature = "token-store"), expect(dead_code, reason = "only a store has it"))]
    Adopted(Adopted),
    /// Nothing yet: another machine is about to ask, and the current token serves so long.
    #[cfg_attr(not(feature = "token-store"), expect(dead_code, reason = "only a store has it"))]
    Deferred(Duration),
}

/// A token that another machine was granted.
pub(super) struct Adopted {
    pub(super) token: AccessToken,
    /// The time of day at which it was asked for.
    pub(super) issued: std::time::SystemTime,
    /// Its age when it was read, and when that was.
    pub(super) age: Duration,
    pub(super) read: Now,
}

/// Brings a token.
pub(super) async fn run(exchange: Arc<Exchange>, mission: Mission) -> Result<Fetched, TokenError> {
    #[cfg(feature = "token-store")]
    if let Some(fleet) = &exchange.fleet {
        return super::store::refresh(fleet, &exchange, &mission).await;
    }
    attempts::ask(&exchange, &mission).await.map(Fetched::Granted)
}
