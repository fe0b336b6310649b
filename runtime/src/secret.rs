//! Secrets: text that can be passed on and sent, but is never shown.

pub(crate) mod exposed;

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use zeroize::Zeroize as _;

/// Text that is never shown: a password, a token, an API key.
///
/// `Display`, `Serialize`, `PartialEq` and `Deref` are not implemented: only [`expose`](Self::expose)
/// returns the text. `Debug` prints the same for every secret. The memory is zeroed on drop; copies made
/// elsewhere (scratch space of a deserializer, buffers of the HTTP client, blocks moved by an allocator
/// before the text came here) cannot be.
#[derive(Clone)]
pub struct Secret {
    // Boxed, so that there is no spare capacity and no growth.
    text: Box<str>,
}

impl Secret {
    /// Takes ownership of the text; the original `String` is zeroed.
    pub fn new(text: impl Into<String>) -> Self {
        let mut text = text.into();
        let secret = Self { text: Box::from(text.as_str()) };
        text.zeroize();
        secret
    }

    /// Returns the text. Each call is a place where the secret can leak.
    pub fn expose(&self) -> &str {
        exposed::note(&self.text);
        &self.text
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self { text: Box::from(text) }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not `debug_tuple`: `{:#?}` must read the same.
        f.write_str("Secret(***)")
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.text.zeroize();
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Not `deserialize_string`: `serde_json` would compose the message itself, with the value.
        let secret = deserializer.deserialize_any(SecretVisitor)?;
        #[cfg(feature = "test-support")]
        crate::mock::note_received(&secret);
        Ok(secret)
    }
}

/// Serde's own messages quote the value they refuse (``invalid type: integer `1234` ``), so every
/// scalar is refused here, by its type alone.
struct SecretVisitor;

impl Visitor<'_> for SecretVisitor {
    type Value = Secret;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Secret, E> {
        Ok(Secret::from(text))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Secret, E> {
        Ok(Secret::new(text))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Secret, E> {
        Err(E::invalid_type(Unexpected::Other("boolean"), &self))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Secret, E> {
        Err(E::invalid_type(Unexpected::Other("integer"), &self))
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<Secret, E> {
        Err(E::invalid_type(Unexpected::Other("integer"), &self))
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Secret, E> {
        Err(E::invalid_type(Unexpected::Other("integer"), &self))
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<Secret, E> {
        Err(E::invalid_type(Unexpected::Other("integer"), &self))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Secret, E> {
        Err(E::invalid_type(Unexpected::Other("floating point"), &self))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    struct Login {
        password: Secret,
        code: Option<Secret>,
    }

    crate::json_object!(Login { secret password, nullable_secret code });

    #[test]
    fn debug_is_the_same_for_every_secret() {
        for text in ["", "a", "hunter2"] {
            let secret = Secret::new(text);
            assert_eq!(format!("{secret:?}"), "Secret(***)");
            assert_eq!(format!("{secret:#?}"), "Secret(***)");
        }
    }

    #[test]
    fn a_string_with_spare_capacity_is_taken_over() {
        let mut text = String::with_capacity(100);
        text.push_str("hunter2");
        assert_eq!(Secret::new(text).clone().expose(), "hunter2");
        assert_eq!(Secret::from("hunter2").expose(), "hunter2");
    }

    #[test]
    fn reads_only_strings_and_never_quotes_the_value() {
        let secret: Secret = serde_json::from_str(r#""hunter\u0032""#).unwrap();
        assert_eq!(secret.expose(), "hunter2");
        for json in ["8431", "-8431", "8431.5", "true", "null", "[8431]", r#"{"8431":1}"#] {
            let message = serde_json::from_str::<Secret>(json).unwrap_err().to_string();
            assert!(message.contains("expected a string"), "{message}");
            assert!(!message.contains("8431") && !message.contains("true"), "{message}");
        }
    }

    struct Keys {
        all: Vec<Secret>,
        by_name: Option<BTreeMap<String, Secret>>,
        last: Option<Vec<Option<Secret>>>,
    }

    crate::json_object!(Keys { secret all, optional_secret by_name, nullable_secret last });

    #[test]
    fn lists_and_maps_of_secrets_are_read_and_written_and_never_shown() {
        let json = r#"{"all":["hunter2"],"by_name":{"a":"hunter3"},"last":["hunter4",null]}"#;
        let keys: Keys = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&keys).unwrap(), json);
        let shown = format!("{:?} {:#?} {:?}", keys.all, keys.by_name, keys.last);
        assert!(!shown.contains("hunter") && shown.contains("Secret(***)"), "{shown}");
        let keys = Keys { all: Vec::new(), by_name: None, last: None };
        assert_eq!(serde_json::to_string(&keys).unwrap(), r#"{"all":[],"last":null}"#);
    }

    #[test]
    fn fields_of_requests_are_written_in_full() {
        let login = Login { password: "hunter2".into(), code: None };
        assert_eq!(serde_json::to_string(&login).unwrap(), r#"{"password":"hunter2","code":null}"#);
        let login = Login { password: "hunter2".into(), code: Some("42".into()) };
        assert_eq!(serde_json::to_string(&login).unwrap(), r#"{"password":"hunter2","code":"42"}"#);
    }
}
