//! Any text in, a valid Rust identifier out: the same text always gives the same identifier.
//!
//! What an identifier may hold is said once, by [`is_word`]. Identifiers are in
//! Normalization Form C, in which rustc compares them. Only a scope makes them, so
//! that what is generated has each of them once.

use std::fmt;

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};
use quote::{ToTokens, TokenStreamExt};
use unicode_normalization::UnicodeNormalization;

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
        Self(guard(composed(&camel(&words(text))), "SelfType"))
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
        let name = composed(&snake(&words(text)));
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
        self.to_token_stream().to_string().starts_with("r#")
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
        let ident = match self.0.as_str() {
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
    let composed = composed(trimmed);
    acc.extend(composed.split(|c| !is_word(c)).filter(|it| !it.is_empty()).map(str::to_owned));
    if acc.is_empty() {
        acc.extend(trimmed.chars().map(symbol_word));
    }
    acc
}

/// Returns whether a character can stand inside an identifier: what Rust takes
/// (`XID_Continue`) and is a letter or a digit. Joiners, marks and signs such as
/// U+200D, U+FE0F, U+30FB and `℮` are neither; changing the case of a word drops
/// them. Capitals without a small letter, such as `𝐀`, are in no snake case.
fn is_word(c: char) -> bool {
    let is_stuck = c.is_uppercase() && c.to_lowercase().eq([c]);
    let cased = c.to_uppercase().chain(c.to_lowercase());
    c.is_alphanumeric() && !is_stuck && cased.chain([c]).all(unicode_ident::is_xid_continue)
}

/// Returns whether a name begins with what no identifier can begin with, for
/// example a digit of any script or a vowel sign.
fn begins_badly(name: &str) -> bool {
    name.starts_with(|c: char| !unicode_ident::is_xid_start(c))
}

/// Returns the text in Normalization Form C.
fn composed(text: &str) -> String {
    text.nfc().collect()
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
        let word = letters(&word.to_upper_camel_case());
        if ends_in_digit(&acc) && word.starts_with(|c: char| c.is_ascii_digit()) {
            acc.push('_');
        }
        acc.push_str(&word);
    }
    if begins_badly(&acc) {
        acc.insert(0, 'N');
    }
    // A script without case has no camel case; the letter keeps the name a type's.
    if acc.starts_with(|c: char| !c.is_uppercase()) {
        acc.insert(0, 'X');
    }
    acc
}

fn snake(words: &[String]) -> String {
    let words: Vec<_> = words.iter().map(|word| letters(&word.to_snake_case())).collect();
    let mut acc = words.join("_");
    if begins_badly(&acc) {
        acc.insert(0, 'n');
    }
    acc
}

/// Drops the marks that another case of a letter brings, such as the U+0300 of `ῢ` as a capital:
/// a name that is read again is the same name.
fn letters(word: &str) -> String {
    word.chars().filter(|it| *it == '_' || it.is_alphanumeric()).collect()
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
            ("\u{1fe2}", "\u{3a5}"),
        ] {
            assert_eq!(TypeIdent::new(text).as_str(), expected, "{text}");
        }
    }

    /// What a document may name things by that is no identifier, or nearly one.
    const ODD: &[&str] = &[
        "❤️",
        "\u{200d}",
        "・",
        "℮",
        "👩\u{200d}💻",
        "\u{301}",
        "\u{fe0f}",
        "٣",
        "²",
        "Ⅷ",
        "𝐀",
        "ϒ",
        "ŉ",
        "İ",
        "ΐ",
        "ß",
        "ǅ",
        "ª",
        "ˢ",
        "ा",
        "ำ",
        "नमस्ते",
        "·",
        "_",
        "__",
        "",
        " ",
        "\u{a0}",
        "self",
        "Self",
        "SELF",
        "super",
        "crate",
        "gen",
        "try",
        "async",
        "r#type",
        "日本",
        "a℮b",
        "1",
        "é",
        "e\u{301}",
        "K",
        "Å",
        "ﬁ",
        "İstanbul",
        "\u{1f}",
        "\0",
        "\u{e000}",
        "\u{10ffff}",
        "\u{feff}",
        "\u{345}",
        "𞤢",
    ];

    #[track_caller]
    fn is_identifier(ident: &impl ToTokens, text: &str) {
        let written = ident.to_token_stream().to_string();
        let read: Ident = if written.starts_with("r#") {
            syn::parse_str::<syn::Ident>(&written).unwrap()
        } else {
            let item = syn::parse_str::<syn::ItemMod>(&format!("mod {written} {{}}"));
            item.unwrap_or_else(|error| panic!("{written:?} of {text:?}: {error}")).ident
        };
        assert_eq!(read, written, "{text:?}");
        assert!(unicode_normalization::is_nfc(&written), "{text:?}");
    }

    #[test]
    fn every_text_has_a_name() {
        for text in ODD {
            let (ty, value) = (TypeIdent::new(text), ValueIdent::new(text));
            is_identifier(&ty, text);
            is_identifier(&value, text);
            is_identifier(&ValueIdent::given(value.followed_by(2)), text);
            is_identifier(&ValueIdent::given(value.preceded_by("with")), text);
            is_identifier(&ConstIdent::new(text), text);
            is_identifier(&TypeIdent::new(value.as_str()), text);
            // The rules of `non_camel_case_types` and `non_snake_case`.
            assert!(!ty.as_str().starts_with(char::is_lowercase), "{ty}");
            let value = value.followed_by(2);
            assert!(!value.chars().any(char::is_uppercase) && !value.contains("__"), "{value}");
        }
    }

    proptest::proptest! {
        /// What a message prints as the name to give is the name that it makes.
        #[test]
        fn a_name_that_is_given_makes_itself(text in "\\PC{0,6}", header in "[ -~]{0,6}") {
            let value = ValueIdent::new(&text);
            assert_eq!(ValueIdent::new(value.as_str()), value);
            let constant = ConstIdent::new(&header);
            assert_eq!(ConstIdent::new(constant.as_str()), constant);
        }

        #[test]
        fn every_random_text_has_a_name(text in "\\PC{0,6}", raw in proptest::prelude::any::<char>()) {
            let text = format!("{text}{raw}");
            is_identifier(&TypeIdent::new(&text), &text);
            is_identifier(&ValueIdent::new(&text), &text);
        }
    }

    #[test]
    fn rustc_compares_names_in_one_normal_form_and_so_do_we() {
        assert_eq!(ValueIdent::new("é"), ValueIdent::new("e\u{301}"));
        assert_eq!(TypeIdent::new("é"), TypeIdent::new("e\u{301}"));
        assert_eq!(ValueIdent::new("❤️").as_str(), "u_2764_u_fe0f");
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
