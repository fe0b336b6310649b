//! The macro `open_enum!` for enums of strings that keep undeclared values.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{Error, Visitor};

/// Deserializes an open enum. A declared value is not copied.
pub fn read<'de, T: for<'a> From<&'a str>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(TextVisitor(PhantomData))
}

struct TextVisitor<T>(PhantomData<T>);

impl<T: for<'a> From<&'a str>> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // As of a `String`.
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok(T::from(text))
    }
}

/// Defines an open enum: the declared values, and `Unrecognized` for any other.
///
/// It is encoded as a string, unchanged. With `ignoring case` after the name, declared values match
/// without regard to ASCII letter case; [`AsReceived`](crate::AsReceived) keeps the original spelling.
///
/// The documentation of each variant begins with its string. `as` gives other Markdown for strings that
/// cannot be shown between backticks.
///
/// ```
/// use tamarack_runtime::open_enum;
///
/// open_enum! {
///     /// How distances are measured.
///     pub enum Metric {
///         Cosine = "cosine",
///         /// The one of everyday life.
///         Euclidean = "euclidean",
///         Odd = "`" as "a backtick",
///     }
/// }
///
/// assert_eq!(Metric::from("cosine"), Metric::Cosine);
/// assert_eq!(Metric::from("manhattan"), Metric::Unrecognized("manhattan".to_owned()));
/// assert_eq!(Metric::Euclidean.as_str(), "euclidean");
/// ```
#[macro_export]
macro_rules! open_enum {
    (@shown $text:literal) => { concat!("`", $text, "`") };
    (@shown $text:literal $shown:literal) => { $shown };
    (@items $(#[$meta:meta])* $name:ident {
        $($(#[$about:meta])* $variant:ident = $text:literal $(as $shown:literal)?,)*
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = $crate::open_enum!(@shown $text $($shown)?)]
                // Whatever follows is a paragraph of its own.
                #[doc = ""]
                $(#[$about])*
                $variant,
            )*
            /// A value the document does not list.
            Unrecognized(::std::string::String),
        }

        impl $name {
            /// Returns the string of the value.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unrecognized(text) => text,
                }
            }
        }

        impl $crate::OpenEnum for $name {
            fn as_str(&self) -> &str {
                self.as_str()
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;

            // Not `Self::Err`: a value may be called `err`.
            fn from_str(text: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok(Self::from(text))
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::core::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl $crate::Parameter for $name {
            fn each(&self, visit: &mut dyn FnMut(&dyn ::core::fmt::Display)) {
                visit(&self.as_str());
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<__S: $crate::serde::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<__D: $crate::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::open_enum::read(deserializer)
            }
        }
    };
    ($(#[$meta:meta])* pub enum $name:ident ignoring case {
        $($(#[$about:meta])* $variant:ident = $text:literal $(as $shown:literal)?,)*
    }) => {
        $crate::open_enum!(@items $(#[$meta])* $name {
            $($(#[$about])* $variant = $text $(as $shown)?,)*
        });

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                $(if text.eq_ignore_ascii_case($text) {
                    return Self::$variant;
                })*
                Self::Unrecognized(::std::string::String::from(text))
            }
        }
    };
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[$about:meta])* $variant:ident = $text:literal $(as $shown:literal)?,)*
    }) => {
        $crate::open_enum!(@items $(#[$meta])* $name {
            $($(#[$about])* $variant = $text $(as $shown)?,)*
        });

        impl ::core::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::Unrecognized(::std::string::String::from(text)),
                }
            }
        }
    };
}
