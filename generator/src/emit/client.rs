//! Writes the file `client.rs`: servers, credentials, and a method for each operation.

mod credentials;
mod grants;
mod methods;
mod token_source;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::enums;
use super::format::{self, Part};
use super::layout::{Code, Piece};
use super::lines;
use super::scope::Scope;
use crate::at_once;
use crate::plan::{Module, PlannedOperation, PlannedServer, PlannedVariable, Shadow};
use crate::shown::code_span;

/// Writes the code of the module: the client, and a piece for each of its methods.
pub(super) fn emit(module: &Module) -> Code {
    // None of the names here is the document's alone.
    let shadow = Shadow::default();
    let scope = Scope::beside_types(&shadow);
    let mut items = emit_server(module, &scope);
    if !module.client.credentials.is_empty() {
        let credentials = credentials::emit(&module.client.credentials, &scope);
        items.extend(credentials.into_iter().map(Part::from));
        items.extend(grants::emit_scopes(&module.client.credentials, &scope));
    }
    let [client, block, from] = emit_client(module, &scope);
    items.push(client.into());
    // The block is open: the methods follow.
    let mut before =
        format::joined(items.into_iter().map(Part::into_text).chain([format::text(&block)]));
    before.truncate(before.len() - BLOCK_END.len());
    let after = format!("{BLOCK_END}\n{}", format::text(&from));
    let method = |it: &PlannedOperation, emit: &dyn Fn(&Scope<'_>) -> Option<Part>| {
        let scope = Scope::beside_types(&shadow);
        let block = emit(&scope)?;
        scope.item(CLIENT);
        let text = format::inside(&block.into_text());
        Some(Piece::new(it.ident.as_str(), &it.group, vec![Part::Text(text)], scope))
    };
    let methods = at_once::spread(&module.operations, |it| {
        method(it, &|scope| Some(lines::methods(CLIENT, [methods::emit(it, scope)])))
    });
    let sources = module.operations.iter().map(|it| {
        method(it, &|scope| {
            let source = token_source::emit(it, scope)?;
            Some(quote!(impl Client { #source }).into())
        })
    });
    Code {
        uses: scope.into_uses(),
        before,
        pieces: methods.into_iter().chain(sources).flatten().collect(),
        after,
        block: Some(format!("impl {CLIENT} {{\n")),
        is_nameless: false,
    }
}

/// The struct whose methods are in several files for a large API.
const CLIENT: &str = "Client";

/// The last line of a block.
const BLOCK_END: &str = "}\n";

fn emit_server(module: &Module, scope: &Scope<'_>) -> Vec<Part> {
    let also = match module.client.other_servers.as_slice() {
        [] => String::new(),
        others => {
            let list: Vec<_> = others.iter().map(|it| code_span(it)).collect();
            format!("\n\nThe document declares further servers: {}.", list.join(", "))
        }
    };
    match &module.client.server {
        PlannedServer::None => Vec::new(),
        PlannedServer::Path(path) => {
            let doc = docs::outer(&format!("The path of a base URL that has none.{also}"));
            vec![quote!(#doc pub const BASE_PATH: &str = #path;).into()]
        }
        PlannedServer::Fixed(url) => {
            let doc = docs::outer(&format!("The default base URL.{also}"));
            vec![quote!(#doc pub const BASE_URL: &str = #url;).into()]
        }
        PlannedServer::Template { template, variables } => {
            emit_template((template, variables), &also, scope)
        }
    }
}

fn emit_template(
    (template, variables): (&str, &[PlannedVariable]),
    also: &str,
    scope: &Scope<'_>,
) -> Vec<Part> {
    let [base_url, error] = ["BaseUrl", "BaseUrlError"].map(|name| scope.path(name));
    let doc = docs::outer(&format!("The server {}.{also}", code_span(template)));
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
        let setter = &variable.setter;
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
            /// Creates a `Server`. Building a client checks its variables.
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values)* }
            }
            #(#setters)*
        }
    };
    let convert = quote! {
        impl TryFrom<Server> for #base_url {
            type Error = #error;

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
                "A value of the server variable {}. Undeclared values are kept.",
                code_span(&variable.name)
            );
            acc.push(enums::emit(ident, &docs, None, planned, scope));
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

/// Writes the struct with what it is sent by, its block of methods without those of operations, and
/// how it is made.
fn emit_client(module: &Module, scope: &Scope<'_>) -> [TokenStream; 3] {
    let doc = docs::outer(&format!(
        "A client for {}. Clones share one connection pool.",
        super::name_of(module)
    ));
    let [core, call, operation] = ["ClientCore", "Call", "Operation"].map(|name| scope.path(name));
    let item = quote! {
        const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

        #doc
        #[derive(Clone, Debug)]
        pub struct Client {
            core: #core,
        }
    };
    let constructors = methods::emit_constructors(&module.client.server);
    let builder = emit_builder(&module.client.server, scope);
    let methods = quote! {
        impl Client {
            #constructors

            #builder

            /// Returns the core client, which builds and sends the requests.
            pub fn core(&self) -> &#core {
                &self.core
            }

            /// Returns a call of an operation, to be awaited or waited for.
            pub fn send<O: #operation>(&self, operation: O) -> #call<O> {
                #call::new(&self.core, operation)
            }
        }
    };
    let from = quote! {
        impl From<#core> for Client {
            fn from(core: #core) -> Self {
                Self { core }
            }
        }
    };
    [item, methods, from]
}

fn emit_builder(server: &PlannedServer, scope: &Scope<'_>) -> TokenStream {
    let ty = scope.path("ClientBuilder");
    let (doc, builder) = match server {
        PlannedServer::Fixed(_) => (
            "Returns a builder with the base URL [`BASE_URL`].",
            quote!(#ty::new(USER_AGENT).default_base_url(BASE_URL)),
        ),
        PlannedServer::Template { variables, .. } if all_defaulted(variables) => (
            "Returns a builder with the default [`Server`] as base URL.",
            quote!(#ty::new(USER_AGENT).default_base_url(Server::new())),
        ),
        PlannedServer::Template { .. } => (
            "Returns a builder without a base URL; set one, for example a [`Server`].",
            quote!(#ty::new(USER_AGENT)),
        ),
        PlannedServer::Path(_) => (
            "Returns a builder without a base URL; set one. Its path is [`BASE_PATH`] if it has none.",
            quote!(#ty::new(USER_AGENT).base_path(BASE_PATH)),
        ),
        PlannedServer::None => (
            "Returns a builder without a base URL; set one, since the document declares no server.",
            quote!(#ty::new(USER_AGENT)),
        ),
    };
    // Our own text, with a link that must not be escaped.
    let doc = format!(" {doc}");
    quote! {
        #[doc = #doc]
        pub fn builder() -> #ty<Self> {
            #builder
        }
    }
}
