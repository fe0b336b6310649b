//! Planned credentials in, the enum that a builder is given out.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::docs;
use super::super::scope::Scope;
use super::grants;
use crate::plan::{CredentialKind, PlannedCredential};

/// Writes the enum, where the document has a security scheme.
pub(super) fn emit(credentials: &[PlannedCredential], scope: &Scope<'_>) -> Vec<TokenStream> {
    let secret = scope.path("Secret");
    let variants = credentials.iter().map(|it| {
        let (ident, doc) = (&it.ident, docs::outer(&it.docs));
        if it.kind == CredentialKind::Basic {
            quote! {
                #doc
                #ident {
                    /// The user name.
                    user: String,
                    /// The password.
                    password: #secret,
                },
            }
        } else {
            quote!(#doc #ident(#secret),)
        }
    });
    let arms = credentials.iter().map(|it| {
        let (ident, scheme) = (&it.ident, &it.scheme);
        if it.kind == CredentialKind::Basic {
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
        /// A credential for one of the document's security schemes.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum Credential { #(#variants)* }
    };
    let providers = credentials.iter().flat_map(|it| {
        let functions = [emit_provider(it, scope), grants::emit(it, scope)];
        functions.into_iter().flatten()
    });
    let providers: Vec<_> = providers.collect();
    let providers = (!providers.is_empty()).then(|| quote!(impl Credential { #(#providers)* }));
    let convert = quote! {
        impl From<Credential> for (&'static str, tamarack_runtime::Credential) {
            fn from(credential: Credential) -> Self {
                match credential { #(#arms)* }
            }
        }
    };
    [item].into_iter().chain(providers).chain([convert]).collect()
}

/// Writes how a bearer token comes from elsewhere.
fn emit_provider(it: &PlannedCredential, scope: &Scope<'_>) -> Option<TokenStream> {
    let CredentialKind::Bearer { from } = &it.kind else { return None };
    let (scheme, token_provider) = (&it.scheme, scope.path("TokenProvider"));
    let doc = docs::outer(&format!(
        "A `{}` whose token each request gets from a provider, such as a token source.",
        it.ident
    ));
    Some(quote! {
        #doc
        pub fn #from(
            provider: impl #token_provider + 'static,
        ) -> (&'static str, tamarack_runtime::Credential) {
            (#scheme, tamarack_runtime::Credential::provider(provider))
        }
    })
}
