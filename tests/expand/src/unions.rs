//! `union!` in, the enum and what it implements out.

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
    if word(input, &["property", "key", "kind"])? == "property" {
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
