//! Writes the struct of an operation, with `new`, setters and companions.

mod body_enum;
mod pages;
mod request;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::scope::Scope;
use crate::plan::{Argument, BodyEncoding, Place, PlannedOperation, RustType, Shared};
use crate::shown::code_span;

/// Writes the struct and what belongs to it.
pub(super) fn emit(it: &PlannedOperation, shared: &Shared, scope: &Scope<'_>) -> Vec<TokenStream> {
    let mut acc = vec![emit_struct(it, scope)];
    if it.bundled {
        acc.push(emit_required(it, scope));
    }
    acc.extend(token_required(it, scope));
    acc.push(emit_methods(it, scope));
    acc.push(request::emit(it, shared, scope));
    acc.extend(request::emit_stream(it, scope));
    acc.extend(pages::emit(it, scope));
    if it.has_encoding() {
        acc.push(emit_encoding(it));
    }
    if it.has_body_enum() {
        acc.extend(body_enum::emit(it, scope));
    }
    acc
}

fn emit_struct(it: &PlannedOperation, scope: &Scope<'_>) -> TokenStream {
    let (ident, doc) = (&it.ident, docs::outer(&it.docs));
    let default = it.arguments.is_empty().then(|| quote!(, Default));
    let required = it.arguments.iter().map(|it| emit_field(it, scope));
    let option = scope.path("Option");
    let optional = it.options.iter().map(|it| {
        let (ident, ty, doc) = (&it.ident, scope.ty(&it.ty), docs::outer(&it.docs));
        quote!(#doc pub #ident: #option<#ty>,)
    });
    let encoding = it.has_encoding().then(|| {
        let ty = &it.encoding;
        quote! {
            /// The media type of the request body.
            pub encoding: #ty,
        }
    });
    quote! {
        #doc
        #[derive(Clone, Debug #default)]
        #[non_exhaustive]
        #[must_use]
        pub struct #ident { #(#required)* #(#optional)* #encoding }
    }
}

fn emit_field(it: &Argument, scope: &Scope<'_>) -> TokenStream {
    let (ident, ty, doc) = (&it.ident, scope.ty(&it.ty), docs::outer(&it.docs));
    quote!(#doc pub #ident: #ty,)
}

/// What is required, as a struct of its own where it is much: a forgotten one does not compile.
fn emit_required(it: &PlannedOperation, scope: &Scope<'_>) -> TokenStream {
    let (ident, operation) = (&it.required, &it.ident);
    let fields = it.arguments.iter().map(|it| emit_field(it, scope));
    let doc = format!(" The required parameters of [`{operation}`].");
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug)]
        pub struct #ident { #(#fields)* }
    }
}

/// What the token source of the operation takes beside the credentials, where it is much.
fn token_required(it: &PlannedOperation, scope: &Scope<'_>) -> Option<TokenStream> {
    let source = it.token_source.as_ref()?;
    let (ident, operation) = (source.bundle.as_ref()?, &it.ident);
    let fields = source.given.iter().map(|(ident, ty)| {
        let ty = scope.ty(ty);
        quote!(pub #ident: #ty,)
    });
    let doc = format!(" What a token source of [`{operation}`] sends beside the credentials.");
    Some(quote! {
        #[doc = #doc]
        #[derive(Clone, Debug)]
        pub struct #ident { #(#fields)* }
    })
}

/// Returns how an argument is taken, and the expression that makes the value of it. A body is taken as
/// what it is: a literal of its type says which one is meant.
pub(super) fn argument(it: &Argument, scope: &Scope<'_>) -> (TokenStream, TokenStream) {
    let (ident, ty) = (&it.ident, scope.ty(&it.ty));
    let has_shorter = matches!(
        it.ty,
        RustType::String | RustType::Operation(_) | RustType::RequestBody | RustType::JsonLines(_)
    );
    let is_plain = it.place == Place::Body && !has_shorter;
    if it.ty.takes_into() && !is_plain {
        (quote!(#ident: impl Into<#ty>), quote!(#ident.into()))
    } else {
        (quote!(#ident: #ty), quote!(#ident))
    }
}

fn emit_methods(it: &PlannedOperation, scope: &Scope<'_>) -> TokenStream {
    let ident = &it.ident;
    let new = emit_new(it, scope);
    let setters = it.options.iter().map(|it| emit_setter(it, scope));
    let encoding = it.has_encoding().then(|| {
        let ty = &it.encoding;
        quote! {
            pub fn encoding(mut self, encoding: #ty) -> Self {
                self.encoding = encoding;
                self
            }
        }
    });
    quote!(impl #ident { #new #(#setters)* #encoding })
}

fn emit_new(it: &PlannedOperation, scope: &Scope<'_>) -> TokenStream {
    let deprecated = it.deprecated.then(|| quote!(#[deprecated]));
    if it.arguments.is_empty() {
        return quote! {
            #deprecated
            pub fn new() -> Self {
                Self::default()
            }
        };
    }
    let optional = it.options.iter().map(|it| {
        let ident = &it.ident;
        quote!(#ident: None)
    });
    let encoding = it.has_encoding().then(|| {
        let ty = &it.encoding;
        quote!(encoding: #ty::default())
    });
    let rest = optional.chain(encoding);
    let (parameters, required): (Vec<_>, Vec<_>) = if it.bundled {
        let ty = &it.required;
        let values = it.arguments.iter().map(|it| {
            let ident = &it.ident;
            quote!(#ident: required.#ident)
        });
        (vec![quote!(required: #ty)], values.collect())
    } else {
        let pairs = it.arguments.iter().map(|it| {
            let (parameter, value) = argument(it, scope);
            let ident = &it.ident;
            let is_same = value.to_string() == quote!(#ident).to_string();
            (parameter, if is_same { value } else { quote!(#ident: #value) })
        });
        pairs.unzip()
    };
    let values = required.into_iter().chain(rest);
    quote! {
        #deprecated
        pub fn new(#(#parameters),*) -> Self {
            Self { #(#values),* }
        }
    }
}

fn emit_setter(it: &Argument, scope: &Scope<'_>) -> TokenStream {
    let ident = &it.ident;
    let (parameter, value) = argument(it, scope);
    let deprecated = it.deprecated.then(|| quote!(#[deprecated]));
    quote! {
        #deprecated
        pub fn #ident(mut self, #parameter) -> Self {
            self.#ident = Some(#value);
            self
        }
    }
}

fn emit_encoding(it: &PlannedOperation) -> TokenStream {
    let ident = &it.encoding;
    let doc = format!(" The media type of the request body of [`{}`].", it.ident);
    let variants = it.encodings.iter().enumerate().map(|(index, encoding)| {
        let BodyEncoding { ident, media_type, .. } = encoding;
        let doc = docs::outer(&match index {
            0 => format!("{}, the default: the document declares it first.", code_span(media_type)),
            _ => format!("{}.", code_span(media_type)),
        });
        let default = (index == 0).then(|| quote!(#[default]));
        quote!(#doc #default #ident,)
    });
    quote! {
        #[doc = #doc]
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum #ident { #(#variants)* }
    }
}
