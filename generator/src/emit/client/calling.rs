//! A way of calling in, what the two clients differ in out: the rest of their methods is the same.

use proc_macro2::TokenStream;
use quote::quote;

/// How a client waits for the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Calling {
    /// Its methods are futures.
    Async,
    /// Its methods park the thread.
    Blocking,
}

impl Calling {
    /// Writes what stands before `fn`.
    pub(super) fn asyncness(self) -> Option<TokenStream> {
        (self == Self::Async).then(|| quote!(async))
    }

    /// Writes how a request becomes a reply.
    pub(super) fn send(self) -> TokenStream {
        match self {
            Self::Async => quote!(self.core.send(request).await?),
            Self::Blocking => {
                quote!(tamarack_runtime::blocking::block_on(self.core.send(request))?)
            }
        }
    }

    /// Returns the feature whose transport is there without asking.
    pub(super) fn default_feature(self) -> &'static str {
        match self {
            Self::Async => "reqwest013",
            Self::Blocking => "ureq3",
        }
    }

    /// Writes the path before what `client.rs` declares beside the client.
    pub(super) fn beside(self) -> Option<TokenStream> {
        (self == Self::Blocking).then(|| quote!(super::client::))
    }

    /// Writes the token source it has.
    pub(super) fn token_source(self) -> TokenStream {
        match self {
            Self::Async => quote!(tamarack_runtime::token::TokenSource),
            Self::Blocking => quote!(tamarack_runtime::blocking::TokenSource),
        }
    }

    /// Writes what builds the token source it has.
    pub(super) fn token_source_builder(self) -> TokenStream {
        match self {
            Self::Async => quote!(tamarack_runtime::token::TokenSourceBuilder),
            Self::Blocking => quote! {
                tamarack_runtime::token::TokenSourceBuilder<tamarack_runtime::blocking::TokenSource>
            },
        }
    }
}
