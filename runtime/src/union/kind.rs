//! What a value shows of itself before it is read: its tag or its JSON kind.

use serde_json::Number;

/// What decides the variant of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign<'a> {
    /// The text of the tag, or the key.
    Tag(&'a str),
    /// The tag, an integer.
    Integer(i64),
    /// The tag, `true` or `false`.
    Truth(bool),
    /// A boolean.
    Boolean,
    /// A number.
    Number(&'a Number),
    /// A string.
    String,
    /// A list.
    List,
    /// An object.
    Object,
    /// Nothing: `null`, or an object without the tag.
    Nothing,
}

/// A kind of JSON value. An integer is a number without fraction and exponent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the kind of this name")]
pub enum Kind {
    Boolean,
    Integer,
    Number,
    String,
    List,
    Object,
}

impl Sign<'_> {
    /// Returns whether a value is of one kind among those of a union.
    ///
    /// An integer that the variant's type cannot hold is a number where there is a variant for that.
    pub fn is(&self, kind: Kind, kinds: &[Kind], fits: fn(&Number) -> bool) -> bool {
        match (self, kind) {
            (Self::Number(number), Kind::Integer) => {
                let is_integer = number.is_i64() || number.is_u64();
                is_integer && (fits(number) || !kinds.contains(&Kind::Number))
            }
            (Self::Boolean, Kind::Boolean)
            | (Self::Number(_), Kind::Number)
            | (Self::String, Kind::String)
            | (Self::List, Kind::List)
            | (Self::Object, Kind::Object) => true,
            _ => false,
        }
    }
}

/// A type for integers, which may be too small for one.
pub trait FitsInteger {
    /// Returns whether the type holds the number.
    fn fits(number: &Number) -> bool;
}

impl FitsInteger for i32 {
    fn fits(number: &Number) -> bool {
        number.as_i64().is_some_and(|it| Self::try_from(it).is_ok())
    }
}

impl FitsInteger for u32 {
    fn fits(number: &Number) -> bool {
        number.as_u64().is_some_and(|it| Self::try_from(it).is_ok())
    }
}

impl FitsInteger for i64 {
    fn fits(number: &Number) -> bool {
        number.is_i64()
    }
}

impl FitsInteger for u64 {
    fn fits(number: &Number) -> bool {
        number.is_u64()
    }
}
