//! Reads a value from its pieces.

use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Error, Expected, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};
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

    /// Returns the error of a value that is of another kind than is asked for.
    #[cold]
    fn refusal(self, expected: &dyn Expected) -> E {
        let unexpected = match self.pieces.next() {
            Some(Piece::Null) => Unexpected::Unit,
            Some(Piece::Boolean(it)) => Unexpected::Bool(it),
            Some(Piece::Unsigned(it)) => Unexpected::Unsigned(it),
            Some(Piece::Signed(it)) => Unexpected::Signed(it),
            Some(Piece::Float(it)) => Unexpected::Float(it),
            Some(Piece::Text(text)) => Unexpected::Str(text),
            Some(Piece::Kept(at)) => match self.pieces.kept(at) {
                Some(Value::String(text)) => Unexpected::Str(text),
                _ => Unexpected::Other("number"),
            },
            Some(Piece::List) => Unexpected::Seq,
            Some(Piece::Object) => Unexpected::Map,
            Some(Piece::End) | None => Unexpected::Other("no value"),
        };
        E::invalid_type(unexpected, expected)
    }

    fn list<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        let mut members = Members::of(self.pieces);
        let read = visitor.visit_seq(&mut members)?;
        members.end(1, "fewer elements in array").map(|()| read)
    }

    fn object<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        let mut members = Members::of(self.pieces);
        let read = visitor.visit_map(&mut members)?;
        members.end(2, "fewer elements in map").map(|()| read)
    }

    fn kept<V: Visitor<'de>>(self, at: usize, visitor: V) -> Result<V::Value, E> {
        match self.pieces.take(at) {
            Value::String(text) => visitor.visit_string(text),
            number => number.deserialize_any(visitor).map_err(E::custom),
        }
    }

    /// What is not often asked for is read from a `Value`.
    fn value(self) -> Result<Value, E> {
        if let Some(Piece::Kept(at)) = self.pieces.peek() {
            self.pieces.next();
            return Ok(self.pieces.take(at));
        }
        Value::deserialize(self)
    }
}

macro_rules! texts {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
            match self.pieces.peek() {
                Some(Piece::Text(text)) => {
                    self.pieces.next();
                    visitor.visit_borrowed_str(text)
                }
                Some(Piece::Kept(at)) if self.pieces.is_text(at) => {
                    self.pieces.next();
                    self.kept(at, visitor)
                }
                _ => Err(self.refusal(&visitor)),
            }
        }
    )*};
}

/// A number that takes more than 64 bits says itself what it is for which type.
macro_rules! numbers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
            match self.pieces.peek() {
                Some(Piece::Unsigned(_) | Piece::Signed(_) | Piece::Float(_)) => {
                    self.deserialize_any(visitor)
                }
                Some(Piece::Kept(at)) if !self.pieces.is_text(at) => {
                    self.value()?.$method(visitor).map_err(E::custom)
                }
                _ => Err(self.refusal(&visitor)),
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
            Some(Piece::Kept(at)) => self.kept(at, visitor),
            Some(Piece::List) => self.list(visitor),
            Some(Piece::Object) => self.object(visitor),
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

    texts! { deserialize_char deserialize_str deserialize_string deserialize_identifier }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.pieces.peek() {
            Some(Piece::Boolean(it)) => {
                self.pieces.next();
                visitor.visit_bool(it)
            }
            _ => Err(self.refusal(&visitor)),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.pieces.peek() {
            Some(Piece::Null) => {
                self.pieces.next();
                visitor.visit_unit()
            }
            _ => Err(self.refusal(&visitor)),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, E> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.pieces.peek() {
            Some(Piece::List) => self.deserialize_seq(visitor),
            _ => self.deserialize_str(visitor),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.pieces.peek() {
            Some(Piece::List) => {
                self.pieces.next();
                self.list(visitor)
            }
            _ => Err(self.refusal(&visitor)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, E> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, E> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.pieces.peek() {
            Some(Piece::Object) => {
                self.pieces.next();
                self.object(visitor)
            }
            _ => Err(self.refusal(&visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        match self.pieces.peek() {
            Some(Piece::List) => self.deserialize_seq(visitor),
            _ => self.deserialize_map(visitor),
        }
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

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, E> {
        self.count += 1;
        match self.pieces.name() {
            Some(name) => seed.deserialize(Name::new(name)).map(Some),
            None => {
                self.count -= 1;
                Ok(None)
            }
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, E> {
        seed.deserialize(Play::new(self.pieces))
    }
}

#[cfg(test)]
mod tests;
