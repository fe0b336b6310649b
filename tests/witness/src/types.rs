//! Writes a witness for each way to use a struct or an enum.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Attribute, Fields, Ident, ItemEnum, ItemStruct, Path, Type, UseTree};

use crate::bounds;
use crate::scope::Scope;
use crate::surface::{Acc, Draft, is_open, is_public, plain, qualified};
use crate::witness::Use;

impl Acc {
    pub(crate) fn reexport(&mut self, scope: &Scope, tree: &UseTree) {
        let UseTree::Path(it) = tree else { return };
        match &*it.tree {
            UseTree::Name(name) => {
                let path = scope.path(&name.ident);
                self.name(format!("{}::{}", it.ident, name.ident), &path);
            }
            // What is not of this crate has the name that it is given here.
            UseTree::Rename(name) => {
                self.name(name.rename.to_string(), &scope.path(&name.rename));
            }
            _ => {}
        }
    }

    pub(crate) fn name(&mut self, item: String, path: &Path) {
        let draft = Draft::new(quote!(_: #path), quote!(()), quote!());
        self.push(item, None, Use::Name, BTreeSet::new(), &draft);
    }

    pub(crate) fn a_type(&mut self, scope: &Scope, name: &Ident, attributes: &[Attribute]) {
        let path = scope.path(name);
        let item = scope.item(&name.to_string());
        self.name(item.clone(), &path);
        for (name, bound) in bounds::of_derives(attributes) {
            self.bound(item.clone(), name, &quote!(#path), &bound, BTreeSet::new());
        }
        let auto = quote!(Send + Sync + Unpin + 'static);
        self.bound(item, "Send + Sync".to_owned(), &quote!(#path), &auto, BTreeSet::new());
    }

    pub(crate) fn bound(
        &mut self,
        item: String,
        name: String,
        ty: &TokenStream,
        bound: &TokenStream,
        named: BTreeSet<String>,
    ) {
        let body = quote!(fn has<T: #bound>() {} has::<#ty>());
        let draft = Draft::new(quote!(), quote!(()), body);
        self.push(item, Some(name), Use::Bound, named, &draft);
    }

    pub(crate) fn a_struct(&mut self, scope: &Scope, it: &ItemStruct) {
        self.a_type(scope, &it.ident, &it.attrs);
        let path = scope.path(&it.ident);
        let item = scope.item(&it.ident.to_string());
        let Fields::Named(fields) = &it.fields else { return };
        let (mut idents, mut types, mut all) = (Vec::new(), Vec::new(), BTreeSet::new());
        for field in &fields.named {
            let Some(name) = field.ident.clone().filter(|_| is_public(&field.vis)) else { return };
            let mut named = BTreeSet::new();
            let ty = qualified(scope, Some(&path), &field.ty, &mut named);
            let draft = Draft::new(quote!(it: #path), quote!(#ty), quote!(it.#name));
            all.extend(named.clone());
            self.push(item.clone(), Some(plain(&name)), Use::Field, named, &draft);
            idents.push(name);
            types.push(ty);
        }
        if !is_open(&it.attrs) && !idents.is_empty() {
            let body =
                quote!(let #path { #(#idents),* } = #path { #(#idents),* }; #path { #(#idents),* });
            let draft = Draft::new(quote!(#(#idents: #types),*), quote!(#path), body);
            self.push(item, None, Use::Literal, all, &draft);
        }
    }

    pub(crate) fn an_enum(&mut self, scope: &Scope, it: &ItemEnum) {
        self.a_type(scope, &it.ident, &it.attrs);
        let path = scope.path(&it.ident);
        let item = scope.item(&it.ident.to_string());
        let open = is_open(&it.attrs);
        for variant in &it.variants {
            let (name, mut named) = (&variant.ident, BTreeSet::new());
            let types: Vec<Type> = (variant.fields.iter())
                .map(|field| qualified(scope, Some(&path), &field.ty, &mut named))
                .collect();
            let given: Vec<_> = (0..types.len()).map(|it| format_ident!("a{it}")).collect();
            let value = match &variant.fields {
                Fields::Unit => quote!(#path::#name),
                Fields::Unnamed(_) => quote!(#path::#name(#(#given),*)),
                Fields::Named(fields) => {
                    let fields = fields.named.iter().filter_map(|it| it.ident.as_ref());
                    quote!(#path::#name { #(#fields: #given),* })
                }
            };
            let rest = open.then(|| quote!(_ => {}));
            let rest = if open || it.variants.len() == 1 { rest } else { Some(quote!(_ => {})) };
            let checks = given.iter().zip(&types).map(|(name, ty)| quote!(let _: #ty = #name;));
            let body = quote!(match #value { #value => { #(#checks)* } #rest });
            let draft = Draft::new(quote!(#(#given: #types),*), quote!(()), body);
            self.push(item.clone(), Some(plain(name)), Use::Variant, named, &draft);
        }
        if !open {
            let arms = it.variants.iter().map(|variant| {
                let name = &variant.ident;
                quote!(#path::#name { .. } => {})
            });
            let draft = Draft::new(quote!(it: #path), quote!(()), quote!(match it { #(#arms)* }));
            self.push(item, None, Use::Exhaustive, BTreeSet::new(), &draft);
        }
    }
}
