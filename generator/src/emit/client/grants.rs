//! Writes the functions that create the credentials of OAuth flows, and the enums of their scopes.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::docs;
use super::super::enums;
use super::super::format::Part;
use super::super::scope::Scope;
use crate::plan::{GrantAuthentication, PlannedCredential};
use crate::shown::code_span;

/// Writes the function of a credential, if its tokens are asked for at a token URL.
pub(super) fn emit(it: &PlannedCredential, scope: &Scope<'_>) -> Option<TokenStream> {
    let grant = it.grant.as_ref()?;
    let [secret, credentials, token_grant, scheme_grant] =
        ["Secret", "ClientCredentials", "TokenGrant", "SchemeGrant"].map(|name| scope.path(name));
    let (function, scheme, token_url) = (&grant.function, &it.scheme, &grant.token_url);
    let is_relative = !token_url.contains("://");
    let relative = if is_relative { ", relative to the base URL of the client" } else { "" };
    let doc = docs::outer(&format!(
        "A {} whose tokens the client gets itself, by client credentials (RFC 6749 section 4.4) at \
         {}{relative}.",
        code_span(it.ident.as_str()),
        code_span(token_url)
    ));
    let (parameter, scopes) = match &grant.scopes {
        Some((ident, _)) => (
            quote!(scopes: impl IntoIterator<Item = #ident>,),
            quote!(.scopes(scopes.into_iter().map(|scope| scope.as_str().to_owned()))),
        ),
        None => (quote!(), quote!()),
    };
    let authentication = grant.authentication.map(|GrantAuthentication::Post| {
        let ty = scope.path("ClientAuthentication");
        quote!(.authentication(#ty::Post))
    });
    Some(quote! {
        #doc
        pub fn #function(
            id: impl Into<#secret>,
            secret: impl Into<#secret>,
            #parameter
        ) -> #scheme_grant {
            let credentials = #credentials::new(id, secret);
            let grant = #token_grant::client_credentials(#token_url, credentials);
            #scheme_grant::new(#scheme, grant #scopes #authentication)
        }
    })
}

/// Writes the enums of scopes.
pub(super) fn emit_scopes(credentials: &[PlannedCredential], scope: &Scope<'_>) -> Vec<Part> {
    let grants = credentials.iter().filter_map(|it| Some((it, it.grant.as_ref()?)));
    grants
        .filter_map(|(it, grant)| {
            let (ident, planned) = grant.scopes.as_ref()?;
            let docs = format!(
                "A scope of {}. Others can be asked for as well.",
                code_span(it.scheme.as_str())
            );
            Some(enums::emit(ident, &docs, None, planned, scope))
        })
        .collect()
}
