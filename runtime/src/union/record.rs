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
        Recorder { tape: self, keys }.deserialize(value)
    }

    /// Returns what adds a value.
    pub(super) fn recorder(&mut self) -> Recorder<'_, 'de, N, NoKeys> {
        Recorder { tape: self, keys: NoKeys }
    }

    /// Returns what adds the name of a property, and says what `look` says of it.
    pub(super) fn name<T, L: FnOnce(&str) -> T>(&mut self, look: L) -> NameRecorder<'_, 'de, N, L> {
        NameRecorder { tape: self, look }
    }
}

/// What looks at the properties of an object that is written down.
pub(super) trait Watch {
    /// What it finds in a name.
    type Found: Copy;

    fn find(&self, name: &str) -> Self::Found;

    /// Notes what was found, and the value: where it begins, and whether it is `null`.
    fn note(&mut self, found: Self::Found, at: usize, is_null: impl FnOnce() -> bool);

    /// It cannot be told by the names alone what the object has.
    fn give_up(&mut self);
}

/// Looks at nothing.
pub(super) struct NoKeys;

impl Watch for NoKeys {
    type Found = ();

    fn find(&self, _: &str) {}

    fn note(&mut self, (): (), _: usize, _: impl FnOnce() -> bool) {}

    fn give_up(&mut self) {}
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
}

impl Watch for &mut Keys {
    type Found = Option<&'static str>;

    #[inline]
    fn find(&self, name: &str) -> Self::Found {
        self.of.iter().find(|key| **key == name).copied()
    }

    #[inline]
    fn note(&mut self, found: Self::Found, at: usize, is_null: impl FnOnce() -> bool) {
        let Some(key) = found else { return };
        match self.found {
            Some((found, _)) => self.is_unclear |= found == key || !is_null(),
            None if is_null() => {}
            None => self.found = Some((key, at)),
        }
    }

    fn give_up(&mut self) {
        self.is_unclear = true;
    }
}

/// Writes a value down.
pub(super) struct Recorder<'t, 'de, const N: usize, W> {
    tape: &'t mut Tape<'de, N>,
    keys: W,
}

impl<'de, const N: usize, W: Watch> DeserializeSeed<'de> for Recorder<'_, 'de, N, W> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, const N: usize> Tape<'de, N> {
    /// Writes down what looks like a number that `serde_json` shows as an object, the first name of which was read.
    #[cold]
    fn number<A: MapAccess<'de>>(&mut self, begin: usize, map: A) -> Result<(), A::Error> {
        self.truncate(begin);
        let whole = MapAccessDeserializer::new(Replay::after(Some(NUMBER.into()), map));
        match Value::deserialize(whole)? {
            Value::Object(members) => self.members(members).map_err(A::Error::custom),
            number => {
                self.keep(number);
                Ok(())
            }
        }
    }

    /// Writes an object down that only looked like a number.
    fn members(&mut self, members: Map<String, Value>) -> Result<(), serde_json::Error> {
        self.push(Piece::Object);
        for (name, value) in members {
            self.keep(Value::String(name));
            self.record(value)?;
        }
        self.push(Piece::End);
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

impl<'de, const N: usize, W: Watch> Visitor<'de> for Recorder<'_, 'de, N, W> {
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
        self.tape.copy_text(text);
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
        let tape = self.tape;
        let begin = tape.len();
        tape.push(Piece::Object);
        let mut is_first = true;
        loop {
            let keys = &self.keys;
            let look = |name: &str| (is_first && name == NUMBER, keys.find(name));
            let Some((is_number, found)) = map.next_key_seed(tape.name(look))? else {
                tape.push(Piece::End);
                return Ok(());
            };
            if is_number {
                self.keys.give_up();
                return tape.number(begin, map);
            }
            is_first = false;
            let at = tape.len();
            map.next_value_seed(tape.recorder())?;
            self.keys.note(found, at, || matches!(tape.get(at), Some(Piece::Null)));
        }
    }
}

/// Writes the name of a property down.
pub(super) struct NameRecorder<'t, 'de, const N: usize, L> {
    tape: &'t mut Tape<'de, N>,
    look: L,
}

impl<'de, const N: usize, T, L: FnOnce(&str) -> T> DeserializeSeed<'de>
    for NameRecorder<'_, 'de, N, L>
{
    type Value = T;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de, const N: usize, T, L: FnOnce(&str) -> T> Visitor<'de> for NameRecorder<'_, 'de, N, L> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        PropertyName.expecting(f)
    }

    #[inline]
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<T, E> {
        self.tape.push(Piece::Text(text));
        Ok((self.look)(text))
    }

    #[inline]
    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        self.tape.copy_text(text);
        Ok((self.look)(text))
    }

    fn visit_string<E>(self, text: String) -> Result<T, E> {
        let said = (self.look)(&text);
        self.tape.keep(Value::String(text));
        Ok(said)
    }
}
