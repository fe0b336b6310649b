//! `union!` and `json_union!` in, the enum or the struct and what it implements out.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::parse::ParseStream;
use syn::{Attribute, Ident, LitStr, Token, Type, braced, parenthesized};

use crate::{Access, serde};

/// `pub enum Name by property "tag" read only { Variant(Type) is "text", … }`
pub(crate) fn union(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let attributes = input.call(Attribute::parse_outer)?;
    input.parse::<Token![pub]>()?;
    input.parse::<Token![enum]>()?;
    let name: Ident = input.parse()?;
    word(input, &["by"])?;
    let by = word(input, &["property", "integer", "boolean", "key", "kind"])?;
    if !["key", "kind"].contains(&by.as_str()) {
        input.parse::<LitStr>()?;
    }
    let mut access = Access::ReadAndWrite;
    if input.peek(Ident) {
        word(input, &["read"])?;
        word(input, &["only"])?;
        access = Access::ReadOnly;
    }
    let list;
    braced!(list in input);
    let variants = list.parse_terminated(variant, Token![,])?.into_iter();
    let serde = serde(&name, access);
    Ok(quote! {
        #(#attributes)*
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value of none of these, as it was received.
            Unrecognized(serde_json::Value),
        }

        #serde
    })
}

/// `pub struct Name read only { as_variant(Type) from, … }`
pub(crate) fn json_union(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let attributes = input.call(Attribute::parse_outer)?;
    input.parse::<Token![pub]>()?;
    input.parse::<Token![struct]>()?;
    let name: Ident = input.parse()?;
    let mut access = Access::ReadAndWrite;
    if input.peek(Ident) && word(input, &["secret", "read"])? == "read" {
        word(input, &["only"])?;
        access = Access::ReadOnly;
    }
    let list;
    braced!(list in input);
    let branches: Vec<_> = list.parse_terminated(branch, Token![,])?.into_iter().collect();
    let methods = branches.iter().map(|it| {
        let (attributes, method, ty) = (&it.attributes, &it.method, &it.ty);
        quote! {
            /// Decodes the value as this branch; an error if it does not fit.
            #[doc = ""]
            #(#attributes)*
            pub fn #method(&self) -> Result<#ty, tamarack_runtime::DecodeError> {}
        }
    });
    let conversions = branches.iter().filter(|it| it.converts && access == Access::ReadAndWrite);
    let conversions = conversions.map(|it| {
        let ty = &it.ty;
        quote! {
            impl From<#ty> for #name {}
        }
    });
    let serde = serde(&name, access);
    Ok(quote! {
        #(#attributes)*
        pub struct #name {
            value: serde_json::Value,
        }

        impl #name {
            #(#methods)*

            /// Returns the value as JSON.
            pub fn json(&self) -> &serde_json::Value {}
        }

        impl From<serde_json::Value> for #name {}

        #(#conversions)*

        #serde
    })
}

/// A branch of a union that is kept as JSON.
struct JsonBranch {
    attributes: Vec<Attribute>,
    method: Ident,
    ty: Type,
    converts: bool,
}

fn branch(input: ParseStream<'_>) -> syn::Result<JsonBranch> {
    let attributes = input.call(Attribute::parse_outer)?;
    let method: Ident = input.parse()?;
    let held;
    parenthesized!(held in input);
    let ty: Type = held.parse()?;
    let converts = input.peek(Ident);
    if converts {
        word(input, &["from"])?;
    }
    Ok(JsonBranch { attributes, method, ty, converts })
}

fn word(input: ParseStream<'_>, expected: &[&str]) -> syn::Result<String> {
    let found: Ident = input.parse()?;
    let text = found.to_string();
    if expected.contains(&text.as_str()) {
        return Ok(text);
    }
    Err(syn::Error::new(found.span(), format!("expected one of {expected:?}")))
}

fn variant(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let attributes = input.call(Attribute::parse_outer)?;
    let name: Ident = input.parse()?;
    let held;
    parenthesized!(held in input);
    let ty: Type = held.parse()?;
    // What it is told by is nobody's business outside.
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(quote!(#(#attributes)* #name(#ty)))
}
