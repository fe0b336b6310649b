//! Writes Rust types in a file: which names it imports, and which its own types hide.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::{RustType, Shadow, TypeIdent};

/// Names that are not of the prelude, each with the module that has it, in order.
const ELSEWHERE: &[(&str, &str)] = &[
    ("AsReceived", "tamarack_runtime"),
    ("BTreeMap", "std::collections"),
    ("BaseUrl", "tamarack_runtime"),
    ("BaseUrlError", "tamarack_runtime"),
    ("Binary", "tamarack_runtime"),
    ("Bytes", "tamarack_runtime::bytes"),
    ("Call", "tamarack_runtime"),
    ("ClientAuthentication", "tamarack_runtime::token"),
    ("ClientBuilder", "tamarack_runtime"),
    ("ClientCore", "tamarack_runtime"),
    ("ClientCredentials", "tamarack_runtime::token"),
    ("DeclaredRetries", "tamarack_runtime"),
    ("DeclaredServer", "tamarack_runtime"),
    ("Empty", "tamarack_runtime"),
    ("EventStream", "tamarack_runtime"),
    ("Events", "tamarack_runtime"),
    ("FieldEncoding", "tamarack_runtime"),
    ("FieldStyle", "tamarack_runtime"),
    ("FilePart", "tamarack_runtime"),
    ("ItemStream", "tamarack_runtime"),
    ("Json", "tamarack_runtime"),
    ("JsonLines", "tamarack_runtime"),
    ("Lines", "tamarack_runtime"),
    ("ListStyle", "tamarack_runtime"),
    ("Map", "serde_json"),
    ("Media", "tamarack_runtime"),
    ("MediaBody", "tamarack_runtime"),
    ("Method", "tamarack_runtime::http"),
    ("NamedEvents", "tamarack_runtime"),
    ("NextToken", "tamarack_runtime"),
    ("ObjectStyle", "tamarack_runtime"),
    ("Operation", "tamarack_runtime"),
    ("OperationInfo", "tamarack_runtime"),
    ("PagedOperation", "tamarack_runtime"),
    ("Patch", "tamarack_runtime"),
    ("PathStyle", "tamarack_runtime"),
    ("ReceivedWebhook", "tamarack_runtime::webhook"),
    ("Reply", "tamarack_runtime"),
    ("Request", "tamarack_runtime::http"),
    ("RequestBody", "tamarack_runtime"),
    ("RequestBuilder", "tamarack_runtime"),
    ("ResponseBody", "tamarack_runtime"),
    ("ResponseHeader", "tamarack_runtime"),
    ("Scheme", "tamarack_runtime"),
    ("SchemeGrant", "tamarack_runtime"),
    ("Secret", "tamarack_runtime"),
    ("Status", "tamarack_runtime"),
    ("StreamOperation", "tamarack_runtime"),
    ("Streamed", "tamarack_runtime"),
    ("Text", "tamarack_runtime"),
    ("TextEvents", "tamarack_runtime"),
    ("TokenFields", "tamarack_runtime::token"),
    ("TokenGrant", "tamarack_runtime::token"),
    ("TokenProvider", "tamarack_runtime::token"),
    ("TokenSource", "tamarack_runtime::token"),
    ("TokenSourceBuilder", "tamarack_runtime::token"),
    ("ToldBy", "tamarack_runtime::webhook"),
    ("Typed", "tamarack_runtime"),
    ("UnrecognizedWebhook", "tamarack_runtime::webhook"),
    ("Value", "serde_json"),
    ("WebhookError", "tamarack_runtime::webhook"),
    ("WebhookInfo", "tamarack_runtime::webhook"),
    ("WebhookRequest", "tamarack_runtime::webhook"),
    ("chrono04", "tamarack_runtime"),
    ("declared_errors", "tamarack_runtime"),
    ("jiff1", "tamarack_runtime"),
    ("json_newtype", "tamarack_runtime"),
    ("json_object", "tamarack_runtime"),
    ("json_union", "tamarack_runtime"),
    ("next_page", "tamarack_runtime"),
    ("open_enum", "tamarack_runtime"),
    ("outcomes", "tamarack_runtime"),
    ("response_bodies", "tamarack_runtime"),
    ("rust_decimal1", "tamarack_runtime"),
    ("time03", "tamarack_runtime"),
    ("union", "tamarack_runtime"),
    ("url2", "tamarack_runtime"),
    ("uuid1", "tamarack_runtime"),
    ("validated", "tamarack_runtime"),
    ("webhook", "tamarack_runtime"),
];

