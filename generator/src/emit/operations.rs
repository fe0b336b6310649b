//! Planned operations in, pure functions out: the file `operations.rs`, a request out and a reply in, without IO.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs;
use super::reply;
use super::scope::SCOPE;
use crate::api::{Encoding, SecurityKind};
use crate::name::TypeIdent;
use crate::plan::{
    Argument, BodyEncoding, HeaderConstant, ListStyle, Module, Place, PlannedOperation,
    PlannedScheme, ReplyBody, RustType, Success,
};
use crate::shown::code_span;

/// Writes the items of the file.
pub(super) fn emit(module: &Module) -> Vec<TokenStream> {
    let items: Vec<_> = module.operations.iter().flat_map(emit_operation).collect();
    let types = items.iter().any(mentions_types).then(|| {
        quote!(
            use super::types;
        )
    });
    let errors = import_errors(module);
    let mut acc = vec![quote!(#errors #types)];
    acc.extend(module.constants.iter().map(emit_constant));
    acc.extend(items);
    acc
}

/// Imports the error of each operation, in the order in which rustfmt would have them.
pub(super) fn import_errors(module: &Module) -> Option<TokenStream> {
    let mut errors: Vec<_> =
        module.operations.iter().map(|it| it.prefix.with_suffix("Error")).collect();
    errors.sort();
    (!errors.is_empty()).then(|| quote!(use super::errors::{#(#errors),*};))
}

/// Returns whether code names the module `types`, so that it is imported only where needed.
pub(super) fn mentions_types(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        proc_macro2::TokenTree::Ident(ident) => ident == "types",
        proc_macro2::TokenTree::Group(group) => mentions_types(&group.stream()),
        _ => false,
    })
}

fn emit_constant(constant: &HeaderConstant) -> TokenStream {
    let (ident, value) = (format_ident!("{}", constant.ident), &constant.value);
    let doc = docs::outer(&format!(
        "The value of the header {}, which every operation that needs it sends.",
        code_span(&constant.header)
    ));
    quote!(#doc pub const #ident: &str = #value;)
}

fn emit_operation(it: &PlannedOperation) -> Vec<TokenStream> {
    let mut acc = Vec::new();
    if it.encodings.len() > 1 {
        acc.push(emit_encoding(it));
    }
    if it.bundled {
        acc.push(emit_params(it));
    }
    if it.has_options() {
        acc.extend(emit_options(it));
    }
    if let Success::Several(_) = it.success {
        acc.push(emit_outcome(it));
    }
    acc.push(emit_request(it));
    acc.push(reply::emit(it));
    acc
}

/// The name of the enum of encodings.
pub(super) fn encoding_ident(it: &PlannedOperation) -> TypeIdent {
    it.prefix.with_suffix("Encoding")
}

/// The name of the struct of what a call may add.
pub(super) fn options_ident(it: &PlannedOperation) -> TypeIdent {
    it.prefix.with_suffix("Options")
}

/// The name of the struct of what a call needs, where that is much.
pub(super) fn params_ident(it: &PlannedOperation) -> TypeIdent {
    it.prefix.with_suffix("Params")
}

/// The name of the enum of successes.
pub(super) fn outcome_ident(it: &PlannedOperation) -> TypeIdent {
    it.prefix.with_suffix("Outcome")
}

fn emit_encoding(it: &PlannedOperation) -> TokenStream {
    let ident = encoding_ident(it);
    let doc = docs::outer(&format!("How the body of `{}` is sent.", it.method));
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
        #doc
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum #ident { #(#variants)* }
    }
}

fn emit_params(it: &PlannedOperation) -> TokenStream {
    let ident = params_ident(it);
    let doc = docs::outer(&format!("What a call of `{}` needs.", it.method));
    let fields = it.arguments.iter().map(|argument| {
        let (ident, ty) = (&argument.ident, SCOPE.ty(&argument.ty));
        let doc = docs::outer(&argument.docs);
        quote!(#doc pub #ident: #ty,)
    });
    quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct #ident { #(#fields)* }
    }
}

fn emit_options(it: &PlannedOperation) -> Vec<TokenStream> {
    let ident = options_ident(it);
    let doc = docs::outer(&format!("What a call of `{}` may add.", it.method));
    let mut fields = Vec::new();
    let mut setters = Vec::new();
    if it.encodings.len() > 1 {
        let encoding = encoding_ident(it);
        fields.push(quote! {
            /// How the body is sent.
            pub encoding: #encoding,
        });
        setters.push(quote! {
            /// Sets how the body is sent.
            #[must_use]
            pub fn with_encoding(mut self, encoding: #encoding) -> Self {
                self.encoding = encoding;
                self
            }
        });
    }
    for argument in &it.options {
        let (ident, ty) = (&argument.ident, SCOPE.ty(&argument.ty));
        let doc = docs::outer(&argument.docs);
        fields.push(quote!(#doc pub #ident: Option<#ty>,));
        setters.push(emit_option_setter(argument));
    }
    let item = quote! {
        #doc
        #[derive(Clone, Debug, Default)]
        #[non_exhaustive]
        pub struct #ident { #(#fields)* }
    };
    let methods = quote! {
        impl #ident {
            /// Returns options that add nothing.
            pub fn new() -> Self {
                Self::default()
            }
            #(#setters)*
        }
    };
    vec![item, methods]
}

fn emit_option_setter(argument: &Argument) -> TokenStream {
    let (ident, ty) = (&argument.ident, SCOPE.ty(&argument.ty));
    let setter = ident.with_prefix("with_");
    let doc = docs::outer(&format!("Sets `{ident}`."));
    let deprecated = argument.deprecated.then(|| quote!(#[deprecated]));
    let (written, value) = if argument.ty.takes_into() {
        (quote!(impl Into<#ty>), quote!(#ident.into()))
    } else {
        (ty, quote!(#ident))
    };
    quote! {
        #doc
        #[must_use]
        #deprecated
        pub fn #setter(mut self, #ident: #written) -> Self {
            self.#ident = Some(#value);
            self
        }
    }
}

fn emit_outcome(it: &PlannedOperation) -> TokenStream {
    let Success::Several(variants) = &it.success else {
        unreachable!("asked for only where there are several")
    };
    let ident = outcome_ident(it);
    let doc = docs::outer(&format!("What a success of `{}` gives.", it.method));
    let variants = variants.iter().map(|variant| {
        let (ident, doc) = (&variant.ident, docs::outer(&variant.docs));
        match body_type(&variant.body) {
            Some(ty) => quote!(#doc #ident(#ty),),
            None => quote!(#doc #ident,),
        }
    });
    quote! {
        #doc
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #ident { #(#variants)* }
    }
}

/// The type of a body; none where there is none.
pub(super) fn body_type(body: &ReplyBody) -> Option<TokenStream> {
    match body {
        ReplyBody::Empty => None,
        ReplyBody::Json(ty) => Some(SCOPE.ty(ty)),
        ReplyBody::Text => Some(quote!(String)),
        ReplyBody::Bytes => Some(quote!(tamarack_runtime::bytes::Bytes)),
    }
}

/// The type inside `Reply` that an operation gives.
pub(super) fn success_type(it: &PlannedOperation, outcome: TokenStream) -> TokenStream {
    match &it.success {
        Success::One { body, .. } => body_type(body).unwrap_or_else(|| quote!(())),
        Success::Several(_) => outcome,
    }
}

/// The arguments of a call as a signature lists them.
pub(super) fn parameters(it: &PlannedOperation, params: &TokenStream) -> Vec<TokenStream> {
    if it.bundled {
        return vec![quote!(params: &#params)];
    }
    it.arguments
        .iter()
        .map(|argument| {
            let (ident, ty) = (&argument.ident, borrowed(&argument.ty));
            quote!(#ident: #ty)
        })
        .collect()
}

/// How a value is lent to a call.
fn borrowed(ty: &RustType) -> TokenStream {
    match ty {
        ty if ty.is_copy() => SCOPE.ty(ty),
        RustType::String => quote!(&str),
        RustType::Vec(inner) => {
            let inner = SCOPE.ty(inner);
            quote!(&[#inner])
        }
        ty => {
            let ty = SCOPE.ty(ty);
            quote!(&#ty)
        }
    }
}

fn emit_request(it: &PlannedOperation) -> TokenStream {
    let function = it.method.with_suffix("_request");
    let line = code_span(&format!("{} {}", it.http_method, it.path));
    let doc = docs::outer(&format!("Builds the request of {line}."));
    let params = params_ident(it);
    let mut signature = vec![quote!(core: &tamarack_runtime::ClientCore)];
    signature.extend(parameters(it, &quote!(#params)));
    if it.has_options() {
        let options = options_ident(it);
        signature.push(quote!(options: &#options));
    }
    let method = format_ident!("{}", it.http_method);
    let path = &it.path;
    let statements = emit_statements(it);
    quote! {
        #doc
        pub fn #function(
            #(#signature),*
        ) -> Result<
            tamarack_runtime::http::Request<tamarack_runtime::bytes::Bytes>,
            tamarack_runtime::RequestError,
        > {
            let mut request = core.request(tamarack_runtime::http::Method::#method, #path);
            #(#statements)*
            request.build()
        }
    }
}

/// The expression of a required argument.
fn access(it: &PlannedOperation, argument: &Argument) -> TokenStream {
    let ident = &argument.ident;
    if it.bundled { quote!(params.#ident) } else { quote!(#ident) }
}

fn emit_statements(it: &PlannedOperation) -> Vec<TokenStream> {
    let mut acc = Vec::new();
    for argument in it.arguments.iter().filter(|it| is_in_path(it)) {
        let (name, value) = (&argument.wire_name, access(it, argument));
        acc.push(match argument.place {
            Place::PathJson => quote!(request.path_json(#name, &#value);),
            _ => quote!(request.path(#name, &#value);),
        });
    }
    for header in &it.headers {
        let name = &header.name;
        let value = match &header.constant {
            Some(constant) => {
                let constant = format_ident!("{constant}");
                quote!(&#constant)
            }
            None => {
                let value = &header.value;
                quote!(&#value)
            }
        };
        acc.push(quote!(request.header(#name, #value);));
    }
    for argument in &it.arguments {
        if !is_in_path(argument) && argument.place != Place::Body {
            let value = access(it, argument);
            acc.push(emit_send(argument, &quote!(&#value), &quote!(Some(&#value))));
        }
    }
    for argument in it.options.iter().filter(|it| it.place != Place::Body) {
        let ident = &argument.ident;
        let value = quote!(options.#ident);
        acc.push(emit_send(argument, &quote!(&#value), &quote!(#value.as_ref())));
    }
    acc.extend(emit_authorize(it));
    let accept = &it.accept;
    acc.push(quote!(request.accept(#accept);));
    acc.extend(emit_body(it));
    acc
}

fn is_in_path(argument: &Argument) -> bool {
    matches!(argument.place, Place::Path | Place::PathJson)
}

/// Sends one argument; `value` is a reference to it, `some` an optional reference.
fn emit_send(argument: &Argument, value: &TokenStream, some: &TokenStream) -> TokenStream {
    let name = &argument.wire_name;
    let header = name.to_ascii_lowercase();
    match argument.place {
        Place::Query => quote!(request.query(#name, #value);),
        Place::QueryList(style) => {
            let style = match style {
                ListStyle::Repeated => quote!(Repeated),
                ListStyle::Comma => quote!(Comma),
                ListStyle::Space => quote!(Space),
                ListStyle::Pipe => quote!(Pipe),
            };
            quote!(request.query_list(#name, #value, tamarack_runtime::ListStyle::#style);)
        }
        Place::QueryJson => quote!(request.query_json(#name, #some);),
        Place::Header => quote!(request.header(#header, #value);),
        Place::HeaderList => quote!(request.header_list(#header, #value);),
        Place::HeaderJson => quote!(request.header_json(#header, #some);),
        Place::Cookie => quote!(request.cookie(#name, #value);),
        Place::Path | Place::PathJson | Place::Body => {
            unreachable!("sent by the path and by the body")
        }
    }
}

fn emit_authorize(it: &PlannedOperation) -> Option<TokenStream> {
    if it.security.iter().all(Vec::is_empty) {
        return None;
    }
    let alternatives = it.security.iter().map(|schemes| {
        let schemes = schemes.iter().map(emit_scheme);
        quote!(&[#(#schemes),*])
    });
    Some(quote!(request.authorize(&[#(#alternatives),*]);))
}

fn emit_scheme(planned: &PlannedScheme) -> TokenStream {
    let scheme = &planned.name;
    match &planned.kind {
        SecurityKind::Bearer => quote!(tamarack_runtime::Scheme::Bearer(#scheme)),
        SecurityKind::Basic => quote!(tamarack_runtime::Scheme::Basic(#scheme)),
        SecurityKind::ApiKeyHeader(name) => {
            let name = name.to_ascii_lowercase();
            quote!(tamarack_runtime::Scheme::Header { scheme: #scheme, name: #name })
        }
        SecurityKind::ApiKeyQuery(name) => {
            quote!(tamarack_runtime::Scheme::Query { scheme: #scheme, name: #name })
        }
        SecurityKind::ApiKeyCookie(name) => {
            quote!(tamarack_runtime::Scheme::Cookie { scheme: #scheme, name: #name })
        }
    }
}

fn emit_body(it: &PlannedOperation) -> Option<TokenStream> {
    let body = it.body()?;
    let optional = it.options.iter().any(|it| it.place == Place::Body);
    let owned = if optional { quote!(body) } else { access(it, body) };
    let by_value = it.bundled || body.ty.is_copy();
    let value = if by_value && !optional { quote!(&#owned) } else { owned.clone() };
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
            let ident = encoding_ident(it);
            let arms = several.iter().map(|encoding| {
                let (variant, write) = (&encoding.ident, write(encoding));
                quote!(#ident::#variant => #write,)
            });
            quote!(match options.encoding { #(#arms)* })
        }
    };
    Some(if optional {
        quote!(if let Some(body) = &options.body { #statement })
    } else {
        statement
    })
}
