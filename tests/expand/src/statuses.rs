//! `declared_errors!`, `outcomes!` and `response_bodies!`: an enum of what an operation returns, a variant for each
//! status or media type.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream, Result};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, Lit, LitStr, Pat, Token, Type, braced, parenthesized};

/// Reads the errors of an operation.
pub(super) fn declared_errors(input: ParseStream<'_>) -> Result<TokenStream> {
    let (attributes, name) = head(input)?;
    input.parse::<Token![for]>()?;
    input.parse::<LitStr>()?;
    let arms = arms(input)?;
    let variants = arms.iter().map(|Arm { attributes, variant, body, .. }| {
        quote!(#(#attributes)* #variant(tamarack_runtime::ErrorReply<#body>))
    });
    Ok(quote! {
        #(#attributes)*
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
        impl tamarack_runtime::DeclaredErrors for #name {}
    })
}

/// Reads the successes of an operation.
pub(super) fn outcomes(input: ParseStream<'_>) -> Result<TokenStream> {
    let (attributes, name) = head(input)?;
    let arms = arms(input)?;
    let variants = arms
        .iter()
        .map(|Arm { attributes, variant, body, .. }| quote!(#(#attributes)* #variant(#body)));
    Ok(quote! {
        #(#attributes)*
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
        impl tamarack_runtime::ReadSuccess for #name { type Body = Self; }
    })
}

/// Reads the bodies of a response.
pub(super) fn response_bodies(input: ParseStream<'_>) -> Result<TokenStream> {
    let (attributes, name) = head(input)?;
    let arms = arms(input)?;
    let variants = arms.iter().map(|Arm { attributes, of, variant, body }| {
        let docs = texts(of).into_iter().map(|it| format!("`{it}`\n"));
        quote!(#(#attributes)* #(#[doc = #docs])* #variant(#body))
    });
    Ok(quote! {
        #(#attributes)*
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
        impl tamarack_runtime::ResponseBodies for #name {}
    })
}

/// Returns the media types of a pattern.
fn texts(pattern: &Pat) -> Vec<String> {
    match pattern {
        Pat::Or(it) => it.cases.iter().flat_map(texts).collect(),
        Pat::Lit(it) => match &it.lit {
            Lit::Str(text) => vec![text.value()],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn head(input: ParseStream<'_>) -> Result<(Vec<Attribute>, Ident)> {
    let attributes = input.call(Attribute::parse_outer)?;
    input.parse::<Token![pub]>()?;
    input.parse::<Token![enum]>()?;
    Ok((attributes, input.parse()?))
}

fn arms(input: ParseStream<'_>) -> Result<Punctuated<Arm, Token![,]>> {
    let content;
    braced!(content in input);
    Punctuated::parse_terminated(&content)
}

/// `404 => NotFound(Json<types::Problem>)`
struct Arm {
    attributes: Vec<Attribute>,
    of: Pat,
    variant: Ident,
    body: Type,
}

impl Parse for Arm {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let of = Pat::parse_multi(input)?;
        input.parse::<Token![=>]>()?;
        let variant = input.parse()?;
        let content;
        parenthesized!(content in input);
        // How the body is read.
        content.parse::<Ident>()?;
        content.parse::<Token![<]>()?;
        let body = content.parse()?;
        content.parse::<Token![>]>()?;
        Ok(Self { attributes, of, variant, body })
    }
}
