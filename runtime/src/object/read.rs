//! Reads an object property by property, whatever order they come in.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::Members;
use crate::Patch;

/// A struct that is read from an object; `json_object!` implements it.
pub trait Object: Sized {
    /// The name of the type, for messages.
    const NAME: &'static str;

    /// Reads all properties.
    fn read<'de, A: MapAccess<'de>>(input: &mut ObjectReader<'de, A>) -> Result<Self, A::Error>;
}

/// Reads an object.
pub fn read<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", T::NAME)
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let mut input = ObjectReader { map, error: None, name: Cow::Borrowed("") };
        let value = T::read(&mut input);
        match input.error {
            None => value,
            // The value was made of what came before the error.
            Some(error) => Err(error),
        }
    }
}

/// The properties of an object as they come.
///
/// Generated code has no `?` for each of them: the first error is kept, and no property comes after it.
#[derive(Debug)]
pub struct ObjectReader<'de, A: MapAccess<'de>> {
    map: A,
    error: Option<A::Error>,
    name: Cow<'de, str>,
}

impl<'de, A: MapAccess<'de>> ObjectReader<'de, A> {
    /// Goes to the next property of a `T` and returns its name.
    #[inline]
    pub fn property<T>(&mut self) -> Option<&str> {
        if self.error.is_some() {
            return None;
        }
        match self.map.next_key_seed(NameInto::<T>(&mut self.name, PhantomData)) {
            Ok(Some(())) => Some(&self.name),
            Ok(None) => None,
            Err(error) => {
                self.fail(error);
                None
            }
        }
    }

    /// Keeps the error, after which no property comes.
    #[cold]
    fn fail(&mut self, error: A::Error) {
        self.error = Some(error);
    }

    #[cold]
    fn fail_twice(&mut self) {
        // As serde's own, whose name must be static.
        self.fail(A::Error::custom(format_args!("duplicate field `{}`", self.name)));
    }

    /// Reads the value of the property into its slot, which must be empty.
    pub fn put<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>) {
        if slot.is_some() {
            return self.fail_twice();
        }
        match self.map.next_value() {
            Ok(value) => *slot = Some(value),
            Err(error) => self.fail(error),
        }
    }

    /// Reads the value of a property that is not declared; the last one of a name counts.
    pub fn keep<T: Deserialize<'de>>(&mut self, rest: &mut BTreeMap<String, T>) {
        match self.map.next_value() {
            Ok(value) => {
                rest.insert(std::mem::take(&mut self.name).into_owned(), value);
            }
            Err(error) => self.fail(error),
        }
    }

    /// Reads the value of a property that the variant declares as well.
    pub fn share<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>, members: &mut Members) {
        if slot.is_some() {
            return self.put(slot);
        }
        let read = self.map.next_value::<Value>().and_then(|value| {
            let read = T::deserialize(value.clone()).map_err(A::Error::custom);
            members.insert(std::mem::take(&mut self.name), value);
            read
        });
        match read {
            Ok(value) => *slot = Some(value),
            Err(error) => self.fail(error),
        }
    }

    /// Reads the value of a property that the variant may declare; the last one of a name counts.
    pub fn member(&mut self, members: &mut Members) {
        match self.map.next_value() {
            Ok(value) => members.insert(std::mem::take(&mut self.name), value),
            Err(error) => self.fail(error),
        }
    }

    /// Returns the variant that these properties are.
    pub fn variant<T: DeserializeOwned>(&mut self, members: &Members) -> Result<T, A::Error> {
        match self.error.take() {
            Some(error) => Err(error),
            None => T::deserialize(members.json()).map_err(A::Error::custom),
        }
    }

    /// Passes over the value of a property that is not declared.
    pub fn skip(&mut self) {
        if let Err(error) = self.map.next_value::<IgnoredAny>() {
            self.fail(error);
        }
    }

    /// Returns the value of a property that must be there.
    pub fn required<T>(&mut self, name: &'static str, slot: Option<T>) -> Result<T, A::Error> {
        slot.ok_or_else(|| self.error.take().unwrap_or_else(|| A::Error::missing_field(name)))
    }

    /// Returns the value of a property that may be absent or `null`.
    pub fn optional<T>(
        &mut self,
        _: &'static str,
        slot: Option<Option<T>>,
    ) -> Result<Option<T>, A::Error> {
        Ok(slot.flatten())
    }

    /// As [`optional`](Self::optional): only writing tells the two apart.
    pub fn nullable<T>(
        &mut self,
        _: &'static str,
        slot: Option<Option<T>>,
    ) -> Result<Option<T>, A::Error> {
        Ok(slot.flatten())
    }

    /// Returns the value of a property of a change.
    pub fn patch<T>(
        &mut self,
        _: &'static str,
        slot: Option<Patch<T>>,
    ) -> Result<Patch<T>, A::Error> {
        Ok(slot.unwrap_or_default())
    }

    /// As [`required`](Self::required): a secret is read like any value.
    pub fn secret<T>(&mut self, name: &'static str, slot: Option<T>) -> Result<T, A::Error> {
        self.required(name, slot)
    }

    /// As [`optional`](Self::optional), of a secret.
    pub fn optional_secret<T>(
        &mut self,
        name: &'static str,
        slot: Option<Option<T>>,
    ) -> Result<Option<T>, A::Error> {
        self.optional(name, slot)
    }

    /// As [`nullable`](Self::nullable), of a secret.
    pub fn nullable_secret<T>(
        &mut self,
        name: &'static str,
        slot: Option<Option<T>>,
    ) -> Result<Option<T>, A::Error> {
        self.nullable(name, slot)
    }

    /// As [`patch`](Self::patch), of a secret.
    pub fn patch_secret<T>(
        &mut self,
        name: &'static str,
        slot: Option<Patch<T>>,
    ) -> Result<Patch<T>, A::Error> {
        self.patch(name, slot)
    }
}

/// Puts the name of a property where it is kept, borrowed where the text allows it.
///
/// One for each `T`, so that reading a name becomes a part of reading a `T`: a call for each name is a third of what it
/// takes.
struct NameInto<'a, 'de, T>(&'a mut Cow<'de, str>, PhantomData<T>);

impl<'de, T> DeserializeSeed<'de> for NameInto<'_, 'de, T> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de, T> Visitor<'de> for NameInto<'_, 'de, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        PropertyName.expecting(f)
    }

    #[inline]
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<(), E> {
        *self.0 = Cow::Borrowed(text);
        Ok(())
    }

    #[inline]
    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        *self.0 = Cow::Owned(text.to_owned());
        Ok(())
    }

    fn visit_string<E>(self, text: String) -> Result<(), E> {
        *self.0 = Cow::Owned(text);
        Ok(())
    }
}

/// Reads the name of a property, borrowed where the text allows it.
pub(crate) struct PropertyName;

impl<'de> DeserializeSeed<'de> for PropertyName {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for PropertyName {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text))
    }
}
