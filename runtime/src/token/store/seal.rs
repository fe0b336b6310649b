//! Seals tokens for a store, and opens them: XChaCha20-Poly1305, bound to the name of the token.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use chacha20poly1305::aead::{AeadInOut as _, KeyInit as _};
use chacha20poly1305::{Tag, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use zeroize::{Zeroize as _, Zeroizing};

use crate::secret::Secret;
use crate::token::access_token::{AccessToken, Lifetime};
use crate::wipe::WipedBuffer;

/// The first byte of a sealed value. Another layout gets another.
const LAYOUT: u8 = 1;
const NONCE_LEN: usize = 24;
const TAG_LEN: usize = 16;
/// Stands for a scope that the server did not state.
const NO_SCOPE: u32 = u32::MAX;

/// The key that seals tokens in a [`TokenStore`](super::TokenStore): 32 random bytes that all machines of a
/// fleet have and the store does not.
///
/// Names in the store are made with it, too, so another key is another place in the store: to replace a
/// key, deploy another one, and the fleet asks for one more token. `Debug` prints the same for every key;
/// the memory is zeroed on drop.
#[derive(Clone)]
pub struct SealingKey(Arc<Zeroizing<[u8; 32]>>);

impl SealingKey {
    /// Creates a key from 32 random bytes, for example of `openssl rand -base64 32`. They must not be a
    /// password.
    pub fn new(mut bytes: [u8; 32]) -> Self {
        let key = Self(Arc::new(Zeroizing::new(bytes)));
        bytes.zeroize();
        key
    }

    /// One key for each use.
    fn derive(&self, purpose: &[u8]) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(keyed_hash(&self.0, &[purpose]))
    }
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKey(***)")
    }
}

fn keyed_hash(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key)
        .unwrap_or_else(|_| unreachable!("HMAC takes a key of any length"));
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Seals and opens the values of one name.
pub(super) struct Sealer {
    cipher: XChaCha20Poly1305,
    name: Box<str>,
}

/// A token and what it needs to be served by another machine.
pub(super) struct Opened {
    pub(super) token: AccessToken,
    /// The time of day just before it was asked for, by the clock of the machine that asked.
    pub(super) issued: SystemTime,
}

impl Opened {
    /// Returns how long it is still valid at most, by this clock.
    pub(super) fn left(&self, wall: SystemTime) -> Duration {
        let lifetime = self.token.lifetime().duration();
        let age = wall.duration_since(self.issued).unwrap_or_default();
        lifetime.saturating_sub(age)
    }
}

impl Sealer {
    /// The identity is what the token is for.
    pub(super) fn new(key: &SealingKey, identity: &[&[u8]]) -> Self {
        let sealing = key.derive(b"tamarack token store: seal");
        let cipher = XChaCha20Poly1305::new((&*sealing).into());
        let mut identity_hash = keyed_hash(&key.derive(b"tamarack token store: name"), identity);
        let name = identity_hash.iter().map(|byte| format!("{byte:02x}")).collect();
        identity_hash.zeroize();
        Self { cipher, name }
    }

    /// Returns the name of the value: a keyed hash, in hexadecimal digits.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Returns nothing where the system has no random numbers.
    pub(super) fn seal(&self, token: &AccessToken, issued: SystemTime) -> Option<Vec<u8>> {
        let (kind, lifetime) = match token.lifetime() {
            Lifetime::Stated(lifetime) => (0, lifetime),
            Lifetime::Assumed(lifetime) => (1, lifetime),
        };
        let issued = issued.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        let scope = token.granted_scope();
        let scope_len = scope.map_or(Some(NO_SCOPE), |scope| u32::try_from(scope.len()).ok())?;
        let mut plain = WipedBuffer::new();
        plain.push(&millis(issued)?.to_be_bytes());
        plain.push(&[kind]);
        plain.push(&millis(lifetime)?.to_be_bytes());
        plain.push(&scope_len.to_be_bytes());
        plain.push(scope.unwrap_or_default().as_bytes());
        plain.push(token.expose().as_bytes());
        let mut nonce = [0; NONCE_LEN];
        getrandom::fill(&mut nonce).ok()?;
        let body = plain.as_mut();
        let sealed =
            self.cipher.encrypt_inout_detached(&XNonce::from(nonce), self.bound(), body.into());
        let tag = sealed.ok()?;
        Some([&[LAYOUT], &nonce[..], plain.as_ref(), &tag[..]].concat())
    }

    /// Returns nothing for what this key has not sealed under this name.
    pub(super) fn open(&self, value: &[u8]) -> Option<Opened> {
        let (&LAYOUT, rest) = value.split_first()? else { return None };
        let (nonce, rest) = rest.split_first_chunk::<NONCE_LEN>()?;
        let (body, tag) = rest.split_last_chunk::<TAG_LEN>()?;
        let mut plain = WipedBuffer::copy_of(body);
        let (nonce, tag) = (XNonce::from(*nonce), Tag::from(*tag));
        let buffer = plain.as_mut().into();
        self.cipher.decrypt_inout_detached(&nonce, self.bound(), buffer, &tag).ok()?;
        read(plain.as_ref())
    }

    /// What a value is bound to: moved to another name it does not open.
    fn bound(&self) -> &[u8] {
        self.name.as_bytes()
    }
}

fn millis(time: Duration) -> Option<u64> {
    u64::try_from(time.as_millis()).ok()
}

fn read(plain: &[u8]) -> Option<Opened> {
    let (issued, rest) = plain.split_first_chunk()?;
    let (&kind, rest) = rest.split_first()?;
    let (lifetime, rest) = rest.split_first_chunk()?;
    let (scope_len, rest) = rest.split_first_chunk()?;
    let lifetime = Duration::from_millis(u64::from_be_bytes(*lifetime));
    let lifetime = match kind {
        0 => Lifetime::Stated(lifetime),
        1 => Lifetime::Assumed(lifetime),
        _ => return None,
    };
    let (scope, text) = match u32::from_be_bytes(*scope_len) {
        NO_SCOPE => (None, rest),
        len => {
            let (scope, text) = rest.split_at_checked(usize::try_from(len).ok()?)?;
            (Some(std::str::from_utf8(scope).ok()?.into()), text)
        }
    };
    let text = Secret::from(std::str::from_utf8(text).ok()?);
    let issued = Duration::from_millis(u64::from_be_bytes(*issued));
    let issued = SystemTime::UNIX_EPOCH.checked_add(issued)?;
    let token = AccessToken::granted(&text, lifetime, scope).ok()?;
    Some(Opened { token, issued })
}

#[cfg(test)]
mod tests;
