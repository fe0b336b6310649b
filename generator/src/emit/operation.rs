//! One planned operation in, its struct out, with `new`, setters, and the implementation of `Operation`.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::docs;
use super::scope::Scope;
use super::statuses;
use crate::api::{Encoding, StatusPattern};
use crate::plan::{
    Argument, BodyEncoding, ListStyle, Place, PlannedOperation, RustType, Shared, Success,
};
use crate::shown::code_span;

/// Writes the struct and what belongs to it.
pub(super) fn emit(it: &PlannedOperation, shared: &Shared, scope: &Scope<'_>) -> Vec<TokenStream> {
    let mut acc = vec![emit_struct(it, scope)];
    if it.bundled {
        acc.push(emit_required(it, scope));
    }
    acc.push(emit_methods(it, scope));
    acc.push(emit_trait(it, shared, scope));
    if it.encodings.len() > 1 {
        acc.push(emit_encoding(it));
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
    let encoding = (it.encodings.len() > 1).then(|| {
        let ty = &it.encoding;
        quote! {
            /// How the body is sent.
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
    let doc = format!(" What [`{operation}::new`] needs.");
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug)]
        pub struct #ident { #(#fields)* }
    }
}

/// Returns how an argument is taken, and the expression that makes the value of it. A body is taken as
/// what it is: a literal of its type says which one is meant.
pub(super) fn argument(it: &Argument, scope: &Scope<'_>) -> (TokenStream, TokenStream) {
    let (ident, ty) = (&it.ident, scope.ty(&it.ty));
    let is_plain = it.place == Place::Body && it.ty != RustType::String;
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
    let encoding = (it.encodings.len() > 1).then(|| {
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
    let encoding = (it.encodings.len() > 1).then(|| {
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

fn emit_trait(it: &PlannedOperation, shared: &Shared, scope: &Scope<'_>) -> TokenStream {
    let [operation, info, builder, method, status] =
        ["Operation", "OperationInfo", "RequestBuilder", "Method", "Status"]
            .map(|name| scope.path(name));
    let (ident, error, id) = (&it.ident, &it.error, &it.id);
    let (path, accept) = (&it.path, &it.accept);
    let http_method = format_ident!("{}", it.http_method);
    let (success, statuses) = success(it, scope);
    let statuses = statuses.iter().map(|it| match it {
        StatusPattern::Exact(number) => {
            let number = Literal::u16_unsuffixed(*number);
            quote!(#status::Exact(#number))
        }
        StatusPattern::Range(digit) => {
            let digit = Literal::u8_unsuffixed(*digit);
            quote!(#status::Range(#digit))
        }
        StatusPattern::Default => unreachable!("the default is no status of a success"),
    });
    let named = |name: Option<&str>| match name {
        Some(name) => {
            let name = format_ident!("{name}");
            quote!(#name)
        }
        None => quote!(&[]),
    };
    let headers = named(shared.headers_of(it));
    let security = named(shared.security_of(it));
    let statements = statements(it, scope);
    let request = if statements.is_empty() { quote!(_) } else { quote!(request) };
    quote! {
        impl #operation for #ident {
            type Success = #success;
            type Error = #error;

            const INFO: #info = #info {
                id: #id,
                method: #method::#http_method,
                path: #path,
                success: &[#(#statuses),*],
                accept: #accept,
                headers: #headers,
                security: #security,
            };

            fn request(&self, #request: &mut #builder) {
                #(#statements)*
            }
        }
    }
}

/// Returns how a success is read, and its statuses.
fn success(it: &PlannedOperation, scope: &Scope<'_>) -> (TokenStream, Vec<StatusPattern>) {
    match &it.success {
        Success::One { statuses, body } => {
            let (kind, ty) = statuses::body(body, scope);
            let kind = scope.path(kind);
            let ty: TokenStream = match ty.parse() {
                Ok(ty) => ty,
                Err(_) => unreachable!("types are tokens: {ty}"),
            };
            (quote!(#kind<#ty>), statuses.clone())
        }
        Success::Several(variants) => {
            let outcome = &it.outcome;
            (quote!(#outcome), variants.iter().map(|it| it.status).collect())
        }
    }
}

fn statements(it: &PlannedOperation, scope: &Scope<'_>) -> Vec<TokenStream> {
    let in_path = |it: &&Argument| matches!(it.place, Place::Path | Place::PathJson);
    let required = |it: &Argument| {
        let ident = &it.ident;
        send(it, &quote!(Some(&self.#ident)), scope)
    };
    let optional = |it: &Argument| {
        let ident = &it.ident;
        send(it, &quote!(self.#ident.as_ref()), scope)
    };
    let mut acc: Vec<_> = it.arguments.iter().filter(in_path).filter_map(required).collect();
    acc.extend(it.arguments.iter().filter(|it| !in_path(it)).filter_map(required));
    acc.extend(it.options.iter().filter_map(optional));
    acc.extend(body(it));
    acc
}

/// Sends a parameter; `some` is an optional reference to its value.
fn send(it: &Argument, some: &TokenStream, scope: &Scope<'_>) -> Option<TokenStream> {
    let (name, ident) = (&it.wire_name, &it.ident);
    let header = name.to_ascii_lowercase();
    Some(match it.place {
        Place::Path => quote!(request.path(#name, &self.#ident);),
        Place::PathJson => quote!(request.path_json(#name, &self.#ident);),
        Place::Query | Place::QueryList(ListStyle::Repeated) => {
            quote!(request.query(#name, &self.#ident);)
        }
        Place::QueryList(style) => {
            let ty = scope.path("ListStyle");
            let style = match style {
                ListStyle::Repeated => quote!(Repeated),
                ListStyle::Comma => quote!(Comma),
                ListStyle::Space => quote!(Space),
                ListStyle::Pipe => quote!(Pipe),
            };
            quote!(request.query_list(#name, &self.#ident, #ty::#style);)
        }
        Place::QueryJson => quote!(request.query_json(#name, #some);),
        Place::Header => quote!(request.header(#header, &self.#ident);),
        Place::HeaderList => quote!(request.header_list(#header, &self.#ident);),
        Place::HeaderJson => quote!(request.header_json(#header, #some);),
        Place::Cookie => quote!(request.cookie(#name, &self.#ident);),
        Place::Body => return None,
    })
}

fn body(it: &PlannedOperation) -> Option<TokenStream> {
    it.body()?;
    let is_optional = it.options.iter().any(|it| it.place == Place::Body);
    let value = if is_optional { quote!(body) } else { quote!(&self.body) };
    let write = |encoding: &BodyEncoding| {
        let media_type = &encoding.media_type;
        match encoding.encoding {
            Encoding::Json if media_type == "application/json" => quote!(request.json(#value)),
            Encoding::Json => quote!(request.json_as(#media_type, #value)),
            Encoding::Form => quote!(request.form(#value)),
            Encoding::Text => quote!(request.text(#media_type, #value)),
            Encoding::Bytes => quote!(request.bytes(#media_type, #value)),
        }
    };
    let statement = match it.encodings.as_slice() {
        [only] => {
            let write = write(only);
            quote!(#write;)
        }
        several => {
            let ty = &it.encoding;
            let arms = several.iter().map(|encoding| {
                let (variant, write) = (&encoding.ident, write(encoding));
                quote!(#ty::#variant => #write,)
            });
            quote!(match self.encoding { #(#arms)* })
        }
    };
    Some(if is_optional {
        quote!(if let Some(body) = &self.body { #statement })
    } else {
        statement
    })
}

fn emit_encoding(it: &PlannedOperation) -> TokenStream {
    let ident = &it.encoding;
    let doc = format!(" How the body of [`{}`] is sent.", it.ident);
    let variants = it.encodings.iter().enumerate().map(|(index, encoding)| {
        let BodyEncoding { ident, media_type, .. } = encoding;
        let doc = docs::outer(&match index {
            0 => format!("{}, the first in the document.", code_span(media_type)),
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
