//! Writes the struct of an operation, with `new`, setters and companions.

mod body_enum;
mod pages;
mod request;

use std::iter::once;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::format::Part;
use super::lines::{self, Struct};
use super::scope::Scope;
use crate::plan::{Argument, BodyEncoding, Place, PlannedOperation, RustType, Shared, TypeIdent};
use crate::shown::code_span;

/// Writes the struct and what belongs to it.
pub(super) fn emit(it: &PlannedOperation, shared: &Shared, scope: &Scope<'_>) -> Vec<Part> {
    let mut acc = vec![emit_struct(it, scope)];
    if it.bundled {
        acc.push(emit_required(it, scope));
    }
    acc.extend(token_required(it, scope));
    acc.push(emit_methods(it, scope));
    acc.push(request::emit(it, shared, scope));
    acc.extend(request::emit_stream(it, scope));
    acc.extend(pages::emit(it, scope).into_iter().map(Part::from));
    if it.has_encoding() {
        acc.push(emit_encoding(it).into());
    }
    if it.has_body_enum() {
        acc.extend(body_enum::emit(it, scope).into_iter().map(Part::from));
    }
    acc
}

fn emit_struct(it: &PlannedOperation, scope: &Scope<'_>) -> Part {
    let default = if it.arguments.is_empty() { ", Default" } else { "" };
    let derive = format!("derive(Clone, Debug{default})");
    let attributes = [derive.as_str(), "non_exhaustive", "must_use"];
    let mut item = Struct::new(&docs::comment(&it.docs, ""), attributes, it.ident.as_str());
    add_arguments(&mut item, it, scope);
    let option = scope.name("Option");
    for it in &it.options {
        item.field(&it.docs, &it.ident.as_code(), &format!("{option}<{}>", scope.text(&it.ty)));
    }
    if it.has_encoding() {
        item.field("The media type of the request body.", "encoding", it.encoding.as_str());
    }
    item.into_part()
}

fn add_arguments(item: &mut Struct, it: &PlannedOperation, scope: &Scope<'_>) {
    for it in &it.arguments {
        item.field(&it.docs, &it.ident.as_code(), &scope.text(&it.ty));
    }
}

/// What is required, as a struct of its own where it is much: a forgotten one does not compile.
fn emit_required(it: &PlannedOperation, scope: &Scope<'_>) -> Part {
    let doc = format!("The required parameters of [`{}`].", it.ident);
    let mut item = bundle(&doc, &it.required);
    add_arguments(&mut item, it, scope);
    item.into_part()
}

/// What the token source of the operation takes beside the credentials, where it is much.
fn token_required(it: &PlannedOperation, scope: &Scope<'_>) -> Option<Part> {
    let source = it.token_source.as_ref()?;
    let doc = format!("What a token source of [`{}`] sends beside the credentials.", it.ident);
    let mut item = bundle(&doc, source.bundle.as_ref()?);
    for (ident, ty) in &source.given {
        item.field("", &ident.as_code(), &scope.text(ty));
    }
    Some(item.into_part())
}

/// Returns how an argument is taken, and the expression that makes the value of it. A body is taken as
/// what it is: a literal of its type says which one is meant.
pub(super) fn argument(it: &Argument, scope: &Scope<'_>) -> (String, String) {
    let (ident, ty) = (it.ident.as_code(), scope.text(&it.ty));
    let has_shorter = matches!(
        it.ty,
        RustType::String | RustType::Operation(_) | RustType::RequestBody | RustType::JsonLines(_)
    );
    let is_plain = it.place == Place::Body && !has_shorter;
    if it.ty.takes_into() && !is_plain {
        (format!("{ident}: impl Into<{ty}>"), format!("{ident}.into()"))
    } else {
        (format!("{ident}: {ty}"), ident.into_owned())
    }
}

fn emit_methods(it: &PlannedOperation, scope: &Scope<'_>) -> Part {
    let setters = it.options.iter().map(|it| emit_setter(it, scope));
    let encoding = it.has_encoding().then(|| {
        let parameter = format!("encoding: {}", it.encoding);
        lines::setter("", "encoding", parameter, "encoding", "encoding")
    });
    let all = once(emit_new(it, scope)).chain(setters).chain(encoding);
    lines::methods(it.ident.as_str(), all)
}

fn emit_new(it: &PlannedOperation, scope: &Scope<'_>) -> String {
    let before = deprecated(it.deprecated);
    if it.arguments.is_empty() {
        return lines::method(before, "new", &[], "Self", "        Self::default()\n");
    }
    let (parameters, required): (Vec<_>, Vec<_>) = if it.bundled {
        let values = it.arguments.iter().map(|it| {
            let ident = it.ident.as_code();
            format!("{ident}: required.{ident}")
        });
        (vec![format!("required: {}", it.required)], values.collect())
    } else {
        let pairs = it.arguments.iter().map(|it| {
            let (parameter, value) = argument(it, scope);
            (parameter, lines::value(&it.ident.as_code(), &value))
        });
        pairs.unzip()
    };
    let optional = it.options.iter().map(|it| format!("{}: None", it.ident.as_code()));
    let encoding = it.has_encoding().then(|| format!("encoding: {}::default()", it.encoding));
    let values: Vec<_> = required.into_iter().chain(optional).chain(encoding).collect();
    lines::method(before, "new", &parameters, "Self", &lines::struct_of(&values))
}

fn emit_setter(it: &Argument, scope: &Scope<'_>) -> String {
    let ident = it.ident.as_code();
    let (parameter, value) = argument(it, scope);
    let value = format!("Some({value})");
    lines::setter(deprecated(it.deprecated), &ident, parameter, &ident, &value)
}

fn deprecated(is_so: bool) -> &'static str {
    if is_so { "    #[deprecated]\n" } else { "" }
}

/// Begins a struct of what is required, where it is much.
fn bundle(docs: &str, ident: &TypeIdent) -> Struct {
    Struct::new(&format!("/// {docs}\n"), ["derive(Clone, Debug)"], ident.as_str())
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
