//! `open_enum!` in, the enum and what it implements out.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::ParseStream;
use syn::{Attribute, Ident, LitStr, Token, braced};

use crate::{Access, serde};

/// `pub enum Name ignoring case { Variant = "text" as "shown", … }`
pub(crate) fn open_enum(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let attributes = input.call(Attribute::parse_outer)?;
    input.parse::<Token![pub]>()?;
    input.parse::<Token![enum]>()?;
    let name: Ident = input.parse()?;
    if input.peek(Ident) {
        for word in ["ignoring", "case"] {
            let found: Ident = input.parse()?;
            if found != word {
                return Err(syn::Error::new(found.span(), format!("expected `{word}`")));
            }
        }
    }
    let list;
    braced!(list in input);
    let variants = list.parse_terminated(variant, Token![,])?.into_iter();
    let serde = serde(&name, Access::ReadAndWrite);
    Ok(quote! {
        #(#attributes)*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that is not listed, as it was received.
            Unrecognized(std::string::String),
        }

        impl #name {
            /// Returns the text as it is sent.
            pub fn as_str(&self) -> &str {}
        }

        impl tamarack_runtime::OpenEnum for #name {}
        impl tamarack_runtime::Parameter for #name {}
        impl std::convert::From<std::string::String> for #name {}
        impl std::convert::From<&str> for #name {}
        impl std::str::FromStr for #name {
            type Err = std::convert::Infallible;
        }
        impl std::fmt::Display for #name {}
        impl std::convert::AsRef<str> for #name {}
        #serde
    })
}

fn variant(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let attributes = input.call(Attribute::parse_outer)?;
    let name: Ident = input.parse()?;
    input.parse::<Token![=]>()?;
    let text: LitStr = input.parse()?;
    let shown = match input.parse::<Option<Token![as]>>()? {
        Some(_) => input.parse::<LitStr>()?.value(),
        None => format!("`{}`", text.value()),
    };
    Ok(quote!(#[doc = #shown] #[doc = ""] #(#attributes)* #name))
}
