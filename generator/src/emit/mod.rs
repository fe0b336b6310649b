//! Plans in, the text of Rust files out: `quote!` blocks that look like the code they make; no decisions.

mod client;
mod crate_files;
mod docs;
mod enums;
mod example;
mod format;
mod headers;
mod json_unions;
mod layout;
mod lines;
mod manifest;
mod operation;
mod operations;
mod readme;
mod root;
mod scope;
mod statuses;
mod types;
mod unions;
mod validate;
mod webhooks;

use std::collections::BTreeMap;

pub use crate_files::{
    ClientsModule, CrateOptions, TOP_LEVEL, clients_files, crate_files, starter_files,
};
pub use manifest::{Dependencies, Placement, RuntimeSource, crate_version};

use layout::Code;

use crate::plan::Module;
pub use crate::provenance::Provenance;
use crate::shown::code_span;

/// Writes the files of a module, named relative to its folder. Every API has the same four,
/// `headers.rs` where responses have some, and `webhooks.rs` where the API sends requests; one that is too long is a folder, whose files are named by tags and resources.
pub fn module_files(module: &Module, provenance: &Provenance) -> BTreeMap<String, String> {
    let api = name_of(module);
    let note = provenance.line();
    let head = |what: &str, group: Option<&str>| match group {
        Some(group) => format!("{api}: {what}, the part `{group}`.\n\n{note}"),
        None => format!("{api}: {what}.\n\n{note}"),
    };
    let root_docs = match &module.description {
        Some(description) => format!("{api}.\n\n{}\n\n{note}", description.trim()),
        None => format!("{api}.\n\n{note}"),
    };
    let mut acc =
        BTreeMap::from([("mod.rs".to_owned(), format::file(&root_docs, emit_root(module)))]);
    // One after the other: the items of a file are there only until it is written.
    let mut add = |name: &str, what: &str, code: Option<Code>| {
        if let Some(code) = code {
            acc.extend(layout::files(name, code, |group| head(what, group)));
        }
    };
    add("headers", "headers of responses", headers::emit(module));
    add("validate", "what it demands of values", validate::emit(module));
    add("types", "types of request and response bodies", Some(types::emit(module)));
    add("operations", "operations and their errors", Some(operations::emit(module)));
    add("client", "the client", Some(client::emit(module)));
    add("webhooks", "the requests that the API sends", webhooks::emit(module));
    acc
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
    let headers = (!module.response_headers.is_empty()).then(|| {
        quote!(
            pub mod headers;
        )
    });
    let (checks, trait_of_checks) = if module.rules.is_some() {
        let module = quote!(
            #[cfg(feature = "validate")]
            mod validate;
        );
        let exported = quote!(
            #[cfg(feature = "validate")]
            pub use tamarack_runtime::validate::Validate;
        );
        (Some(module), Some(exported))
    } else {
        (None, None)
    };
    let webhooks = (!module.webhooks.is_empty()).then(|| {
        quote!(
            pub mod webhooks;
        )
    });
    vec![
        quote! {
            pub mod client;
            #headers
            pub mod operations;
            pub mod types;
            #checks
            #webhooks
        },
        quote!(
            pub use client::Client;
            pub use tamarack_runtime::ApiError as Error;
            #trait_of_checks
        ),
        quote! {
            /// The version of the API (`info.version`).
            pub const API_VERSION: &str = #version;
        },
    ]
}
