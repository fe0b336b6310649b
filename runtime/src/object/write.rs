//! Writes an object property by property, each as its word in `json_object!` says.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::expose::{Expose, Exposed};
use crate::Patch;

/// An object under construction.
///
/// Generated code has no `?` for each property: the first error is kept, and
/// [`end`](Self::end) returns it.
#[expect(missing_debug_implementations, reason = "what serde writes to has none")]
pub struct ObjectWriter<S: Serializer>(Result<S::SerializeMap, S::Error>);

impl<S: Serializer> ObjectWriter<S> {
    /// Begins an object.
    pub fn new(serializer: S) -> Self {
        // How many properties there are is not known before they are looked at.
        Self(serializer.serialize_map(None))
    }

    /// Writes a property that is always there.
    pub fn required<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        if let Ok(map) = &mut self.0
            && let Err(error) = map.serialize_entry(name, value)
        {
            self.0 = Err(error);
        }
    }

    /// Writes a property unless it is absent.
    pub fn optional<T: Serialize>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(name, value);
        }
    }

    /// Writes a property that is `null` when there is no value.
    pub fn nullable<T: Serialize>(&mut self, name: &str, value: &Option<T>) {
        self.required(name, value);
    }

    /// Writes a property unless the change leaves it alone.
    pub fn patch<T: Serialize>(&mut self, name: &str, value: &Patch<T>) {
        if !value.is_absent() {
            self.required(name, value);
        }
    }

    /// Writes the text of a secret, or the texts of several.
    pub fn secret<T: Expose>(&mut self, name: &str, value: &T) {
        self.required(name, &Exposed(value));
    }

    /// Writes the text of a secret unless it is absent.
    pub fn optional_secret<T: Expose>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.secret(name, value);
        }
    }

    /// Writes the text of a secret, or `null` when there is none.
    pub fn nullable_secret<T: Expose>(&mut self, name: &str, value: &Option<T>) {
        self.secret(name, value);
    }

    /// Writes the text of a secret unless the change leaves it alone.
    pub fn patch_secret<T: Expose>(&mut self, name: &str, value: &Patch<T>) {
        if !value.is_absent() {
            self.secret(name, value);
        }
    }

    /// Writes the properties beside the declared ones.
    pub fn rest<T: Serialize>(&mut self, rest: &BTreeMap<String, T>) {
        for (name, value) in rest {
            self.required(name, value);
        }
    }

    /// Ends the object.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.0?.end()
    }
}
