//! The name of a property, for what is read from one: a text, mostly.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserializer, forward_to_deserialize_any};
use serde_json::{Map, Value};

/// A name, which is not copied where the input has it as it is.
pub(super) struct Name<'de, E>(Cow<'de, str>, PhantomData<E>);

impl<'de, E> Name<'de, E> {
    pub(super) fn new(name: Cow<'de, str>) -> Self {
        Self(name, PhantomData)
    }
}

/// JSON has no other names than texts: what a number or a boolean in quotes is, `serde_json` says.
macro_rules! in_quotes {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
            struct Seed<V>(V);

            impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Seed<V> {
                type Value = V::Value;

                fn deserialize<D: Deserializer<'de>>(self, it: D) -> Result<V::Value, D::Error> {
                    it.$method(self.0)
                }
            }

            let object = Map::from_iter([(self.0.into_owned(), Value::Null)]);
            Value::Object(object).deserialize_map(FirstName(Seed(visitor))).map_err(E::custom)
        }
    )*};
}

/// Reads the only name of an object.
struct FirstName<S>(S);

impl<'de, S: DeserializeSeed<'de>> Visitor<'de> for FirstName<S> {
    type Value = S::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<S::Value, A::Error> {
        let name = map.next_key_seed(self.0)?;
        map.next_value::<IgnoredAny>()?;
        name.ok_or_else(|| A::Error::custom("a value without a name"))
    }
}

impl<'de, E: Error> Deserializer<'de> for Name<'de, E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.0 {
            Cow::Borrowed(name) => visitor.visit_borrowed_str(name),
            Cow::Owned(name) => visitor.visit_string(name),
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
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        let text = Value::String(self.0.into_owned());
        text.deserialize_enum(name, variants, visitor).map_err(E::custom)
    }

    in_quotes! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32
        deserialize_f64
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier
        ignored_any
    }
}
