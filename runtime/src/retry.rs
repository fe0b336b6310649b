//! When a call is sent again: its settings, what is retryable, and what a client may spend on it.

mod budget;
mod declared;
mod key;
mod settings;
mod verdict;

pub use declared::DeclaredRetries;
pub(crate) use key::{is_key_header, new_key};
pub(crate) use settings::Retries;
pub use settings::RetrySettings;
pub(crate) use verdict::Repeatable;
