//! Token streams in, the text of a file out: the one place where code is laid out.

use proc_macro2::TokenStream;

/// Writes a file: its own docs, then each group of items with a blank line before it.
pub(super) fn file(docs: &str, groups: Vec<TokenStream>) -> String {
    let mut acc = text(&super::docs::inner(docs));
    for group in groups {
        if group.is_empty() {
            continue;
        }
        if !acc.is_empty() {
            acc.push('\n');
        }
        acc.push_str(&text(&group));
    }
    acc
}

/// Lays out items that stand alone.
pub(super) fn text(tokens: &TokenStream) -> String {
    match syn::parse2(tokens.clone()) {
        Ok(file) => prettyplease::unparse(&file),
        Err(error) => unreachable!("emitters write Rust that parses: {error}: {tokens}"),
    }
}
