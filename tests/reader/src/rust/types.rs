//! Rust types as far as the wire goes: what they are read from and written to.

use syn::{GenericArgument, PathArguments};

use super::names::{Modules, Path, Target};

/// The module and the name of an item.
pub type ItemId = (Vec<String>, String);

/// A type; boxes make no difference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// `bool`
    Bool,
    /// `i32`, `i64`, `u32` or `u64`.
    Integer,
    /// `f32` or `f64`.
    Number,
    /// `String`
    String,
    /// `Secret`
    Secret,
    /// Bytes: as they are, or with a media type.
    Bytes,
    /// A file of a multipart body.
    File,
    /// Any JSON.
    Json,
    /// Any JSON object.
    JsonObject,
    /// Nothing.
    Unit,
    /// `Option`.
    Option(Box<Type>),
    /// `Patch`: absent, `null` or a value.
    Patch(Box<Type>),
    /// `Vec`.
    List(Box<Type>),
    /// `BTreeMap` of texts to this.
    Map(Box<Type>),
    /// A type of the module.
    Named(ItemId),
}

impl Type {
    /// Returns the type inside of `Option` or `Patch`.
    pub fn present(&self) -> &Type {
        match self {
            Self::Option(inner) | Self::Patch(inner) => inner,
            other => other,
        }
    }

    /// Returns the item at the heart of a type.
    pub fn named(&self) -> Option<&ItemId> {
        match self {
            Self::Option(inner) | Self::Patch(inner) | Self::List(inner) | Self::Map(inner) => {
                inner.named()
            }
            Self::Named(id) => Some(id),
            _ => None,
        }
    }
}

/// Reads a type as it is written in a module.
pub(super) fn read(ty: &syn::Type, module: &[String], modules: &Modules) -> Result<Type, String> {
    let path = match ty {
        syn::Type::Path(it) => &it.path,
        syn::Type::Tuple(it) if it.elems.is_empty() => return Ok(Type::Unit),
        _ => return Err("a type that is no path".to_owned()),
    };
    let inner = || -> Result<Type, String> {
        let segment = path.segments.last().map(|it| &it.arguments);
        let Some(PathArguments::AngleBracketed(arguments)) = segment else {
            return Err("a type without its argument".to_owned());
        };
        match arguments.args.last() {
            Some(GenericArgument::Type(ty)) => read(ty, module, modules),
            _ => Err("a type without its argument".to_owned()),
        }
    };
    let name = match modules.resolve(module, &Path::of(path)) {
        Target::Item(id) => return Ok(Type::Named(id)),
        Target::Outside(name) => name,
    };
    Ok(match name.as_str() {
        "bool" => Type::Bool,
        "i32" | "i64" | "u32" | "u64" => Type::Integer,
        "f32" | "f64" => Type::Number,
        // The text is what is received and sent.
        "String" | "Typed" => Type::String,
        "Secret" => Type::Secret,
        "FilePart" => Type::File,
        "Bytes" | "MediaBody" | "RequestBody" | "ResponseBody" => Type::Bytes,
        "Value" => Type::Json,
        "Map" => Type::JsonObject,
        "Option" => Type::Option(Box::new(inner()?)),
        "Patch" => Type::Patch(Box::new(inner()?)),
        "Vec" => Type::List(Box::new(inner()?)),
        "BTreeMap" => Type::Map(Box::new(inner()?)),
        // A sequence is its item as far as a schema goes.
        "Box" | "AsReceived" | "EventStream" | "ItemStream" | "JsonLines" => inner()?,
        other => return Err(format!("the type `{other}` is not known")),
    })
}
