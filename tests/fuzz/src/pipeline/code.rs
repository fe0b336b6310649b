//! No text of a document is code: the word that is planted in it stands in literals and comments alone.

use std::str::FromStr;

use proc_macro2::{TokenStream, TokenTree};

use crate::finding::{Finding, holds};
use crate::tables::MARKER;

/// Looks for the planted word among the identifiers of a file. No rule for names
/// makes a word with such letters, so that it is never one of ours.
pub(super) fn check(name: &str, text: &str) -> Result<(), Finding> {
    let tokens = TokenStream::from_str(text)
        .map_err(|error| Finding::new("the output is not Rust", format!("{name}: {error}")))?;
    holds(!has_marker(tokens), "a text of the document is code", || name.to_owned())
}

fn has_marker(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == MARKER,
        TokenTree::Group(group) => has_marker(group.stream()),
        TokenTree::Literal(_) | TokenTree::Punct(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_planted_word_is_found_where_it_is_code_and_nowhere_else() {
        for code in ["fn eViL_mArKeR() {}", "mod a { struct B { c: [u8; { eViL_mArKeR!() }] } }"] {
            assert!(check("a.rs", code).is_err(), "{code}");
        }
        for code in ["const A: &str = \"fn eViL_mArKeR() {}\";", "/// eViL_mArKeR!()\nfn a() {}"] {
            assert!(check("a.rs", code).is_ok(), "{code}");
        }
    }
}
