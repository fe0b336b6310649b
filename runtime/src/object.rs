//! The macros `json_object!` and `json_newtype!`, which implement serde's traits for structs.

mod beside;
mod expose;
mod members;
mod read;
mod write;

pub use expose::Expose;
pub use members::Members;
pub(crate) use read::PropertyName;
pub use read::{Object, ObjectReader, read};
pub use write::ObjectWriter;

/// Implements serde's `Deserialize` and `Serialize` for a struct that is a JSON object.
///
/// Each property is a word, the field, and the name in JSON if it differs from the field:
///
/// | word | field | read | written |
/// | --- | --- | --- | --- |
/// | `required` | `T` | must be present | always |
/// | `optional` | `Option<T>` | absent and `null` are `None` | unless it is `None` |
/// | `nullable` | `Option<T>` | absent and `null` are `None` | always, `None` as `null` |
/// | `patch` | [`Patch<T>`](crate::Patch) | absent and `null` are distinguished | unless it is absent |
/// | `secret` | [`Secret`](crate::Secret), or a list or map of them | must be present | its text |
/// | `optional_secret`, `nullable_secret`, `patch_secret` | as without `_secret` | | its text |
///
/// A repeated property is an error. `rest` names the field for undeclared properties, a
/// `BTreeMap<String, T>`; without it they are ignored. With `read` before the name, `Serialize` is not
/// implemented; use it for responses that contain a secret.
///
/// `variant` names a field whose properties stand beside those of the struct in one object: a union of
/// objects, mostly. It is read from the undeclared properties, and from the declared ones with `and` behind
/// them; where both have a value for a property, that of the struct is written.
///
/// ```
/// use tamarack_runtime::{Secret, json_object};
///
/// #[derive(Clone, Debug)]
/// struct Login {
///     r#type: String,
///     password: Secret,
///     remember: Option<bool>,
/// }
///
/// json_object!(Login { required r#type as "type", secret password, optional remember });
///
/// let login: Login = tamarack_runtime::serde_json::from_str(r#"{"password": "pw", "type": "user"}"#)?;
/// assert_eq!(login.remember, None);
/// assert_eq!(
///     tamarack_runtime::serde_json::to_string(&login)?,
///     r#"{"type":"user","password":"pw"}"#,
/// );
///
/// struct Square {
///     side: f64,
/// }
///
/// json_object!(Square { required side });
///
/// struct Figure {
///     color: String,
///     variant: Square,
/// }
///
/// json_object!(Figure { required color; variant variant });
///
/// let text = r#"{"color":"red","side":2.0}"#;
/// let figure: Figure = tamarack_runtime::serde_json::from_str(text)?;
/// assert_eq!(figure.variant.side, 2.0);
/// assert_eq!(tamarack_runtime::serde_json::to_string(&figure)?, text);
/// # Ok::<(), tamarack_runtime::serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! json_object {
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $name:literal) => { $name };
    (@put $input:ident $field:ident) => { $input.put(&mut $field) };
    (@put $input:ident $field:ident $variant:ident) => { $input.share(&mut $field, &mut $variant) };
    (@empty rest) => { ::std::collections::BTreeMap::new() };
    (@empty variant) => { $crate::object::Members::default() };
    (@undeclared $input:ident) => { $input.skip() };
    (@undeclared $input:ident rest $rest:ident) => { $input.keep(&mut $rest) };
    (@undeclared $input:ident variant $variant:ident) => { $input.member(&mut $variant) };
    (@end $input:ident rest $rest:ident) => { $rest };
    (@end $input:ident variant $variant:ident) => { $input.variant(&$variant)? };
    (@writer $serializer:ident) => { $crate::object::ObjectWriter::<__S>::new($serializer) };
    (@writer $serializer:ident rest) => { $crate::object::ObjectWriter::<__S>::new($serializer) };
    (@writer $serializer:ident variant) => { $crate::object::ObjectWriter::<__S>::shared($serializer) };
    (@write $name:ident {
        $($word:ident $field:ident $(as $property:literal)? $(and $both:ident)?),* $(,)?
        $(; $how:ident $rest:ident)?
    }) => {
        impl $crate::serde::Serialize for $name {
            fn serialize<__S: $crate::serde::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                let mut output = $crate::json_object!(@writer serializer $($how)?);
                $(output.$word($crate::json_object!(@name $field $($property)?), &self.$field);)*
                $(output.$how(&self.$rest);)?
                output.end()
            }
        }
    };
    (read $name:ident {
        $($word:ident $field:ident $(as $property:literal)? $(and $both:ident)?),* $(,)?
        $(; $how:ident $rest:ident)?
    }) => {
        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<__D: $crate::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                $crate::object::read(deserializer)
            }
        }

        impl $crate::object::Object for $name {
            const NAME: &'static str = stringify!($name);

            #[inline]
            fn read<'de, __A: $crate::serde::de::MapAccess<'de>>(
                input: &mut $crate::object::ObjectReader<'de, __A>,
            ) -> ::core::result::Result<Self, __A::Error> {
                $(let mut $field = ::core::option::Option::None;)*
                $(let mut $rest = $crate::json_object!(@empty $how);)?
                while let ::core::option::Option::Some(property) = input.property::<Self>() {
                    match property {
                        $($crate::json_object!(@name $field $($property)?) => {
                            $crate::json_object!(@put input $field $($both)?)
                        })*
                        _ => $crate::json_object!(@undeclared input $($how $rest)?),
                    }
                }
                ::core::result::Result::Ok(Self {
                    $($field: input.$word($crate::json_object!(@name $field $($property)?), $field)?,)*
                    $($rest: $crate::json_object!(@end input $how $rest),)?
                })
            }
        }
    };
    ($name:ident $properties:tt) => {
        $crate::json_object!(read $name $properties);
        $crate::json_object!(@write $name $properties);
    };
}

/// Implements serde's traits for a struct that is encoded as its only field, `value`.
///
/// With `read` before the name, `Serialize` is not implemented.
///
/// ```
/// use tamarack_runtime::json_newtype;
///
/// /// A list of such lists.
/// struct Steps {
///     value: Vec<Steps>,
/// }
///
/// json_newtype!(Steps);
///
/// let steps: Steps = tamarack_runtime::serde_json::from_str("[[], [[]]]")?;
/// assert_eq!(steps.value.len(), 2);
/// # Ok::<(), tamarack_runtime::serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! json_newtype {
    (read $name:ident) => {
        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<__D: $crate::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                let value = $crate::serde::Deserialize::deserialize(deserializer)?;
                ::core::result::Result::Ok(Self { value })
            }
        }
    };
    ($name:ident) => {
        $crate::json_newtype!(read $name);

        impl $crate::serde::Serialize for $name {
            fn serialize<__S: $crate::serde::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                $crate::serde::Serialize::serialize(&self.value, serializer)
            }
        }
    };
}
