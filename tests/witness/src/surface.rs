//! Writes a witness for each use of each public item of a crate.
//!
//! The text is read back with `syn`, its macros written out: whoever judges the
//! plan must not ask it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::visit_mut::VisitMut;
use syn::{Attribute, Ident, Item, Path, Type, Visibility};

use crate::scope::{Scope, line};
use crate::witness::{Use, Witness};

/// Returns the witnesses of a crate, in the order of its text.
pub fn witnesses(files: &BTreeMap<String, String>) -> Result<Vec<Witness>, String> {
    let mut acc = Acc::default();
    for (name, text) in files {
        let Some(module) = name.strip_prefix("src/").and_then(|it| it.strip_suffix(".rs")) else {
            continue;
        };
        let module = if module == "lib" { "" } else { module };
        let file = tamarack_expand::file(text).map_err(|error| format!("{name}: {error}"))?;
        let scope = Scope::of(module, &file);
        let hidden = hidden(&file.items);
        for item in &file.items {
            acc.item(&scope, item, &hidden);
        }
    }
    Ok(acc.0)
}

/// Returns the types that are not public.
fn hidden(items: &[Item]) -> BTreeSet<String> {
    let structs = items.iter().filter_map(|it| match it {
        Item::Struct(it) if !is_public(&it.vis) => Some(it.ident.to_string()),
        _ => None,
    });
    structs.collect()
}

pub(crate) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

pub(crate) fn is_open(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|it| it.path().is_ident("non_exhaustive"))
}

/// A function before it has a name: what it takes, gives and does.
pub(crate) struct Draft {
    pub(crate) generics: TokenStream,
    pub(crate) takes: TokenStream,
    pub(crate) gives: TokenStream,
    pub(crate) body: TokenStream,
}

impl Draft {
    pub(crate) fn new(takes: TokenStream, gives: TokenStream, body: TokenStream) -> Self {
        Self { generics: TokenStream::new(), takes, gives, body }
    }
}

#[derive(Default)]
pub(crate) struct Acc(Vec<Witness>);

impl Acc {
    pub(crate) fn push(
        &mut self,
        item: String,
        member: Option<String>,
        used: Use,
        named: BTreeSet<String>,
        draft: &Draft,
    ) {
        let name = format!("{item}_{}_{}", member.as_deref().unwrap_or("itself"), self.0.len());
        let name: String =
            name.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '_' }).collect();
        let name = format_ident!("{name}");
        let Draft { generics, takes, gives, body } = draft;
        let code = line(&quote!(pub fn #name #generics(#takes) -> #gives { #body }));
        self.0.push(Witness { item, member, used, named, code });
    }

    fn item(&mut self, scope: &Scope, item: &Item, hidden: &BTreeSet<String>) {
        match item {
            Item::Struct(it) if is_public(&it.vis) => self.a_struct(scope, it),
            Item::Enum(it) if is_public(&it.vis) => self.an_enum(scope, it),
            Item::Type(it) if is_public(&it.vis) => {
                let (path, mut named) = (scope.path(&it.ident), BTreeSet::new());
                let item = scope.item(&it.ident.to_string());
                self.name(item.clone(), &path);
                let ty = qualified(scope, None, &it.ty, &mut named);
                let draft = Draft::new(quote!(it: #path), quote!(#ty), quote!(it));
                self.push(item, None, Use::Alias, named, &draft);
            }
            Item::Const(it) if is_public(&it.vis) => {
                let (path, mut named) = (scope.path(&it.ident), BTreeSet::new());
                let ty = qualified(scope, None, &it.ty, &mut named);
                let draft =
                    Draft::new(quote!(), quote!(()), quote!(const IT: #ty = #path; let _ = IT;));
                self.push(scope.item(&it.ident.to_string()), None, Use::Constant, named, &draft);
            }
            Item::Fn(it) if is_public(&it.vis) => {
                let path = scope.path(&it.sig.ident);
                let item = scope.item(&it.sig.ident.to_string());
                self.call(scope, item, None, &it.sig, None, &quote!(#path));
            }
            Item::Use(it) if is_public(&it.vis) => self.reexport(scope, &it.tree),
            Item::Impl(it) => self.implementation(scope, it, hidden),
            _ => {}
        }
    }
}

pub(crate) fn plain(name: &Ident) -> String {
    name.to_string().trim_start_matches("r#").to_owned()
}

pub(crate) fn qualified(
    scope: &Scope,
    itself: Option<&Path>,
    ty: &Type,
    named: &mut BTreeSet<String>,
) -> Type {
    let mut ty = ty.clone();
    scope.qualify(itself, named).visit_type_mut(&mut ty);
    ty
}
