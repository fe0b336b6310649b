//! Writes an object into another one that has begun: its properties stand beside those that are written.

use std::fmt::Display;

use serde::ser::{Error as _, Impossible, SerializeMap, SerializeStruct};
use serde::{Serialize, Serializer};

use crate::union::NUMBER;

/// An object that has begun, with the names that are written.
pub(super) struct Beside<'a, M> {
    pub(super) map: &'a mut M,
    pub(super) written: &'a [String],
}

/// The properties that are being written.
pub(super) struct Members<'a, M> {
    beside: Beside<'a, M>,
    name: Option<String>,
}

impl<M: SerializeMap> Members<'_, M> {
    fn entry<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), M::Error> {
        if self.beside.written.iter().any(|it| it == name) {
            return Ok(());
        }
        self.beside.map.serialize_entry(name, value)
    }
}

impl<M: SerializeMap> SerializeMap for Members<'_, M> {
    type Ok = ();
    type Error = M::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), M::Error> {
        let key = serde_json::to_value(key).map_err(M::Error::custom)?;
        self.name = key.as_str().map(str::to_owned);
        if self.name.is_some() { Ok(()) } else { Err(M::Error::custom("a name is a string")) }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), M::Error> {
        match self.name.take() {
            Some(name) => self.entry(&name, value),
            None => Err(M::Error::custom("a value without a name")),
        }
    }

    fn end(self) -> Result<(), M::Error> {
        Ok(())
    }
}

impl<M: SerializeMap> SerializeStruct for Members<'_, M> {
    type Ok = ();
    type Error = M::Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), M::Error> {
        self.entry(name, value)
    }

    fn end(self) -> Result<(), M::Error> {
        Ok(())
    }
}

const NO_OBJECT: &str = "what stands beside properties must be an object";

/// Refuses what is no object.
macro_rules! no_object {
    ($($method:ident($($name:ident: $ty:ty),*) -> $ok:ty;)*) => {$(
        fn $method(self, $($name: $ty),*) -> Result<$ok, M::Error> {
            $(let _ = $name;)*
            Err(M::Error::custom(NO_OBJECT))
        }
    )*};
}

impl<'a, M: SerializeMap> Serializer for Beside<'a, M> {
    type Ok = ();
    type Error = M::Error;
    type SerializeSeq = Impossible<(), M::Error>;
    type SerializeTuple = Impossible<(), M::Error>;
    type SerializeTupleStruct = Impossible<(), M::Error>;
    type SerializeTupleVariant = Impossible<(), M::Error>;
    type SerializeMap = Members<'a, M>;
    type SerializeStruct = Members<'a, M>;
    type SerializeStructVariant = Impossible<(), M::Error>;

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, M::Error> {
        Ok(Members { beside: self, name: None })
    }

    fn serialize_struct(
        self,
        name: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStruct, M::Error> {
        if name == NUMBER {
            return Err(M::Error::custom(NO_OBJECT));
        }
        Ok(Members { beside: self, name: None })
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), M::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), M::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), M::Error> {
        self.serialize_unit()
    }

    fn collect_str<T: Display + ?Sized>(self, _: &T) -> Result<(), M::Error> {
        self.serialize_unit()
    }

    no_object! {
        serialize_bool(value: bool) -> ();
        serialize_i8(value: i8) -> ();
        serialize_i16(value: i16) -> ();
        serialize_i32(value: i32) -> ();
        serialize_i64(value: i64) -> ();
        serialize_u8(value: u8) -> ();
        serialize_u16(value: u16) -> ();
        serialize_u32(value: u32) -> ();
        serialize_u64(value: u64) -> ();
        serialize_f32(value: f32) -> ();
        serialize_f64(value: f64) -> ();
        serialize_char(value: char) -> ();
        serialize_str(value: &str) -> ();
        serialize_bytes(value: &[u8]) -> ();
        serialize_none() -> ();
        serialize_unit() -> ();
        serialize_unit_struct(name: &'static str) -> ();
        serialize_unit_variant(name: &'static str, index: u32, variant: &'static str) -> ();
        serialize_seq(length: Option<usize>) -> Self::SerializeSeq;
        serialize_tuple(length: usize) -> Self::SerializeTuple;
        serialize_tuple_struct(name: &'static str, length: usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(
            name: &'static str, index: u32, variant: &'static str, length: usize
        ) -> Self::SerializeTupleVariant;
        serialize_struct_variant(
            name: &'static str, index: u32, variant: &'static str, length: usize
        ) -> Self::SerializeStructVariant;
    }
}
