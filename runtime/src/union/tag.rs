//! The value of a tag: a text that is not copied where the input has it as it is, or any other value.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{
    DeserializeSeed, EnumAccess, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};
use serde_json::{Number, Value};

/// The value of a tag.
#[derive(Clone)]
pub(super) enum Tag<'de> {
    Text(Cow<'de, str>),
    /// What is no text.
    Other(Value),
}

impl<'de> Tag<'de> {
    /// Gives the value to a type, as if it were read for the first time.
    pub(super) fn give<S: DeserializeSeed<'de>, E: Error>(self, seed: S) -> Result<S::Value, E> {
        match self {
            Self::Text(text) => seed.deserialize(Text(text, PhantomData)),
            Self::Other(value) => seed.deserialize(value).map_err(E::custom),
        }
    }
}

/// Reads the value of a tag.
pub(super) struct TagValue;

impl<'de> DeserializeSeed<'de> for TagValue {
    type Value = Tag<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tag<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TagValue {
    type Value = Tag<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Tag<'de>, E> {
        Ok(Tag::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tag<'de>, E> {
        Ok(Tag::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Tag<'de>, E> {
        Ok(Tag::Text(Cow::Owned(text)))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tag<'de>, E> {
        Ok(Tag::Other(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tag<'de>, E> {
        Ok(Tag::Other(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tag<'de>, E> {
        Ok(Tag::Other(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tag<'de>, E> {
        Ok(Tag::Other(Number::from_f64(value).map_or(Value::Null, Value::Number)))
    }

    fn visit_unit<E>(self) -> Result<Tag<'de>, E> {
        Ok(Tag::Other(Value::Null))
    }

    fn visit_none<E>(self) -> Result<Tag<'de>, E> {
        Ok(Tag::Other(Value::Null))
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<Tag<'de>, D::Error> {
        value.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Tag<'de>, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(list)).map(Tag::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Tag<'de>, A::Error> {
        Value::deserialize(MapAccessDeserializer::new(map)).map(Tag::Other)
    }
}

/// A text as the value of any type that is read from one. serde's own deserializers of texts are none for an
/// `Option`.
struct Text<'de, E>(Cow<'de, str>, PhantomData<E>);

impl<'de, E: Error> Deserializer<'de> for Text<'de, E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.0 {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, E> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        visitor.visit_enum(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

impl<'de, E: Error> EnumAccess<'de> for Text<'de, E> {
    type Error = E;
    type Variant = <BorrowedStrDeserializer<'de, E> as EnumAccess<'de>>::Variant;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Self::Variant), E> {
        match self.0 {
            Cow::Borrowed(text) => BorrowedStrDeserializer::new(text).variant_seed(seed),
            Cow::Owned(text) => text.into_deserializer().variant_seed(seed),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    enum Listed {
        A,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Wrapped(String);

    fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, String> {
        let mut input = serde_json::Deserializer::from_str(text);
        let tag = TagValue.deserialize(&mut input).map_err(|it| it.to_string())?;
        tag.give::<_, serde_json::Error>(PhantomData::<T>).map_err(|it| it.to_string())
    }

    /// Whether the text has an escape decides whether it is borrowed, and nothing else.
    #[test]
    fn a_text_is_read_as_every_type_that_is_read_from_one() {
        for text in [r#""A""#, r#""\u0041""#] {
            assert_eq!(read(text), Ok("A".to_owned()));
            assert_eq!(read(text), Ok(Some("A".to_owned())));
            assert_eq!(read(text), Ok(Wrapped("A".to_owned())));
            assert_eq!(read(text), Ok(Listed::A));
            assert_eq!(read(text), Ok('A'));
            assert_eq!(read(text), Ok(json!("A")));
            let error = read::<u8>(text).unwrap_err();
            assert_eq!(error, r#"invalid type: string "A", expected u8"#);
        }
    }

    #[test]
    fn what_is_no_text_is_a_value() {
        for text in ["1", "-1", "1.5", "true", "null", "[1]", r#"{"a":1}"#] {
            assert_eq!(read::<Value>(text).unwrap().to_string(), text);
        }
        assert_eq!(read::<Option<String>>("null"), Ok(None));
    }
}
