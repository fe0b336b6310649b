//! When an operation may be sent again, beyond what HTTP says.

/// When an operation may be sent again, beyond what HTTP says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retries {
    /// The statuses of errors that pass, sorted.
    pub statuses: Vec<u16>,
    /// The header of the idempotency key.
    pub key_header: Option<String>,
    /// Whether sending a request twice does what sending it once does, if that is not as its method says.
    pub idempotent: Option<bool>,
}
