//! The planned client in, the file `client.rs` out: where requests go, what they are authorised with, a method an operation.

pub(super) mod blocking;
mod calling;
mod credentials;
mod methods;
mod token_source;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::enums;
use super::format::Part;
use super::operations::{import_errors, mentions_types};
use super::scope::SCOPE;
use crate::plan::{Module, PlannedServer, PlannedVariable};
use crate::shown::code_span;
use calling::Calling;

/// Writes the items of the file.
pub(super) fn emit(module: &Module) -> Vec<Part> {
    let methods = methods(module, Calling::Async);
    let mut acc = vec![imports(module, &methods).into()];
    acc.extend(emit_server(module));
    let mut rest = Vec::new();
    if !module.client.credentials.is_empty() {
        rest.extend(credentials::emit(&module.client.credentials));
    }
    rest.extend(emit_client(module, &methods));
    rest.extend(module.operations.iter().flat_map(token_source::endpoint));
    acc.extend(rest.into_iter().map(Part::from));
    acc
}

/// Writes the methods of a client, those of token sources last.
fn methods(module: &Module, calling: Calling) -> Vec<TokenStream> {
    let operations = module.operations.iter();
    let mut acc: Vec<_> = operations.clone().flat_map(|it| methods::emit(it, calling)).collect();
    acc.extend(operations.flat_map(|it| token_source::methods(it, calling)));
    acc
}

fn imports(module: &Module, methods: &[TokenStream]) -> TokenStream {
    let errors = import_errors(module);
    let operations = errors.is_some().then(|| {
        quote!(
            use super::operations;
        )
    });
    let types = methods.iter().any(mentions_types).then(|| {
        quote!(
            use super::types;
        )
    });
    quote!(#errors #operations #types)
}

fn emit_server(module: &Module) -> Vec<Part> {
    let also = match module.client.other_servers.as_slice() {
        [] => String::new(),
        others => {
            let list: Vec<_> = others.iter().map(|it| code_span(it)).collect();
            format!("\n\nThe document names further servers: {}.", list.join(", "))
        }
    };
    match &module.client.server {
        PlannedServer::None => Vec::new(),
        PlannedServer::Fixed(url) => {
            let doc =
                docs::outer(&format!("Where requests go unless the builder says otherwise.{also}"));
            vec![quote!(#doc pub const BASE_URL: &str = #url;).into()]
        }
        PlannedServer::Template { template, variables } => {
            emit_template(template, variables, &also)
        }
    }
}

fn emit_template(template: &str, variables: &[PlannedVariable], also: &str) -> Vec<Part> {
    let doc = docs::outer(&format!("Where the API is served: {}.{also}", code_span(template)));
    let fields = variables.iter().map(|variable| {
        let (ident, ty, doc) =
            (&variable.ident, variable_type(variable), docs::outer(&variable.docs));
        quote!(#doc pub #ident: #ty,)
    });
    let item = quote! {
        #doc
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct Server { #(#fields)* }
    };
    let arguments = variables.iter().filter(|it| it.default.is_none()).map(|variable| {
        let (ident, ty) = (&variable.ident, variable_type(variable));
        quote!(#ident: impl Into<#ty>)
    });
    let values = variables.iter().map(|variable| {
        let (ident, ty) = (&variable.ident, variable_type(variable));
        match &variable.default {
            Some(default) => quote!(#ident: #ty::from(#default),),
            None => quote!(#ident: #ident.into(),),
        }
    });
    let setters = variables.iter().filter(|it| it.default.is_some()).map(|variable| {
        let (ident, ty) = (&variable.ident, variable_type(variable));
        let setter = ident.with_prefix("with_");
        let doc = docs::outer(&format!("Sets `{ident}`."));
        quote! {
            #doc
            #[must_use]
            pub fn #setter(mut self, #ident: impl Into<#ty>) -> Self {
                self.#ident = #ident.into();
                self
            }
        }
    });
    let default = all_defaulted(variables).then(|| {
        quote! {
            impl Default for Server {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    let pairs = variables.iter().map(|variable| {
        let (name, ident) = (&variable.name, &variable.ident);
        quote!((#name, server.#ident.as_str()))
    });
    let methods = quote! {
        impl Server {
            /// Returns the server; its variables are checked when a client is built.
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values)* }
            }
            #(#setters)*
        }
    };
    let convert = quote! {
        impl TryFrom<Server> for tamarack_runtime::BaseUrl {
            type Error = tamarack_runtime::BaseUrlError;

            fn try_from(server: Server) -> Result<Self, Self::Error> {
                Self::from_template(#template, &[#(#pairs),*])
            }
        }
    };
    let items = [Some(item), Some(methods), default, Some(convert)];
    let mut acc: Vec<_> = items.into_iter().flatten().map(Part::from).collect();
    for variable in variables {
        if let Some((ident, planned)) = &variable.known {
            let docs = format!(
                "A value of the server variable {}; others than the listed are kept.",
                code_span(&variable.name)
            );
            acc.push(enums::emit(ident, &docs, planned, SCOPE));
        }
    }
    acc
}

fn variable_type(variable: &PlannedVariable) -> TokenStream {
    match &variable.known {
        Some((ident, _)) => quote!(#ident),
        None => quote!(String),
    }
}

fn all_defaulted(variables: &[PlannedVariable]) -> bool {
    variables.iter().all(|it| it.default.is_some())
}

fn emit_client(module: &Module, methods: &[TokenStream]) -> Vec<TokenStream> {
    let doc = docs::outer(&format!(
        "A client of {}. Clones share one connection pool.",
        super::name_of(module)
    ));
    let item = quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct Client {
            core: tamarack_runtime::ClientCore,
        }
    };
    let agent = quote! {
        const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
    };
    let new = methods::emit_new(&module.client.server, Calling::Async);
    let (builder_doc, builder) = match &module.client.server {
        PlannedServer::Fixed(_) => (
            "Returns a builder that goes to [`BASE_URL`] unless told otherwise.",
            quote!(tamarack_runtime::ClientBuilder::new(USER_AGENT).default_base_url(BASE_URL)),
        ),
        PlannedServer::Template { variables, .. } if all_defaulted(variables) => (
            "Returns a builder that goes to the default [`Server`] unless told otherwise.",
            quote!(tamarack_runtime::ClientBuilder::new(USER_AGENT).base_url(Server::new())),
        ),
        PlannedServer::Template { .. } => (
            "Returns a builder; it must be given a base URL, for example a [`Server`].",
            quote!(tamarack_runtime::ClientBuilder::new(USER_AGENT)),
        ),
        PlannedServer::None => (
            "Returns a builder; it must be given a base URL, since the document names none.",
            quote!(tamarack_runtime::ClientBuilder::new(USER_AGENT)),
        ),
    };
    // Our own text, with a link that must not be escaped.
    let builder_doc = format!(" {builder_doc}");
    let methods = quote! {
        impl Client {
            #new

            #[doc = #builder_doc]
            pub fn builder() -> tamarack_runtime::ClientBuilder<Self> {
                #builder
            }

            /// Returns what requests are built and sent with.
            pub fn core(&self) -> &tamarack_runtime::ClientCore {
                &self.core
            }

            #(#methods)*
        }
    };
    let from = quote! {
        impl From<tamarack_runtime::ClientCore> for Client {
            fn from(core: tamarack_runtime::ClientCore) -> Self {
                Self { core }
            }
        }
    };
    vec![agent, item, methods, from]
}
