//! Token sources: bearer tokens from client credentials, cached and refreshed before they expire.
//!
//! A [`TokenSource`] asks a [`TokenEndpoint`], which a generated client implements, keeps the token,
//! refreshes it before it ends, and makes one request where many need one. What can go wrong is a
//! [`TokenError`].
//!
//! ```
//! # use tamarack_runtime::{BoxFuture, RawReply, bytes::Bytes, http::Response};
//! # use tamarack_runtime::token::{ClientCredentials, EndpointError, TokenEndpoint, TokenSource};
//! # struct Endpoint;
//! # impl TokenEndpoint for Endpoint {
//! #     fn request<'a>(
//! #         &'a self,
//! #         _: &'a ClientCredentials,
//! #     ) -> BoxFuture<'a, Result<RawReply, EndpointError>> {
//! #         let body = r#"{"access_token":"abc","token_type":"Bearer","expires_in":3600}"#;
//! #         Box::pin(async move { Ok(RawReply::new(Response::new(Bytes::from(body)))) })
//! #     }
//! # }
//! # async fn run(endpoint: Endpoint) -> Result<(), Box<dyn std::error::Error>> {
//! let source = TokenSource::new(endpoint, ClientCredentials::new("id", "secret"))?;
//! let value = source.authorization().await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Three ways to a token
//!
//! By an operation: a generated client has `token_source` where its document has a token endpoint.
//!
//! ```ignore
//! let client = Client::new()?;
//! let source = client.token_source(ClientCredentials::new("id", "secret")).build()?;
//! let value = source.authorization().await?;
//! ```
//!
//! By a token URL, with any grant of [`TokenGrant`]:
//!
//! ```
//! # use tamarack_runtime::{ClientCore, token::{ClientCredentials, TokenGrant}};
//! # async fn run(core: ClientCore) -> Result<(), Box<dyn std::error::Error>> {
//! let credentials = ClientCredentials::new("id", "secret");
//! let source = TokenGrant::client_credentials("/token", credentials).source(&core)?.build()?;
//! let value = source.authorization().await?;
//! # Ok(())
//! # }
//! ```
//!
//! Either of them for a whole fleet, which shares one token through a store (features `token-store` and
//! `redis1`):
//!
//! ```ignore
//! let shared = SharedTokens::new(Redis1::open("redis://redis.internal")?, SealingKey::new(key));
//! let source = client.token_source(credentials).shared(shared).build()?;
//! let value = source.authorization().await?;
//! ```

mod access_token;
mod attempts;
mod builder;
mod cache;
mod clock;
mod config;
mod credentials;
mod endpoint;
mod error;
mod fields;
mod grant;
mod identity;
mod key;
mod keyed;
mod oauth_code;
mod observe;
mod operation;
mod provider;
mod refresh;
mod response;
mod schedule;
mod scrub;
mod send;
mod shared;
mod slot;
mod source;
#[cfg(feature = "token-store")]
mod store;
mod sync;
mod token_url;
mod trace;

pub use access_token::{AccessToken, Lifetime};
pub use builder::TokenSourceBuilder;
pub(crate) use builder::random;
#[cfg(feature = "test-support")]
pub use clock::ManualClock;
pub use clock::{Clock, Now, SystemClock};
pub use config::TokenSourceConfig;
pub use credentials::ClientCredentials;
pub use endpoint::{EndpointError, TokenEndpoint, bounded};
pub use error::{TokenError, TokenErrorKind};
pub use fields::TokenFields;
pub use grant::{
    AssertionClaims, AssertionSigner, ClientAuthentication, ExchangedToken, GrantError,
    InMemoryRefreshToken, RefreshTokenStore, TokenGrant,
};
pub use identity::TokenIdentity;
pub use key::TokenKey;
pub use keyed::KeyedTokenSource;
pub use oauth_code::OAuthErrorCode;
pub use observe::{TokenEvent, TokenEventKind};
pub use provider::{CallbackToken, EnvToken, StaticToken, TokenProvider};
pub(crate) use schedule::fraction;
pub(crate) use scrub::shown;
pub(crate) use send::NeedsToken;
pub use send::{Rejection, SendError, send_authorized};
pub use source::TokenSource;
#[cfg(feature = "token-store")]
pub use store::{SealingKey, SharedTokens, StoreLimits, StoredToken, TokenStore};
pub use token_url::{TokenUrl, TokenUrlError};
