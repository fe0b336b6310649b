//! The macro `json_union!` for unions of which a value can fit several branches: it is kept as JSON.

mod secret;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::reply::DecodeError;
use crate::wipe::WipedBuffer;
pub use secret::SecretJson;
pub(crate) use secret::wipe;

/// Defines a union whose branches overlap: a struct around the JSON value, with a method for each branch.
///
/// Nothing tells which branch a value is of, and it can be of several. So the value is kept as it was
/// received, and each method decodes it as one branch. `json` returns the whole value, with what the type of
/// a branch does not declare, and the value is written as it was read. `from` behind a branch
/// implements `From` for its type.
///
/// With `secret` before the branches, `Debug` does not show the value, and its memory is zeroed on drop; with
/// `read only`, `Serialize` and the conversions from branches are not implemented either. Use them where a branch
/// contains a secret.
///
/// ```
/// use tamarack_runtime::{json_object, json_union};
///
/// #[derive(Debug, PartialEq)]
/// pub struct Boat {
///     name: String,
/// }
///
/// json_object!(Boat { required name });
///
/// #[derive(Debug, PartialEq)]
/// pub struct Wreck {
///     name: String,
///     depth: i32,
/// }
///
/// json_object!(Wreck { required name, required depth });
///
/// json_union! {
///     #[derive(Clone, Debug, PartialEq)]
///     pub struct Find {
///         as_boat(Boat) from,
///         as_wreck(Wreck) from,
///     }
/// }
///
/// let text = r#"{"depth":40,"flag":"fi","name":"Vasa"}"#;
/// let find: Find = tamarack_runtime::serde_json::from_str(text)?;
/// assert_eq!(find.as_boat()?.name, "Vasa");
/// assert_eq!(find.as_wreck()?.depth, 40);
/// assert_eq!(tamarack_runtime::serde_json::to_string(&find)?, text);
///
/// let find = Find::from(Boat { name: "Fram".to_owned() });
/// assert!(find.as_wreck().is_err());
/// assert_eq!(find.json()["name"], "Fram");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[macro_export]
macro_rules! json_union {
    (@from $name:ident $ty:ty;) => {};
    (@from $name:ident $ty:ty; from) => {
        impl ::core::convert::From<$ty> for $name {
            fn from(value: $ty) -> Self {
                Self { value: $crate::json_union::keep(&value).into() }
            }
        }
    };
    (@items $(#[$meta:meta])* $name:ident $kept:ty {
        $($(#[$about:meta])* $method:ident($ty:ty) $($from:ident)?,)*
    }) => {
        $(#[$meta])*
        pub struct $name {
            value: $kept,
        }

        impl $name {
            $(
                /// Decodes the value as this branch; an error if it does not fit.
                // Whatever follows is a paragraph of its own.
                #[doc = ""]
                $(#[$about])*
                pub fn $method(&self) -> ::core::result::Result<$ty, $crate::DecodeError> {
                    $crate::json_union::decode(self.json())
                }
            )*
        }

        impl ::core::convert::From<$crate::serde_json::Value> for $name {
            fn from(value: $crate::serde_json::Value) -> Self {
                Self { value: value.into() }
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<__D: $crate::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                let value = $crate::serde::Deserialize::deserialize(deserializer)?;
                ::core::result::Result::Ok(Self { value })
            }
        }
    };
    (@written $name:ident { $($(#[$about:meta])* $method:ident($ty:ty) $($from:ident)?,)* }) => {
        impl $crate::serde::Serialize for $name {
            fn serialize<__S: $crate::serde::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                $crate::serde::Serialize::serialize(&self.value, serializer)
            }
        }

        $($crate::json_union!(@from $name $ty; $($from)?);)*
    };
    ($(#[$meta:meta])* pub struct $name:ident read only $branches:tt) => {
        $crate::json_union!(@items $(#[$meta])* $name $crate::json_union::SecretJson $branches);

        impl $name {
            /// Returns the value as JSON, with its secrets.
            pub fn json(&self) -> &$crate::serde_json::Value {
                self.value.expose()
            }
        }
    };
    ($(#[$meta:meta])* pub struct $name:ident secret $branches:tt) => {
        $crate::json_union! { $(#[$meta])* pub struct $name read only $branches }
        $crate::json_union!(@written $name $branches);
    };
    ($(#[$meta:meta])* pub struct $name:ident $branches:tt) => {
        $crate::json_union!(@items $(#[$meta])* $name $crate::serde_json::Value $branches);
        $crate::json_union!(@written $name $branches);

        impl $name {
            /// Returns the value as JSON.
            pub fn json(&self) -> &$crate::serde_json::Value {
                &self.value
            }
        }
    };
}

/// Decodes a value as one branch; the error does not quote it.
pub fn decode<'de, T: Deserialize<'de>>(value: &'de Value) -> Result<T, DecodeError> {
    T::deserialize(value).map_err(|error| DecodeError::from(&error))
}

/// Returns the JSON of a branch.
pub fn keep(value: &impl Serialize) -> Value {
    // Through the text: a `float` is then the number that is sent, not the nearest one of 64 bits.
    let mut text = WipedBuffer::new();
    let written = serde_json::to_writer(&mut text, value).ok();
    let kept = written.and_then(|()| serde_json::from_slice(text.as_ref()).ok());
    // A value that nests deeper than the parser reads is taken as it is.
    kept.or_else(|| serde_json::to_value(value).ok()).unwrap_or_else(|| {
        unreachable!("a generated type is JSON; those that hold files have no conversion")
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    #[test]
    fn a_float_is_kept_as_it_is_sent() {
        assert_eq!(keep(&BTreeMap::from([("a", 0.1_f32)])), json!({"a": 0.1}));
        assert_eq!(keep(&f64::NAN), json!(null));
    }

    #[test]
    fn what_nests_deeply_is_kept() {
        let deep = (0..500).fold(json!(1), |acc, _| json!([acc]));
        assert_eq!(keep(&deep), deep);
    }

    #[test]
    fn an_error_does_not_quote_the_value() {
        let error = decode::<BTreeMap<String, bool>>(&json!({"a": "hunter2"})).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
    }
}
