//! Planned operations in, error enums out: the file `errors.rs`, one enum an operation and one over all.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::operations::{body_type, mentions_types};
use crate::name::TypeIdent;
use crate::plan::{ErrorVariant, Module, PlannedOperation};

/// Writes the items of the file.
pub(super) fn emit(module: &Module) -> Vec<TokenStream> {
    let items: Vec<_> = module.operations.iter().flat_map(emit_operation_error).collect();
    let types = items.iter().any(mentions_types).then(|| {
        quote!(
            use super::types;
        )
    });
    let mut acc: Vec<_> = types.into_iter().collect();
    acc.extend(emit_client_error(module));
    acc.extend(items);
    acc
}

/// The part every operation's error has, beside the statuses it declares.
const COMMON: [&str; 4] = ["Undeclared", "Undecodable", "Request", "Transport"];

fn emit_operation_error(it: &PlannedOperation) -> Vec<TokenStream> {
    let ident = it.prefix.with_suffix("Error");
    let doc = docs::outer(&format!(
        "Why a call of `{}` gave no result. The variant is chosen by the status alone.",
        it.method
    ));
    let variants = it.errors.iter().map(emit_variant);
    let item = quote! {
        #doc
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants)*
            /// A status that the document does not declare for this operation.
            Undeclared(tamarack_runtime::RawReply),
            /// A declared status whose body is not what the document says.
            Undecodable(tamarack_runtime::Undecodable),
            /// The request could not be built; nothing was sent.
            Request(tamarack_runtime::RequestError),
            /// No whole reply came back.
            Transport(tamarack_runtime::TransportError),
        }
    };
    let mut acc = vec![item, emit_accessors(it, &ident)];
    acc.extend(emit_traits(it, &ident));
    acc
}

fn emit_variant(variant: &ErrorVariant) -> TokenStream {
    let (ident, doc) = (&variant.ident, docs::outer(&variant.docs));
    let body = body_type(&variant.body).unwrap_or_else(|| quote!(()));
    quote!(#doc #ident(tamarack_runtime::ErrorReply<#body>),)
}

fn emit_accessors(it: &PlannedOperation, ident: &TypeIdent) -> TokenStream {
    let declared = it.errors.iter().map(|variant| &variant.ident);
    quote! {
        impl #ident {
            /// Returns the reply as it was received, where one was: status, headers, bytes.
            pub fn raw(&self) -> Option<&tamarack_runtime::RawReply> {
                match self {
                    #(Self::#declared(reply) => Some(reply.raw()),)*
                    Self::Undeclared(raw) => Some(raw),
                    Self::Undecodable(error) => Some(error.raw()),
                    Self::Request(_) => None,
                    Self::Transport(error) => error.partial(),
                }
            }

            /// Returns the status, where a reply was received.
            pub fn status(&self) -> Option<tamarack_runtime::http::StatusCode> {
                self.raw().map(tamarack_runtime::RawReply::status)
            }

            /// Returns how long the server asks to wait (RFC 9110 §10.2.3).
            pub fn retry_after(&self) -> Option<std::time::Duration> {
                self.raw().and_then(tamarack_runtime::RawReply::retry_after)
            }
        }
    }
}

fn emit_traits(it: &PlannedOperation, ident: &TypeIdent) -> Vec<TokenStream> {
    let declared = it.errors.iter().map(|variant| &variant.ident);
    let display = quote! {
        impl std::fmt::Display for #ident {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    #(Self::#declared(reply) => write!(f, "{reply}"),)*
                    Self::Undeclared(raw) => write!(f, "undeclared status: {raw}"),
                    Self::Undecodable(error) => write!(f, "{error}"),
                    Self::Request(error) => write!(f, "{error}"),
                    Self::Transport(error) => write!(f, "{error}"),
                }
            }
        }
    };
    let error = quote! {
        impl std::error::Error for #ident {
            fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
                match self {
                    Self::Undecodable(error) => error.source(),
                    Self::Request(error) => error.source(),
                    Self::Transport(error) => error.source(),
                    _ => None,
                }
            }
        }
    };
    let from_request = quote! {
        impl From<tamarack_runtime::RequestError> for #ident {
            fn from(error: tamarack_runtime::RequestError) -> Self {
                Self::Request(error)
            }
        }
    };
    let from_transport = quote! {
        impl From<tamarack_runtime::TransportError> for #ident {
            fn from(error: tamarack_runtime::TransportError) -> Self {
                Self::Transport(error)
            }
        }
    };
    debug_assert!(it.errors.iter().all(|own| !COMMON.contains(&own.ident.as_str())));
    vec![display, error, from_request, from_transport]
}

/// Writes the error over all operations, so that `?` works across them.
fn emit_client_error(module: &Module) -> Vec<TokenStream> {
    if module.operations.is_empty() {
        return Vec::new();
    }
    let pairs: Vec<_> = module
        .operations
        .iter()
        .map(|it| (&it.prefix, it.prefix.with_suffix("Error"), &it.method))
        .collect();
    let idents: Vec<_> = pairs.iter().map(|(ident, _, _)| *ident).collect();
    let variants = pairs.iter().map(|(ident, error, method)| {
        let doc = docs::outer(&format!("A call of `{method}` failed."));
        quote!(#doc #ident(#error),)
    });
    let item = quote! {
        /// Why a call of any operation of this API gave no result.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum Error { #(#variants)* }
    };
    let accessors = quote! {
        impl Error {
            /// Returns the reply as it was received, where one was: status, headers, bytes.
            pub fn raw(&self) -> Option<&tamarack_runtime::RawReply> {
                match self { #(Self::#idents(error) => error.raw(),)* }
            }

            /// Returns the status, where a reply was received.
            pub fn status(&self) -> Option<tamarack_runtime::http::StatusCode> {
                self.raw().map(tamarack_runtime::RawReply::status)
            }

            /// Returns how long the server asks to wait (RFC 9110 §10.2.3).
            pub fn retry_after(&self) -> Option<std::time::Duration> {
                self.raw().and_then(tamarack_runtime::RawReply::retry_after)
            }
        }
    };
    let display_arms = pairs.iter().map(|(ident, _, method)| {
        let text = format!("{method}: {{error}}");
        quote!(Self::#ident(error) => write!(f, #text),)
    });
    let display = quote! {
        impl std::fmt::Display for Error {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self { #(#display_arms)* }
            }
        }
    };
    let error = quote! {
        impl std::error::Error for Error {
            fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
                match self { #(Self::#idents(error) => error.source(),)* }
            }
        }
    };
    let mut acc = vec![item, accessors, display, error];
    acc.extend(pairs.iter().map(|(ident, error, _)| {
        quote! {
            impl From<#error> for Error {
                fn from(error: #error) -> Self {
                    Self::#ident(error)
                }
            }
        }
    }));
    acc
}
