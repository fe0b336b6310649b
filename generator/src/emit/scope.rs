//! Rust types in, how one file writes them out: which names it imports, and which its own types hide.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::name::TypeIdent;
use crate::plan::{RustType, Shadow};

/// Names that are not of the prelude, each with the module that has it.
const ELSEWHERE: &[(&str, &str)] = &[
    ("AsReceived", "tamarack_runtime"),
    ("BTreeMap", "std::collections"),
    ("Bytes", "tamarack_runtime::bytes"),
    ("Map", "serde_json"),
    ("Patch", "tamarack_runtime"),
    ("Secret", "tamarack_runtime"),
    ("Value", "serde_json"),
    ("json_newtype", "tamarack_runtime"),
    ("json_object", "tamarack_runtime"),
    ("open_enum", "tamarack_runtime"),
    ("union", "tamarack_runtime"),
];

/// How types are written in one file.
pub(super) struct Scope<'a>(Option<Own<'a>>);

/// The file that has the types of the module.
struct Own<'a> {
    shadow: &'a Shadow,
    imported: RefCell<BTreeSet<&'static str>>,
}

/// Any other file, which writes paths.
pub(super) const SCOPE: &Scope<'static> = &Scope(None);

impl<'a> Scope<'a> {
    /// Makes the scope of the file that has the types themselves.
    pub(super) fn of_types(shadow: &'a Shadow) -> Self {
        Self(Some(Own { shadow, imported: RefCell::default() }))
    }

    /// Returns a name as it must be written here, and imports it if need be.
    pub(super) fn name(&self, name: &'static str) -> String {
        let module = ELSEWHERE.iter().find(|it| it.0 == name).map(|it| it.1);
        match (&self.0, module) {
            (None, None) => name.to_owned(),
            (Some(own), None) => own.shadow.path(name).to_owned(),
            (Some(own), Some(_)) if !own.shadow.hides(name) => {
                own.imported.borrow_mut().insert(name);
                name.to_owned()
            }
            (_, Some(module)) => format!("{module}::{name}"),
        }
    }

    /// Writes the imports: those of the standard library, and those of the crates.
    pub(super) fn imports(&self) -> Vec<TokenStream> {
        let mut modules: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let imported = self.0.as_ref().map(|own| own.imported.borrow().clone());
        for (name, module) in ELSEWHERE {
            if imported.as_ref().is_some_and(|it| it.contains(name)) {
                modules.entry(module).or_default().insert(name);
            }
        }
        let line = |(module, names): (&&str, &BTreeSet<&str>)| {
            let names: Vec<_> = names.iter().map(|it| tokens(it)).collect();
            let module = tokens(module);
            match names.as_slice() {
                [name] => quote!(use #module::#name;),
                names => quote!(use #module::{#(#names),*};),
            }
        };
        let (std, crates): (Vec<_>, Vec<_>) =
            modules.iter().partition(|(module, _)| module.starts_with("std::"));
        [std, crates].map(|group| group.into_iter().map(line).collect()).into()
    }

    /// Writes a type as text.
    pub(super) fn text(&self, ty: &RustType) -> String {
        let of = |name, inner: &RustType| format!("{}<{}>", self.name(name), self.text(inner));
        match ty {
            RustType::Bool => "bool".to_owned(),
            RustType::I32 => "i32".to_owned(),
            RustType::I64 => "i64".to_owned(),
            RustType::U32 => "u32".to_owned(),
            RustType::U64 => "u64".to_owned(),
            RustType::F32 => "f32".to_owned(),
            RustType::F64 => "f64".to_owned(),
            RustType::String => self.name("String"),
            RustType::Secret => self.name("Secret"),
            RustType::Bytes => self.name("Bytes"),
            RustType::Json => self.name("Value"),
            RustType::JsonObject => {
                let [map, string, value] = ["Map", "String", "Value"].map(|it| self.name(it));
                format!("{map}<{string}, {value}>")
            }
            RustType::Named(ident) => self.own(ident),
            RustType::AsReceived(ident) => {
                format!("{}<{}>", self.name("AsReceived"), self.own(ident))
            }
            RustType::Option(inner) => of("Option", inner),
            RustType::Patch(inner) => of("Patch", inner),
            RustType::Vec(inner) => of("Vec", inner),
            RustType::Map(inner) => {
                let [map, string] = ["BTreeMap", "String"].map(|it| self.name(it));
                format!("{map}<{string}, {}>", self.text(inner))
            }
            RustType::Boxed(inner) => of("Box", inner),
        }
    }

    fn own(&self, ident: &TypeIdent) -> String {
        match self.0 {
            Some(_) => ident.to_string(),
            None => format!("types::{ident}"),
        }
    }

    /// Writes a type.
    pub(super) fn ty(&self, ty: &RustType) -> TokenStream {
        tokens(&self.text(ty))
    }

    /// Writes a name of the prelude, or one that is imported for it.
    pub(super) fn path(&self, name: &'static str) -> TokenStream {
        tokens(&self.name(name))
    }

    /// Writes the type of an argument and the expression that makes the value of it.
    pub(super) fn argument(
        &self,
        ident: &impl ToTokens,
        ty: &RustType,
    ) -> (TokenStream, TokenStream) {
        let written = self.ty(ty);
        if ty.takes_into() {
            (quote!(impl Into<#written>), quote!(#ident.into()))
        } else {
            (written, quote!(#ident))
        }
    }
}

fn tokens(text: &str) -> TokenStream {
    match text.parse() {
        Ok(tokens) => tokens,
        Err(_) => unreachable!("names and types are tokens: {text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shadow(hidden: &[&str]) -> Shadow {
        let types: Vec<_> = hidden.iter().map(|it| TypeIdent::new(it)).collect();
        Shadow::of(types.iter())
    }

    #[test]
    fn what_is_used_is_imported_and_what_is_hidden_is_not() {
        let shadow = shadow(&["Secret", "Option"]);
        let scope = Scope::of_types(&shadow);
        let map = RustType::Map(Box::new(RustType::JsonObject));
        assert_eq!(
            scope.text(&map.optional()),
            "::std::option::Option<BTreeMap<String, Map<String, Value>>>"
        );
        assert_eq!(scope.text(&RustType::Secret), "tamarack_runtime::Secret");
        assert_eq!(scope.name("json_object"), "json_object");
        let imports: Vec<_> = scope.imports().iter().map(super::super::format::text).collect();
        assert_eq!(
            imports,
            [
                "use std::collections::BTreeMap;\n",
                "use serde_json::{Map, Value};\nuse tamarack_runtime::json_object;\n"
            ]
        );
    }

    #[test]
    fn elsewhere_paths_are_written() {
        let pet = RustType::Named(TypeIdent::new("pet"));
        assert_eq!(
            SCOPE.text(&RustType::Patch(Box::new(pet))),
            "tamarack_runtime::Patch<types::Pet>"
        );
        assert!(SCOPE.imports().iter().all(TokenStream::is_empty));
    }
}
