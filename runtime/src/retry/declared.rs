//! What is known of an operation beyond HTTP: when it may be sent again.

/// When an operation may be sent again, beyond what HTTP says of every one.
///
/// Generated crates have it where an overlay says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeclaredRetries {
    pub(super) statuses: &'static [u16],
    pub(crate) key_header: Option<&'static str>,
    pub(crate) idempotent: Option<bool>,
}

impl DeclaredRetries {
    /// Says nothing beyond HTTP.
    pub const fn new() -> Self {
        Self { statuses: &[], key_header: None, idempotent: None }
    }

    /// Adds statuses of errors that pass, beside 408, 429, 502, 503 and 504.
    pub const fn statuses(self, statuses: &'static [u16]) -> Self {
        Self { statuses, ..self }
    }

    /// Names the header of the idempotency key. A request that could not be sent again without it has a
    /// random one if the caller sets none.
    pub const fn key_header(self, name: &'static str) -> Self {
        Self { key_header: Some(name), ..self }
    }

    /// Says whether sending a request twice does what sending it once does, whatever its method.
    pub const fn idempotent(self, idempotent: bool) -> Self {
        Self { idempotent: Some(idempotent), ..self }
    }
}
