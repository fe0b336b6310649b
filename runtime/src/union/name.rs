//! The name of a property, for what is read from one: a text, mostly.

use std::borrow::Cow;
use std::marker::PhantomData;

use serde::de::{Error, Visitor};
use serde::{Deserializer, forward_to_deserialize_any};
use serde_json::Value;

/// A name, which is not copied where the input has it as it is.
pub(super) struct Name<'de, E>(Cow<'de, str>, PhantomData<E>);

impl<'de, E> Name<'de, E> {
    pub(super) fn new(name: Cow<'de, str>) -> Self {
        Self(name, PhantomData)
    }
}

/// JSON has no other names than texts: that of a number or a boolean is one in quotes.
macro_rules! in_quotes {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
            let mut name = serde_json::Deserializer::from_reader(self.0.as_bytes());
            let read = (&mut name).$method(visitor).and_then(|it| name.end().map(|()| it));
            read.map_err(E::custom)
        }
    )*};
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
