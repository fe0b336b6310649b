//! The files of a crate in, the same files out, with an allowance at the root where names are not in Latin letters.

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::format;

/// Allows names in other scripts than Latin, where there are any. Rustc warns of
/// letters that look alike in the crate as a whole, so that the root alone can
/// allow them.
pub(super) fn allow(files: &mut BTreeMap<String, String>) {
    if files.values().all(|it| !has_other_scripts(it)) {
        return;
    }
    if let Some(root) = files.get_mut("src/lib.rs") {
        // Behind the docs of the file.
        let docs: usize =
            root.split_inclusive('\n').take_while(|it| it.starts_with("//!")).map(str::len).sum();
        let allowed = quote!(#![allow(
            confusable_idents,
            mixed_script_confusables,
            uncommon_codepoints,
            reason = "the document chooses the letters of its names"
        )]);
        root.insert_str(docs, &format!("\n{}", format::text(&allowed)));
    }
}

fn has_other_scripts(file: &str) -> bool {
    fn has(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(ident) => !ident.to_string().is_ascii(),
            TokenTree::Group(group) => has(group.stream()),
            _ => false,
        })
    }
    !file.is_ascii() && file.parse().is_ok_and(has)
}
