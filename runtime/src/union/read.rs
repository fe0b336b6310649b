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
use super::play::Play;
use super::record::{Keys, NUMBER};
use super::replay::Replay;
use super::tape::{Piece, Pieces, Tape};
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

/// Reads a union by a tag.
///
/// There is a function for each way of telling variants apart: the code of the others would be made for nothing, and
/// for a union of itself without end.
pub fn read_tagged<'de, T: Union, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    match T::TAGGING {
        Tagging::Property(tag) | Tagging::Integer(tag) | Tagging::Boolean(tag) => {
            deserializer.deserialize_any(UnionVisitor(Tag(tag), PhantomData))
        }
        Tagging::Key(_) | Tagging::Kind => Err(D::Error::custom("a union without a tag")),
    }
}

/// Reads a union by the JSON kind.
pub fn read_by_kind<'de, T: Union, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(UnionVisitor(AnyKind, PhantomData))
}

/// Reads a union by key.
///
/// Until its end it is not known whether an object has a second key, with which it is kept as it is.
pub fn read_by_key<'de, T: Union, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let Tagging::Key(keys) = T::TAGGING else {
        return Err(D::Error::custom("a union without keys"));
    };
    let mut tape = Tape::<FEW>::new();
    let mut found = Keys::new(keys);
    tape.record_keys(&mut found, deserializer)?;
    if found.is_unclear {
        let value = Value::deserialize(Play::new(&mut tape.from(0)))?;
        let (sign, value) = match (super::one_of_keys(keys, &value), value) {
            (Some(key), Value::Object(mut members)) => {
                (Sign::Tag(key), members.remove(key).unwrap_or_default())
            }
            (_, value) => (Sign::Nothing, value),
        };
        let mut tape = Tape::<0>::new();
        tape.record(value).map_err(D::Error::custom)?;
        return T::read(sign, Play::new(&mut tape.from(0)));
    }
    let (sign, at) = found.found.map_or((Sign::Nothing, 0), |(key, at)| (Sign::Tag(key), at));
    T::read(sign, Play::new(&mut tape.from(at)))
}

/// Reads the value of a variant.
pub fn variant<'de, T: Deserialize<'de>, U, D: Deserializer<'de>>(
    value: D,
    variant: fn(T) -> U,
) -> Result<U, D::Error> {
    T::deserialize(value).map(variant)
}

/// How many pieces of an object are kept without memory of their own.
const FEW: usize = 16;

/// Meets the value.
struct UnionVisitor<T, H>(H, PhantomData<T>);

/// How a variant is found, but for one by key.
trait How {
    /// Returns what a value stands for that is no object.
    fn sign<'a>(&self, kind: Sign<'a>) -> Sign<'a>;

    fn object<'de, T: Union, A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error>;
}

/// By the tag of this name.
struct Tag(&'static str);

/// By the kind.
struct AnyKind;

/// Gives a value that is neither list nor object to the variant of its kind.
macro_rules! scalars {
    ($($visit:ident($value:ident: $ty:ty) is $sign:expr;)*) => {$(
        fn $visit<E: Error>(self, $value: $ty) -> Result<T, E> {
            T::read(self.0.sign($sign), $value.into_deserializer())
        }
    )*};
}

impl How for AnyKind {
    fn sign<'a>(&self, kind: Sign<'a>) -> Sign<'a> {
        kind
    }

    fn object<'de, T: Union, A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let first = map.next_key_seed(PropertyName)?;
        let is_number = first.as_deref() == Some(NUMBER);
        let object = whole(Replay::after(first, map));
        if !is_number {
            return T::read(Sign::Object, object);
        }
        match Value::deserialize(object)? {
            Value::Number(number) => T::read(Sign::Number(&number), Value::Number(number.clone())),
            other => T::read(Sign::Object, other),
        }
        .map_err(A::Error::custom)
    }
}

