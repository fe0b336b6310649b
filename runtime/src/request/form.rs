//! Encodes a flat struct as `application/x-www-form-urlencoded`.

mod value;

use std::fmt;

use serde::Serialize;
use serde::ser::{self, Impossible, SerializeMap, SerializeStruct, Serializer};

use super::RequestError;
use crate::wipe::WipedBuffer;
use value::{Depth, FieldSerializer};

pub(super) const MEDIA_TYPE: &str = "application/x-www-form-urlencoded";

pub(super) fn encode(value: &(impl Serialize + ?Sized)) -> Result<WipedBuffer, RequestError> {
    let mut body = WipedBuffer::new();
    value.serialize(FormSerializer { body: &mut body }).map_err(|error| match error.field {
        Some(name) => RequestError::FormField { name },
        None => RequestError::Body { media_type: MEDIA_TYPE.into() },
    })?;
    Ok(body)
}

/// A value that a form cannot hold. The message of a `custom` error is dropped: it may quote a value.
#[derive(Debug, Default)]
struct FormError {
    field: Option<Box<str>>,
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a flat form")
    }
}

impl std::error::Error for FormError {}

impl ser::Error for FormError {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::default()
    }
}

/// Takes the outermost value: a struct or a map.
struct FormSerializer<'a> {
    body: &'a mut WipedBuffer,
}

impl FormSerializer<'_> {
    fn field(&mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Result<(), FormError> {
        let field = FieldSerializer { name, body: self.body, depth: Depth::Field };
        value.serialize(field).map_err(|_| FormError { field: Some(name.into()) })
    }
}

/// Appends `name=value`, encoded as the WHATWG URL standard says.
fn push_pair(body: &mut WipedBuffer, name: &str, value: &str) {
    if !body.is_empty() {
        body.push(b"&");
    }
    push_encoded(body, name);
    body.push(b"=");
    push_encoded(body, value);
}

fn push_encoded(body: &mut WipedBuffer, text: &str) {
    // The pieces are slices of `text` or constants: no copy is left behind.
    for piece in form_urlencoded::byte_serialize(text.as_bytes()) {
        body.push(piece.as_bytes());
    }
}

impl SerializeStruct for FormSerializer<'_> {
    type Ok = ();
    type Error = FormError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), FormError> {
        self.field(name, value)
    }

    fn end(self) -> Result<(), FormError> {
        Ok(())
    }
}

/// A map under construction: `serde(flatten)` and additional properties come as one.
struct MapSerializer<'a> {
    form: FormSerializer<'a>,
    name: Option<String>,
}

impl SerializeMap for MapSerializer<'_> {
    type Ok = ();
    type Error = FormError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), FormError> {
        // A key is what a JSON object could have as one.
        let serde_json::Value::String(name) =
            serde_json::to_value(key).map_err(|_| FormError::default())?
        else {
            return Err(FormError::default());
        };
        self.name = Some(name);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FormError> {
        let name = self.name.take().ok_or_else(FormError::default)?;
        self.form.field(&name, value)
    }

    fn end(self) -> Result<(), FormError> {
        Ok(())
    }
}

/// Refuses the types that are no form, each with the same error.
macro_rules! refuse {
    ($($method:ident: $ty:ty,)*) => {
        $(fn $method(self, _: $ty) -> Result<(), FormError> {
            Err(FormError::default())
        })*
    };
}

impl<'a> Serializer for FormSerializer<'a> {
    type Ok = ();
    type Error = FormError;
    type SerializeSeq = Impossible<(), FormError>;
    type SerializeTuple = Impossible<(), FormError>;
    type SerializeTupleStruct = Impossible<(), FormError>;
    type SerializeTupleVariant = Impossible<(), FormError>;
    type SerializeMap = MapSerializer<'a>;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), FormError>;

    refuse! {
        serialize_bool: bool,
        serialize_i8: i8,
        serialize_i16: i16,
        serialize_i32: i32,
        serialize_i64: i64,
        serialize_u8: u8,
        serialize_u16: u16,
        serialize_u32: u32,
        serialize_u64: u64,
        serialize_f32: f32,
        serialize_f64: f64,
        serialize_char: char,
        serialize_str: &str,
        serialize_bytes: &[u8],
        serialize_unit_struct: &'static str,
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

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
    ) -> Result<(), FormError> {
        Err(FormError::default())
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

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, FormError> {
        Err(FormError::default())
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, FormError> {
        Err(FormError::default())
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

    fn serialize_map(self, _: Option<usize>) -> Result<MapSerializer<'a>, FormError> {
        Ok(MapSerializer { form: self, name: None })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, FormError> {
        Ok(self)
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

#[cfg(test)]
mod tests;
