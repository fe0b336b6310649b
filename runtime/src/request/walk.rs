//! Walks through a value with serde, one level at a time: a visitor is told whether it is nothing, a text, a
//! file, a list or an object.

use std::fmt;

use serde::Serialize;
use serde::ser::{
    self, Impossible, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, Serializer,
};
use zeroize::Zeroizing;

use crate::file_part::{self, FilePart};
use crate::union::NUMBER;
use crate::wipe::WipedBuffer;

/// A value that cannot be written. The message of a `custom` error is dropped: it may quote the value.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Refused {
    /// The property.
    pub(super) field: Option<Box<str>>,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that cannot be written")
    }
}

impl std::error::Error for Refused {}

impl ser::Error for Refused {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::default()
    }
}

/// What a value is, told to whoever writes it.
pub(super) trait Visitor: Sized {
    /// Takes the elements of a list or the properties of an object.
    type Entries: Entries;

    /// There is no value, or it is `null`.
    fn nothing(self) -> Result<(), Refused>;

    /// A scalar.
    fn text(self, text: &str) -> Result<(), Refused>;

    /// A file.
    fn file(self, file: FilePart) -> Result<(), Refused>;

    /// A list; its elements follow.
    fn list(self) -> Result<Self::Entries, Refused>;

    /// An object; its properties follow.
    fn object(self) -> Result<Self::Entries, Refused>;
}

/// Takes the elements of a list or the properties of an object.
pub(super) trait Entries {
    /// Takes the next one; the elements of a list have their position as the name.
    fn entry<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Refused>;

    /// There are no more.
    fn end(self) -> Result<(), Refused>;
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Nothing,
    Text,
    File,
    List,
    Object,
}

/// Returns what a value is, without looking into it.
pub(super) fn kind(value: &(impl Serialize + ?Sized)) -> Result<Kind, Refused> {
    let mut kind = None;
    let walked = walk(value, Probe(&mut kind));
    match kind {
        Some(kind) => Ok(kind),
        None => Err(walked.err().unwrap_or_default()),
    }
}

struct Probe<'a>(&'a mut Option<Kind>);

impl Visitor for Probe<'_> {
    type Entries = Never;

    fn nothing(self) -> Result<(), Refused> {
        *self.0 = Some(Kind::Nothing);
        Ok(())
    }

    fn text(self, _: &str) -> Result<(), Refused> {
        *self.0 = Some(Kind::Text);
        Ok(())
    }

    fn file(self, _: FilePart) -> Result<(), Refused> {
        *self.0 = Some(Kind::File);
        Ok(())
    }

    fn list(self) -> Result<Never, Refused> {
        *self.0 = Some(Kind::List);
        Err(Refused::default())
    }

    fn object(self) -> Result<Never, Refused> {
        *self.0 = Some(Kind::Object);
        Err(Refused::default())
    }
}

/// The entries of a visitor that takes none.
pub(super) enum Never {}

impl Entries for Never {
    fn entry<T: Serialize + ?Sized>(&mut self, _: &str, _: &T) -> Result<(), Refused> {
        match *self {}
    }

    fn end(self) -> Result<(), Refused> {
        match self {}
    }
}

/// Tells a visitor what a value is.
pub(super) fn walk<V: Visitor>(
    value: &(impl Serialize + ?Sized),
    visitor: V,
) -> Result<(), Refused> {
    value.serialize(Walk(visitor))
}

/// Writes a value as JSON, into memory that is zeroed.
pub(super) fn json(value: &(impl Serialize + ?Sized)) -> Result<WipedBuffer, Refused> {
    let mut buffer = WipedBuffer::new();
    serde_json::to_writer(&mut buffer, value).map_err(|_| Refused::default())?;
    Ok(buffer)
}

struct Walk<V>(V);

impl<V: Visitor> Walk<V> {
    fn shown(self, value: impl fmt::Display) -> Result<(), Refused> {
        let text = Zeroizing::new(value.to_string());
        self.0.text(&text)
    }

    /// JSON has no such numbers, and no server could read them back.
    fn finite(self, is_finite: bool, value: impl fmt::Display) -> Result<(), Refused> {
        if is_finite { self.shown(value) } else { Err(Refused::default()) }
    }
}

/// The elements of a list.
struct List<E> {
    entries: E,
    next: usize,
}

impl<E: Entries> List<E> {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        let name = self.next.to_string();
        self.next += 1;
        self.entries.entry(&name, value)
    }
}

impl<E: Entries> SerializeSeq for List<E> {
    type Ok = ();
    type Error = Refused;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.push(value)
    }

    fn end(self) -> Result<(), Refused> {
        self.entries.end()
    }
}

impl<E: Entries> SerializeTuple for List<E> {
    type Ok = ();
    type Error = Refused;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.push(value)
    }

    fn end(self) -> Result<(), Refused> {
        self.entries.end()
    }
}

