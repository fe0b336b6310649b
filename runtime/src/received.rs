//! Values of an open enum that keep the spelling in which they were received.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An enum that also accepts undeclared values.
///
/// `From<String>` returns the variant of a declared string and keeps an undeclared one. Enums marked as
/// ignoring case match without regard to letter case.
pub trait OpenEnum: From<String> {
    /// Returns the string of the value: the declared spelling, or the undeclared string unchanged.
    fn as_str(&self) -> &str;
}

/// A value of an open enum with the string in which it was received.
///
/// For example, a received `Bearer` that is declared as `bearer` has the declared variant as its value and
/// `Bearer` as its text. Two of them are equal if their values are.
#[derive(Clone)]
pub struct AsReceived<E> {
    value: E,
    // Only where it differs from the value's own text.
    received: Option<Box<str>>,
}

impl<E: OpenEnum> AsReceived<E> {
    /// Creates a value from the received text.
    pub fn received(text: impl Into<String>) -> Self {
        let text = text.into();
        let value = E::from(text.clone());
        let received = (value.as_str() != text).then(|| text.into_boxed_str());
        Self { value, received }
    }

    /// Returns the received text.
    pub fn as_str(&self) -> &str {
        self.received.as_deref().unwrap_or_else(|| self.value.as_str())
    }
}

impl<E> AsReceived<E> {
    /// Returns the value.
    pub fn value(&self) -> &E {
        &self.value
    }

    /// Returns the value without the text.
    pub fn into_value(self) -> E {
        self.value
    }
}

impl<E> From<E> for AsReceived<E> {
    fn from(value: E) -> Self {
        Self { value, received: None }
    }
}

impl<E> Deref for AsReceived<E> {
    type Target = E;

    fn deref(&self) -> &E {
        &self.value
    }
}

impl<E: PartialEq> PartialEq for AsReceived<E> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<E: OpenEnum + PartialEq> PartialEq<E> for AsReceived<E> {
    fn eq(&self, other: &E) -> bool {
        self.value == *other
    }
}

impl<E: Eq> Eq for AsReceived<E> {}

impl<E: Hash> Hash for AsReceived<E> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl<E: OpenEnum> fmt::Display for AsReceived<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl<E: fmt::Debug> fmt::Debug for AsReceived<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tuple = f.debug_tuple("AsReceived");
        tuple.field(&self.value);
        if let Some(text) = &self.received {
            tuple.field(text);
        }
        tuple.finish()
    }
}

impl<E: OpenEnum> Serialize for AsReceived<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de, E: OpenEnum> Deserialize<'de> for AsReceived<E> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::received)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::DefaultHasher;

    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    enum TokenType {
        Bearer,
        Unrecognized(String),
    }

    impl From<String> for TokenType {
        fn from(text: String) -> Self {
            if text.eq_ignore_ascii_case("bearer") {
                Self::Bearer
            } else {
                Self::Unrecognized(text)
            }
        }
    }

    impl OpenEnum for TokenType {
        fn as_str(&self) -> &str {
            match self {
                Self::Bearer => "bearer",
                Self::Unrecognized(text) => text,
            }
        }
    }

    fn read(json: &str) -> AsReceived<TokenType> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn letter_case_is_ignored_and_kept() {
        let token_type = read(r#""BEARER""#);
        assert_eq!(token_type, TokenType::Bearer);
        assert_eq!(token_type, read(r#""bearer""#));
        assert_eq!(token_type, AsReceived::from(TokenType::Bearer));
        assert_eq!(token_type.as_str(), "BEARER");
        assert_eq!(token_type.to_string(), "BEARER");
        assert_eq!(serde_json::to_string(&token_type).unwrap(), r#""BEARER""#);
        assert_eq!(format!("{token_type:?}"), r#"AsReceived(Bearer, "BEARER")"#);
        assert!(matches!(*token_type, TokenType::Bearer));
        assert_eq!(token_type.into_value(), TokenType::Bearer);
    }

    #[test]
    fn an_unknown_text_is_a_value_of_its_own() {
        let token_type = read(r#""DPoP""#);
        assert_eq!(token_type, TokenType::Unrecognized("DPoP".to_owned()));
        assert_ne!(token_type, TokenType::Bearer);
        assert_eq!(token_type.as_str(), "DPoP");
    }

    #[test]
    fn equal_values_hash_alike() {
        let hash = |json| {
            let mut hasher = DefaultHasher::new();
            read(json).hash(&mut hasher);
            hasher.finish()
        };
        assert_eq!(hash(r#""Bearer""#), hash(r#""bearer""#));
    }
}
