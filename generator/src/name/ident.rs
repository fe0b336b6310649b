//! Any text in, a valid Rust identifier out: the same text always gives the same identifier.
//!
//! Only a scope makes them, so that what is generated has each of them once.

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;

use proc_macro2::{Ident, Span};
use quote::{ToTokens, TokenStreamExt};

use crate::words::{camel_case, composed, is_keyword, snake_case};

/// A name of a type, a variant or a trait: `UpperCamelCase`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeIdent(String);

/// A name of a field, a function or an argument: `snake_case`, raw where it is a keyword.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ValueIdent(String);

/// A name of a constant: `UPPER_SNAKE_CASE`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConstIdent(String);

/// A name of a module, as a catalog writes it; raw where it is a keyword.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleIdent(ValueIdent);

impl TypeIdent {
    /// Makes the type name of a text, for example `TokenRequest` of `token_request`.
    pub(super) fn new(text: &str) -> Self {
        Self(guard(camel_case(text), "SelfType"))
    }

    /// Takes a name that a scope has given: made of one, it is one.
    pub(super) fn given(name: String) -> Self {
        Self(name)
    }

    /// Returns the name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ValueIdent {
    /// Makes the value name of a text, for example `index_name` of `indexName`.
    pub(super) fn new(text: &str) -> Self {
        let name = snake_case(text);
        // These cannot be raw identifiers.
        Self(if matches!(name.as_str(), "self" | "super" | "crate") { name + "_" } else { name })
    }

    /// Takes a name that a scope has given: made of one, it is one.
    pub(super) fn given(name: String) -> Self {
        Self(name)
    }

    /// Returns the text of the name with a word behind it, for example `name_2`.
    pub(super) fn followed_by(&self, word: impl fmt::Display) -> String {
        // `self_` keeps one underscore: two are not snake case.
        format!("{}_{word}", self.0.trim_end_matches('_'))
    }

    /// Returns the text of the name with a word before it, for example `with_name`.
    pub(super) fn preceded_by(&self, word: &str) -> String {
        // With a word before it nothing is a keyword.
        format!("{word}_{}", self.0.trim_end_matches('_'))
    }

    /// Returns whether the name is a keyword and written with `r#`.
    pub fn is_raw(&self) -> bool {
        is_keyword(&self.0)
    }

    /// Returns the name as code has it, with `r#` where it is a keyword.
    pub fn as_code(&self) -> Cow<'_, str> {
        if self.is_raw() { format!("r#{}", self.0).into() } else { self.0.as_str().into() }
    }

    /// Returns the name as text, without `r#`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ConstIdent {
    /// Makes the name of a constant of a text, for example `INDEX_NAME` of `indexName`.
    pub(super) fn new(text: &str) -> Self {
        let upper = composed(&ValueIdent::new(text).0.to_uppercase());
        // A script without case: the letter tells the constant from an argument, which else would
        // be a pattern that only this value fits.
        Self(if upper.starts_with(char::is_uppercase) { upper } else { format!("X_{upper}") })
    }

    /// Takes a name that a scope has given: made of one, it is one.
    pub(super) fn given(name: String) -> Self {
        Self(name)
    }

    /// Returns the name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ModuleIdent {
    /// Takes a name that the catalog has checked: words of small letters.
    pub(super) fn given(name: String) -> Self {
        Self(ValueIdent(name))
    }
}

impl fmt::Display for TypeIdent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for ValueIdent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for ConstIdent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ToTokens for TypeIdent {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        tokens.append(Ident::new(&self.0, Span::call_site()));
    }
}

impl ToTokens for ConstIdent {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        tokens.append(Ident::new(&self.0, Span::call_site()));
    }
}

impl ToTokens for ModuleIdent {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        self.0.to_tokens(tokens);
    }
}

impl ToTokens for ValueIdent {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        let make = if self.is_raw() { Ident::new_raw } else { Ident::new };
        tokens.append(make(&self.0, Span::call_site()));
    }
}

/// `Self` is the one keyword in camel case.
fn guard(name: String, instead: &str) -> String {
    if name == "Self" { instead.to_owned() } else { name }
}
