//! Writes a witness for each trait implementation and each call.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::visit_mut::VisitMut;
use syn::{
    FnArg, GenericArgument, ImplItem, ItemImpl, Path, PathArguments, ReceiverKind, ReturnType,
    Signature, Type,
};

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
        if is_operation(it) {
            return self.operation(scope, it, &itself, named);
        }
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

    /// What a call of an operation gives is what it gave.
    fn operation(
        &mut self,
        scope: &Scope,
        it: &ItemImpl,
        itself: &Type,
        mut named: BTreeSet<String>,
    ) {
        let mut set = |name: &str| {
            it.items.iter().find_map(|member| match member {
                ImplItem::Type(set) if set.ident == name => {
                    Some(qualified(scope, None, &set.ty, &mut named))
                }
                _ => None,
            })
        };
        let (Some(success), Some(error)) = (set("Success"), set("Error")) else { return };
        let body = body_of(&success);
        let draft = Draft::new(
            quote!(it: tamarack_runtime::CallResult<#itself>),
            quote!(Result<tamarack_runtime::Reply<#body>, tamarack_runtime::Error<#error>>),
            quote!(it),
        );
        let item = scope.item(&it.self_ty.to_token_stream().to_string());
        self.push(item, Some("Operation".to_owned()), Use::Bound, named, &draft);
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
        let mut generics = signature.generics.clone();
        scope.qualify(itself, &mut named).visit_generics_mut(&mut generics);
        let draft = Draft {
            generics: quote!(#generics),
            takes: quote!(#(#takes),*),
            gives,
            body: quote!(#callee(#(#passed),*)),
        };
        self.push(item, member, Use::Call, named, &draft);
    }
}

fn is_operation(it: &ItemImpl) -> bool {
    let name = it.trait_.as_ref().and_then(|it| it.0.segments.last());
    name.is_some_and(|it| it.ident == "Operation")
}

/// Returns `Pet` of `Json<Pet>`; an enum of successes is a body itself.
fn body_of(success: &Type) -> &Type {
    let Type::Path(path) = success else { return success };
    let last = path.path.segments.last();
    match last.map(|it| &it.arguments) {
        Some(PathArguments::AngleBracketed(it)) => match it.args.first() {
            Some(GenericArgument::Type(body)) => body,
            _ => success,
        },
        _ => success,
    }
}

fn is_own(ty: &Type) -> bool {
    matches!(ty, Type::Path(it) if it.path.segments.first().is_some_and(|it| it.ident == crate::scope::SUBJECT))
}
