//! Implementations and functions in, a witness for each trait and each call out.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::{FnArg, ImplItem, ItemImpl, Path, ReceiverKind, ReturnType, Signature, Type};

use crate::bounds;
use crate::scope::Scope;
use crate::surface::{Acc, Draft, is_public, plain, qualified};
use crate::witness::Use;

impl Acc {
    pub(crate) fn implementation(
        &mut self,
        scope: &Scope,
        it: &ItemImpl,
        hidden: &BTreeSet<String>,
    ) {
        let mut named = BTreeSet::new();
        let written = it.self_ty.to_token_stream().to_string();
        let is_hidden = |it: &String| written == *it || written.starts_with(&format!("{it} <"));
        if hidden.iter().any(is_hidden) {
            return;
        }
        let itself = qualified(scope, None, &it.self_ty, &mut named);
        if it.trait_.is_some() {
            // What is converted from one of ours into something else is ours.
            let (bound, name) = bounds::of_impl(scope, it, &itself, &mut named);
            let item = match named.first() {
                Some(own) if !is_own(&itself) => own.clone(),
                _ => scope.item(&written),
            };
            return self.bound(item, name, &quote!(#itself), &bound, named);
        }
        let Type::Path(path) = &itself else { return };
        for member in &it.items {
            if let ImplItem::Fn(method) = member
                && is_public(&method.vis)
            {
                let name = &method.sig.ident;
                let callee = quote!(#itself::#name);
                let item = scope.item(&written);
                self.call(scope, item, Some(plain(name)), &method.sig, Some(&path.path), &callee);
            }
        }
    }

    /// Takes and gives exactly what the signature says, so that whatever a
    /// caller may pass is still taken.
    pub(crate) fn call(
        &mut self,
        scope: &Scope,
        item: String,
        member: Option<String>,
        signature: &Signature,
        itself: Option<&Path>,
        callee: &TokenStream,
    ) {
        let (mut takes, mut passed, mut named) = (Vec::new(), Vec::new(), BTreeSet::new());
        for (index, argument) in signature.inputs.iter().enumerate() {
            let name = format_ident!("a{index}");
            match argument {
                FnArg::Receiver(it) => {
                    let ty = match it.kind {
                        ReceiverKind::Reference(..) => quote!(&#itself),
                        _ => quote!(#itself),
                    };
                    takes.push(quote!(#name: #ty));
                }
                FnArg::Typed(it) => {
                    let ty = qualified(scope, itself, &it.ty, &mut named);
                    takes.push(quote!(#name: #ty));
                }
            }
            passed.push(name);
        }
        let gives = match &signature.output {
            ReturnType::Default => quote!(()),
            ReturnType::Type(_, ty) => {
                let ty = qualified(scope, itself, ty, &mut named);
                quote!(#ty)
            }
        };
        let wait = signature.asyncness.map(|_| quote!(.await));
        let draft = Draft {
            asynchronous: signature.asyncness.is_some(),
            takes: quote!(#(#takes),*),
            gives,
            body: quote!(#callee(#(#passed),*) #wait),
        };
        self.push(item, member, Use::Call, named, &draft);
    }
}

fn is_own(ty: &Type) -> bool {
    matches!(ty, Type::Path(it) if it.path.segments.first().is_some_and(|it| it.ident == crate::scope::SUBJECT))
}
