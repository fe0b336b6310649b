//! Turns what makes two token sources different into a key that holds no secret.

use std::collections::BTreeSet;
use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::LazyLock;

use super::credentials::ClientCredentials;

/// A key for a [`KeyedTokenSource`](super::KeyedTokenSource): endpoint, client, scopes and parameters.
///
/// Of the client's id and secret it holds hashes alone, keyed anew in each process: two keys differ if
/// the secrets do, and nothing of a secret is in a key. Scopes and parameters may come in any order.
///
/// ```
/// use tamarack_runtime::token::{ClientCredentials, TokenKey};
///
/// let credentials = ClientCredentials::new("id", "secret");
/// let key = |scope| {
///     TokenKey::new("https://login.example.com/token", &credentials)
///         .with_scope(scope)
///         .with_parameter("audience", "https://api.example.com")
/// };
/// assert!(key("read write") == key("write read"));
/// assert!(key("read write") != key("read"));
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TokenKey {
    endpoint: Box<str>,
    id: Fingerprint,
    secret: Fingerprint,
    scopes: BTreeSet<Box<str>>,
    parameters: BTreeSet<(Box<str>, Box<str>)>,
}

impl TokenKey {
    /// Starts with an endpoint, for example its URL, and a client of it.
    pub fn new(endpoint: &str, credentials: &ClientCredentials) -> Self {
        Self {
            endpoint: endpoint.into(),
            id: fingerprint(credentials.id().expose()),
            secret: fingerprint(credentials.secret().expose()),
            scopes: BTreeSet::new(),
            parameters: BTreeSet::new(),
        }
    }

    /// Adds scopes, with spaces between them (RFC 6749 section 3.3).
    pub fn with_scope(mut self, scope: &str) -> Self {
        self.scopes.extend(scope.split(' ').filter(|scope| !scope.is_empty()).map(Box::from));
        self
    }

    /// Adds what else is asked for, for example an `audience` or a `resource` (RFC 8707).
    pub fn with_parameter(mut self, name: &str, value: &str) -> Self {
        self.parameters.insert((name.into(), value.into()));
        self
    }
}

/// Shows nothing: what is in a key may identify a tenant.
impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenKey").finish_non_exhaustive()
    }
}

/// Two hashes of 64 bits with different keys: nobody meets both by chance.
pub(super) type Fingerprint = [u64; 2];

pub(super) fn fingerprint(text: &str) -> Fingerprint {
    static HASHERS: LazyLock<[RandomState; 2]> =
        LazyLock::new(|| [RandomState::new(), RandomState::new()]);
    HASHERS.each_ref().map(|hasher| hasher.hash_one(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// E10: each part makes a key another.
    #[test]
    fn every_part_counts() {
        let key = |endpoint, id, secret| {
            TokenKey::new(endpoint, &ClientCredentials::new(id, secret))
                .with_scope("b a")
                .with_parameter("resource", "x")
                .with_parameter("resource", "y")
        };
        let first = key("https://a.example", "id", "secret");
        let again = TokenKey::new("https://a.example", &ClientCredentials::new("id", "secret"))
            .with_parameter("resource", "y")
            .with_scope("a")
            .with_scope(" b ")
            .with_parameter("resource", "x");
        assert!(first == again);
        for other in [
            key("https://b.example", "id", "secret"),
            key("https://a.example", "id2", "secret"),
            key("https://a.example", "id", "secret2"),
            key("https://a.example", "secret", "id"),
            first.clone().with_scope("c"),
            first.clone().with_parameter("audience", "x"),
            first.clone().with_parameter("resource", "z"),
        ] {
            assert!(first != other);
        }
        assert_eq!(format!("{first:?}"), "TokenKey { .. }");
    }
}
