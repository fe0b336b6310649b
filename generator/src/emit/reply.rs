//! Planned replies in, the function that reads one out: its status chooses the success or the error.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::docs;
use super::operations::{outcome_ident, success_type};
use crate::api::StatusPattern;
use crate::name::TypeIdent;
use crate::plan::{PlannedOperation, ReplyBody, Success};
use crate::shown::code_span;

/// Writes the function that reads the reply to an operation.
pub(super) fn emit(it: &PlannedOperation) -> TokenStream {
    let function = it.method.with_suffix("_reply");
    let error = it.prefix.with_suffix("Error");
    let outcome = outcome_ident(it);
    let success = success_type(it, quote!(#outcome));
    let doc = docs::outer(&format!(
        "Reads the reply to {}: what it means is decided by its status alone.",
        code_span(&format!("{} {}", it.http_method, it.path))
    ));
    let mut arms = emit_success_arms(it, &error);
    for variant in &it.errors {
        let (ident, pattern) = (&variant.ident, pattern(variant.status));
        let read = emit_error(&error, ident, &variant.body);
        arms.push((variant.status, quote!(#pattern => #read,)));
    }
    // Exact statuses before ranges before the default.
    arms.sort_by_key(|(status, _)| *status);
    let has_default = arms.iter().any(|(status, _)| *status == StatusPattern::Default);
    let rest = (!has_default).then(|| quote!(_ => Ok(#error::Undeclared(raw.bounded())),));
    let arms = arms.into_iter().map(|(_, arm)| arm);
    quote! {
        #doc
        pub fn #function(
            raw: tamarack_runtime::RawReply,
        ) -> Result<tamarack_runtime::Reply<#success>, #error> {
            let error = match raw.status().as_u16() {
                #(#arms)*
                #rest
            };
            Err(error.unwrap_or_else(#error::Undecodable))
        }
    }
}

/// Writes the arms that leave the function with a success.
fn emit_success_arms(
    it: &PlannedOperation,
    error: &TypeIdent,
) -> Vec<(StatusPattern, TokenStream)> {
    let outcome = outcome_ident(it);
    match &it.success {
        Success::One { statuses, body } => {
            let read = emit_success(error, body);
            let (exact, others): (Vec<StatusPattern>, Vec<_>) =
                statuses.iter().partition(|it| matches!(it, StatusPattern::Exact(_)));
            let patterns = exact.iter().map(|it| pattern(*it));
            let exact = exact.first().map(|it| (*it, quote!(#(#patterns)|* => return #read,)));
            let others = others.iter().map(|it| {
                let pattern = pattern(*it);
                (*it, quote!(#pattern => return #read,))
            });
            exact.into_iter().chain(others).collect()
        }
        Success::Several(variants) => (variants.iter())
            .map(|variant| {
                let (ident, pattern) = (&variant.ident, pattern(variant.status));
                let read = read_into(&variant.body);
                let read = match variant.body {
                    ReplyBody::Empty => quote!(Ok(raw.#read.map(|()| #outcome::#ident))),
                    ReplyBody::Bytes => quote!(Ok(raw.#read.map(#outcome::#ident))),
                    ReplyBody::Json(_) | ReplyBody::Text => quote! {
                        raw.#read
                            .map(|reply| reply.map(#outcome::#ident))
                            .map_err(#error::Undecodable)
                    },
                };
                (variant.status, quote!(#pattern => return #read,))
            })
            .collect(),
    }
}

fn pattern(status: StatusPattern) -> TokenStream {
    match status {
        StatusPattern::Exact(status) => {
            let status = Literal::u16_unsuffixed(status);
            quote!(#status)
        }
        // A range pattern would overlap with the exact statuses before it,
        // which clippy takes for a mistake.
        StatusPattern::Range(hundred) => {
            let class = format_ident!(
                "{}",
                match hundred {
                    1 => "is_informational",
                    2 => "is_success",
                    3 => "is_redirection",
                    4 => "is_client_error",
                    _ => "is_server_error",
                }
            );
            quote!(_ if raw.status().#class())
        }
        StatusPattern::Default => quote!(_),
    }
}

fn read_into(body: &ReplyBody) -> TokenStream {
    match body {
        ReplyBody::Empty => quote!(into_empty()),
        ReplyBody::Json(_) => quote!(into_json()),
        ReplyBody::Text => quote!(into_text()),
        ReplyBody::Bytes => quote!(into_bytes_reply()),
    }
}

fn emit_success(error: &TypeIdent, body: &ReplyBody) -> TokenStream {
    let read = read_into(body);
    match body {
        ReplyBody::Empty | ReplyBody::Bytes => quote!(Ok(raw.#read)),
        ReplyBody::Json(_) | ReplyBody::Text => quote!(raw.#read.map_err(#error::Undecodable)),
    }
}

fn emit_error(error: &TypeIdent, variant: &TypeIdent, body: &ReplyBody) -> TokenStream {
    match body {
        ReplyBody::Empty => quote!(Ok(#error::#variant(raw.into_empty_error()))),
        ReplyBody::Bytes => quote!(Ok(#error::#variant(raw.into_bytes_error()))),
        ReplyBody::Json(_) => quote!(raw.into_json_error().map(#error::#variant)),
        ReplyBody::Text => quote!(raw.into_text_error().map(#error::#variant)),
    }
}
