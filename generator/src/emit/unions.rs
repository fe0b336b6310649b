//! Planned unions in, the lists that `union!` reads out, and a conversion from each type that is one variant's alone.

use std::fmt::Write as _;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::format::Part;
use super::scope::Scope;
use super::types::more_derives;
use crate::plan::{
    PlannedType, PlannedUnion, RustType, TagKind, Tagging, ToldBy, TypeIdent, UnionVariant,
};

/// Writes the items of a union.
pub(super) fn emit(planned: &PlannedType, it: &PlannedUnion, scope: &Scope<'_>) -> Vec<Part> {
    let ident = &planned.ident;
    let mut acc = format!("{}! {{\n", scope.name("union"));
    acc.push_str(&docs::comment(&planned.docs, "    "));
    let derived = if it.traits.partial_eq { "Clone, Debug, PartialEq" } else { "Clone, Debug" };
    let _ = writeln!(acc, "    #[derive({derived})]");
    if let Some(derive) = more_derives(planned) {
        let _ = writeln!(acc, "    #[{derive}]");
    }
    let tagging = match &it.tagging {
        Tagging::Discriminator { property, of, .. } => {
            let word = match of {
                TagKind::Text => "property",
                TagKind::Integer => "integer",
                TagKind::Boolean => "boolean",
            };
            format!("{word} {}", Literal::string(property))
        }
        Tagging::Key(_) => "key".to_owned(),
        Tagging::Kind(_) => "kind".to_owned(),
        Tagging::Overlapping(_) => unreachable!("such a union is planned as one of JSON"),
    };
    let is_text = !matches!(&it.tagging, Tagging::Discriminator { of, .. } if *of != TagKind::Text);
    let only = if it.traits.serialize { "" } else { " read only" };
    let _ = writeln!(acc, "    pub enum {ident} by {tagging}{only} {{");
    for (told_by, variant) in it.tagging.variants() {
        acc.push_str(&docs::comment(&variant.docs, "        "));
        acc.push_str(&emit_variant(variant, told_by, is_text, scope));
    }
    acc.push_str("    }\n}\n");
    let conversions = it.variants().filter(|it| it.converts);
    let conversions = conversions.flat_map(|it| {
        let of_text = (it.ty == RustType::String).then(|| emit_text_conversion(ident, it));
        std::iter::once(emit_conversion(ident, it, scope)).chain(of_text)
    });
    std::iter::once(Part::Text(acc)).chain(conversions.map(Part::from)).collect()
}

/// Writes a variant on one line: its type, and how it is recognised. Tags that are no texts are written as they are.
fn emit_variant(
    it: &UnionVariant,
    told_by: ToldBy<'_>,
    is_text: bool,
    scope: &Scope<'_>,
) -> String {
    let text = |it: &str| if is_text { Literal::string(it).to_string() } else { it.to_owned() };
    let texts = || told_by.texts().into_iter().map(text).collect::<Vec<_>>().join(" | ");
    let told_by = match told_by {
        ToldBy::Tags(_) if it.declares_tag => format!(" is {}", texts()),
        ToldBy::Tags(_) => format!(" adds {}", texts()),
        ToldBy::Key(_) => format!(" = {}", texts()),
        ToldBy::Kind(kind) if it.ident.as_str() == kind.word() => String::new(),
        ToldBy::Kind(kind) => format!(" as {}", kind.word()),
        ToldBy::Nothing(_) => unreachable!("such a union is planned as one of JSON"),
    };
    format!("        {}({}){told_by},\n", it.ident, scope.text(&it.ty))
}

/// Boxes are the business of the variant.
fn emit_conversion(ident: &TypeIdent, it: &UnionVariant, scope: &Scope<'_>) -> TokenStream {
    let variant = &it.ident;
    let (ty, value) = match &it.ty {
        RustType::Boxed(inner) => {
            let boxed = scope.path("Box");
            (scope.ty(inner), quote!(#boxed::new(value)))
        }
        ty => (scope.ty(ty), quote!(value)),
    };
    quote! {
        impl From<#ty> for #ident {
            fn from(value: #ty) -> Self {
                Self::#variant(#value)
            }
        }
    }
}

/// A text is mostly written as a literal.
fn emit_text_conversion(ident: &TypeIdent, it: &UnionVariant) -> TokenStream {
    let variant = &it.ident;
    quote! {
        impl From<&str> for #ident {
            fn from(value: &str) -> Self {
                Self::#variant(value.into())
            }
        }
    }
}
