//! Turns what proves who is calling into a value that is kept under the name of a security scheme.

use std::fmt;
use std::sync::Arc;

use super::ClientCore;
use crate::secret::Secret;
use crate::token::{
    ClientAuthentication, ClientCredentials, Rejection, TokenError, TokenGrant, TokenProvider,
};

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
    /// A grant: a [`Provider`](Self::Provider) once the client is built, which asks over its transport.
    Grant(Box<TokenGrant>),
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

    /// Gets bearer tokens by a grant at a token URL, over the transport of the client.
    ///
    /// What is wrong with the grant is the error of [`ClientBuilder::build`](crate::ClientBuilder::build).
    pub fn grant(grant: TokenGrant) -> Self {
        Self::Grant(Box::new(grant))
    }

    /// Makes the provider of a grant, which needs the client that it sends over.
    pub(super) fn on(self, core: &ClientCore) -> Result<Self, TokenError> {
        match self {
            Self::Grant(grant) => Ok(Self::provider(grant.source(core)?.build()?)),
            other => Ok(other),
        }
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
            Self::Grant(_) => "Grant(***)",
        })
    }
}

/// The grant that a security scheme gets its tokens by, to be given to a
/// [`ClientBuilder`](crate::ClientBuilder).
#[derive(Clone, Debug)]
pub struct SchemeGrant {
    scheme: &'static str,
    grant: TokenGrant,
}

impl SchemeGrant {
    /// Takes the name of the scheme and its grant.
    pub fn new(scheme: &'static str, grant: TokenGrant) -> Self {
        Self { scheme, grant }
    }

    /// Sets how the client proves at the token URL who it is.
    pub fn authentication(self, authentication: ClientAuthentication) -> Self {
        self.with(|grant| grant.authentication(authentication))
    }

    /// Changes the grant, by any of its settings.
    pub fn with(self, change: impl FnOnce(TokenGrant) -> TokenGrant) -> Self {
        Self { grant: change(self.grant), ..self }
    }

    /// Returns the grant, to make a token source of it that is also used elsewhere.
    pub fn into_grant(self) -> TokenGrant {
        self.grant
    }
}

impl From<SchemeGrant> for (&'static str, Credential) {
    fn from(it: SchemeGrant) -> Self {
        (it.scheme, Credential::grant(it.grant))
    }
}
