//! The macro `union!` for enums of types that are distinguished by a tag, a key or their JSON kind.

mod kind;
mod name;
mod play;
mod read;
mod record;
mod replay;
mod tape;

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::object::ObjectWriter;
pub use kind::{FitsInteger, Kind, Sign};
pub use read::{Tagging, Union, read_by_key, read_by_kind, read_tagged, variant};
pub(crate) use record::NUMBER;

/// Defines a union: a variant for each declared type, and `Unrecognized` for any other value.
///
/// Only the tag, the key or the kind chooses the variant; a value that does not match the type of its
/// variant is an error, never another variant.
///
/// - `by property "kind"`: by the value of a property, a string. Write `is` before the value if the type of
///   the variant declares the property, and `adds` if the union has to write it. Further values after `|`
///   are accepted when reading.
/// - `by integer "kind"` and `by boolean "kind"`: likewise, by integers such as `1` and by `true` and `false`.
/// - `by key`: an object with one property, whose value is that of the variant. Properties that are `null`
///   do not count; an object with two of the keys is `Unrecognized`.
/// - `by kind`: `Boolean`, `Integer`, `Number`, `String`, `List` or `Object`. The name of a variant is
///   its kind, unless it says another: `Count(i64) as Integer`. Put `Integer` before `Number`.
///
/// With `read only` before the variants, `Serialize` is not implemented; use it for responses that contain
/// a secret.
///
/// ```
/// use tamarack_runtime::{json_object, union};
///
/// #[derive(Debug, PartialEq)]
/// pub struct Cat {
///     kind: String,
///     lives: i32,
/// }
///
/// json_object!(Cat { required kind, required lives });
///
/// #[derive(Debug, PartialEq)]
/// pub struct Dog {
///     tricks: Vec<String>,
/// }
///
/// json_object!(Dog { required tricks });
///
/// union! {
///     #[derive(Debug, PartialEq)]
///     pub enum Pet by property "kind" {
///         Cat(Cat) is "cat" | "kitten",
///         Dog(Dog) adds "dog",
///     }
/// }
///
/// let pet: Pet = tamarack_runtime::serde_json::from_str(r#"{"kind": "dog", "tricks": []}"#)?;
/// assert_eq!(pet, Pet::Dog(Dog { tricks: Vec::new() }));
/// assert_eq!(tamarack_runtime::serde_json::to_value(&pet)?["kind"], "dog");
///
/// union! {
///     pub enum Scalar by kind {
///         Count(i64) as Integer,
///         String(String),
///     }
/// }
///
/// assert!(matches!(tamarack_runtime::serde_json::from_str("7")?, Scalar::Count(7)));
/// # Ok::<(), tamarack_runtime::serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! union {
    (@kind $kind:ident) => { $crate::union::Kind::$kind };
    (@kind $variant:ident $kind:ident) => { $crate::union::Kind::$kind };
    // Only a type for integers can say what fits.
    (@fits $ty:ty; Integer) => { <$ty as $crate::union::FitsInteger>::fits };
    (@fits $ty:ty; $variant:ident Integer) => { <$ty as $crate::union::FitsInteger>::fits };
    (@fits $ty:ty; $($kind:ident)+) => { |_| true };
    (@write is $value:ident $tag:literal $text:literal $serializer:ident) => {
        $crate::serde::Serialize::serialize($value, $serializer)
    };
    (@write adds $value:ident $tag:literal $text:literal $serializer:ident) => {
        $crate::union::with_tag($tag, &$text, $value, $serializer)
    };
    (@enum $read:ident $(#[$meta:meta])* $name:ident { $($(#[$about:meta])* $variant:ident($ty:ty))* }) => {
        $(#[$meta])*
        #[non_exhaustive]
        pub enum $name {
            $($(#[$about])* $variant($ty),)*
            /// A value that matches no declared variant.
            Unrecognized($crate::serde_json::Value),
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<__D: $crate::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::union::$read(deserializer)
            }
        }
    };
    (@read $name:ident $tagging:expr, $sign:ident $($variant:ident $($text:literal)|+,)*) => {
        impl $crate::union::Union for $name {
            const TAGGING: $crate::union::Tagging = $tagging;

            fn read<'de, __D: $crate::serde::Deserializer<'de>>(
                sign: $crate::union::Sign<'_>,
                value: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                match sign {
                    $($crate::union::Sign::$sign($($text)|+) => {
                        $crate::union::variant(value, Self::$variant)
                    })*
                    _ => $crate::union::variant(value, Self::Unrecognized),
                }
            }
        }
    };
    (@serialize $name:ident $serializer:ident, $($variant:ident($value:ident) => $write:expr,)*) => {
        impl $crate::serde::Serialize for $name {
            fn serialize<__S: $crate::serde::Serializer>(
                &self,
                $serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                match self {
                    $(Self::$variant($value) => $write,)*
                    Self::Unrecognized(value) => {
                        $crate::serde::Serialize::serialize(value, $serializer)
                    }
                }
            }
        }
    };
    ($(#[$meta:meta])* pub enum $name:ident by property $tag:literal read only {
        $($(#[$about:meta])* $variant:ident($ty:ty) $how:ident $($text:literal)|+,)*
    }) => {
        $crate::union!(@enum read_tagged $(#[$meta])* $name { $($(#[$about])* $variant($ty))* });
        $crate::union!(
            @read $name $crate::union::Tagging::Property($tag), Tag $($variant $($text)|+,)*
        );
    };
    ($(#[$meta:meta])* pub enum $name:ident by integer $tag:literal read only {
        $($(#[$about:meta])* $variant:ident($ty:ty) $how:ident $($value:literal)|+,)*
    }) => {
        $crate::union!(@enum read_tagged $(#[$meta])* $name { $($(#[$about])* $variant($ty))* });
        $crate::union!(
            @read $name $crate::union::Tagging::Integer($tag), Integer $($variant $($value)|+,)*
        );
    };
    ($(#[$meta:meta])* pub enum $name:ident by boolean $tag:literal read only {
        $($(#[$about:meta])* $variant:ident($ty:ty) $how:ident $($value:literal)|+,)*
    }) => {
        $crate::union!(@enum read_tagged $(#[$meta])* $name { $($(#[$about])* $variant($ty))* });
        $crate::union!(
            @read $name $crate::union::Tagging::Boolean($tag), Truth $($variant $($value)|+,)*
        );
    };
    ($(#[$meta:meta])* pub enum $name:ident by $by:ident $tag:literal {
        $($(#[$about:meta])* $variant:ident($ty:ty) $how:ident $text:literal $(| $more:literal)*,)*
    }) => {
        $crate::union! {
            $(#[$meta])*
            pub enum $name by $by $tag read only {
                $($(#[$about])* $variant($ty) $how $text $(| $more)*,)*
            }
        }
        $crate::union!(@serialize $name serializer, $(
            $variant(value) => $crate::union!(@write $how value $tag $text serializer),
        )*);
    };
    ($(#[$meta:meta])* pub enum $name:ident by key read only {
        $($(#[$about:meta])* $variant:ident($ty:ty) = $key:literal,)*
    }) => {
        $crate::union!(@enum read_by_key $(#[$meta])* $name { $($(#[$about])* $variant($ty))* });
        $crate::union!(
            @read $name $crate::union::Tagging::Key(&[$($key),*]), Tag $($variant $key,)*
        );
    };
    ($(#[$meta:meta])* pub enum $name:ident by key {
        $($(#[$about:meta])* $variant:ident($ty:ty) = $key:literal,)*
    }) => {
        $crate::union! {
            $(#[$meta])*
            pub enum $name by key read only { $($(#[$about])* $variant($ty) = $key,)* }
        }
        $crate::union!(@serialize $name serializer, $(
            $variant(value) => $crate::union::under_key($key, value, serializer),
        )*);
    };
    ($(#[$meta:meta])* pub enum $name:ident by kind read only {
        $($(#[$about:meta])* $variant:ident($ty:ty) $(as $kind:ident)?,)*
    }) => {
        $crate::union!(@enum read_by_kind $(#[$meta])* $name { $($(#[$about])* $variant($ty))* });

        impl $crate::union::Union for $name {
            const TAGGING: $crate::union::Tagging = $crate::union::Tagging::Kind;

            fn read<'de, __D: $crate::serde::Deserializer<'de>>(
                sign: $crate::union::Sign<'_>,
                value: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                const KINDS: &[$crate::union::Kind] =
                    &[$($crate::union!(@kind $variant $($kind)?)),*];
                $(if sign.is(
                    $crate::union!(@kind $variant $($kind)?),
                    KINDS,
                    $crate::union!(@fits $ty; $variant $($kind)?),
                ) {
                    return $crate::union::variant(value, Self::$variant);
                })*
                $crate::union::variant(value, Self::Unrecognized)
            }
        }
    };
    ($(#[$meta:meta])* pub enum $name:ident by kind {
        $($(#[$about:meta])* $variant:ident($ty:ty) $(as $kind:ident)?,)*
    }) => {
        $crate::union! {
            $(#[$meta])*
            pub enum $name by kind read only { $($(#[$about])* $variant($ty) $(as $kind)?,)* }
        }
        $crate::union!(@serialize $name serializer, $(
            $variant(value) => $crate::serde::Serialize::serialize(value, serializer),
        )*);
    };
}

/// Serializes `value` as an object with the property `property` set to `tag`, a text, an integer or a boolean, for a
/// variant whose own type does not declare the discriminator (OpenAPI 3.0.3
/// §4.7.24).
///
/// A value that is not an object cannot have a tag and is an error.
pub fn with_tag<S: Serializer>(
    property: &str,
    tag: &(impl Serialize + ?Sized),
    value: &impl Serialize,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut output = ObjectWriter::shared(serializer);
    output.required(property, tag);
    output.variant(value);
    output.end()
}

/// Serializes `value` as an object with one property, `key`.
pub fn under_key<S: Serializer>(
    key: &'static str,
    value: &impl Serialize,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map([(key, value)])
}

/// Returns which of `keys` the object has, with its value. A property that is
/// `null` counts as absent; for an object with two of the keys it returns
/// nothing, so that neither is dropped.
fn one_of_keys(keys: &[&'static str], value: &Value) -> Option<&'static str> {
    let object = value.as_object()?;
    let is_present = |key: &&&str| object.get(**key).is_some_and(|it| !it.is_null());
    let mut present = keys.iter().filter(is_present);
    let key = present.next()?;
    present.next().is_none().then_some(*key)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_tag_stands_beside_the_members() {
        let written = with_tag("type", "cat", &json!({"lives": 9}), serde_json::value::Serializer);
        assert_eq!(written.unwrap(), json!({"lives": 9, "type": "cat"}));
        assert!(with_tag("type", "cat", &json!(1), serde_json::value::Serializer).is_err());
    }

    #[test]
    fn a_key_holds_the_variant() {
        let written = under_key("pod", &json!({"size": 1}), serde_json::value::Serializer);
        assert_eq!(written.unwrap(), json!({"pod": {"size": 1}}));
        let keys = ["pod", "serverless"];
        let read = |value| one_of_keys(&keys, &value);
        assert_eq!(read(json!({"pod": 1, "serverless": null})), Some("pod"));
        assert_eq!(read(json!({"pod": 1, "serverless": 2})), None);
        assert_eq!(read(json!({"other": 1})), None);
        assert_eq!(read(json!([])), None);
    }
}
