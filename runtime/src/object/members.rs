//! The properties of an object that are those of its variant, until all of them are read.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::json_union::wipe;

/// Properties with their values. Their texts are zeroed on drop, since the variant may have a secret.
#[derive(Clone)]
pub struct Members {
    value: Value,
}

impl Members {
    /// Adds a property.
    pub(super) fn insert(&mut self, name: Cow<'_, str>, value: Value) {
        if let Value::Object(members) = &mut self.value {
            members.insert(name.into_owned(), value);
        }
    }

    /// Returns the object that they are.
    pub(super) fn json(&self) -> &Value {
        &self.value
    }
}

impl Default for Members {
    fn default() -> Self {
        Self { value: Value::Object(Map::new()) }
    }
}

impl std::fmt::Debug for Members {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Members(***)")
    }
}

impl Drop for Members {
    fn drop(&mut self) {
        wipe(&mut self.value);
    }
}
