//! Writes secrets in full: what `json_object!` calls for its words that end in `secret`.

use std::collections::BTreeMap;

use serde::ser::{Serialize, Serializer};

use crate::{Patch, Secret};

/// A secret, or a list, map or option of secrets.
///
/// None of them has serde's `Serialize`, so that nothing writes a secret by accident: a struct writes
/// those of its fields that it calls secrets.
pub trait Expose {
    /// Writes the texts.
    fn expose_to<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

/// What holds secrets, about to be written.
pub(super) struct Exposed<'a, T>(pub(super) &'a T);

impl<T: Expose> Serialize for Exposed<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.expose_to(serializer)
    }
}

impl Expose for Secret {
    fn expose_to<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.expose())
    }
}

impl<T: Expose> Expose for Option<T> {
    fn expose_to<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => serializer.serialize_some(&Exposed(value)),
            None => serializer.serialize_none(),
        }
    }
}

impl<T: Expose> Expose for Vec<T> {
    fn expose_to<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Exposed))
    }
}

impl<T: Expose> Expose for BTreeMap<String, T> {
    fn expose_to<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(name, value)| (name, Exposed(value))))
    }
}

impl<T: Expose> Expose for Patch<T> {
    fn expose_to<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().map(Exposed).serialize(serializer)
    }
}
