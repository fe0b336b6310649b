//! An access token, which can be sent but is never shown.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::HeaderValue;

use super::error::TokenError;
use crate::secret::Secret;
use crate::wipe::WipedBuffer;

const SCHEME: &[u8] = b"Bearer ";
const MAX_LEN: usize = 32 * 1024;

/// A bearer token. Clones are cheap and share the text, which is zeroed when the last one is dropped.
///
/// `Debug` prints the same for every token; `Display`, `Serialize` and `PartialEq` are not implemented.
#[derive(Clone)]
pub struct AccessToken(Arc<Parts>);

struct Parts {
    // The only copy of the text; its bytes are wiped when the last clone of the header goes.
    authorization: HeaderValue,
    lifetime: Lifetime,
    scope: Option<Box<str>>,
    generation: u64,
}

/// The lifetime of a token, counted from just before its request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Lifetime {
    /// Stated by the server.
    Stated(Duration),
    /// Not stated by the server.
    Assumed(Duration),
}

impl Lifetime {
    /// Returns the lifetime, stated or assumed.
    pub fn duration(self) -> Duration {
        match self {
            Self::Stated(duration) | Self::Assumed(duration) => duration,
        }
    }
}

impl AccessToken {
    /// Creates a token of unknown lifetime, for a source that does not ask a server.
    ///
    /// The text must be one or more visible ASCII characters (RFC 6749 appendix A.12).
    pub fn new(text: &Secret) -> Result<Self, TokenError> {
        Self::granted(text, Lifetime::Assumed(Duration::MAX), None)
    }

    pub(super) fn granted(
        text: &Secret,
        lifetime: Lifetime,
        scope: Option<Box<str>>,
    ) -> Result<Self, TokenError> {
        /// Unique in the process, so that a token of one source never passes for another's.
        static GENERATION: AtomicU64 = AtomicU64::new(1);

        let text = text.expose().as_bytes();
        // A space at the end would be cut off on the way.
        let is_trimmed = text.first() != Some(&b' ') && text.last() != Some(&b' ');
        let is_visible = text.iter().all(|byte| matches!(byte, 0x20..=0x7e));
        if text.is_empty() || text.len() > MAX_LEN || !is_visible || !is_trimmed {
            return Err(TokenError::invalid_response("access_token"));
        }
        let mut value = WipedBuffer::copy_of(SCHEME);
        value.push(text);
        let mut authorization = HeaderValue::from_maybe_shared(value.into_bytes())
            .map_err(|_| TokenError::invalid_response("access_token"))?;
        authorization.set_sensitive(true);
        let generation = GENERATION.fetch_add(1, Ordering::Relaxed);
        Ok(Self(Arc::new(Parts { authorization, lifetime, scope, generation })))
    }

    /// Returns the text. Each call is a place where the token can leak.
    pub fn expose(&self) -> &str {
        self.0.authorization.to_str().unwrap_or_default().get(SCHEME.len()..).unwrap_or_default()
    }

    /// Returns the value of the header `Authorization`, made once and marked as sensitive.
    pub fn authorization(&self) -> &HeaderValue {
        &self.0.authorization
    }

    /// Returns the lifetime of the token.
    pub fn lifetime(&self) -> Lifetime {
        self.0.lifetime
    }

    /// Returns the scope that the server granted; `None` means the requested one.
    pub fn granted_scope(&self) -> Option<&str> {
        self.0.scope.as_deref()
    }

    /// Returns the number of this token, unique in the process.
    pub fn generation(&self) -> u64 {
        self.0.generation
    }

    /// Compares the texts in a time that depends on their lengths only.
    pub(super) fn has_text_of(&self, other: &Self) -> bool {
        let (one, other) = (self.0.authorization.as_bytes(), other.0.authorization.as_bytes());
        let differences = one.iter().zip(other).fold(0, |acc, (a, b)| acc | (a ^ b));
        one.len() == other.len() && std::hint::black_box(differences) == 0
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_is_made_once_and_sensitive() {
        let token = AccessToken::new(&"2YotnFZFEjr1zCsicMWpAA".into()).unwrap();
        assert_eq!(token.expose(), "2YotnFZFEjr1zCsicMWpAA");
        assert_eq!(token.authorization(), "Bearer 2YotnFZFEjr1zCsicMWpAA");
        assert!(token.authorization().is_sensitive());
        for shown in [format!("{token:?}"), format!("{token:#?}")] {
            assert_eq!(shown, "AccessToken(***)");
        }
    }

    #[test]
    fn only_visible_ascii_is_a_token() {
        for text in ["", " a", "a ", "a\r\nb", "a\u{0}", "a\u{7f}", "\u{e4}", "a\tb"] {
            assert!(AccessToken::new(&text.into()).is_err(), "{text:?}");
        }
        assert!(AccessToken::new(&"a b~!".into()).is_ok());
        assert!(AccessToken::new(&"a".repeat(MAX_LEN + 1).into()).is_err());
    }

    #[test]
    fn texts_are_compared_and_generations_differ() {
        let token = |text: &str| AccessToken::new(&text.into()).unwrap();
        let (one, same) = (token("abc"), token("abc"));
        assert!(one.has_text_of(&same) && one.generation() != same.generation());
        assert!(!one.has_text_of(&token("abd")) && !one.has_text_of(&token("abcd")));
    }
}
