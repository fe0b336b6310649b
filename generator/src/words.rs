//! Splits texts of a document into words, and joins words as Rust writes names.
//!
//! What an identifier may hold is said once, by [`is_word`]. Names are in Normalization
//! Form C, in which rustc compares them.

use heck::{ToSnakeCase, ToUpperCamelCase};
use unicode_normalization::UnicodeNormalization;

/// Returns a text in upper camel case, for example `TokenRequest` of `token_request`.
pub(crate) fn camel_case(text: &str) -> String {
    composed(&camel(&words(text)))
}

/// Returns a text in snake case, for example `index_name` of `indexName`.
pub(crate) fn snake_case(text: &str) -> String {
    composed(&snake(&words(text)))
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
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    let is_stuck = c.is_uppercase() && c.to_lowercase().eq([c]);
    let cased = c.to_uppercase().chain(c.to_lowercase());
    c.is_alphanumeric() && !is_stuck && cased.chain([c]).all(unicode_ident::is_xid_continue)
}

/// Returns whether a name begins with what no identifier can begin with, for
/// example a digit of any script or a vowel sign.
fn begins_badly(name: &str) -> bool {
    name.starts_with(|c: char| !unicode_ident::is_xid_start(c))
}

/// Returns the text in Normalization Form C, which ASCII is in.
pub(crate) fn composed(text: &str) -> String {
    if text.is_ascii() { text.to_owned() } else { text.nfc().collect() }
}

/// Returns whether a word is a keyword of edition 2024, strict or reserved
/// (<https://doc.rust-lang.org/reference/keywords.html>).
#[rustfmt::skip]
pub(crate) fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "_" | "abstract" | "as" | "async" | "await" | "become" | "box" | "break" | "const" | "continue" | "crate"
        | "do" | "dyn" | "else" | "enum" | "extern" | "false" | "final" | "fn" | "for" | "gen" | "if" | "impl" | "in"
        | "let" | "loop" | "macro" | "match" | "mod" | "move" | "mut" | "override" | "priv" | "pub" | "ref" | "return"
        | "Self" | "self" | "static" | "struct" | "super" | "trait" | "true" | "try" | "type" | "typeof" | "unsafe"
        | "unsized" | "use" | "virtual" | "where" | "while" | "yield"
    )
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
        let lower = is_lower(word);
        let word = if lower { word.clone() } else { letters(&word.to_upper_camel_case()) };
        if ends_in_digit(&acc) && word.starts_with(|c: char| c.is_ascii_digit()) {
            acc.push('_');
        }
        let at = acc.len();
        acc.push_str(&word);
        if lower {
            acc[at..][..1].make_ascii_uppercase();
        }
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
    let mut acc = String::new();
    for word in words {
        if !acc.is_empty() {
            acc.push('_');
        }
        if is_lower(word) {
            acc.push_str(word);
        } else {
            acc.push_str(&letters(&word.to_snake_case()));
        }
    }
    if begins_badly(&acc) {
        acc.insert(0, 'n');
    }
    acc
}

/// Returns whether a word is one in every case: it need not be divided.
fn is_lower(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|it| matches!(it, b'a'..=b'z' | b'0'..=b'9'))
}

/// Drops the marks that another case of a letter brings, such as the U+0300 of `ῢ` as a capital:
/// a name that is read again is the same name.
fn letters(word: &str) -> String {
    word.chars().filter(|it| *it == '_' || it.is_alphanumeric()).collect()
}

fn ends_in_digit(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_those_that_the_parser_of_rust_takes_for_no_name() {
        let words = "abstract as async await become box break const continue crate do dyn else enum extern false final \
                     fn for gen if impl in let loop macro match mod move mut override priv pub ref return Self self \
                     static struct super trait true try type typeof unsafe unsized use virtual where while yield _ \
                     auto default dyn2 macro_rules raw safe union a type_ Type selfie strict unions";
        for word in words.split_whitespace() {
            // From edition 2024 on; the parser still reads it as a name.
            let is_keyword_for_it = word == "gen" || syn::parse_str::<syn::Ident>(word).is_err();
            assert_eq!(is_keyword(word), is_keyword_for_it, "{word}");
        }
    }
}
