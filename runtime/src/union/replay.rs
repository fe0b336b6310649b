//! An object whose beginning was read in search of its tag, as if it had not been.

use std::borrow::Cow;
use std::vec;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Error, IntoDeserializer, MapAccess};
use serde_json::Value;

use super::tag::Tag;
use crate::object::PropertyName;

/// What was read, then what is left.
pub(super) struct Replay<'de, A> {
    before: vec::IntoIter<(Cow<'de, str>, Value)>,
    /// The tag with its value, which was read last.
    tagged: Option<(Cow<'de, str>, Tag<'de>)>,
    /// The value of the property among these that was named last.
    value: Option<Tag<'de>>,
    /// A property whose name was read and whose value was not.
    name: Option<Cow<'de, str>>,
    /// Nothing is left where it is none.
    rest: Option<A>,
    /// The tag, which has come already: it must not come again.
    tag: Option<&'static str>,
}

impl<'de, A> Replay<'de, A> {
    /// Of the first name alone has been read; an object without one is empty.
    pub(super) fn after(name: Option<Cow<'de, str>>, rest: A) -> Self {
        let rest = name.is_some().then_some(rest);
        let before = Vec::new().into_iter();
        Self { before, tagged: None, value: None, name, rest, tag: None }
    }

    /// It was read until the tag.
    pub(super) fn until(
        tag: &'static str,
        before: Vec<(Cow<'de, str>, Value)>,
        tagged: (Cow<'de, str>, Tag<'de>),
        rest: A,
    ) -> Self {
        Self {
            before: before.into_iter(),
            tagged: Some(tagged),
            value: None,
            name: None,
            rest: Some(rest),
            tag: Some(tag),
        }
    }

    /// It was read to its end.
    pub(super) fn all(before: Vec<(Cow<'de, str>, Value)>) -> Self {
        let before = before.into_iter();
        Self { before, tagged: None, value: None, name: None, rest: None, tag: None }
    }
}

impl<'de, A: MapAccess<'de>> Replay<'de, A> {
    /// Returns the name of the next property.
    fn next_name(&mut self) -> Result<Option<Cow<'de, str>>, A::Error> {
        let read = self.before.next().map(|(name, value)| (name, Tag::Other(value)));
        if let Some((name, value)) = read.or_else(|| self.tagged.take()) {
            self.value = Some(value);
            return Ok(Some(name));
        }
        if let Some(name) = self.name.take() {
            return Ok(Some(name));
        }
        let Some(rest) = &mut self.rest else { return Ok(None) };
        let name = rest.next_key_seed(PropertyName)?;
        match self.tag {
            // Which of the two counts is not for us to say.
            Some(tag) if name.as_deref() == Some(tag) => Err(A::Error::duplicate_field(tag)),
            _ => Ok(name),
        }
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Replay<'de, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        match self.next_name()? {
            Some(Cow::Borrowed(name)) => {
                seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
            }
            Some(Cow::Owned(name)) => seed.deserialize(name.into_deserializer()).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match (self.value.take(), &mut self.rest) {
            (Some(value), _) => value.give(seed),
            (None, Some(rest)) => rest.next_value_seed(seed),
            (None, None) => Err(A::Error::custom("a value without a name")),
        }
    }
}
