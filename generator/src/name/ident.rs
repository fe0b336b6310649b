//! Any text in, a valid Rust identifier out: the same text always gives the same identifier.

use std::fmt;

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};
use quote::{ToTokens, TokenStreamExt};

/// A name of a type, a variant or a trait: `UpperCamelCase`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeIdent(String);

/// A name of a field, a function or an argument: `snake_case`, raw where it is a keyword.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ValueIdent(String);

impl TypeIdent {
    /// Makes the type name of a text, for example `TokenRequest` of `token_request`.
    pub fn new(text: &str) -> Self {
        Self(guard(camel(&words(text)), "SelfType"))
    }

    /// Returns the name with `suffix` behind it.
    #[must_use]
    pub fn with_suffix(&self, suffix: &str) -> Self {
        Self(format!("{}{suffix}", self.0))
    }

    /// Returns the name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ValueIdent {
    /// Makes the value name of a text, for example `index_name` of `indexName`.
    pub fn new(text: &str) -> Self {
        Self(snake(&words(text)))
    }

    /// Returns the name with `suffix` behind it.
    #[must_use]
    pub fn with_suffix(&self, suffix: &str) -> Self {
        Self(format!("{}{suffix}", self.0))
    }

    /// Returns whether the name is a keyword and written with `r#`.
    pub fn is_raw(&self) -> bool {
        self.to_token_stream().to_string().starts_with("r#")
    }

    /// Returns the name with `prefix` before it.
    #[must_use]
    pub fn with_prefix(&self, prefix: &str) -> Self {
        Self(format!("{prefix}{}", self.0))
    }

    /// Returns the name as text, without `r#`.
    pub fn as_str(&self) -> &str {
        &self.0
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

impl ToTokens for TypeIdent {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        tokens.append(Ident::new(&self.0, Span::call_site()));
    }
}

impl ToTokens for ValueIdent {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        let ident = match self.0.as_str() {
            // These four cannot be raw identifiers.
            "self" | "super" | "crate" | "_" => {
                Ident::new(&format!("{}_", self.0), Span::call_site())
            }
            // A keyword from edition 2024 on, which `syn` still reads as a name.
            "gen" => Ident::new_raw("gen", Span::call_site()),
            text if syn::parse_str::<Ident>(text).is_ok() => Ident::new(text, Span::call_site()),
            text => Ident::new_raw(text, Span::call_site()),
        };
        tokens.append(ident);
    }
}

/// Splits a text into the words an identifier is made of. Symbols separate
/// words and are dropped, unless they are all there is to tell the text by:
/// a sign before a number is said in words, and so is a text of symbols only.
fn words(text: &str) -> Vec<String> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return vec!["empty".to_owned()];
    }
    let mut acc = Vec::new();
    if let Some(sign) = sign_word(trimmed) {
        acc.push(sign.to_owned());
    }
    acc.extend(trimmed.split(|c| !is_word(c)).filter(|it| !it.is_empty()).map(str::to_owned));
    if acc.is_empty() {
        acc.extend(trimmed.chars().map(symbol_word));
    }
    acc
}

/// Returns whether a character can stand inside an identifier and is no underscore.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || (!c.is_ascii() && syn::parse_str::<Ident>(&format!("a{c}")).is_ok())
}

fn sign_word(text: &str) -> Option<&'static str> {
    let mut chars = text.chars();
    let word = match chars.next()? {
        '-' => "minus",
        '+' => "plus",
        _ => return None,
    };
    chars.next()?.is_ascii_digit().then_some(word)
}

fn symbol_word(symbol: char) -> String {
    let word = match symbol {
        '!' => "not",
        '"' => "quote",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '\'' => "apostrophe",
        '(' => "open paren",
        ')' => "close paren",
        '*' => "star",
        '+' => "plus",
        ',' => "comma",
        '-' => "minus",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '<' => "less",
        '=' => "equal",
        '>' => "greater",
        '?' => "question",
        '@' => "at",
        '[' => "open bracket",
        '\\' => "backslash",
        ']' => "close bracket",
        '^' => "caret",
        '_' => "underscore",
        '`' => "backtick",
        '{' => "open brace",
        '|' => "pipe",
        '}' => "close brace",
        '~' => "tilde",
        '≠' => "not equal",
        '≤' => "less or equal",
        '≥' => "greater or equal",
        other => return format!("u {:x}", u32::from(other)),
    };
    word.to_owned()
}

/// Joins words in upper camel case. Where a digit meets a digit an underscore
/// stays between them, so that `4.1` and `41` do not become one name.
fn camel(words: &[String]) -> String {
    let mut acc = String::new();
    for word in words {
        let word = word.to_upper_camel_case();
        if ends_in_digit(&acc) && word.starts_with(|c: char| c.is_ascii_digit()) {
            acc.push('_');
        }
        acc.push_str(&word);
    }
    if acc.starts_with(|c: char| !c.is_alphabetic()) {
        acc.insert(0, 'N');
    }
    // A script without case has no camel case; the letter keeps the name a type's.
    if acc.starts_with(|c: char| c.is_alphabetic() && !c.is_uppercase()) {
        acc.insert(0, 'X');
    }
    acc
}

fn snake(words: &[String]) -> String {
    let words: Vec<_> = words.iter().map(|word| word.to_snake_case()).collect();
    let mut acc = words.join("_");
    if acc.starts_with(|c: char| !c.is_alphabetic()) {
        acc.insert(0, 'n');
    }
    acc
}

fn ends_in_digit(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}

/// `Self` is the one keyword in camel case.
fn guard(name: String, instead: &str) -> String {
    if name == "Self" { instead.to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_upper_camel_case() {
        for (text, expected) in [
            ("TokenRequest", "TokenRequest"),
            ("token_request", "TokenRequest"),
            ("APIKeyWithSecret", "ApiKeyWithSecret"),
            ("https://api.acme.example/", "HttpsApiAcmeExample"),
            ("client_credentials", "ClientCredentials"),
            ("gpt-4.1", "Gpt4_1"),
            ("gpt-41", "Gpt41"),
            ("2XX", "N2xx"),
            ("-1", "Minus1"),
            ("+1", "Plus1"),
            ("1", "N1"),
            ("", "Empty"),
            ("*", "Star"),
            (">=", "GreaterEqual"),
            ("connect:accounts:read", "ConnectAccountsRead"),
            ("Self", "SelfType"),
            ("日本", "X日本"),
        ] {
            assert_eq!(TypeIdent::new(text).as_str(), expected, "{text}");
        }
    }

    #[test]
    fn values_are_snake_case_and_raw_where_needed() {
        for (text, expected) in [
            ("indexName", "index_name"),
            ("_id", "id"),
            ("X-Acme-Api-Version", "x_acme_api_version"),
            ("type", "r#type"),
            ("gen", "r#gen"),
            ("self", "self_"),
            ("2fa", "n2fa"),
            ("@type", "r#type"),
            ("$", "dollar"),
        ] {
            assert_eq!(ValueIdent::new(text).to_token_stream().to_string(), expected, "{text}");
        }
    }
}
