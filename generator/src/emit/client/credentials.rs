//! Planned credentials in, the enum that a builder is given out.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::docs;
use crate::plan::{CredentialKind, PlannedCredential};

/// Writes the enum, where the document has a security scheme.
pub(super) fn emit(credentials: &[PlannedCredential]) -> Vec<TokenStream> {
    let variants = credentials.iter().map(|it| {
        let (ident, doc) = (&it.ident, docs::outer(&it.docs));
        if it.kind == CredentialKind::Basic {
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
        /// What requests are authorised with, one for each security scheme of the document.
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum Credential { #(#variants)* }
    };
    let providers: Vec<_> = credentials.iter().filter_map(emit_provider).collect();
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
fn emit_provider(it: &PlannedCredential) -> Option<TokenStream> {
    let CredentialKind::Bearer { from } = &it.kind else { return None };
    let scheme = &it.scheme;
    let doc = docs::outer(&format!(
        "Takes the tokens of `{}` from a provider, such as a token source: each request gets one as \
         it is sent.",
        it.ident
    ));
    Some(quote! {
        #doc
        pub fn #from(
            provider: impl tamarack_runtime::token::TokenProvider + 'static,
        ) -> (&'static str, tamarack_runtime::Credential) {
            (#scheme, tamarack_runtime::Credential::provider(provider))
        }
    })
}