/// The properties of an object: `serde(flatten)` and additional properties come as a map.
struct Properties<E> {
    entries: E,
    name: Option<String>,
}

impl<E: Entries> SerializeMap for Properties<E> {
    type Ok = ();
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        // A key is what a JSON object could have as one.
        let serde_json::Value::String(name) =
            serde_json::to_value(key).map_err(|_| Refused::default())?
        else {
            return Err(Refused::default());
        };
        self.name = Some(name);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        let name = self.name.take().ok_or_else(Refused::default)?;
        self.entries.entry(&name, value)
    }

    fn end(self) -> Result<(), Refused> {
        self.entries.end()
    }
}

/// What a struct is.
enum Fields<V: Visitor> {
    /// An object, whose properties they are.
    Object(Properties<V::Entries>),
    /// A number, whose text is the only field.
    Number(Option<V>),
}

impl<V: Visitor> SerializeStruct for Fields<V> {
    type Ok = ();
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        match self {
            Self::Object(it) => it.entries.entry(name, value),
            Self::Number(it) => walk(value, it.take().ok_or_else(Refused::default)?),
        }
    }

    fn end(self) -> Result<(), Refused> {
        match self {
            Self::Object(it) => it.entries.end(),
            Self::Number(_) => Ok(()),
        }
    }
}

/// Tells of the types whose `Display` is their text.
macro_rules! shown {
    ($($method:ident: $ty:ty,)*) => {
        $(fn $method(self, value: $ty) -> Result<(), Refused> {
            self.shown(value)
        })*
    };
}

impl<V: Visitor> Serializer for Walk<V> {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = List<V::Entries>;
    type SerializeTuple = List<V::Entries>;
    type SerializeTupleStruct = Impossible<(), Refused>;
    type SerializeTupleVariant = Impossible<(), Refused>;
    type SerializeMap = Properties<V::Entries>;
    type SerializeStruct = Fields<V>;
    type SerializeStructVariant = Impossible<(), Refused>;

    shown! {
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

    fn serialize_f32(self, value: f32) -> Result<(), Refused> {
        self.finite(value.is_finite(), value)
    }

    fn serialize_f64(self, value: f64) -> Result<(), Refused> {
        self.finite(value.is_finite(), value)
    }

    fn serialize_str(self, value: &str) -> Result<(), Refused> {
        self.0.text(value)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Refused> {
        Err(Refused::default())
    }

    fn serialize_none(self) -> Result<(), Refused> {
        self.0.nothing()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Refused> {
        self.0.nothing()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Refused> {
        Err(Refused::default())
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Refused> {
        self.0.text(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        let file = if name == file_part::NEWTYPE { file_part::take_written() } else { None };
        match file {
            Some(file) => self.0.file(file),
            None => value.serialize(self),
        }
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Refused> {
        Err(Refused::default())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<V::Entries>, Refused> {
        Ok(List { entries: self.0.list()?, next: 0 })
    }

    fn serialize_tuple(self, _: usize) -> Result<List<V::Entries>, Refused> {
        Ok(List { entries: self.0.list()?, next: 0 })
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Refused> {
        Err(Refused::default())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Refused> {
        Err(Refused::default())
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Properties<V::Entries>, Refused> {
        Ok(Properties { entries: self.0.object()?, name: None })
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Fields<V>, Refused> {
        if name == NUMBER {
            return Ok(Fields::Number(Some(self.0)));
        }
        Ok(Fields::Object(Properties { entries: self.0.object()?, name: None }))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Refused> {
        Err(Refused::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A number of `serde_json` with its feature `arbitrary_precision`.
    struct Precise;

    impl Serialize for Precise {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut number = serializer.serialize_struct(NUMBER, 1)?;
            number.serialize_field(NUMBER, "0.10")?;
            number.end()
        }
    }

    struct Shown<'a>(&'a mut String);

    impl Visitor for Shown<'_> {
        type Entries = Never;

        fn nothing(self) -> Result<(), Refused> {
            Ok(())
        }

        fn text(self, text: &str) -> Result<(), Refused> {
            self.0.push_str(text);
            Ok(())
        }

        fn file(self, _: FilePart) -> Result<(), Refused> {
            Ok(())
        }

        fn list(self) -> Result<Never, Refused> {
            Err(Refused::default())
        }

        fn object(self) -> Result<Never, Refused> {
            Err(Refused::default())
        }
    }

    #[test]
    fn a_number_is_a_text_whatever_features_serde_json_has() {
        let mut text = String::new();
        walk(&Precise, Shown(&mut text)).expect("a text");
        assert_eq!((text.as_str(), kind(&Precise)), ("0.10", Ok(Kind::Text)));
    }
}
