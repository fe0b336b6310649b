//! Writes an object property by property, each as its word in `json_object!` says.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::beside::Beside;
use super::expose::{Expose, Exposed};
use crate::Patch;

/// An object under construction.
///
/// Generated code has no `?` for each property: the first error is kept, and
/// [`end`](Self::end) returns it.
#[expect(missing_debug_implementations, reason = "what serde writes to has none")]
pub struct ObjectWriter<S: Serializer> {
    map: Result<S::SerializeMap, S::Error>,
    /// The names that are written, where a variant follows: what it has of these is not written again.
    written: Option<Vec<String>>,
}

impl<S: Serializer> ObjectWriter<S> {
    /// Begins an object.
    pub fn new(serializer: S) -> Self {
        // How many properties there are is not known before they are looked at.
        Self { map: serializer.serialize_map(None), written: None }
    }

    /// Begins an object that a variant shares.
    pub fn shared(serializer: S) -> Self {
        Self { written: Some(Vec::new()), ..Self::new(serializer) }
    }

    /// Writes a property that is always there.
    pub fn required<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        if let Ok(map) = &mut self.map
            && let Err(error) = map.serialize_entry(name, value)
        {
            self.map = Err(error);
        }
        if let Some(written) = &mut self.written {
            written.push(name.to_owned());
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

    /// Writes the properties of the variant, but for those that are written.
    pub fn variant<T: Serialize>(&mut self, variant: &T) {
        let written = self.written.take().unwrap_or_default();
        if let Ok(map) = &mut self.map
            && let Err(error) = variant.serialize(Beside { map, written: &written })
        {
            self.map = Err(error);
        }
    }

    /// Ends the object.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.map?.end()
    }
}
