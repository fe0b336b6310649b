//! The credentials of a client, each stored under the name of its security scheme.

use std::fmt;
use std::sync::Arc;

use super::ClientCore;
use crate::secret::Secret;
use crate::token::{
    ClientAuthentication, ClientCredentials, Rejection, TokenError, TokenGrant, TokenProvider,
};

/// A credential for a security scheme.
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
    /// A provider of bearer tokens; create it with [`provider`](Self::provider).
    Provider {
        /// [`ClientCore::send`](crate::ClientCore::send) asks it for a token before each request.
        provider: Arc<dyn TokenProvider>,
        /// Decides which responses mean that the token is invalid; such a request is sent once more with
        /// another token.
        rejection: Rejection,
    },
    /// A grant: a [`Provider`](Self::Provider) once the client is built, which asks over its transport.
    Grant(Box<TokenGrant>),
}

impl Credential {
    /// Creates the HTTP Basic credential of an OAuth client: id and secret are form-encoded before they
    /// become user name and password (RFC 6749 section 2.3.1), unlike in plain Basic (RFC 7617).
    pub fn client(credentials: &ClientCredentials) -> Self {
        let encoded = |text: &Secret| {
            let text = text.expose().as_bytes();
            // The full capacity, so that growing leaves no copies of the text.
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

    /// Creates a credential whose tokens come from a provider, such as a
    /// [`TokenSource`](crate::token::TokenSource).
    ///
    /// The request of an operation is built without IO, so only
    /// [`ClientCore::send`](crate::ClientCore::send) adds its `Authorization`, like
    /// [`send_authorized`](crate::token::send_authorized): a token that the API explicitly rejects is
    /// replaced once, and tokens are only sent to the origin of the client's base URL. The provider
    /// limits the time of waiting for a token; the timeout of the client begins afterwards.
    pub fn provider(provider: impl TokenProvider + 'static) -> Self {
        Self::Provider { provider: Arc::new(provider), rejection: Rejection::default() }
    }
}

/// Hides the user name, too, since some APIs use it for a key.
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
