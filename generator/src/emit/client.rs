//! The planned client in, the file `client.rs` out: where requests go, what they are authorised with, a method an operation.

mod token_source;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::operations::{
    import_errors, mentions_types, options_ident, outcome_ident, parameters, params_ident,
    success_type,
};
use super::types::{Scope, emit_enum};
use crate::name::TypeIdent;
use crate::plan::{Module, PlannedCredential, PlannedOperation, PlannedServer, PlannedVariable};

/// Writes the items of the file.
pub(super) fn emit(module: &Module) -> Vec<TokenStream> {
    let mut methods: Vec<_> = module.operations.iter().flat_map(emit_methods).collect();
    methods.extend(module.operations.iter().flat_map(token_source::methods));
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
    let mut acc = vec![quote!(#errors #operations #types)];
    acc.extend(emit_server(module));
    if !module.client.credentials.is_empty() {
        acc.extend(emit_credentials(&module.client.credentials));
    }
    acc.extend(emit_client(module, &methods));
    acc.extend(module.operations.iter().flat_map(token_source::endpoint));
    acc
}

fn emit_server(module: &Module) -> Vec<TokenStream> {
    let also = match module.client.other_servers.as_slice() {
        [] => String::new(),
        others => {
            let list: Vec<_> = others.iter().map(|it| format!("`{it}`")).collect();
            format!("\n\nThe document names further servers: {}.", list.join(", "))
        }
    };
    match &module.client.server {
        PlannedServer::None => Vec::new(),
        PlannedServer::Fixed(url) => {
            let doc =
                docs::outer(&format!("Where requests go unless the builder says otherwise.{also}"));
            vec![quote!(#doc pub const BASE_URL: &str = #url;)]
        }
        PlannedServer::Template { template, variables } => {
            emit_template(template, variables, &also)
        }
    }
}

fn emit_template(template: &str, variables: &[PlannedVariable], also: &str) -> Vec<TokenStream> {
    let doc = docs::outer(&format!("Where the API is served: `{template}`.{also}"));
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
    let mut acc = vec![item, methods];
    acc.extend(default);
    acc.push(convert);
    for variable in variables {
        if let Some((ident, planned)) = &variable.known {
            let docs = format!(
                "A value of the server variable `{}`; others than the known are kept.",
                variable.name
            );
            acc.extend(emit_enum(ident, &docs, planned, &Scope { shadow: None }));
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

fn emit_credentials(credentials: &[PlannedCredential]) -> Vec<TokenStream> {
    let variants = credentials.iter().map(|it| {
        let (ident, doc) = (&it.ident, docs::outer(&it.docs));
        if it.basic {
            quote! {
                #doc
                #ident {
                    /// The user.
                    user: String,
                    /// The password.
                    password: tamarack_runtime::Secret,
                },
            }
        } else {
            quote!(#doc #ident(tamarack_runtime::Secret),)
        }
    });
    let arms = credentials.iter().map(|it| {
        let (ident, scheme) = (&it.ident, &it.scheme);
        if it.basic {
            quote! {
                Credential::#ident { user, password } => {
                    (#scheme, tamarack_runtime::Credential::Basic { user, password })
                }
            }
        } else {
            quote! {
                Credential::#ident(secret) => {
                    (#scheme, tamarack_runtime::Credential::Token(secret))
                }
            }
        }
    });
    let item = quote! {
        /// What requests are authorised with, one for each security scheme of the document.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum Credential { #(#variants)* }
    };
    let convert = quote! {
        impl From<Credential> for (&'static str, tamarack_runtime::Credential) {
            fn from(credential: Credential) -> Self {
                match credential { #(#arms)* }
            }
        }
    };
    vec![item, convert]
}

fn emit_client(module: &Module, methods: &[TokenStream]) -> Vec<TokenStream> {
    let doc = docs::outer(&format!(
        "A client of {}, version `{}`. Clones share one connection pool.",
        module.title, module.version
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
    let new = emit_new(&module.client.server);
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

fn emit_new(server: &PlannedServer) -> TokenStream {
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
        PlannedServer::None => (quote!(base_url: &str), quote!(Self::builder().base_url(base_url))),
    };
    quote! {
        /// Returns a client with the default transport.
        #[cfg(feature = "reqwest013")]
        pub fn new(#arguments) -> Result<Self, tamarack_runtime::BuildError> {
            #builder.build()
        }
    }
}

fn emit_methods(it: &PlannedOperation) -> Vec<TokenStream> {
    let doc = docs::outer(&it.docs);
    let deprecated = it.deprecated.then(|| quote!(#[deprecated]));
    let method = &it.method;
    let error = it.prefix.with_suffix("Error");
    let success = qualified_success(it);
    let params = params_ident(it);
    let signature = parameters(it, &quote!(operations::#params));
    let arguments: Vec<_> = if it.bundled {
        vec![quote!(params)]
    } else {
        it.arguments.iter().map(|argument| &argument.ident).map(|ident| quote!(#ident)).collect()
    };
    let request = method.with_suffix("_request");
    let reply = method.with_suffix("_reply");
    let send = |options: Option<TokenStream>| {
        let arguments = arguments.iter().chain(&options);
        quote! {
            let request = operations::#request(&self.core, #(#arguments),*)?;
            operations::#reply(self.core.send(request).await?)
        }
    };
    if !it.has_options() {
        let send = send(None);
        return vec![quote! {
            #doc
            #deprecated
            pub async fn #method(
                &self, #(#signature),*
            ) -> Result<tamarack_runtime::Reply<#success>, #error> {
                #send
            }
        }];
    }
    let with = method.with_suffix("_with");
    let options = options_ident(it);
    let with_doc = docs::outer(&format!("Does what `{method}` does, with options."));
    let forward = send(Some(quote!(&operations::#options::default())));
    let send = send(Some(quote!(options)));
    vec![
        quote! {
            #doc
            #deprecated
            pub async fn #method(
                &self, #(#signature),*
            ) -> Result<tamarack_runtime::Reply<#success>, #error> {
                #forward
            }
        },
        quote! {
            #with_doc
            #deprecated
            pub async fn #with(
                &self, #(#signature,)* options: &operations::#options
            ) -> Result<tamarack_runtime::Reply<#success>, #error> {
                #send
            }
        },
    ]
}

fn qualified_success(it: &PlannedOperation) -> TokenStream {
    let outcome: TypeIdent = outcome_ident(it);
    success_type(it, quote!(operations::#outcome))
}
