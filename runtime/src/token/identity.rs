//! What the tokens of an endpoint are for: what sources must have in common to share one.

use std::fmt;

use bytes::Bytes;

use crate::wipe::WipedBuffer;

/// What a [`TokenEndpoint`](super::TokenEndpoint) asks for, apart from the secrets that prove the client.
///
/// Sources with the same identity may be given the same token. The name of a token in a
/// `TokenStore` is a keyed hash of it.
#[derive(Clone)]
pub struct TokenIdentity(
    #[cfg_attr(not(feature = "token-store"), allow(dead_code, reason = "only a store needs it"))]
    pub(super) Kind,
);

#[derive(Clone)]
#[cfg_attr(not(feature = "token-store"), allow(dead_code, reason = "only a store needs it"))]
pub(super) enum Kind {
    /// All of it is known.
    Known(Bytes),
    /// There is something beside it that only the caller knows, and has to name.
    InPart(Bytes),
    /// Its tokens must not be shared, for this reason.
    Never(&'static str),
}

impl TokenIdentity {
    /// Creates the identity of tokens that are fully determined by these parts: the URL, the client id,
    /// the scopes. The order counts.
    pub fn known<P: AsRef<[u8]>>(parts: impl IntoIterator<Item = P>) -> Self {
        Self(Kind::Known(joined(parts)))
    }

    /// Creates the identity of tokens that depend on something beside these parts, such as a user, which
    /// the caller has to name.
    pub fn in_part<P: AsRef<[u8]>>(parts: impl IntoIterator<Item = P>) -> Self {
        Self(Kind::InPart(joined(parts)))
    }

    /// Creates the identity of tokens that must not be shared. The reason is a clause such as "a refresh
    /// token is used by one machine".
    pub fn never(reason: &'static str) -> Self {
        Self(Kind::Never(reason))
    }
}

/// Each part behind its length, so that no other parts read the same.
fn joined<P: AsRef<[u8]>>(parts: impl IntoIterator<Item = P>) -> Bytes {
    let mut acc = WipedBuffer::new();
    for part in parts {
        let part = part.as_ref();
        acc.push(&(part.len() as u64).to_be_bytes());
        acc.push(part);
    }
    acc.into_bytes()
}

/// Shows nothing, since the id of a client may be a key.
impl fmt::Debug for TokenIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenIdentity").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_keep_their_borders() {
        let bytes = |parts: &[&str]| match TokenIdentity::known(parts).0 {
            Kind::Known(bytes) => bytes,
            _ => panic!("it is known"),
        };
        for other in [&["ab", "c"][..], &["a", "b", "c"], &["abc"], &["a", "bc", ""], &["bc", "a"]]
        {
            assert_ne!(bytes(&["a", "bc"]), bytes(other));
        }
        assert_eq!(bytes(&["a", "bc"]), bytes(&["a", "bc"]));
    }

    #[test]
    fn nothing_is_shown() {
        let identity = TokenIdentity::known(["https://login.example", "hunter2"]);
        assert_eq!(format!("{identity:?}"), "TokenIdentity { .. }");
    }
}
