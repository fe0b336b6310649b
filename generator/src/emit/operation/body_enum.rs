//! Writes the enum of a request body that has another type in each of its media types.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::docs;
use super::super::scope::Scope;
use crate::plan::{BodyEncoding, PlannedOperation, RustType};
use crate::shown::code_span;

/// Writes the enum, and a conversion from each type that one variant alone has.
pub(super) fn emit(it: &PlannedOperation, scope: &Scope<'_>) -> Vec<TokenStream> {
    let ident = &it.encoding;
    let doc = format!(" The request body of [`{}`], in one of its media types.", it.ident);
    let variants = it.encodings.iter().map(|encoding| {
        let BodyEncoding { ident, media_type, ty, .. } = encoding;
        let doc = docs::outer(&format!("{}.", code_span(media_type)));
        let ty = scope.ty(ty);
        quote!(#doc #ident(#ty),)
    });
    let item = quote! {
        #[doc = #doc]
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #ident { #(#variants)* }
    };
    let conversions = it
        .encodings
        .iter()
        .filter(|it| it.converts)
        .map(|encoding| conversion(it, encoding, scope));
    std::iter::once(item).chain(conversions).collect()
}

fn conversion(it: &PlannedOperation, encoding: &BodyEncoding, scope: &Scope<'_>) -> TokenStream {
    let (ident, variant, from) = (&it.encoding, &encoding.ident, scope.path("From"));
    let (ty, value) = match &encoding.ty {
        RustType::Boxed(inner) => {
            let boxed = scope.path("Box");
            (scope.ty(inner), quote!(#boxed::new(body)))
        }
        ty => (scope.ty(ty), quote!(body)),
    };
    quote! {
        impl #from<#ty> for #ident {
            fn from(body: #ty) -> Self {
                Self::#variant(#value)
            }
        }
    }
}
