//! Reads a union: finds what decides the variant, then gives the whole value to the variant's type.
//!
//! Where the tag comes first or the kind decides, the value goes to the type as it comes. What stands
//! before the tag is kept until then.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Number, Value};

use super::kind::Sign;
use super::replay::Replay;
use super::tag::{Tag, TagValue};
use crate::object::PropertyName;

/// How the variants of a union are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tagging {
    /// By the text of this property.
    Property(&'static str),
    /// By the integer of this property.
    Integer(&'static str),
    /// By the boolean of this property.
    Boolean(&'static str),
    /// By the one of these properties that the object has.
    Key(&'static [&'static str]),
    /// By the JSON kind.
    Kind,
}

/// An enum that `union!` makes.
pub trait Union: Sized {
    /// How the variants are told apart.
    const TAGGING: Tagging;

    /// Reads the variant that the sign stands for.
    fn read<'de, D: Deserializer<'de>>(sign: Sign<'_>, value: D) -> Result<Self, D::Error>;
}

/// Reads a union.
pub fn read<'de, T: Union, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    match T::TAGGING {
        Tagging::Key(keys) => {
            let value = Value::deserialize(deserializer)?;
            let key = super::one_of_keys(keys, &value);
            match (key, value) {
                // The value of the key is given away, so that its texts are not copied.
                (Some(key), Value::Object(mut members)) => {
                    let inner = members.remove(key).unwrap_or_default();
                    T::read(Sign::Tag(key), inner)
                }
                (_, value) => T::read(Sign::Nothing, value),
            }
            .map_err(D::Error::custom)
        }
        Tagging::Property(tag) | Tagging::Integer(tag) | Tagging::Boolean(tag) => {
            deserializer.deserialize_any(UnionVisitor(Some(tag), PhantomData))
        }
        Tagging::Kind => deserializer.deserialize_any(UnionVisitor(None, PhantomData)),
    }
}

/// Reads the value of a variant.
pub fn variant<'de, T: Deserialize<'de>, U, D: Deserializer<'de>>(
    value: D,
    variant: fn(T) -> U,
) -> Result<U, D::Error> {
    T::deserialize(value).map(variant)
}

/// The name under which `serde_json`'s feature `arbitrary_precision`, which any crate of a program may
/// turn on, shows a number as an object.
const NUMBER: &str = "$serde_json::private::Number";

/// Meets the value; with the name of the tag where one decides.
struct UnionVisitor<T>(Option<&'static str>, PhantomData<T>);

/// Gives a value that is neither list nor object to the variant of its kind.
macro_rules! scalars {
    ($($visit:ident($value:ident: $ty:ty) is $sign:expr;)*) => {$(
        fn $visit<E: Error>(self, $value: $ty) -> Result<T, E> {
            self.read($sign, $value.into_deserializer())
        }
    )*};
}

impl<T: Union> UnionVisitor<T> {
    /// Where a tag decides, what is no object has none.
    fn read<'de, D: Deserializer<'de>>(self, sign: Sign<'_>, value: D) -> Result<T, D::Error> {
        T::read(if self.0.is_some() { Sign::Nothing } else { sign }, value)
    }

    fn by_kind<'de, A: MapAccess<'de>>(mut map: A) -> Result<T, A::Error> {
        let first = map.next_key_seed(PropertyName)?;
        let is_number = first.as_deref() == Some(NUMBER);
        let whole = MapAccessDeserializer::new(Replay::after(first, map));
        if !is_number {
            return T::read(Sign::Object, whole);
        }
        match Value::deserialize(whole)? {
            Value::Number(number) => T::read(Sign::Number(&number), Value::Number(number.clone())),
            other => T::read(Sign::Object, other),
        }
        .map_err(A::Error::custom)
    }

    fn by_tag<'de, A: MapAccess<'de>>(tag: &'static str, mut map: A) -> Result<T, A::Error> {
        let mut before: Vec<(Cow<'de, str>, Value)> = Vec::new();
        while let Some(name) = map.next_key_seed(PropertyName)? {
            if name == tag {
                let value = map.next_value_seed(TagValue)?;
                let shown = value.clone();
                let whole = Replay::until(tag, before, (name, value), map);
                return T::read(tag_of(T::TAGGING, &shown), MapAccessDeserializer::new(whole));
            }
            before.push((name, map.next_value()?));
        }
        T::read(Sign::Nothing, MapAccessDeserializer::new(Replay::<A>::all(before)))
    }
}

/// Returns what the value of a tag stands for: nothing where it is of another kind than all tags.
fn tag_of<'a>(tagging: Tagging, value: &'a Tag<'_>) -> Sign<'a> {
    let value = match value {
        Tag::Text(text) if matches!(tagging, Tagging::Property(_)) => return Sign::Tag(text),
        Tag::Text(_) => return Sign::Nothing,
        Tag::Other(value) => value,
    };
    let sign = match tagging {
        Tagging::Integer(_) => value.as_number().and_then(whole).map(Sign::Integer),
        Tagging::Boolean(_) => value.as_bool().map(Sign::Truth),
        Tagging::Property(_) | Tagging::Key(_) | Tagging::Kind => value.as_str().map(Sign::Tag),
    };
    sign.unwrap_or(Sign::Nothing)
}

/// Returns the integer that a number is: `1.0` is one (JSON Schema 2020-12, core, section 4.2.3).
fn whole(number: &Number) -> Option<i64> {
    /// Below 2^53 every integer is a number of `f64`.
    const MOST: f64 = 9_007_199_254_740_992.0;
    number.as_i64().or_else(|| {
        let it = number.as_f64().filter(|it| it.fract() == 0.0 && it.abs() < MOST)?;
        #[expect(clippy::cast_possible_truncation, reason = "it is an integer below 2^53")]
        Some(it as i64)
    })
}

impl<'de, T: Union> Visitor<'de> for UnionVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    scalars! {
        visit_bool(value: bool) is Sign::Boolean;
        visit_i64(value: i64) is Sign::Number(&value.into());
        visit_u64(value: u64) is Sign::Number(&value.into());
        visit_str(value: &str) is Sign::String;
        visit_string(value: String) is Sign::String;
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        match Number::from_f64(value) {
            Some(number) => self.read(Sign::Number(&number), value.into_deserializer()),
            None => Err(E::custom("not a number of JSON")),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        self.read(Sign::Nothing, ().into_deserializer())
    }

    fn visit_none<E: Error>(self) -> Result<T, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<T, D::Error> {
        value.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<T, A::Error> {
        self.read(Sign::List, SeqAccessDeserializer::new(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        match self.0 {
            Some(tag) => Self::by_tag(tag, map),
            None => Self::by_kind(map),
        }
    }
}
