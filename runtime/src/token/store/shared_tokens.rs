//! What a caller gives to its sources so that they share their tokens: a store, a key, and bounds.

use std::fmt;
use std::sync::Arc;

use super::limits::StoreLimits;
use super::seal::{Sealer, SealingKey};
use super::{GrantError, TokenStore};
use crate::token::credentials::ClientCredentials;
use crate::token::endpoint::TokenEndpoint;
use crate::token::error::TokenError;
use crate::token::identity::Kind;

/// A store and the key that seals what is in it. Clones are cheap; one can serve any number of sources,
/// which share a token if they ask for the same.
///
/// ```no_run
/// # use tamarack_runtime::ClientCore;
/// # use tamarack_runtime::token::{
/// #     ClientCredentials, SealingKey, SharedTokens, TokenGrant, TokenSource, TokenStore,
/// # };
/// # fn run(
/// #     core: &ClientCore,
/// #     store: impl TokenStore + 'static,
/// #     key: [u8; 32],
/// # ) -> Result<TokenSource, Box<dyn std::error::Error>> {
/// let shared = SharedTokens::new(store, SealingKey::new(key));
/// let credentials = ClientCredentials::new("id", "secret");
/// let grant = TokenGrant::client_credentials("https://login.example.com/token", credentials);
/// let source = grant.source(core)?.shared(shared).build()?;
/// # Ok(source)
/// # }
/// ```
///
/// # What is shared with whom
///
/// Sources share a token if they have the same key and ask for the same: the same client id at the same
/// token URL, by the same grant, with the same scopes and parameters; or by the same operation with the same
/// values. The secret does not count, so that it can be rotated. Where a token is for a user whom the
/// source does not know (token exchange, JWT bearer, an endpoint of the caller's own), the caller has to
/// [name](Self::named) it.
///
/// A refresh-token grant cannot share. A server that replaces refresh tokens takes a second use for theft
/// and withdraws the grant (RFC 9700 section 4.14.2), while a source that shares goes on by itself whenever
/// the store is not there: it would use the token twice. Let one machine have that grant.
#[derive(Clone)]
pub struct SharedTokens {
    store: Arc<dyn TokenStore>,
    key: SealingKey,
    limits: StoreLimits,
    name: Box<str>,
}

impl SharedTokens {
    /// Creates the handle that sources are given, with the default limits.
    pub fn new(store: impl TokenStore + 'static, key: SealingKey) -> Self {
        Self { store: Arc::new(store), key, limits: StoreLimits::default(), name: "".into() }
    }

    /// Sets the bounds of the store.
    pub fn limits(mut self, limits: StoreLimits) -> Self {
        self.limits = limits;
        self
    }

    /// Says for whom the tokens are, beside what the source knows: a user, a tenant. Sources with other
    /// names share nothing. The name is not readable in the store.
    pub fn named(mut self, name: impl Into<Box<str>>) -> Self {
        self.name = name.into();
        self
    }

    /// Joins a source to the others that ask for the same.
    pub(in crate::token) fn join(
        self,
        endpoint: &dyn TokenEndpoint,
        credentials: &ClientCredentials,
    ) -> Result<Fleet, TokenError> {
        let identity = match endpoint.identity(credentials).0 {
            Kind::Known(identity) => identity,
            Kind::InPart(identity) if !self.name.is_empty() => identity,
            Kind::InPart(_) => {
                let reason = "a source whose token is for someone that it does not know cannot share \
                              it unnamed (SharedTokens::named)";
                return Err(TokenError::config(reason));
            }
            Kind::Never(reason) => return Err(TokenError::config(reason)),
        };
        let name_len = (self.name.len() as u64).to_be_bytes();
        let parts = [&name_len[..], self.name.as_bytes(), &identity];
        Ok(Fleet {
            sealer: Sealer::new(&self.key, &parts),
            holder: holder().map_err(TokenError::config)?,
            store: self.store,
            limits: self.limits,
        })
    }
}

/// A name that no other source has, so that nobody ends the lease of another.
fn holder() -> Result<Box<str>, GrantError> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

impl fmt::Debug for SharedTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedTokens").field("limits", &self.limits).finish_non_exhaustive()
    }
}

/// What one source knows of its fleet.
pub(in crate::token) struct Fleet {
    pub(super) store: Arc<dyn TokenStore>,
    pub(super) sealer: Sealer,
    pub(super) limits: StoreLimits,
    /// The name of this source as the holder of a lease.
    pub(super) holder: Box<str>,
}
