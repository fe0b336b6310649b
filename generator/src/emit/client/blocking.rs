//! The planned client in, the file `blocking.rs` out: the same methods over the same operations, for programs without async.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::docs;
use super::calling::Calling;
use super::{imports, methods};
use crate::plan::Module;

/// Writes the items of the file.
pub(in super::super) fn emit(module: &Module) -> Vec<TokenStream> {
    let all = methods(module, Calling::Blocking);
    let imports = imports(module, &all);
    let new = methods::emit_new(&module.client.server, Calling::Blocking);
    let doc = docs::outer(&format!(
        "A client of {}, whose methods park their thread until the reply is there. \
         Clones share one connection pool.",
        super::super::name_of(module)
    ));
    let item = quote! {
        #doc
        ///
        /// Its transport must need no async runtime; that of the feature `ureq3` needs none.
        #[derive(Clone, Debug)]
        pub struct Client {
            core: tamarack_runtime::ClientCore,
        }
    };
    let block = quote! {
        impl Client {
            #new

            /// Returns the builder of the async [`Client`](super::client::Client), for this one.
            pub fn builder() -> tamarack_runtime::ClientBuilder<Self> {
                super::client::Client::builder().blocking()
            }

            /// Returns what requests are built and sent with.
            pub fn core(&self) -> &tamarack_runtime::ClientCore {
                &self.core
            }

            #(#all)*
        }
    };
    let from = quote! {
        impl From<tamarack_runtime::ClientCore> for Client {
            fn from(core: tamarack_runtime::ClientCore) -> Self {
                Self { core }
            }
        }
    };
    vec![imports, item, block, from]
}
