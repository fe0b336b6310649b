//! Turns what names and proves a client into one value for the token endpoint.

use std::fmt;

use super::error::{TokenError, TokenErrorKind};
use crate::secret::Secret;

/// A client's id and secret. The id is kept like a secret: some APIs use a key as one.
#[derive(Clone)]
pub struct ClientCredentials {
    id: Secret,
    secret: Secret,
}

impl ClientCredentials {
    /// Takes both over.
    pub fn new(id: impl Into<Secret>, secret: impl Into<Secret>) -> Self {
        Self { id: id.into(), secret: secret.into() }
    }

    /// Returns the client's id.
    pub fn id(&self) -> &Secret {
        &self.id
    }

    /// Returns the client's secret.
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    pub(super) fn with_secret(&self, secret: Secret) -> Self {
        Self { id: self.id.clone(), secret }
    }

    /// Refuses what no server can accept, before anything is sent.
    pub(super) fn check(&self) -> Result<(), TokenError> {
        let is_fine = |text: &str| !text.is_empty() && !text.chars().any(char::is_control);
        if is_fine(self.id.expose()) && is_fine(self.secret.expose()) {
            Ok(())
        } else {
            Err(TokenError::of(TokenErrorKind::Config))
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
    }
}
