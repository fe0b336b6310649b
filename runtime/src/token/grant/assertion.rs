//! Turns what a token server wants to be told about a client into the claims of a JWT that the caller signs.

use std::hash::{BuildHasher as _, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use serde::ser::{Serialize, SerializeMap as _, Serializer};

use super::GrantError;
use crate::secret::Secret;
use crate::token::clock::{Clock as _, SystemClock};
use crate::transport::BoxFuture;

/// How long an assertion is valid: long enough for clocks that are some minutes apart.
const LIFETIME: Duration = Duration::from_secs(5 * 60);

/// Signs assertions (RFC 7523): with a private key (`private_key_jwt`), with the client's secret
/// (`client_secret_jwt`), or through a service that holds the key.
///
/// It is asked for each request, as an assertion may be used once only. There is no cryptography in this
/// crate; with `jsonwebtoken`, for example, it is `encode(&header, claims, &key)`.
pub trait AssertionSigner: Send + Sync {
    /// Returns a signed JWT, in the compact form. The claims are what RFC 7523 section 3 asks of a
    /// client; a signer may add to them and change them.
    fn sign<'a>(&'a self, claims: &'a AssertionClaims)
    -> BoxFuture<'a, Result<Secret, GrantError>>;
}

/// The claims of an assertion. As `Serialize` they are `iss`, `sub`, `aud`, `jti`, `iat` and `exp`.
#[derive(Clone, Debug)]
pub struct AssertionClaims {
    client_id: Secret,
    audience: Box<str>,
    id: Box<str>,
    issued_at: u64,
    expires_at: u64,
}

impl AssertionClaims {
    pub(super) fn new(client_id: &Secret, audience: String) -> Self {
        let wall = SystemClock::new().now().wall;
        let issued_at = wall.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Self {
            client_id: client_id.clone(),
            audience: audience.into(),
            id: unique().into(),
            issued_at: issued_at.as_secs(),
            expires_at: issued_at.saturating_add(LIFETIME).as_secs(),
        }
    }

    /// Returns the client's id: issuer and subject (`iss`, `sub`).
    pub fn client_id(&self) -> &Secret {
        &self.client_id
    }

    /// Returns the token URL (`aud`).
    pub fn audience(&self) -> &str {
        &self.audience
    }

    /// Returns what no other assertion has (`jti`).
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the time of signing, in seconds since 1970 (`iat`).
    pub fn issued_at(&self) -> u64 {
        self.issued_at
    }

    /// Returns the end of the assertion's life, in seconds since 1970 (`exp`).
    pub fn expires_at(&self) -> u64 {
        self.expires_at
    }
}

impl Serialize for AssertionClaims {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(6))?;
        map.serialize_entry("iss", self.client_id.expose())?;
        map.serialize_entry("sub", self.client_id.expose())?;
        map.serialize_entry("aud", &*self.audience)?;
        map.serialize_entry("jti", &*self.id)?;
        map.serialize_entry("iat", &self.issued_at)?;
        map.serialize_entry("exp", &self.expires_at)?;
        map.end()
    }
}

/// A `jti` need not be secret, only its own (RFC 7519 section 4.1.7). Each `RandomState` has keys of its
/// own, and the number keeps two of one process apart.
fn unique() -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(0);

    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let [one, other] = [(); 2].map(|()| RandomState::new().hash_one(number));
    format!("{one:016x}{other:016x}{number:x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7523 section 3, claims 1 to 4, 6 and 7.
    #[test]
    fn the_claims_of_a_client() {
        let claims = AssertionClaims::new(&"client".into(), "https://a.example/token".to_owned());
        let json = serde_json::to_value(&claims).unwrap();
        assert_eq!((&json["iss"], &json["sub"]), (&"client".into(), &"client".into()));
        assert_eq!(json["aud"], "https://a.example/token");
        let (issued, expires) = (json["iat"].as_u64().unwrap(), json["exp"].as_u64().unwrap());
        assert_eq!(expires - issued, 300);
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
        assert!((now - 60..=now).contains(&issued));
        let another = AssertionClaims::new(&"client".into(), String::new());
        assert!(json["jti"].as_str().unwrap().len() >= 32);
        assert_ne!(json["jti"], another.id());
        assert!(!format!("{claims:?}").contains("client\""));
    }
}
