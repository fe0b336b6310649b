//! `json_object!` and `json_newtype!` in, the traits that they implement out.

use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, LitStr, Token, braced};

use crate::{Access, serde};

/// `read Name { word field as "name" and variant, …; rest field }`, or `; variant field`
pub(crate) fn object(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let (name, access) = head(input)?;
    let properties;
    braced!(properties in input);
    while !properties.is_empty() && !properties.peek(Token![;]) {
        let word: Ident = properties.call(Ident::parse_any)?;
        if !WORDS.contains(&word.to_string().as_str()) {
            return Err(syn::Error::new(word.span(), "no word of `json_object!`"));
        }
        properties.parse::<Ident>()?;
        if properties.parse::<Option<Token![as]>>()?.is_some() {
            properties.parse::<LitStr>()?;
        }
        if properties.peek(Ident) {
            keyword(&properties, &["and"])?;
            properties.parse::<Ident>()?;
        }
        if properties.parse::<Option<Token![,]>>()?.is_none() {
            break;
        }
    }
    if properties.parse::<Option<Token![;]>>()?.is_some() {
        keyword(&properties, &["rest", "variant"])?;
        properties.parse::<Ident>()?;
    }
    if !properties.is_empty() {
        return Err(properties.error("expected a property"));
    }
    Ok(serde(&name, access))
}

fn keyword(input: ParseStream<'_>, words: &[&str]) -> syn::Result<()> {
    let found: Ident = input.parse()?;
    if words.iter().any(|it| found == it) {
        return Ok(());
    }
    Err(syn::Error::new(found.span(), format!("expected one of {words:?}")))
}

const WORDS: [&str; 8] = [
    "nullable",
    "nullable_secret",
    "optional",
    "optional_secret",
    "patch",
    "patch_secret",
    "required",
    "secret",
];

/// `read Name`
pub(crate) fn newtype(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let (name, access) = head(input)?;
    Ok(serde(&name, access))
}

fn head(input: ParseStream<'_>) -> syn::Result<(Ident, Access)> {
    let name: Ident = input.parse()?;
    if name == "read" && input.peek(Ident) {
        return Ok((input.parse()?, Access::ReadOnly));
    }
    Ok((name, Access::ReadAndWrite))
}
