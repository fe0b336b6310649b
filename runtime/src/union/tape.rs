//! What was read of a value before its variant was known, piece by piece.
//!
//! Cheaper than a `Value`: texts stay where they are in the input, nothing is looked up, and what is short takes no
//! memory of its own.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Number, Value};

use super::replay::Replay;
use crate::json_union::wipe;
use crate::object::PropertyName;

/// The name under which `serde_json`'s feature `arbitrary_precision`, which any crate of a program may
/// turn on, shows a number as an object.
pub(super) const NUMBER: &str = "$serde_json::private::Number";

/// A piece of a JSON value. What is in a list or object stands between its beginning and its `End`; the name of a
/// property is a text before its value.
#[derive(Clone, Copy)]
pub(super) enum Piece<'de> {
    Null,
    Boolean(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    /// A text that the input has as it is.
    Text(&'de str),
    /// What is kept elsewhere: a text that the input has otherwise, or a number that is none of these.
    Kept(usize),
    List,
    Object,
    End,
}

/// The first `N` pieces, and the rest.
pub(super) struct Tape<'de, const N: usize> {
    first: [Piece<'de>; N],
    len: usize,
    more: Vec<Piece<'de>>,
    kept: Vec<Value>,
}

impl<'de, const N: usize> Tape<'de, N> {
    pub(super) fn new() -> Self {
        Self { first: [Piece::End; N], len: 0, more: Vec::new(), kept: Vec::new() }
    }

    /// Returns how many pieces there are.
    pub(super) fn len(&self) -> usize {
        self.len + self.more.len()
    }

    #[inline]
    pub(super) fn push(&mut self, piece: Piece<'de>) {
        match self.first.get_mut(self.len) {
            Some(free) => {
                *free = piece;
                self.len += 1;
            }
            None => self.more.push(piece),
        }
    }

    fn keep(&mut self, value: Value) {
        self.push(Piece::Kept(self.kept.len()));
        self.kept.push(value);
    }

    /// Adds a text.
    pub(super) fn push_text(&mut self, text: Cow<'de, str>) {
        match text {
            Cow::Borrowed(text) => self.push(Piece::Text(text)),
            Cow::Owned(text) => self.keep(Value::String(text)),
        }
    }

    /// Returns a piece.
    pub(super) fn get(&self, at: usize) -> Option<Piece<'de>> {
        self.first[..self.len].get(at).or_else(|| self.more.get(at.checked_sub(N)?)).copied()
    }

    /// Returns what is kept.
    pub(super) fn kept(&self, at: usize) -> Option<&Value> {
        self.kept.get(at)
    }

    /// Returns the last piece, a text.
    #[inline]
    pub(super) fn last_text(&self) -> Option<&str> {
        let last = self.more.last().or_else(|| self.first.get(self.len.checked_sub(1)?));
        match *last? {
            Piece::Text(text) => Some(text),
            Piece::Kept(at) => self.kept(at)?.as_str(),
            _ => None,
        }
    }

    fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
        self.more.truncate(len.saturating_sub(N));
    }

    /// Returns the pieces from one on, to be read.
    pub(super) fn from(&mut self, at: usize) -> Pieces<'_, 'de> {
        let first = self.first[..self.len].get(at..).unwrap_or_default();
        let more = self.more.get(at.saturating_sub(N)..).unwrap_or_default();
        match first {
            [] => Pieces { first: more, more: &[], kept: &mut self.kept },
            _ => Pieces { first, more, kept: &mut self.kept },
        }
    }

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

/// Any of the texts may be a secret. Those that were given away are no longer here.
impl<const N: usize> Drop for Tape<'_, N> {
    fn drop(&mut self) {
        self.kept.iter_mut().for_each(wipe);
    }
}

/// Pieces that are left to read.
pub(super) struct Pieces<'t, 'de> {
    /// None are left where these are empty.
    first: &'t [Piece<'de>],
    more: &'t [Piece<'de>],
    kept: &'t mut [Value],
}

impl<'de> Pieces<'_, 'de> {
    pub(super) fn none() -> Self {
        Self { first: &[], more: &[], kept: &mut [] }
    }

    #[inline]
    pub(super) fn next(&mut self) -> Option<Piece<'de>> {
        let (piece, left) = self.first.split_first()?;
        self.first = if left.is_empty() { std::mem::take(&mut self.more) } else { left };
        Some(*piece)
    }

    #[inline]
    pub(super) fn peek(&self) -> Option<Piece<'de>> {
        self.first.first().copied()
    }

    /// Returns what is kept.
    pub(super) fn kept(&self, at: usize) -> Option<&Value> {
        self.kept.get(at)
    }

    pub(super) fn is_text(&self, at: usize) -> bool {
        self.kept(at).is_some_and(Value::is_string)
    }

    /// Gives away what is kept.
    pub(super) fn take(&mut self, at: usize) -> Value {
        self.kept.get_mut(at).map(Value::take).unwrap_or_default()
    }

    /// Returns the name of the next property.
    #[inline]
    pub(super) fn name(&mut self) -> Option<Cow<'de, str>> {
        match self.peek()? {
            Piece::Text(name) => {
                self.next();
                Some(Cow::Borrowed(name))
            }
            Piece::Kept(at) => {
                self.next();
                match self.take(at) {
                    Value::String(name) => Some(Cow::Owned(name)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Passes over a value.
    pub(super) fn skip(&mut self) {
        let mut depth = 0_usize;
        while let Some(piece) = self.next() {
            match piece {
                Piece::List | Piece::Object => depth += 1,
                Piece::End => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
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

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de, const N: usize> Visitor<'de> for NameRecorder<'_, 'de, N> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        PropertyName.expecting(f)
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<(), E> {
        self.0.push(Piece::Text(text));
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.0.keep(Value::String(text.to_owned()));
        Ok(())
    }

    fn visit_string<E>(self, text: String) -> Result<(), E> {
        self.0.keep(Value::String(text));
        Ok(())
    }
}
