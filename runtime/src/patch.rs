//! A property of a request that changes a resource: unchanged, set to `null`, or set to a value.

use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A property that is optional and nullable, for requests where absent and `null` differ.
///
/// [`json_object!`](crate::json_object!) uses the word `patch` for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// Not in the body: the server keeps its value.
    #[default]
    Absent,
    /// `null` in the body: the server removes its value.
    Null,
    /// A value in the body.
    Value(T),
}

impl<T> Patch<T> {
    /// Returns whether the property is absent.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Returns whether the property is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Returns the value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Absent | Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// Returns the value, if there is one.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Absent | Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// `None` becomes [`Patch::Null`]: passing an option means that the property is sent.
impl<T> From<Option<T>> for Patch<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            // Not `null`: that would remove what the caller wanted left alone.
            Self::Absent => Err(S::Error::custom("an absent property has no serialized form")),
            Self::Null => serializer.serialize_none(),
            Self::Value(value) => serializer.serialize_some(value),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Change {
        #[serde(default, skip_serializing_if = "Patch::is_absent")]
        name: Patch<String>,
    }

    #[test]
    fn three_states_there_and_back() {
        let cases = [
            ("{}", Patch::Absent),
            (r#"{"name":null}"#, Patch::Null),
            (r#"{"name":"a"}"#, Patch::Value("a".to_owned())),
        ];
        for (json, name) in cases {
            let change = Change { name };
            assert_eq!(serde_json::to_string(&change).unwrap(), json);
            assert_eq!(serde_json::from_str::<Change>(json).unwrap(), change);
        }
    }

    #[test]
    fn from_values_and_options() {
        assert_eq!(Patch::from(1), Patch::Value(1));
        assert_eq!(Patch::from(Some(1)), Patch::Value(1));
        assert_eq!(Patch::<i32>::from(None), Patch::Null);
        assert_eq!(Patch::<i32>::default(), Patch::Absent);
        assert_eq!(Patch::from(1).into_value(), Some(1));
        assert_eq!(Patch::from(1).value(), Some(&1));
        assert!(Patch::<i32>::Null.is_null());
    }

    #[test]
    fn an_absent_value_never_becomes_null() {
        assert!(serde_json::to_string(&Patch::<i32>::Absent).is_err());
    }
}
