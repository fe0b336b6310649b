//! A credential that a client has, with the header values that are made of it once.

use std::sync::OnceLock;

use http::HeaderValue;

use super::Credential;

/// The credential of a security scheme.
pub(crate) struct Held {
    pub(crate) scheme: &'static str,
    pub(crate) credential: Credential,
    /// The value of `Authorization`; none if the credential cannot be sent.
    pub(crate) authorization: OnceLock<Option<HeaderValue>>,
    /// The value of a header that holds nothing else.
    pub(crate) key: OnceLock<Option<HeaderValue>>,
}

impl Held {
    pub(super) fn new(scheme: &'static str, credential: Credential) -> Self {
        Self { scheme, credential, authorization: OnceLock::new(), key: OnceLock::new() }
    }
}
