//! Adds the attributes that only the root of a crate can have.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream, TokenTree};
use quote::quote;

use super::format;

/// The compiler's own limit of how deep it follows types one into the other.
const DEFAULT_LIMIT: usize = 128;

/// How many types of the standard library a field puts around a type of the document, at most:
/// `Option`, `Vec` and the four that a `Vec` is made of, one more to be safe.
const LAYERS: usize = 8;

/// Adds the attributes that a crate needs whose types nest so deep.
pub(super) fn complete(files: &mut BTreeMap<String, String>, depth: usize) {
    if depth * LAYERS > DEFAULT_LIMIT {
        let limit = (DEFAULT_LIMIT + depth * LAYERS).next_power_of_two();
        let limit = Literal::string(&limit.to_string());
        insert(files, &quote!(#![recursion_limit = #limit]));
    }
    if files.values().any(|it| has_other_scripts(it)) {
        insert(
            files,
            &quote!(#![allow(
                confusable_idents,
                mixed_script_confusables,
                uncommon_codepoints,
                reason = "the document chooses the letters of its names"
            )]),
        );
    }
}

/// Puts an attribute behind the docs of the root.
fn insert(files: &mut BTreeMap<String, String>, attribute: &TokenStream) {
    if let Some(root) = files.get_mut("src/lib.rs") {
        let docs: usize =
            root.split_inclusive('\n').take_while(|it| it.starts_with("//!")).map(str::len).sum();
        root.insert_str(docs, &format!("\n{}", format::text(attribute)));
    }
}

/// Rustc warns of letters that look alike in the crate as a whole, so that the root alone can
/// allow them.
fn has_other_scripts(file: &str) -> bool {
    fn has(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(ident) => !ident.to_string().is_ascii(),
            TokenTree::Group(group) => has(group.stream()),
            _ => false,
        })
    }
    if file.is_ascii() {
        return false;
    }
    // Most are in comments, and no text that is emitted has a line of its own.
    let mut code = file.lines().filter(|it| !it.trim_start().starts_with("//"));
    code.any(|it| !it.is_ascii()) && file.parse().is_ok_and(has)
}