impl How for Tag {
    /// What is no object has no tag.
    fn sign<'a>(&self, _: Sign<'a>) -> Sign<'a> {
        Sign::Nothing
    }

    fn object<'de, T: Union, A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let tag = self.0;
        let Some(name) = map.next_key_seed(PropertyName)? else {
            return T::read(Sign::Nothing, whole(Replay::<A>::all(Pieces::none())));
        };
        if name != tag {
            return self.behind(name, map);
        }
        let mut tape = Tape::<2>::new();
        tape.push_text(name);
        self.value(&mut tape, map)
    }
}

impl Tag {
    /// Reads an object that begins with another property than the tag.
    fn behind<'de, T: Union, A: MapAccess<'de>>(
        self,
        first: Cow<'de, str>,
        mut map: A,
    ) -> Result<T, A::Error> {
        let tag = self.0;
        let mut tape = Tape::<FEW>::new();
        tape.push_text(first);
        loop {
            map.next_value_seed(tape.recorder())?;
            match map.next_key_seed(tape.name(|name| name == tag))? {
                None => return T::read(Sign::Nothing, whole(Replay::<A>::all(tape.from(0)))),
                Some(true) => return self.value(&mut tape, map),
                Some(false) => {}
            }
        }
    }

    /// Reads an object whose tag has just been named.
    fn value<'de, T: Union, A: MapAccess<'de>, const N: usize>(
        self,
        tape: &mut Tape<'de, N>,
        mut map: A,
    ) -> Result<T, A::Error> {
        let at = tape.len();
        map.next_value_seed(tape.recorder())?;
        let value = tape.get(at);
        let kept = match value {
            Some(Piece::Kept(at)) => tape.kept(at).cloned(),
            _ => None,
        };
        let sign = value.and_then(|it| tag_of(T::TAGGING, it, kept.as_ref()));
        let sign = sign.unwrap_or(Sign::Nothing);
        T::read(sign, whole(Replay::until(self.0, tape.from(0), map)))
    }
}

fn whole<'t, 'de, A: MapAccess<'de>>(
    it: Replay<'t, 'de, A>,
) -> MapAccessDeserializer<Replay<'t, 'de, A>> {
    MapAccessDeserializer::new(it)
}

/// Returns what the value of a tag stands for: nothing where it is of another kind than all tags.
#[inline]
fn tag_of<'a>(tagging: Tagging, value: Piece<'a>, kept: Option<&'a Value>) -> Option<Sign<'a>> {
    match (tagging, value) {
        (Tagging::Property(_), Piece::Text(text)) => Some(Sign::Tag(text)),
        (Tagging::Property(_), Piece::Kept(_)) => kept?.as_str().map(Sign::Tag),
        (Tagging::Boolean(_), Piece::Boolean(it)) => Some(Sign::Truth(it)),
        (Tagging::Integer(_), Piece::Signed(it)) => Some(Sign::Integer(it)),
        (Tagging::Integer(_), Piece::Unsigned(it)) => i64::try_from(it).ok().map(Sign::Integer),
        (Tagging::Integer(_), Piece::Float(it)) => integer(it).map(Sign::Integer),
        (Tagging::Integer(_), Piece::Kept(_)) => {
            let number = kept?.as_number()?;
            number.as_i64().or_else(|| integer(number.as_f64()?)).map(Sign::Integer)
        }
        _ => None,
    }
}

/// Returns the integer that a number is: `1.0` is one (JSON Schema 2020-12, core, section 4.2.3).
fn integer(number: f64) -> Option<i64> {
    /// Below 2^53 every integer is a number of `f64`.
    const MOST: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "it is an integer below 2^53")]
    (number.fract() == 0.0 && number.abs() < MOST).then_some(number as i64)
}

impl<'de, T: Union, H: How> Visitor<'de> for UnionVisitor<T, H> {
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
            Some(number) => T::read(self.0.sign(Sign::Number(&number)), value.into_deserializer()),
            None => Err(E::custom("not a number of JSON")),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        T::read(Sign::Nothing, ().into_deserializer())
    }

    fn visit_none<E: Error>(self) -> Result<T, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<T, D::Error> {
        value.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<T, A::Error> {
        T::read(self.0.sign(Sign::List), SeqAccessDeserializer::new(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        self.0.object(map)
    }
}
