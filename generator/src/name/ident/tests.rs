//! Texts of documents in, the identifiers of each case out.

use proc_macro2::Ident;
use quote::ToTokens;

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
