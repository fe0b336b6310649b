//! Turns what proves who is calling into a value that is kept under the name of a security scheme.

use std::fmt;
use std::sync::Arc;

use crate::secret::Secret;
use crate::token::{ClientCredentials, Rejection, TokenProvider};

/// What a security scheme sends.
#[derive(Clone)]
#[non_exhaustive]
pub enum Credential {
    /// A bearer token or an API key.
    Token(Secret),
    /// A user name and a password.
    Basic {
        /// The user name.
        user: String,
        /// The password.
        password: Secret,
    },
    /// Whatever has a bearer token when one is needed, from [`provider`](Self::provider).
    Provider {
        /// Asked by [`ClientCore::send`](crate::ClientCore::send), before each request.
        provider: Arc<dyn TokenProvider>,
        /// Which replies mean that the token is not valid: such a one is sent once more, with another.
        rejection: Rejection,
    },
}

impl Credential {
    /// Authenticates an OAuth client by HTTP Basic: id and secret are form-encoded before they become
    /// user name and password (RFC 6749 section 2.3.1), which plain Basic (RFC 7617) does not do.
    pub fn client(credentials: &ClientCredentials) -> Self {
        let encoded = |text: &Secret| {
            let text = text.expose().as_bytes();
            // Room for all of it, so that the text is not copied while it grows.
            let mut acc = String::with_capacity(text.len() * 3);
            acc.extend(form_urlencoded::byte_serialize(text));
            acc
        };
        let (user, password) = (encoded(credentials.id()), encoded(credentials.secret()));
        Self::Basic { user, password: password.into() }
    }

    /// Takes bearer tokens from a provider, such as a [`TokenSource`](crate::token::TokenSource).
    ///
    /// The request of an operation is built without IO, so it has no `Authorization` until
    /// [`ClientCore::send`](crate::ClientCore::send) sends it, as
    /// [`send_authorized`](crate::token::send_authorized) does: a token that the API rejects by name
    /// is replaced once, and none goes to another origin than the client's base URL. How long the wait
    /// for a token may be is the provider's to say; the client's timeout begins after it.
    pub fn provider(provider: impl TokenProvider + 'static) -> Self {
        Self::Provider { provider: Arc::new(provider), rejection: Rejection::default() }
    }
}

/// Hides the user name too: some APIs use a key as one.
impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Token(_) => "Token(***)",
            Self::Basic { .. } => "Basic(***)",
            Self::Provider { .. } => "Provider(***)",
        })
    }
}
