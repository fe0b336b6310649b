//! Writes a value down as pieces.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Number, Value};

use super::replay::Replay;
use super::tape::{Piece, Tape};
use crate::object::PropertyName;

/// The name under which `serde_json`'s feature `arbitrary_precision`, which any crate of a program may
/// turn on, shows a number as an object.
pub(crate) const NUMBER: &str = "$serde_json::private::Number";

impl<'de, const N: usize> Tape<'de, N> {
    /// Reads a value to its end.
    pub(super) fn record<D: Deserializer<'de>>(&mut self, value: D) -> Result<(), D::Error> {
        self.recorder().deserialize(value)
    }

    /// As [`record`](Self::record), and finds keys of the object.
    pub(super) fn record_keys<D: Deserializer<'de>>(
        &mut self,
        keys: &mut Keys,
        value: D,
    ) -> Result<(), D::Error> {
        Recorder { tape: self, keys: Some(keys) }.deserialize(value)
    }

    /// Returns what adds a value.
    pub(super) fn recorder(&mut self) -> Recorder<'_, 'de, N> {
        Recorder { tape: self, keys: None }
    }
}

/// Which of some keys an object has. A property that is `null` counts as absent.
pub(super) struct Keys {
    of: &'static [&'static str],
    /// The one that was found, and where its value begins.
    pub(super) found: Option<(&'static str, usize)>,
    /// There are two of them, or one of them came twice.
    pub(super) is_unclear: bool,
}

impl Keys {
    pub(super) fn new(of: &'static [&'static str]) -> Self {
        Self { of, found: None, is_unclear: false }
    }

    fn find(&self, name: &str) -> Option<&'static str> {
        self.of.iter().find(|key| **key == name).copied()
    }

    fn note(&mut self, key: &'static str, at: usize, is_null: bool) {
        match self.found {
            Some((found, _)) => self.is_unclear |= !is_null || found == key,
            None if is_null => {}
            None => self.found = Some((key, at)),
        }
    }
}

/// Writes a value down.
pub(super) struct Recorder<'t, 'de, const N: usize> {
    tape: &'t mut Tape<'de, N>,
    keys: Option<&'t mut Keys>,
}

impl<'de, const N: usize> DeserializeSeed<'de> for Recorder<'_, 'de, N> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<const N: usize> Recorder<'_, '_, N> {
    /// Writes an object down that only looked like a number.
    fn members(self, members: Map<String, Value>) -> Result<(), serde_json::Error> {
        self.tape.push(Piece::Object);
        for (name, value) in members {
            self.tape.keep(Value::String(name));
            self.tape.record(value)?;
        }
        self.tape.push(Piece::End);
        Ok(())
    }
}

macro_rules! scalars {
    ($($visit:ident($value:ident: $ty:ty) is $piece:expr;)*) => {$(
        fn $visit<E>(self, $value: $ty) -> Result<(), E> {
            self.tape.push($piece);
            Ok(())
        }
    )*};
}

impl<'de, const N: usize> Visitor<'de> for Recorder<'_, 'de, N> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // As of a `Value`.
        f.write_str("any valid JSON value")
    }

    scalars! {
        visit_bool(value: bool) is Piece::Boolean(value);
        visit_i64(value: i64) is Piece::Signed(value);
        visit_u64(value: u64) is Piece::Unsigned(value);
        visit_f64(value: f64) is if value.is_finite() { Piece::Float(value) } else { Piece::Null };
        visit_borrowed_str(text: &'de str) is Piece::Text(text);
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.tape.keep(Value::String(text.to_owned()));
        Ok(())
    }

    fn visit_string<E>(self, text: String) -> Result<(), E> {
        self.tape.keep(Value::String(text));
        Ok(())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<(), E> {
        let number =
            Number::from_i128(value).ok_or_else(|| E::custom("JSON number out of range"))?;
        self.tape.keep(Value::Number(number));
        Ok(())
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<(), E> {
        let number =
            Number::from_u128(value).ok_or_else(|| E::custom("JSON number out of range"))?;
        self.tape.keep(Value::Number(number));
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.tape.push(Piece::Null);
        Ok(())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        self.deserialize(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.tape.push(Piece::List);
        while list.next_element_seed(self.tape.recorder())?.is_some() {}
        self.tape.push(Piece::End);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let begin = self.tape.len();
        self.tape.push(Piece::Object);
        let mut is_first = true;
        while map.next_key_seed(NameRecorder(self.tape))?.is_some() {
            if std::mem::take(&mut is_first) && self.tape.last_text() == Some(NUMBER) {
                let whole = MapAccessDeserializer::new(Replay::after(Some(NUMBER.into()), map));
                self.tape.truncate(begin);
                if let Some(keys) = &mut self.keys {
                    keys.is_unclear = true;
                }
                return match Value::deserialize(whole)? {
                    Value::Object(members) => self.members(members).map_err(A::Error::custom),
                    number => {
                        self.tape.keep(number);
                        Ok(())
                    }
                };
            }
            match &mut self.keys {
                None => map.next_value_seed(self.tape.recorder())?,
                Some(keys) => {
                    let key = self.tape.last_text().and_then(|name| keys.find(name));
                    let at = self.tape.len();
                    map.next_value_seed(self.tape.recorder())?;
                    if let Some(key) = key {
                        keys.note(key, at, matches!(self.tape.get(at), Some(Piece::Null)));
                    }
                }
            }
        }
        self.tape.push(Piece::End);
        Ok(())
    }
}

/// Writes the name of a property down.
pub(super) struct NameRecorder<'t, 'de, const N: usize>(pub(super) &'t mut Tape<'de, N>);

impl<'de, const N: usize> DeserializeSeed<'de> for NameRecorder<'_, 'de, N> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de, const N: usize> Visitor<'de> for NameRecorder<'_, 'de, N> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        PropertyName.expecting(f)
    }

    #[inline]
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<(), E> {
        self.0.push(Piece::Text(text));
        Ok(())
    }

    #[inline]
    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.0.keep(Value::String(text.to_owned()));
        Ok(())
    }

    fn visit_string<E>(self, text: String) -> Result<(), E> {
        self.0.keep(Value::String(text));
        Ok(())
    }
}
