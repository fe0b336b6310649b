//! Texts with a declared format, which are also values of a library's type.

use std::fmt::{self, Display};
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::operation::PageToken;
use crate::reply::ReadHeader;
use crate::request::Parameter;

/// A text with a declared format, and the value that it stands for.
///
/// The text is kept as it was received and sent as it is, so nothing is lost that the type does not keep: an
/// offset, trailing zeros, the case of letters. A text that the type does not parse is no error, since one
/// property must not make a response unreadable; it has no value. Two of them are equal if their texts are.
///
/// Generated crates use it where they were generated with a library for a format.
///
/// ```
/// use tamarack_runtime::{FormatType, Typed};
///
/// #[derive(Debug, PartialEq)]
/// struct Port(u16);
///
/// impl FormatType for Port {
///     fn parse(text: &str) -> Option<Self> {
///         text.parse().ok().map(Self)
///     }
///
///     fn to_text(&self) -> String {
///         self.0.to_string()
///     }
/// }
///
/// let received: Typed<Port> = Typed::from_text("0443");
/// assert_eq!(received.value(), Some(&Port(443)));
/// assert_eq!(received.as_str(), "0443");
/// assert_eq!(Typed::from(Port(443)).as_str(), "443");
/// assert_eq!(Typed::<Port>::from_text("https").value(), None);
/// ```
#[derive(Clone)]
pub struct Typed<T> {
    text: Box<str>,
    value: Option<T>,
}

/// A type that texts of a format are parsed as.
pub trait FormatType: Sized {
    /// Returns the value of a text; `None` if it is not of the format, or the type has no such value.
    fn parse(text: &str) -> Option<Self>;

    /// Returns the text that a server is sent for the value.
    fn to_text(&self) -> String;
}

impl<T: FormatType> Typed<T> {
    /// Creates it from a text, which is sent as it is.
    pub fn from_text(text: impl Into<String>) -> Self {
        let text = text.into().into_boxed_str();
        let value = T::parse(&text);
        Self { text, value }
    }
}

impl<T> Typed<T> {
    /// Returns the value; `None` if the text is not one of the type.
    pub fn value(&self) -> Option<&T> {
        self.value.as_ref()
    }

    /// Returns the value without the text, or the text if it is not one of the type.
    pub fn into_value(self) -> Result<T, String> {
        self.value.ok_or_else(|| self.text.into())
    }

    /// Returns the text, as it was received or is sent.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<T: FormatType> From<T> for Typed<T> {
    fn from(value: T) -> Self {
        Self { text: value.to_text().into_boxed_str(), value: Some(value) }
    }
}

impl<T> AsRef<str> for Typed<T> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl<T> PartialEq for Typed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for Typed<T> {}

impl<T> Hash for Typed<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<T> Display for Typed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl<T> fmt::Debug for Typed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Typed").field(&self.text).finish()
    }
}

impl<T> Serialize for Typed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, T: FormatType> Deserialize<'de> for Typed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from_text)
    }
}

impl<T> Parameter for Typed<T> {
    fn each(&self, visit: &mut dyn FnMut(&dyn Display)) {
        visit(&self.as_str());
    }
}

impl<T: FormatType> ReadHeader for Typed<T> {
    fn read(lines: &[&str]) -> Option<Self> {
        match lines {
            [line] => Some(Self::from_text(line.trim())),
            _ => None,
        }
    }
}

impl<T: FormatType> PageToken for Typed<T> {
    fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    fn of_text(text: &str) -> Option<Self> {
        Some(Self::from_text(text))
    }

    fn of_number(number: i128) -> Option<Self> {
        Some(Self::from_text(number.to_string()))
    }
}

/// Returns whether a text is as long as a full date (RFC 3339 §5.6): parsers also take other spellings, and some drop a
/// time of day.
#[cfg(any(feature = "chrono04", feature = "jiff1", feature = "time03"))]
pub(crate) fn is_full_date(text: &str) -> bool {
    text.len() == "2026-04-01".len() && text.as_bytes()[4] == b'-'
}

/// Tests that hold for every type: what is received comes back, what is parsed is the value, what is sent is the text.
#[cfg(test)]
pub(crate) fn assert_parsed<T: FormatType + PartialEq + fmt::Debug>(received: &str, value: &T) {
    let json = serde_json::to_string(received).unwrap();
    let typed: Typed<T> = serde_json::from_str(&json).unwrap();
    assert_eq!(typed.value(), Some(value), "{received}");
    assert_eq!(serde_json::to_string(&typed).unwrap(), json);
}

/// Tests that a text has no value and comes back.
#[cfg(test)]
pub(crate) fn assert_kept<T: FormatType + fmt::Debug>(received: &str) {
    let json = serde_json::to_string(received).unwrap();
    let typed: Typed<T> = serde_json::from_str(&json).unwrap();
    assert!(typed.value().is_none(), "{received}");
    assert_eq!(serde_json::to_string(&typed).unwrap(), json);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Hex(u32);

    impl FormatType for Hex {
        fn parse(text: &str) -> Option<Self> {
            u32::from_str_radix(text, 16).ok().map(Self)
        }

        fn to_text(&self) -> String {
            format!("{:x}", self.0)
        }
    }

    #[test]
    fn what_is_received_comes_back_whether_it_is_a_value_or_not() {
        assert_parsed("00FF", &Hex(255));
        assert_kept::<Hex>("not hex");
        assert_kept::<Hex>("");
        assert!(serde_json::from_str::<Typed<Hex>>("7").is_err(), "a number is no text");
        assert!(serde_json::from_str::<Typed<Hex>>("null").is_err());
    }

    #[test]
    fn a_value_is_sent_as_its_text() {
        let typed = Typed::from(Hex(255));
        assert_eq!((typed.as_str(), typed.value()), ("ff", Some(&Hex(255))));
        assert_eq!(typed, Typed::from_text("ff"));
        assert_ne!(typed, Typed::from_text("FF"));
        assert_eq!(typed.into_value(), Ok(Hex(255)));
        assert_eq!(Typed::<Hex>::from_text("x").into_value(), Err("x".to_owned()));
        assert_eq!(format!("{:?} {0}", Typed::<Hex>::from_text("x")), r#"Typed("x") x"#);
    }

    #[test]
    fn a_header_is_one_value() {
        assert_eq!(<Typed<Hex> as ReadHeader>::read(&[" ff "]), Some(Typed::from(Hex(255))));
        assert_eq!(<Typed<Hex> as ReadHeader>::read(&["ff", "ff"]), None);
    }
}
