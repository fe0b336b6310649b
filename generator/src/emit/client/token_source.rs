//! Token endpoints in, the methods that make a token source of them and the endpoint behind it out.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::docs;
use super::super::operations::options_ident;
use super::super::scope::SCOPE;
use super::calling::Calling;
use crate::name::{TypeIdent, ValueIdent};
use crate::plan::{PlannedOperation, RustType, TokenArgument};

/// Writes the methods of the client; none where the operation is no token endpoint.
pub(super) fn methods(it: &PlannedOperation, calling: Calling) -> Vec<TokenStream> {
    let Some(source) = &it.token_source else { return Vec::new() };
    let (method, with) = (&source.method, source.method.with_suffix("_with"));
    let (request, endpoint) = (&source.request, endpoint_ident(it));
    let doc = docs::outer(&format!(
        "Returns a source that has a token whenever one is needed: kept, refreshed ahead by `{}`, \
         one request however many wait.",
        it.method
    ));
    let with_doc = docs::outer(&format!(
        "Does what `{method}` does, with everything open to change: `adjust` is given each request \
         before it is sent, and the builder has the source's own settings."
    ));
    let (options, pass, default) = if it.has_options() {
        let options = options_ident(it);
        (
            Some(quote!(options: operations::#options,)),
            Some(quote!(options,)),
            Some(quote!(operations::#options::default(),)),
        )
    } else {
        (None, None, None)
    };
    let given = given(&source.arguments);
    let parameters: Vec<_> = given.iter().map(|(ident, ty)| parameter(ident, ty)).collect();
    let idents: Vec<_> = given.iter().map(|(ident, _)| *ident).collect();
    let fields = given.iter().map(|(ident, ty)| {
        if ty.takes_into() { quote!(#ident: #ident.into(),) } else { quote!(#ident,) }
    });
    let (ours, builder) = (calling.token_source(), calling.token_source_builder());
    let build = match calling {
        Calling::Async => quote! {
            let origin = self.core.base_url().origin().to_owned();
            let core = tamarack_runtime::token::bounded(&self.core);
            let endpoint = #endpoint { core, origin, #(#fields)* #pass adjust };
            tamarack_runtime::token::TokenSource::builder(endpoint, credentials)
        },
        Calling::Blocking => quote! {
            super::client::Client::from(self.core.clone())
                .#with(credentials, #(#idents,)* #pass adjust)
                .blocking()
        },
    };
    vec![
        quote! {
            #doc
            pub fn #method(
                &self,
                credentials: tamarack_runtime::token::ClientCredentials,
                #(#parameters,)*
            ) -> Result<#ours, tamarack_runtime::token::TokenError> {
                self.#with(credentials, #(#idents,)* #default |request| request).build()
            }
        },
        quote! {
            #with_doc
            pub fn #with(
                &self,
                credentials: tamarack_runtime::token::ClientCredentials,
                #(#parameters,)*
                #options
                adjust: impl Fn(types::#request) -> types::#request + Send + Sync + 'static,
            ) -> #builder {
                #build
            }
        },
    ]
}

/// Writes the endpoint that the source asks.
pub(super) fn endpoint(it: &PlannedOperation) -> Vec<TokenStream> {
    let Some(source) = &it.token_source else { return Vec::new() };
    let (request, endpoint) = (&source.request, endpoint_ident(it));
    let build = it.method.with_suffix("_request");
    let options = options_ident(it);
    let field = it.has_options().then(|| quote!(options: operations::#options,));
    let pass = it.has_options().then(|| quote!(, &self.options));
    let arguments = source.arguments.iter().map(|argument| match argument {
        TokenArgument::Id => quote!(credentials.id().expose()),
        TokenArgument::Secret => quote!(credentials.secret().expose()),
        TokenArgument::Grant(ident, variant) => quote!(types::#ident::#variant),
        TokenArgument::Given(ident, ty) if ty.is_copy() => quote!(self.#ident),
        TokenArgument::Given(ident, _) => quote!(self.#ident.clone()),
    });
    let given = given(&source.arguments).into_iter().map(|(ident, ty)| {
        let ty = SCOPE.ty(ty);
        quote!(#ident: #ty,)
    });
    let doc = docs::outer(&format!("Asks for a token by `{}`, once.", it.method));
    let item = quote! {
        #doc
        struct #endpoint<F> {
            core: tamarack_runtime::ClientCore,
            origin: String,
            #(#given)*
            #field
            adjust: F,
        }
    };
    let implementation = quote! {
        impl<F> tamarack_runtime::token::TokenEndpoint for #endpoint<F>
        where
            F: Fn(types::#request) -> types::#request + Send + Sync,
        {
            fn request<'a>(
                &'a self,
                credentials: &'a tamarack_runtime::token::ClientCredentials,
            ) -> tamarack_runtime::BoxFuture<
                'a,
                Result<tamarack_runtime::RawReply, tamarack_runtime::token::EndpointError>,
            > {
                Box::pin(async move {
                    let adjust = &self.adjust;
                    let body = types::#request::new(#(#arguments),*);
                    let request = operations::#build(&self.core, &adjust(body) #pass)?;
                    Ok(self.core.send(request).await?)
                })
            }

            fn origin(&self) -> Option<&str> {
                Some(&self.origin)
            }
        }
    };
    vec![item, implementation]
}

/// Returns what the caller gives once.
fn given(arguments: &[TokenArgument]) -> Vec<(&ValueIdent, &RustType)> {
    (arguments.iter())
        .filter_map(|argument| match argument {
            TokenArgument::Given(ident, ty) => Some((ident, ty)),
            TokenArgument::Id | TokenArgument::Secret | TokenArgument::Grant(..) => None,
        })
        .collect()
}

fn parameter(ident: &ValueIdent, ty: &RustType) -> TokenStream {
    let written = SCOPE.ty(ty);
    if ty.takes_into() { quote!(#ident: impl Into<#written>) } else { quote!(#ident: #written) }
}

fn endpoint_ident(it: &PlannedOperation) -> TypeIdent {
    it.prefix.with_suffix("Endpoint")
}
