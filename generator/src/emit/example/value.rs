//! Writes values of arguments for an example: the name where a text is wanted, otherwise the simplest value.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::plan::{Argument, Item, Module, Place, PlannedStruct, RustType, TypeIdent};

/// A value as it is written where a function takes it.
pub(super) struct Value {
    pub(super) tokens: TokenStream,
    /// How much there is to read.
    pub(super) weight: usize,
    /// Whether the module `types` is named.
    pub(super) has_types: bool,
}

/// How deep values of types are written into each other.
const DEEPEST: usize = 3;

/// Returns a value of an argument of an operation; `None` if none is short.
pub(super) fn of_argument(it: &Argument, module: &Module) -> Option<Value> {
    match (&it.ty, it.place) {
        // A body that is an alias of a text is taken as a `String`, which a literal is not.
        (RustType::Named(ident), Place::Body) => {
            named(ident, ident.as_str(), module, DEEPEST).filter(|it| it.has_types)
        }
        (RustType::Boxed(_) | RustType::AsReceived(_) | RustType::Secret, Place::Body) => None,
        (ty, _) => of_type(ty, &it.wire_name, module, DEEPEST),
    }
}

/// Returns a value of a type, where `impl Into` takes it if the type is one that is taken so.
fn of_type(ty: &RustType, name: &str, module: &Module, depth: usize) -> Option<Value> {
    let plain = |tokens, weight| Some(Value { tokens, weight, has_types: false });
    match ty {
        RustType::Bool => plain(quote!(true), 1),
        RustType::I32 | RustType::I64 | RustType::U32 | RustType::U64 => plain(quote!(1), 1),
        RustType::F32 | RustType::F64 => plain(quote!(1.0), 1),
        RustType::String | RustType::Secret => {
            let text = Literal::string(name);
            plain(quote!(#text), 1)
        }
        RustType::Vec(_) | RustType::Map(_) | RustType::JsonObject => {
            plain(quote!(Default::default()), 3)
        }
        RustType::Option(_) => plain(quote!(None), 2),
        RustType::Named(ident) | RustType::AsReceived(ident) => named(ident, name, module, depth),
        RustType::Boxed(inner) => match &**inner {
            RustType::Named(ident) => named(ident, name, module, depth).filter(|it| it.has_types),
            _ => None,
        },
        _ => None,
    }
}

fn named(ident: &TypeIdent, name: &str, module: &Module, depth: usize) -> Option<Value> {
    let planned = module.types.iter().find(|it| it.ident == *ident)?;
    match &planned.item {
        Item::Struct(it) if depth > 0 => structure(ident, it, module, depth - 1),
        Item::Enum(it) => {
            let variant = &it.variants.first()?.ident;
            Some(Value { tokens: quote!(types::#ident::#variant), weight: 2, has_types: true })
        }
        // The function takes `impl Into<alias>`, so a number or a list has no type of its own there.
        Item::Alias(inner) if depth > 0 => of_type(inner, name, module, depth - 1)
            .filter(|it| it.has_types || matches!(inner, RustType::String | RustType::Secret)),
        Item::Alias(_)
        | Item::Struct(_)
        | Item::Union(_)
        | Item::JsonUnion(_)
        | Item::Newtype { .. } => None,
    }
}

fn structure(
    ident: &TypeIdent,
    it: &PlannedStruct,
    module: &Module,
    depth: usize,
) -> Option<Value> {
    if it.bundle.is_some() {
        return None;
    }
    let values: Vec<_> = (it.taken())
        .map(|field| (&field.ty, field.json_name.as_str()))
        .chain(it.variant.iter().map(|it| (&it.ty, "variant")))
        .map(|(ty, name)| of_type(ty, name, module, depth))
        .collect::<Option<_>>()?;
    let weight = 2 + values.iter().map(|it| it.weight).sum::<usize>();
    let values = values.into_iter().map(|it| it.tokens);
    Some(Value { tokens: quote!(types::#ident::new(#(#values),*)), weight, has_types: true })
}
