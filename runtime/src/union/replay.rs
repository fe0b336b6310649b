//! An object whose beginning was read in search of its tag, as if it had not been.

use std::borrow::Cow;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, MapAccess};

use super::name::Name;
use super::play::Play;
use super::tape::{Piece, Pieces};
use crate::object::PropertyName;

/// What was read, then what is left.
pub(super) struct Replay<'t, 'de, A> {
    before: Pieces<'t, 'de>,
    /// The value of the property that was named last stands among these.
    is_before: bool,
    /// A property whose name was read and whose value was not.
    name: Option<Cow<'de, str>>,
    /// Nothing is left where it is none.
    rest: Option<A>,
    /// The tag, which has come already: it must not come again.
    tag: Option<&'static str>,
}

impl<'t, 'de, A> Replay<'t, 'de, A> {
    /// Of the first name alone has been read; an object without one is empty.
    pub(super) fn after(name: Option<Cow<'de, str>>, rest: A) -> Self {
        let rest = name.is_some().then_some(rest);
        Self { before: Pieces::none(), is_before: false, name, rest, tag: None }
    }

    /// It was read until the tag.
    pub(super) fn until(tag: &'static str, before: Pieces<'t, 'de>, rest: A) -> Self {
        Self { before, is_before: false, name: None, rest: Some(rest), tag: Some(tag) }
    }

    /// It was read to its end.
    pub(super) fn all(before: Pieces<'t, 'de>) -> Self {
        Self { before, is_before: false, name: None, rest: None, tag: None }
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Replay<'_, 'de, A> {
    type Error = A::Error;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        match self.before.peek() {
            Some(Piece::Text(name)) => {
                self.before.next();
                self.is_before = true;
                seed.deserialize(Name::new(Cow::Borrowed(name))).map(Some)
            }
            _ => self.next_other_key(seed),
        }
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match &mut self.rest {
            _ if std::mem::take(&mut self.is_before) => {
                seed.deserialize(Play::new(&mut self.before))
            }
            Some(rest) => rest.next_value_seed(seed),
            None => Err(A::Error::custom("a value without a name")),
        }
    }
}

impl<'de, A: MapAccess<'de>> Replay<'_, 'de, A> {
    /// Reads a name that is kept elsewhere, or behind what was read.
    #[inline(never)]
    fn next_other_key<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        if let Some(name) = self.before.name() {
            self.is_before = true;
            return seed.deserialize(Name::new(name)).map(Some);
        }
        if let Some(name) = self.name.take() {
            return seed.deserialize(Name::new(name)).map(Some);
        }
        match &mut self.rest {
            Some(rest) => rest.next_key_seed(NotTheTag { tag: self.tag, seed }),
            None => Ok(None),
        }
    }
}

/// Reads a name behind the tag.
struct NotTheTag<K> {
    tag: Option<&'static str>,
    seed: K,
}

impl<'de, K: DeserializeSeed<'de>> DeserializeSeed<'de> for NotTheTag<K> {
    type Value = K::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<K::Value, D::Error> {
        let name = PropertyName.deserialize(deserializer)?;
        match self.tag {
            // Which of the two counts is not for us to say.
            Some(tag) if name == tag => Err(D::Error::duplicate_field(tag)),
            _ => self.seed.deserialize(Name::new(name)),
        }
    }
}
