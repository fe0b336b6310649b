//! Reads a value from its pieces.

use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};
use serde_json::Value;

use super::name::Name;
use super::tape::{Piece, Pieces};

/// The name by which `serde_json` is asked for the text of a value.
const RAW: &str = "$serde_json::private::RawValue";

/// The value that stands first among the pieces. Those behind it are left.
pub(super) struct Play<'p, 't, 'de, E> {
    pieces: &'p mut Pieces<'t, 'de>,
    error: PhantomData<E>,
}

impl<'p, 't, 'de, E: Error> Play<'p, 't, 'de, E> {
    pub(super) fn new(pieces: &'p mut Pieces<'t, 'de>) -> Self {
        Self { pieces, error: PhantomData }
    }

    /// What is not often asked for is read from a `Value`.
    fn value(self) -> Result<Value, E> {
        Value::deserialize(self)
    }
}

/// A number that takes more than 64 bits says itself what it is for which type.
macro_rules! numbers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
            match self.pieces.peek() {
                Some(Piece::Kept(_)) => self.value()?.$method(visitor).map_err(E::custom),
                _ => self.deserialize_any(visitor),
            }
        }
    )*};
}

impl<'de, E: Error> Deserializer<'de> for Play<'_, '_, 'de, E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.pieces.next() {
            Some(Piece::Null) => visitor.visit_unit(),
            Some(Piece::Boolean(it)) => visitor.visit_bool(it),
            Some(Piece::Unsigned(it)) => visitor.visit_u64(it),
            Some(Piece::Signed(it)) => visitor.visit_i64(it),
            Some(Piece::Float(it)) => visitor.visit_f64(it),
            Some(Piece::Text(text)) => visitor.visit_borrowed_str(text),
            Some(Piece::Kept(at)) => match self.pieces.take(at) {
                Value::String(text) => visitor.visit_string(text),
                number => number.deserialize_any(visitor).map_err(E::custom),
            },
            Some(Piece::List) => {
                let mut members = Members::of(self.pieces);
                let read = visitor.visit_seq(&mut members)?;
                members.end(1, "fewer elements in array").map(|()| read)
            }
            Some(Piece::Object) => {
                let mut members = Members::of(self.pieces);
                let read = visitor.visit_map(&mut members)?;
                members.end(2, "fewer elements in map").map(|()| read)
            }
            Some(Piece::End) | None => Err(E::custom("there is no value")),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        if let Some(Piece::Null) = self.pieces.peek() {
            self.pieces.next();
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, E> {
        if name == RAW {
            return self.value()?.deserialize_newtype_struct(name, visitor).map_err(E::custom);
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        self.value()?.deserialize_enum(name, variants, visitor).map_err(E::custom)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        self.pieces.skip();
        visitor.visit_unit()
    }

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64
    }

    forward_to_deserialize_any! {
        bool char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier
    }
}

/// What stands in a list or an object.
struct Members<'p, 't, 'de, E> {
    pieces: &'p mut Pieces<'t, 'de>,
    /// How many have been read.
    count: usize,
    error: PhantomData<E>,
}

impl<'p, 't, 'de, E: Error> Members<'p, 't, 'de, E> {
    fn of(pieces: &'p mut Pieces<'t, 'de>) -> Self {
        Self { pieces, count: 0, error: PhantomData }
    }

    /// Returns whether one more is there.
    fn is_left(&mut self) -> bool {
        let is_left = !matches!(self.pieces.peek(), Some(Piece::End) | None);
        self.count += usize::from(is_left);
        is_left
    }

    /// Passes over the end. Like a `Value`, it expects that all has been read: of what has so many parts each.
    fn end(mut self, parts: usize, expected: &'static str) -> Result<(), E> {
        if let Some(Piece::End) = self.pieces.peek() {
            self.pieces.next();
            return Ok(());
        }
        while self.is_left() {
            (0..parts).for_each(|_| self.pieces.skip());
        }
        Err(E::invalid_length(self.count, &expected))
    }
}

impl<'de, E: Error> SeqAccess<'de> for &mut Members<'_, '_, 'de, E> {
    type Error = E;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, E> {
        if !self.is_left() {
            return Ok(None);
        }
        seed.deserialize(Play::new(self.pieces)).map(Some)
    }
}

impl<'de, E: Error> MapAccess<'de> for &mut Members<'_, '_, 'de, E> {
    type Error = E;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, E> {
        if !self.is_left() {
            return Ok(None);
        }
        match self.pieces.name() {
            Some(name) => seed.deserialize(Name::new(name)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, E> {
        seed.deserialize(Play::new(self.pieces))
    }
}
