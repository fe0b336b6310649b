//! Turns what names and proves a client into one value for the token endpoint.

use std::fmt;

use super::error::TokenError;
use crate::secret::Secret;

/// A client's id and secret. The id is kept like a secret: some APIs use a key as one.
#[derive(Clone)]
pub struct ClientCredentials {
    id: Secret,
    /// Empty where the client has none.
    secret: Secret,
    has_secret: bool,
}

impl ClientCredentials {
    /// Takes both over.
    pub fn new(id: impl Into<Secret>, secret: impl Into<Secret>) -> Self {
        Self { id: id.into(), secret: secret.into(), has_secret: true }
    }

    /// Takes the id of a client that has no secret: a public one, or one that proves in another way who
    /// it is ([`ClientAuthentication`](super::ClientAuthentication)).
    pub fn without_secret(id: impl Into<Secret>) -> Self {
        Self { id: id.into(), secret: "".into(), has_secret: false }
    }

    /// Returns the client's id.
    pub fn id(&self) -> &Secret {
        &self.id
    }

    /// Returns the client's secret, empty where it has none.
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    pub(super) fn with_secret(&self, secret: Secret) -> Self {
        Self { id: self.id.clone(), secret, has_secret: true }
    }

    pub(super) fn has_secret(&self) -> bool {
        self.has_secret
    }

    /// Refuses what no server can accept, before anything is sent.
    pub(super) fn check(&self) -> Result<(), TokenError> {
        let is_fine = |text: &str| !text.is_empty() && !text.chars().any(char::is_control);
        let has_fine_secret = !self.has_secret || is_fine(self.secret.expose());
        if is_fine(self.id.expose()) && has_fine_secret {
            Ok(())
        } else {
            Err(TokenError::config("the client's id or secret is empty or has a control character"))
        }
    }
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientCredentials(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_and_control_characters_are_refused() {
        for (id, secret, is_fine) in [
            ("a", "b", true),
            ("", "b", false),
            ("a", "", false),
            ("a\n", "b", false),
            ("a", "b\u{7f}", false),
        ] {
            let credentials = ClientCredentials::new(id, secret);
            assert_eq!(credentials.check().is_ok(), is_fine);
            assert_eq!(format!("{credentials:?}"), "ClientCredentials(***)");
        }
        assert!(ClientCredentials::without_secret("a").check().is_ok());
        assert!(ClientCredentials::without_secret("").check().is_err());
    }
}
