//! The Rust types of generated code, before they become tokens.

use crate::formats::FormatType;
use crate::name::TypeIdent;

/// A Rust type.
#[derive(Clone, Debug, PartialEq)]
pub enum RustType {
    /// `bool`
    Bool,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `f32`
    F32,
    /// `f64`
    F64,
    /// `String`
    String,
    /// `tamarack_runtime::Typed<…>`
    Typed(FormatType),
    /// `tamarack_runtime::Secret`
    Secret,
    /// `tamarack_runtime::bytes::Bytes`
    Bytes,
    /// `tamarack_runtime::RequestBody`
    RequestBody,
    /// `tamarack_runtime::JsonLines<…>`
    JsonLines(Box<RustType>),
    /// `tamarack_runtime::ResponseBody`
    ResponseBody,
    /// `tamarack_runtime::EventStream<…>`
    EventStream(Box<RustType>),
    /// `tamarack_runtime::ItemStream<…>`
    ItemStream(Box<RustType>),
    /// `tamarack_runtime::FilePart`
    File,
    /// `tamarack_runtime::MediaBody`
    Media,
    /// `serde_json::Value`
    Json,
    /// `serde_json::Map<String, serde_json::Value>`
    JsonObject,
    /// A type of this module.
    Named(TypeIdent),
    /// An item beside the operations.
    Operation(TypeIdent),
    /// A type that is written by hand, by its path.
    Foreign(String),
    /// `tamarack_runtime::AsReceived<…>`
    AsReceived(TypeIdent),
    /// `Option<…>`
    Option(Box<RustType>),
    /// `tamarack_runtime::Patch<…>`
    Patch(Box<RustType>),
    /// `Vec<…>`
    Vec(Box<RustType>),
    /// `BTreeMap<String, …>`
    Map(Box<RustType>),
    /// `Box<…>`
    Boxed(Box<RustType>),
}

impl RustType {
    /// Returns `Option` of this type; of an `Option` the type itself.
    #[must_use]
    pub fn optional(self) -> Self {
        match self {
            Self::Option(_) => self,
            other => Self::Option(Box::new(other)),
        }
    }

    /// Returns the type inside `Option` or `Patch`, or the type itself.
    pub fn inner(&self) -> &Self {
        match self {
            Self::Option(inner) | Self::Patch(inner) => inner,
            other => other,
        }
    }

    /// Returns whether it is a `Secret`, or a list, map or option of them.
    pub fn is_secret(&self) -> bool {
        match self {
            Self::Secret => true,
            Self::Option(inner)
            | Self::Patch(inner)
            | Self::Vec(inner)
            | Self::Map(inner)
            | Self::Boxed(inner) => inner.is_secret(),
            _ => false,
        }
    }

    /// Returns whether values are passed and copied like a number.
    pub fn is_copy(&self) -> bool {
        matches!(
            self,
            Self::Bool | Self::I32 | Self::I64 | Self::U32 | Self::U64 | Self::F32 | Self::F64
        )
    }

    /// Returns whether an argument of this type is better taken as
    /// `impl Into<…>`, because callers hold something shorter to write.
    pub fn takes_into(&self) -> bool {
        matches!(
            self,
            Self::String
                | Self::Typed(_)
                | Self::Secret
                | Self::File
                | Self::Named(_)
                | Self::Operation(_)
                | Self::AsReceived(_)
                | Self::Boxed(_)
                | Self::RequestBody
                | Self::JsonLines(_)
        )
    }
}
