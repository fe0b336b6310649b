//! Planned operations in, the methods of a client out: each builds a request, sends it, reads the reply.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::docs;
use super::super::operations::{
    options_ident, outcome_ident, parameters, params_ident, success_type,
};
use super::calling::Calling;
use super::variable_type;
use crate::name::TypeIdent;
use crate::plan::{PlannedOperation, PlannedServer};

/// Writes the constructor that needs no builder.
pub(super) fn emit_new(server: &PlannedServer, calling: Calling) -> TokenStream {
    let beside = calling.beside();
    let (arguments, builder) = match server {
        PlannedServer::Fixed(_) => (quote!(), quote!(Self::builder())),
        PlannedServer::Template { variables, .. } => {
            let needed: Vec<_> = variables.iter().filter(|it| it.default.is_none()).collect();
            let idents = needed.iter().map(|it| &it.ident);
            let arguments = needed.iter().map(|variable| {
                let (ident, ty) = (&variable.ident, variable_type(variable));
                let beside = variable.known.as_ref().and(beside.as_ref());
                quote!(#ident: impl Into<#beside #ty>)
            });
            if needed.is_empty() {
                (quote!(), quote!(Self::builder()))
            } else {
                (
                    quote!(#(#arguments),*),
                    quote!(Self::builder().base_url(#beside Server::new(#(#idents),*))),
                )
            }
        }
        PlannedServer::None => (quote!(base_url: &str), quote!(Self::builder().base_url(base_url))),
    };
    let feature = calling.default_feature();
    quote! {
        /// Returns a client with the default transport.
        #[cfg(feature = #feature)]
        pub fn new(#arguments) -> Result<Self, tamarack_runtime::BuildError> {
            #builder.build()
        }
    }
}

/// Writes the methods of an operation.
pub(super) fn emit(it: &PlannedOperation, calling: Calling) -> Vec<TokenStream> {
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
    let (asyncness, exchange) = (calling.asyncness(), calling.send());
    let send = |options: Option<TokenStream>| {
        let arguments = arguments.iter().chain(&options);
        quote! {
            let request = operations::#request(&self.core, #(#arguments),*)?;
            operations::#reply(#exchange)
        }
    };
    if !it.has_options() {
        let send = send(None);
        return vec![quote! {
            #doc
            #deprecated
            pub #asyncness fn #method(
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
            pub #asyncness fn #method(
                &self, #(#signature),*
            ) -> Result<tamarack_runtime::Reply<#success>, #error> {
                #forward
            }
        },
        quote! {
            #with_doc
            #deprecated
            pub #asyncness fn #with(
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
