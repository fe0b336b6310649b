//! Encodes one property of a form: one pair for a scalar, one for each item of a list.

use std::fmt::Display;

use serde::Serialize;
use serde::ser::{Impossible, SerializeSeq, SerializeTuple, Serializer};
use zeroize::Zeroizing;

use super::{FormError, push_pair};
use crate::wipe::WipedBuffer;

pub(super) struct FieldSerializer<'a> {
    pub(super) name: &'a str,
    pub(super) body: &'a mut WipedBuffer,
    pub(super) depth: Depth,
}

/// A list is allowed as a property of a form, not inside another list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    Field,
    Item,
}

impl<'a> FieldSerializer<'a> {
    fn push(self, value: impl Display) -> Result<(), FormError> {
        let value = Zeroizing::new(value.to_string());
        self.serialize_str(&value)
    }

    /// JSON has no such numbers, and no server could read them back.
    fn push_finite(self, is_finite: bool, value: impl Display) -> Result<(), FormError> {
        if is_finite { self.push(value) } else { Err(FormError::default()) }
    }

    fn list(self) -> Result<ListSerializer<'a>, FormError> {
        match self.depth {
            Depth::Field => Ok(ListSerializer { name: self.name, body: self.body }),
            Depth::Item => Err(FormError::default()),
        }
    }
}

/// A list under construction.
pub(super) struct ListSerializer<'a> {
    name: &'a str,
    body: &'a mut WipedBuffer,
}

impl SerializeSeq for ListSerializer<'_> {
    type Ok = ();
    type Error = FormError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FormError> {
        value.serialize(FieldSerializer { name: self.name, body: self.body, depth: Depth::Item })
    }

    fn end(self) -> Result<(), FormError> {
        Ok(())
    }
}

impl SerializeTuple for ListSerializer<'_> {
    type Ok = ();
    type Error = FormError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FormError> {
        SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<(), FormError> {
        Ok(())
    }
}

/// Writes the types whose `Display` is their form.
macro_rules! displayed {
    ($($method:ident: $ty:ty,)*) => {
        $(fn $method(self, value: $ty) -> Result<(), FormError> {
            self.push(value)
        })*
    };
}

impl<'a> Serializer for FieldSerializer<'a> {
    type Ok = ();
    type Error = FormError;
    type SerializeSeq = ListSerializer<'a>;
    type SerializeTuple = ListSerializer<'a>;
    type SerializeTupleStruct = Impossible<(), FormError>;
    type SerializeTupleVariant = Impossible<(), FormError>;
    type SerializeMap = Impossible<(), FormError>;
    type SerializeStruct = Impossible<(), FormError>;
    type SerializeStructVariant = Impossible<(), FormError>;

    displayed! {
        serialize_bool: bool,
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_i128: i128,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_u128: u128,
        serialize_char: char,
    }

    fn serialize_f32(self, value: f32) -> Result<(), FormError> {
        self.push_finite(value.is_finite(), value)
    }

    fn serialize_f64(self, value: f64) -> Result<(), FormError> {
        self.push_finite(value.is_finite(), value)
    }

    fn serialize_str(self, value: &str) -> Result<(), FormError> {
        push_pair(self.body, self.name, value);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), FormError> {
        Err(FormError::default())
    }

    fn serialize_none(self) -> Result<(), FormError> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), FormError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), FormError> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), FormError> {
        Err(FormError::default())
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), FormError> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), FormError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), FormError> {
        Err(FormError::default())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<ListSerializer<'a>, FormError> {
        self.list()
    }

    fn serialize_tuple(self, _: usize) -> Result<ListSerializer<'a>, FormError> {
        self.list()
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, FormError> {
        Err(FormError::default())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, FormError> {
        Err(FormError::default())
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, FormError> {
        Err(FormError::default())
    }

    fn serialize_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStruct, FormError> {
        Err(FormError::default())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, FormError> {
        Err(FormError::default())
    }
}
