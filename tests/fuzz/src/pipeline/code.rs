//! No text of a document is code: the word that is planted in it stands in literals and comments alone.

use std::str::FromStr;

use proc_macro2::{TokenStream, TokenTree};

use crate::finding::{Finding, holds};
use crate::tables::MARKER;

/// Looks for the planted word among the identifiers of a file.
///
/// A name made of a text is one word with others in it, so the planted word
/// alone is none; what is made of it by the rules for names is never called,
/// since macros of ours are not named after documents.
pub(super) fn check(name: &str, text: &str) -> Result<(), Finding> {
    let tokens = TokenStream::from_str(text)
        .map_err(|error| Finding::new("the output is not Rust", format!("{name}: {error}")))?;
    holds(!has_marker(tokens), "a text of the document is code", || name.to_owned())
}

fn has_marker(tokens: TokenStream) -> bool {
    let mut before: Option<String> = None;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match &token {
            TokenTree::Ident(ident) if ident == MARKER => {
                let is_function = before.as_deref() == Some("fn");
                let is_macro =
                    matches!(tokens.peek(), Some(TokenTree::Punct(it)) if it.as_char() == '!');
                if is_function || is_macro {
                    return true;
                }
            }
            TokenTree::Group(group) if has_marker(group.stream()) => return true,
            _ => {}
        }
        before = Some(token.to_string());
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_planted_word_is_found_where_it_is_code_and_nowhere_else() {
        for code in ["fn evil_marker() {}", "mod a { struct B { c: [u8; { evil_marker!() }] } }"] {
            assert!(check("a.rs", code).is_err(), "{code}");
        }
        for code in ["const A: &str = \"fn evil_marker() {}\";", "/// evil_marker!()\nfn a() {}"] {
            assert!(check("a.rs", code).is_ok(), "{code}");
        }
    }
}
