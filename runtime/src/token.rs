//! Turns client credentials into a bearer token that is there when it is needed.

mod access_token;
mod attempts;
mod builder;
mod cache;
mod clock;
mod config;
mod credentials;
mod endpoint;
mod error;
mod oauth_code;
mod observe;
mod response;
mod schedule;
mod scrub;
mod shared;
mod slot;
mod source;

pub use access_token::{AccessToken, Lifetime};
pub use builder::TokenSourceBuilder;
#[cfg(feature = "test-support")]
pub use clock::ManualClock;
pub use clock::{Clock, Now, SystemClock};
pub use config::TokenSourceConfig;
pub use credentials::ClientCredentials;
pub use endpoint::{EndpointError, TokenEndpoint};
pub use error::{TokenError, TokenErrorKind};
pub use oauth_code::OAuthErrorCode;
pub use observe::TokenEvent;
pub use source::TokenSource;