/// How types are written in one piece of code, and what the file that has it must import.
pub(super) struct Scope<'a> {
    shadow: &'a Shadow,
    /// The module of the types, where it is another.
    types: Option<&'static str>,
    /// Whether it is the file of the operations.
    in_operations: bool,
    uses: RefCell<Uses>,
}

/// The names that a piece of code takes from elsewhere.
#[derive(Clone, Debug, Default)]
pub(super) struct Uses {
    /// Names of [`ELSEWHERE`].
    imported: BTreeSet<&'static str>,
    /// The modules beside the one of the code.
    beside: BTreeSet<&'static str>,
    /// Items of the same module.
    own: BTreeSet<String>,
}

/// The position of a file in its module.
#[derive(Clone, Copy, Debug)]
pub(super) enum Standing<'a> {
    /// It is the whole module, or the root of its folder.
    Root,
    /// It is one of several files in a folder, with these items.
    Part(&'a BTreeSet<&'a str>),
}

impl Uses {
    /// Adds what another piece of the same file uses.
    pub(super) fn add(&mut self, other: &Self) {
        self.imported.extend(&other.imported);
        self.beside.extend(&other.beside);
        self.own.extend(other.own.iter().cloned());
    }

    /// Writes the imports: those of the standard library, those of the crates, the modules beside
    /// this one, and what other files of this one have.
    pub(super) fn imports(&self, standing: Standing<'_>) -> Vec<TokenStream> {
        let mut modules: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (name, module) in ELSEWHERE {
            if self.imported.contains(name) {
                modules.entry(module).or_default().insert(name);
            }
        }
        let (std, crates): (BTreeMap<_, _>, BTreeMap<_, _>) =
            modules.into_iter().partition(|(module, _)| module.starts_with("std::"));
        let lines = |modules: BTreeMap<&str, BTreeSet<&str>>| {
            modules.iter().map(|(module, names)| import(module, names)).collect()
        };
        let mut acc: Vec<TokenStream> = vec![lines(std), lines(crates)];
        let beside: BTreeSet<_> = self.beside.iter().copied().collect();
        match standing {
            Standing::Root => acc.push(import("super", &beside)),
            Standing::Part(items) => {
                let own = self.own.iter().map(String::as_str);
                let own = import("super", &own.filter(|it| !items.contains(it)).collect());
                let beside = import("super::super", &beside);
                acc.push(quote!(#own #beside));
            }
        }
        acc
    }
}

/// Writes the import of some names of a module, if there are any.
fn import(module: &str, names: &BTreeSet<&str>) -> TokenStream {
    let module = tokens(module);
    let names: Vec<_> = names.iter().map(|it| tokens(it)).collect();
    match names.as_slice() {
        [] => quote!(),
        [name] => quote!(use #module::#name;),
        names => quote!(use #module::{#(#names),*};),
    }
}

impl<'a> Scope<'a> {
    /// Makes the scope of the file that has the types themselves.
    pub(super) fn of_types(shadow: &'a Shadow) -> Self {
        Self { shadow, types: None, in_operations: false, uses: RefCell::default() }
    }

    /// Makes the scope of the file that has the operations.
    pub(super) fn of_operations(shadow: &'a Shadow) -> Self {
        Self { in_operations: true, ..Self::beside_types(shadow) }
    }

    /// Makes the scope of another file beside the one of the types.
    pub(super) fn beside_types(shadow: &'a Shadow) -> Self {
        Self { types: Some("types"), ..Self::of_types(shadow) }
    }

    /// Returns what was used.
    pub(super) fn into_uses(self) -> Uses {
        self.uses.into_inner()
    }

    /// Returns an item of the same module, whatever its file.
    pub(super) fn item(&self, name: &str) -> TokenStream {
        self.uses.borrow_mut().own.insert(name.to_owned());
        tokens(name)
    }

    /// Returns a module beside this one, and imports it.
    pub(super) fn module(&self, name: &'static str) -> TokenStream {
        self.uses.borrow_mut().beside.insert(name);
        tokens(name)
    }

    /// Returns a name as it must be written here, and imports it if need be.
    pub(super) fn name(&self, name: &'static str) -> String {
        let found = ELSEWHERE.binary_search_by_key(&name, |it| it.0).ok();
        match found.map(|index| ELSEWHERE[index]) {
            None => self.shadow.path(name).to_owned(),
            Some((_, module)) if self.shadow.hides(name) => format!("{module}::{name}"),
            Some(_) => {
                self.uses.borrow_mut().imported.insert(name);
                name.to_owned()
            }
        }
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
            RustType::Typed(it) => {
                let [typed, library] = ["Typed", it.library.feature()].map(|it| self.name(it));
                format!("{typed}<{library}::{}>", it.name)
            }
            RustType::Secret => self.name("Secret"),
            RustType::Bytes => self.name("Bytes"),
            RustType::RequestBody => self.name("RequestBody"),
            RustType::JsonLines(inner) => of("JsonLines", inner),
            RustType::ResponseBody => self.name("ResponseBody"),
            RustType::EventStream(inner) => of("EventStream", inner),
            RustType::ItemStream(inner) => of("ItemStream", inner),
            RustType::File => self.name("FilePart"),
            RustType::Media => self.name("MediaBody"),
            // An item beside the operation, in the same file.
            RustType::Operation(ident) if self.in_operations => ident.to_string(),
            RustType::Operation(ident) => format!("{}::{ident}", self.module("operations")),
            RustType::Json => self.name("Value"),
            RustType::JsonObject => {
                let [map, string, value] = ["Map", "String", "Value"].map(|it| self.name(it));
                format!("{map}<{string}, {value}>")
            }
            RustType::Named(ident) => self.own(ident),
            RustType::Foreign(path) => path.clone(),
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
            None => self.item(ident.as_str()).to_string(),
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
    pub(super) fn argument(&self, ident: &str, ty: &RustType) -> (String, String) {
        let written = self.text(ty);
        if ty.takes_into() {
            (format!("impl Into<{written}>"), format!("{ident}.into()"))
        } else {
            (written, ident.to_owned())
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
    fn names_of_elsewhere_are_in_order() {
        assert!(ELSEWHERE.is_sorted_by_key(|it| it.0));
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
        let imports = scope.into_uses().imports(Standing::Root);
        let imports: Vec<_> = imports.iter().map(super::super::format::text).collect();
        assert_eq!(
            imports,
            [
                "use std::collections::BTreeMap;\n",
                "use serde_json::{Map, Value};\nuse tamarack_runtime::json_object;\n",
                ""
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
        let imports = scope.into_uses().imports(Standing::Root);
        let imports: Vec<_> = imports.iter().map(super::super::format::text).collect();
        assert_eq!(imports.concat(), "use super::{operations, types};\n");
    }

    #[test]
    fn a_file_of_several_imports_what_the_others_have() {
        let shadow = shadow(&[]);
        let scope = Scope::beside_types(&shadow);
        scope.item("HEADERS");
        scope.item("GetPet");
        scope.module("types");
        let mut uses = Uses::default();
        uses.add(&scope.into_uses());
        let imports = uses.imports(Standing::Part(&BTreeSet::from(["GetPet"])));
        let imports: Vec<_> = imports.iter().map(super::super::format::text).collect();
        assert_eq!(imports.concat(), "use super::HEADERS;\nuse super::super::types;\n");
    }
}
