//! Planned unions in, enums out that find their variant by tag, by key or by kind and keep what they do not know.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::types::Scope;
use crate::plan::{JsonKind, PlannedType, PlannedUnion, RustType, UnionTagging, UnionVariant};

/// Writes the items of a union.
pub(super) fn emit(
    planned: &PlannedType,
    it: &PlannedUnion,
    scope: &Scope<'_>,
) -> Vec<TokenStream> {
    let (ident, doc) = (&planned.ident, docs::outer(&planned.docs));
    let partial_eq = it.traits.partial_eq.then(|| quote!(, PartialEq));
    let variants = it.variants.iter().map(|variant| {
        let (doc, ident, ty) = (docs::outer(&variant.docs), &variant.ident, scope.ty(&variant.ty));
        quote!(#doc #ident(#ty),)
    });
    let item = quote! {
        #doc
        #[derive(Clone, Debug #partial_eq)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
            /// A value of a shape that the document does not list, as it was received.
            Unknown(serde_json::Value),
        }
    };
    let mut acc = vec![item];
    if it.traits.serialize {
        acc.push(emit_serialize(ident, it, scope));
    }
    acc.push(emit_deserialize(ident, it, scope));
    acc
}

fn emit_serialize(
    ident: &crate::name::TypeIdent,
    it: &PlannedUnion,
    scope: &Scope<'_>,
) -> TokenStream {
    let result = scope.path("Result");
    let arms = it.variants.iter().map(|variant| {
        let UnionVariant { ident, tags, .. } = variant;
        match &it.tagging {
            UnionTagging::Property(property) if !variant.declares_tag => {
                let tag = &tags[0];
                quote! {
                    Self::#ident(value) => {
                        tamarack_runtime::union::with_tag(#property, #tag, value, serializer)
                    }
                }
            }
            UnionTagging::Key => {
                let key = &tags[0];
                quote! {
                    Self::#ident(value) => {
                        tamarack_runtime::union::under_key(#key, value, serializer)
                    }
                }
            }
            UnionTagging::Property(_) | UnionTagging::Kind => {
                quote!(Self::#ident(value) => value.serialize(serializer),)
            }
        }
    });
    quote! {
        impl serde::Serialize for #ident {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                match self {
                    #(#arms)*
                    Self::Unknown(value) => value.serialize(serializer),
                }
            }
        }
    }
}

fn emit_deserialize(
    ident: &crate::name::TypeIdent,
    it: &PlannedUnion,
    scope: &Scope<'_>,
) -> TokenStream {
    let result = scope.path("Result");
    let body = match &it.tagging {
        UnionTagging::Property(property) => by_property(property, it),
        UnionTagging::Key => by_key(it),
        UnionTagging::Kind => by_kind(it),
    };
    quote! {
        impl<'de> serde::Deserialize<'de> for #ident {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> {
                let value = <serde_json::Value as serde::Deserialize>::deserialize(deserializer)?;
                #body.map_err(serde::de::Error::custom)
            }
        }
    }
}

fn by_property(property: &str, it: &PlannedUnion) -> TokenStream {
    let arms = it.variants.iter().map(|variant| {
        let (ident, tags) = (&variant.ident, &variant.tags);
        quote!(Some(#(#tags)|*) => serde_json::from_value(value).map(Self::#ident),)
    });
    quote! {
        match value.get(#property).and_then(serde_json::Value::as_str) {
            #(#arms)*
            _ => Ok(Self::Unknown(value)),
        }
    }
}

/// A member that is `null` says that this is not the variant.
fn by_key(it: &PlannedUnion) -> TokenStream {
    let keys = it.variants.iter().map(|variant| &variant.tags[0]);
    let arms = it.variants.iter().map(|variant| {
        let (ident, key) = (&variant.ident, &variant.tags[0]);
        quote!(Some((#key, inner)) => serde_json::from_value(inner).map(Self::#ident),)
    });
    quote! {
        match tamarack_runtime::union::one_of_keys(&[#(#keys),*], &value) {
            #(#arms)*
            _ => Ok(Self::Unknown(value)),
        }
    }
}

fn by_kind(it: &PlannedUnion) -> TokenStream {
    // An integer that its format cannot hold still is a number, where the union has one.
    let has_number = it.variants.iter().any(|variant| variant.kind == JsonKind::Number);
    let arms = it.variants.iter().map(|variant| {
        let ident = &variant.ident;
        let pattern = match variant.kind {
            JsonKind::Boolean => quote!(serde_json::Value::Bool(_)),
            JsonKind::Integer if has_number => {
                let fits = integer_fits(&variant.ty);
                quote!(serde_json::Value::Number(number) if #fits)
            }
            JsonKind::Integer => {
                quote!(serde_json::Value::Number(number) if number.is_i64() || number.is_u64())
            }
            JsonKind::Number => quote!(serde_json::Value::Number(_)),
            JsonKind::String => quote!(serde_json::Value::String(_)),
            JsonKind::List => quote!(serde_json::Value::Array(_)),
            JsonKind::Object => quote!(serde_json::Value::Object(_)),
        };
        quote!(#pattern => serde_json::from_value(value).map(Self::#ident),)
    });
    quote! {
        match &value {
            #(#arms)*
            _ => Ok(Self::Unknown(value)),
        }
    }
}

/// Whether `number` is an integer that the type holds.
fn integer_fits(ty: &RustType) -> TokenStream {
    match ty {
        RustType::I32 => quote!(number.as_i64().is_some_and(|it| i32::try_from(it).is_ok())),
        RustType::U32 => quote!(number.as_u64().is_some_and(|it| u32::try_from(it).is_ok())),
        RustType::U64 => quote!(number.is_u64()),
        _ => quote!(number.is_i64()),
    }
}
