//! Token endpoints in, the methods that make token sources of them out.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::scope::Scope;
use crate::plan::{PlannedOperation, TokenArgument};

/// Writes the method of the client; none where the operation is no token endpoint.
pub(super) fn emit(it: &PlannedOperation, scope: &Scope<'_>) -> Option<TokenStream> {
    let source = it.token_source.as_ref()?;
    let [credentials, token_source, builder] =
        ["ClientCredentials", "TokenSource", "TokenSourceBuilder"].map(|name| scope.path(name));
    let [operations, types] = ["operations", "types"].map(|name| scope.module(name));
    let (method, operation, request) = (&source.method, &it.ident, &source.request);
    let given = source.arguments.iter().filter_map(|argument| match argument {
        TokenArgument::Given(ident, ty) => Some((ident, ty)),
        TokenArgument::Id | TokenArgument::Secret | TokenArgument::Grant(..) => None,
    });
    let parameters = given.clone().map(|(ident, ty)| {
        let (parameter, _) = scope.argument(ident, ty);
        quote!(#ident: #parameter)
    });
    let conversions = given.filter(|(_, ty)| ty.takes_into()).map(|(ident, ty)| {
        let ty = scope.ty(ty);
        quote!(let #ident: #ty = #ident.into();)
    });
    let has_given = source.arguments.iter().any(|it| matches!(it, TokenArgument::Given(..)));
    let moved = has_given.then(|| quote!(move));
    let values = source.arguments.iter().map(|argument| match argument {
        TokenArgument::Id => quote!(credentials.id().expose()),
        TokenArgument::Secret => quote!(credentials.secret().expose()),
        TokenArgument::Grant(ident, variant) => quote!(#types::#ident::#variant),
        TokenArgument::Given(ident, ty) if ty.is_copy() => quote!(#ident),
        TokenArgument::Given(ident, _) => quote!(#ident.clone()),
    });
    let asks = format!(
        " Returns a builder of a token source that sends [`{operation}`](operations::{operation})."
    );
    Some(quote! {
        #[doc = #asks]
        ///
        /// The source caches the token, refreshes it before it expires, and shares one request
        /// among all waiting callers. [`TokenSource::of_operation`] makes a source of any operation.
        pub fn #method(&self, credentials: #credentials, #(#parameters),*) -> #builder {
            #(#conversions)*
            #token_source::of_operation(&self.core, credentials, #moved |credentials| {
                #operations::#operation::new(#types::#request::new(#(#values),*))
            })
        }
    })
}
