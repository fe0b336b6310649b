//! Turns futures into results by parking the thread, for programs without async.
//!
//! ```no_run
//! # use tamarack_runtime::token::{ClientCredentials, TokenEndpoint};
//! use tamarack_runtime::blocking::TokenSource;
//!
//! # fn run(endpoint: impl TokenEndpoint + 'static) -> Result<(), Box<dyn std::error::Error>> {
//! let source = TokenSource::new(endpoint, ClientCredentials::new("id", "secret"))?;
//! let value = source.authorization()?;
//! # Ok(())
//! # }
//! ```
//!
//! What is sent here needs a [`Transport`](crate::Transport) that needs no runtime, such as
//! `ureq3::Ureq3` (feature `ureq3`).

mod executor;
mod send;
mod token_source;

pub use executor::block_on;
pub(crate) use executor::spawn_thread;
pub use send::send_authorized;
pub use token_source::TokenSource;
