//! Plans in, the text of Rust files out: `quote!` blocks that look like the code they make, and no decisions.

mod client;
mod crate_files;
mod docs;
mod enums;
mod errors;
mod format;
mod manifest;
mod operations;
mod reply;
mod scope;
mod scripts;
mod types;
mod unions;

use std::collections::BTreeMap;

pub use crate_files::{ClientsModule, CrateOptions, TOP_LEVEL, clients_files, crate_files};
pub use manifest::{Placement, crate_version};

use crate::plan::Module;
pub use crate::provenance::Provenance;
use crate::shown::code_span;

/// Writes the files of a module, named relative to its folder. They are the
/// same six for every API.
pub fn module_files(module: &Module, provenance: &Provenance) -> BTreeMap<String, String> {
    let api = name_of(module);
    let note = provenance.line();
    let head = |what: &str| format!("{api}: {what}.\n\n{note}");
    let root_docs = match &module.description {
        Some(description) => format!("{api}.\n\n{}\n\n{note}", description.trim()),
        None => format!("{api}.\n\n{note}"),
    };
    BTreeMap::from([
        ("mod.rs".to_owned(), format::file(&root_docs, emit_root(module))),
        (
            "types.rs".to_owned(),
            format::file(&head("types of requests and replies"), types::emit(module)),
        ),
        (
            "errors.rs".to_owned(),
            format::file(&head("errors by operation and status"), errors::emit(module)),
        ),
        (
            "operations.rs".to_owned(),
            format::file(
                &head("operations as pure functions, without IO"),
                operations::emit(module),
            ),
        ),
        ("client.rs".to_owned(), format::file(&head("the client"), client::emit(module))),
        (
            "blocking.rs".to_owned(),
            format::file(&head("the client without async"), client::blocking::emit(module)),
        ),
    ])
}

/// Returns the title of the API with its version; a title is no Markdown of
/// several lines.
fn name_of(module: &Module) -> String {
    let words: Vec<_> = module.title.split_whitespace().collect();
    format!("{}, version {}", words.join(" "), code_span(&module.version))
}

fn emit_root(module: &Module) -> Vec<proc_macro2::TokenStream> {
    use quote::quote;
    let version = &module.version;
    let error = (!module.operations.is_empty()).then(|| {
        quote!(
            pub use errors::Error;
        )
    });
    vec![
        quote! {
            #[cfg(feature = "blocking")]
            pub mod blocking;
            pub mod client;
            pub mod errors;
            pub mod operations;
            pub mod types;
        },
        quote!(pub use client::Client; #error),
        quote! {
            /// The version of the API, as the document names it.
            pub const API_VERSION: &str = #version;
        },
    ]
}
