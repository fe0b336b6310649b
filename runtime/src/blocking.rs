//! Token sources and waiting for programs without async: the thread is parked until a future is ready.
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
//! It needs a [`Transport`](crate::Transport) that works without an async runtime, such as
//! `ureq3::Ureq3` (feature `ureq3`).

mod executor;
mod send;
mod token_source;

pub use crate::body::blocking::Iter;
pub use executor::block_on;
pub(crate) use executor::spawn_thread;
pub use send::send_authorized;
pub use token_source::TokenSource;
