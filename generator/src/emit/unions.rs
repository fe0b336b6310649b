//! Planned unions in, the lists that `union!` reads out, and a conversion from each type that is one variant's alone.

use std::fmt::Write as _;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::format::Part;
use super::scope::Scope;
use crate::name::TypeIdent;
use crate::plan::{JsonKind, PlannedType, PlannedUnion, RustType, UnionTagging, UnionVariant};

/// Writes the items of a union.
pub(super) fn emit(planned: &PlannedType, it: &PlannedUnion, scope: &Scope<'_>) -> Vec<Part> {
    let ident = &planned.ident;
    let mut acc = format!("{}! {{\n", scope.name("union"));
    acc.push_str(&docs::comment(&planned.docs, "    "));
    let derived = if it.traits.partial_eq { "Clone, Debug, PartialEq" } else { "Clone, Debug" };
    let _ = writeln!(acc, "    #[derive({derived})]");
    let tagging = match &it.tagging {
        UnionTagging::Property(property) => format!("property {}", Literal::string(property)),
        UnionTagging::Key => "key".to_owned(),
        UnionTagging::Kind => "kind".to_owned(),
    };
    let only = if it.traits.serialize { "" } else { " read only" };
    let _ = writeln!(acc, "    pub enum {ident} by {tagging}{only} {{");
    for variant in &it.variants {
        acc.push_str(&docs::comment(&variant.docs, "        "));
        acc.push_str(&emit_variant(variant, &it.tagging, scope));
    }
    acc.push_str("    }\n}\n");
    let conversions = it.variants.iter().filter(|it| it.converts);
    let conversions = conversions.map(|it| Part::from(emit_conversion(ident, it, scope)));
    std::iter::once(Part::Text(acc)).chain(conversions).collect()
}

/// Writes a variant on one line: what it holds, and what it is told by.
fn emit_variant(it: &UnionVariant, tagging: &UnionTagging, scope: &Scope<'_>) -> String {
    let texts = || {
        let texts = it.tags.iter().map(|it| Literal::string(it).to_string());
        texts.collect::<Vec<_>>().join(" | ")
    };
    let told_by = match tagging {
        UnionTagging::Property(_) if it.declares_tag => format!(" is {}", texts()),
        UnionTagging::Property(_) => format!(" adds {}", texts()),
        UnionTagging::Key => format!(" = {}", texts()),
        UnionTagging::Kind => {
            let kind = kind(it.kind);
            if it.ident.as_str() == kind { String::new() } else { format!(" as {kind}") }
        }
    };
    format!("        {}({}){told_by},\n", it.ident, scope.text(&it.ty))
}

fn kind(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::Boolean => "Boolean",
        JsonKind::Integer => "Integer",
        JsonKind::Number => "Number",
        JsonKind::String => "String",
        JsonKind::List => "List",
        JsonKind::Object => "Object",
    }
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
