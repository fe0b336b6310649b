//! Planned operations in, the methods of the client out: constructors, and for each operation a call of it with what is required.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::docs;
use super::super::lines;
use super::super::operation::argument;
use super::super::scope::Scope;
use super::variable_type;
use crate::plan::{PlannedOperation, PlannedServer};

/// Writes the constructors that need no builder, one for each feature that has a transport.
pub(super) fn emit_constructors(server: &PlannedServer) -> TokenStream {
    let (arguments, builder) = match server {
        PlannedServer::Fixed(_) => (quote!(), quote!(Self::builder())),
        PlannedServer::Template { variables, .. } => {
            let needed: Vec<_> = variables.iter().filter(|it| it.default.is_none()).collect();
            let idents = needed.iter().map(|it| &it.ident);
            let arguments = needed.iter().map(|variable| {
                let (ident, ty) = (&variable.ident, variable_type(variable));
                quote!(#ident: impl Into<#ty>)
            });
            if needed.is_empty() {
                (quote!(), quote!(Self::builder()))
            } else {
                (
                    quote!(#(#arguments),*),
                    quote!(Self::builder().base_url(Server::new(#(#idents),*))),
                )
            }
        }
        PlannedServer::None | PlannedServer::Path(_) => {
            (quote!(base_url: &str), quote!(Self::builder().base_url(base_url)))
        }
    };
    // By its path: without a transport nothing uses an import of it.
    let error = quote!(tamarack_runtime::BuildError);
    quote! {
        /// Creates a client with the async transport of the feature `reqwest013`.
        #[cfg(feature = "reqwest013")]
        pub fn new(#arguments) -> Result<Self, #error> {
            #builder.build()
        }

        /// Creates a client with the blocking transport of the feature `ureq3`.
        #[cfg(feature = "ureq3")]
        pub fn blocking(#arguments) -> Result<Self, #error> {
            #builder.blocking().build()
        }
    }
}

/// Writes the method of an operation.
pub(super) fn emit(it: &PlannedOperation, scope: &Scope<'_>) -> String {
    let operation = format!("{}::{}", scope.module("operations"), it.ident);
    let mut parameters = vec!["&self".to_owned()];
    let values = if it.bundled {
        let operations = scope.module("operations");
        parameters.push(format!("required: {operations}::{}", it.required));
        "required".to_owned()
    } else {
        parameters.extend(it.arguments.iter().map(|it| argument(it, scope).0));
        let values: Vec<_> = it.arguments.iter().map(|it| it.ident.as_code()).collect();
        values.join(", ")
    };
    let deprecated = if it.deprecated { DEPRECATED } else { "" };
    let before = format!("    ///{}\n{deprecated}", docs_of(it));
    let result = format!("{}<{operation}>", scope.name("Call"));
    let body = format!("        self.send({operation}::new({values}))\n");
    lines::method(&before, &it.method.as_code(), &parameters, &result, &body)
}

const DEPRECATED: &str = "    #[deprecated]
    #[allow(deprecated, reason = \"the operation is deprecated as well\")]
";

/// Links to the operation, after its title if that is one plain line.
fn docs_of(it: &PlannedOperation) -> String {
    let link = format!("[`{0}`](operations::{0})", it.ident);
    let title = it.title.as_deref().map_or_else(String::new, |title| docs::comment(title, ""));
    let title = title.trim_start_matches("///").trim().trim_end_matches('.');
    let is_plain = |c: char| c.is_alphanumeric() || " ,'-/()".contains(c);
    if title.is_empty() || !title.chars().all(is_plain) || !title.starts_with(char::is_alphabetic) {
        return format!(" Sends {link}.");
    }
    format!(" {title}: {link}.")
}
