//! Derives and trait implementations in, the bounds that they let a user write out.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use syn::punctuated::Punctuated;
use syn::visit_mut::VisitMut;
use syn::{
    Attribute, GenericArgument, ImplItem, ItemImpl, Lifetime, Path, PathArguments, Token, Type,
    TypeReference,
};

use crate::scope::{Scope, line};
use crate::surface::qualified;

/// Returns the name and the bound of each trait that is derived.
pub(crate) fn of_derives(attributes: &[Attribute]) -> Vec<(String, TokenStream)> {
    let derives = attributes.iter().filter(|it| it.path().is_ident("derive"));
    let paths = derives
        .filter_map(|it| it.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated).ok());
    paths.flatten().map(|path| (line(&path).replace(' ', ""), of_derive(&path))).collect()
}

fn of_derive(path: &Path) -> TokenStream {
    let last = path.segments.last().map(|it| it.ident.to_string()).unwrap_or_default();
    match last.as_str() {
        "Debug" => quote!(std::fmt::Debug),
        "Hash" => quote!(std::hash::Hash),
        _ => quote!(#path),
    }
}

/// Returns the bound and the name of the trait of an implementation, with the
/// types that it sets.
pub(crate) fn of_impl(
    scope: &Scope,
    it: &ItemImpl,
    itself: &Type,
    named: &mut BTreeSet<String>,
) -> (TokenStream, String) {
    let Some((path, _)) = &it.trait_ else { return (quote!(), String::new()) };
    let own = match itself {
        Type::Path(it) => Some(&it.path),
        _ => None,
    };
    let mut path = path.clone();
    // Whoever brings it, it is serde's trait.
    let name = line(&path).replace(' ', "").replace("tamarack_runtime::serde::", "serde::");
    scope.qualify(own, named).visit_path_mut(&mut path);
    Any.visit_path_mut(&mut path);
    let mut arguments: Vec<TokenStream> = Vec::new();
    if let Some(last) = path.segments.last_mut() {
        if let PathArguments::AngleBracketed(it) = &last.arguments {
            arguments.extend(it.args.iter().map(|it: &GenericArgument| quote!(#it)));
        }
        last.arguments = PathArguments::None;
    }
    for member in &it.items {
        if let ImplItem::Type(set) = member {
            let (ident, ty) = (&set.ident, qualified(scope, own, &set.ty, named));
            arguments.push(quote!(#ident = #ty));
        }
    }
    let lifetimes: Vec<_> = it.generics.lifetimes().collect();
    let every = quote!(for<'any #(, #lifetimes)*>);
    let arguments = (!arguments.is_empty()).then(|| quote!(<#(#arguments),*>));
    (quote!(#every #path #arguments), name)
}

/// Gives references without a lifetime the lifetime `'any`, as an
/// implementation means them.
struct Any;

impl VisitMut for Any {
    fn visit_type_reference_mut(&mut self, it: &mut TypeReference) {
        it.lifetime.get_or_insert_with(|| Lifetime::new("'any", proc_macro2::Span::call_site()));
    }
}
