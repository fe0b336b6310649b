//! Turns client credentials into a bearer token that is there when it is needed.

mod access_token;
mod cache;
mod clock;
mod config;
mod error;
mod oauth_code;
mod response;
mod schedule;
mod scrub;

pub use access_token::{AccessToken, Lifetime};
#[cfg(feature = "test-support")]
pub use clock::ManualClock;
pub use clock::{Clock, Now, SystemClock};
pub use config::TokenSourceConfig;
pub use error::{TokenError, TokenErrorKind};
pub use oauth_code::OAuthErrorCode;
