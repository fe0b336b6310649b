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
    ("BaseUrl", "tamarack_runtime"),
    ("BaseUrlError", "tamarack_runtime"),
    ("Binary", "tamarack_runtime"),
    ("Bytes", "tamarack_runtime::bytes"),
    ("Call", "tamarack_runtime"),
    ("ClientBuilder", "tamarack_runtime"),
    ("ClientCore", "tamarack_runtime"),
    ("ClientCredentials", "tamarack_runtime::token"),
    ("Empty", "tamarack_runtime"),
    ("Json", "tamarack_runtime"),
    ("ListStyle", "tamarack_runtime"),
    ("Map", "serde_json"),
    ("Method", "tamarack_runtime::http"),
    ("Operation", "tamarack_runtime"),
    ("OperationInfo", "tamarack_runtime"),
    ("Patch", "tamarack_runtime"),
    ("RequestBuilder", "tamarack_runtime"),
    ("Scheme", "tamarack_runtime"),
    ("Secret", "tamarack_runtime"),
    ("Status", "tamarack_runtime"),
    ("Text", "tamarack_runtime"),
    ("TokenProvider", "tamarack_runtime::token"),
    ("TokenSource", "tamarack_runtime::token"),
    ("TokenSourceBuilder", "tamarack_runtime::token"),
    ("Value", "serde_json"),
    ("declared_errors", "tamarack_runtime"),
    ("json_newtype", "tamarack_runtime"),
    ("json_object", "tamarack_runtime"),
    ("open_enum", "tamarack_runtime"),
    ("outcomes", "tamarack_runtime"),
    ("union", "tamarack_runtime"),
];

/// How types are written in one file, which imports what it names.
pub(super) struct Scope<'a> {
    shadow: &'a Shadow,
    /// The module of the types, where it is another.
    types: Option<&'static str>,
    imported: RefCell<BTreeSet<&'static str>>,
    /// The modules beside this one that are named.
    beside: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Scope<'a> {
    /// Makes the scope of the file that has the types themselves.
    pub(super) fn of_types(shadow: &'a Shadow) -> Self {
        Self { shadow, types: None, imported: RefCell::default(), beside: RefCell::default() }
    }

    /// Makes the scope of a file beside the one of the types.
    pub(super) fn beside_types(shadow: &'a Shadow) -> Self {
        Self { types: Some("types"), ..Self::of_types(shadow) }
    }

    /// Returns a module beside this one, and imports it.
    pub(super) fn module(&self, name: &'static str) -> TokenStream {
        self.beside.borrow_mut().insert(name);
        tokens(name)
    }

    /// Returns a name as it must be written here, and imports it if need be.
    pub(super) fn name(&self, name: &'static str) -> String {
        match ELSEWHERE.iter().find(|it| it.0 == name) {
            None => self.shadow.path(name).to_owned(),
            Some((_, module)) if self.shadow.hides(name) => format!("{module}::{name}"),
            Some(_) => {
                self.imported.borrow_mut().insert(name);
                name.to_owned()
            }
        }
    }

    /// Writes the imports: those of the standard library, those of the crates, and the modules beside
    /// this one.
    pub(super) fn imports(&self) -> Vec<TokenStream> {
        let mut modules: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        let imported = self.imported.borrow();
        for (name, module) in ELSEWHERE {
            if imported.contains(name) {
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
        let mut acc: Vec<TokenStream> =
            [std, crates].map(|group| group.into_iter().map(line).collect()).into();
        let beside = self.beside.borrow();
        if !beside.is_empty() {
            acc.push(line((&"super", &beside)));
        }
        acc
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
        match self.types {
            None => ident.to_string(),
            Some(module) => {
                self.module(module);
                format!("{module}::{ident}")
            }
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
    use crate::name::type_ident;

    fn shadow(hidden: &[&str]) -> Shadow {
        let types: Vec<_> = hidden.iter().map(|it| type_ident(it)).collect();
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
    fn a_file_beside_the_types_imports_their_module() {
        let shadow = shadow(&["Json"]);
        let scope = Scope::beside_types(&shadow);
        let pet = RustType::Named(type_ident("pet"));
        assert_eq!(scope.text(&RustType::Vec(Box::new(pet))), "Vec<types::Pet>");
        assert_eq!(scope.name("Json"), "tamarack_runtime::Json");
        assert_eq!(scope.module("operations").to_string(), "operations");
        let imports: Vec<_> = scope.imports().iter().map(super::super::format::text).collect();
        assert_eq!(imports.concat(), "use super::{operations, types};\n");
    }
}
