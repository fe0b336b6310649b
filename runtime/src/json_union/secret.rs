//! JSON with a secret in it: it is read and sent, but never shown.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use zeroize::Zeroize as _;

use crate::secret::exposed;

/// JSON that may contain a secret, it is not known where: `Debug` shows nothing of it, and all of its texts are
/// zeroed on drop.
#[derive(Clone)]
pub struct SecretJson {
    value: Value,
}

impl SecretJson {
    /// Returns the value. Each call is a place where a secret can leak.
    pub fn expose(&self) -> &Value {
        &self.value
    }
}

impl From<Value> for SecretJson {
    fn from(value: Value) -> Self {
        Self { value }
    }
}

impl fmt::Debug for SecretJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretJson(***)")
    }
}

impl Drop for SecretJson {
    fn drop(&mut self) {
        wipe(&mut self.value);
    }
}

impl<'de> Deserialize<'de> for SecretJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::from)
    }
}

impl Serialize for SecretJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        note(&self.value);
        self.value.serialize(serializer)
    }
}

/// Notes each text as a secret that is sent, since any may be one.
fn note(value: &Value) {
    match value {
        Value::String(text) => exposed::note(text),
        Value::Array(items) => items.iter().for_each(note),
        Value::Object(members) => members.values().for_each(note),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Zeroes all texts of a value.
pub(crate) fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(members) => members.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn it_is_not_shown() {
        let secret = SecretJson::from(json!({"password": "hunter2"}));
        assert_eq!(format!("{secret:?} {secret:#?}"), "SecretJson(***) SecretJson(***)");
        assert_eq!(serde_json::to_string(&secret).unwrap(), r#"{"password":"hunter2"}"#);
    }

    #[test]
    fn its_texts_are_wiped() {
        let mut value = json!({"a": ["hunter2", {"b": "hunter3"}], "c": 1});
        wipe(&mut value);
        assert_eq!(value, json!({"a": ["", {"b": ""}], "c": 1}));
    }

    #[test]
    fn what_is_sent_is_noted() {
        let secret = SecretJson::from(json!([{"key": "0123456789"}, "short", 1]));
        let (_, noted) = exposed::during(|| serde_json::to_string(&secret));
        let texts: Vec<_> = noted.iter().map(crate::Secret::expose).collect();
        assert_eq!(texts, ["0123456789", "short"]);
    }
}
