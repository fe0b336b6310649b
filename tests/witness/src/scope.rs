//! The types of a generated file in, the same types as a crate that depends on it writes them out.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Span;
use quote::quote;
use syn::visit_mut::{self, VisitMut};
use syn::{File, Ident, Item, Path, PathSegment, UseTree};

/// What the crate under test is called by the crate that uses it.
pub(crate) const SUBJECT: &str = "subject";

/// What the names of one file stand for.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    /// The module, as the root of a path; the root of the crate has none.
    pub(crate) module: String,
    names: Names,
}

/// Paths from the root of the crate, or, with `OUTSIDE` before them, from that of another one.
type Names = BTreeMap<String, Vec<String>>;

const OUTSIDE: &str = "::";

impl Scope {
    /// Reads the items and imports of a file.
    pub(crate) fn of(module: &str, file: &File) -> Self {
        let mut names = BTreeMap::new();
        for item in &file.items {
            match item {
                Item::Struct(it) => own(module, &it.ident, &mut names),
                Item::Enum(it) => own(module, &it.ident, &mut names),
                Item::Type(it) => own(module, &it.ident, &mut names),
                Item::Use(it) => import(&it.tree, &mut Vec::new(), &mut names),
                _ => {}
            }
        }
        Self { module: module.to_owned(), names }
    }

    /// Returns the path of an item of this file.
    pub(crate) fn path(&self, name: &Ident) -> Path {
        let path: Vec<_> = match self.module.as_str() {
            "" => vec![SUBJECT.to_owned(), name.to_string()],
            module => vec![SUBJECT.to_owned(), module.to_owned(), name.to_string()],
        };
        to_path(&path)
    }

    /// Returns the name of an item without the crate, for example `types::Pet`.
    pub(crate) fn item(&self, name: &str) -> String {
        if self.module.is_empty() { name.to_owned() } else { format!("{}::{name}", self.module) }
    }

    /// Writes the paths of a piece of syntax as a user writes them, with
    /// `itself` for `Self`, and notes the items that it names.
    pub(crate) fn qualify<'a>(
        &'a self,
        itself: Option<&'a Path>,
        named: &'a mut BTreeSet<String>,
    ) -> Qualify<'a> {
        Qualify { scope: self, itself, named }
    }
}

fn own(module: &str, name: &Ident, names: &mut Names) {
    names.insert(name.to_string(), vec![module.to_owned(), name.to_string()]);
}

/// `use super::{a, b}` and the like of other crates are all there is.
fn import(tree: &UseTree, path: &mut Vec<String>, names: &mut Names) {
    match tree {
        UseTree::Path(it) => {
            let name = it.ident.to_string();
            if path.is_empty() && ["serde_json", "std", "tamarack_runtime"].contains(&&*name) {
                path.push(OUTSIDE.to_owned());
            }
            if name != "super" {
                path.push(name);
            }
            import(&it.tree, path, names);
        }
        UseTree::Name(it) => {
            let mut whole = path.clone();
            whole.push(it.ident.to_string());
            names.insert(it.ident.to_string(), whole);
        }
        UseTree::Group(it) => {
            for tree in &it.items {
                import(tree, &mut path.clone(), names);
            }
        }
        UseTree::Rename(_) | UseTree::Glob(_) => {}
    }
}

fn to_path(segments: &[String]) -> Path {
    let segments = segments.iter().map(|it| match it.strip_prefix("r#") {
        Some(raw) => PathSegment::from(Ident::new_raw(raw, Span::call_site())),
        None => PathSegment::from(Ident::new(it, Span::call_site())),
    });
    Path { leading_colon: None, segments: segments.collect() }
}

/// Rewrites paths.
pub(crate) struct Qualify<'a> {
    scope: &'a Scope,
    itself: Option<&'a Path>,
    named: &'a mut BTreeSet<String>,
}

impl VisitMut for Qualify<'_> {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        let Some(first) = path.segments.first().map(|it| it.ident.to_string()) else { return };
        if path.leading_colon.is_some() {
            return;
        }
        let before = match (first.as_str(), self.itself, self.scope.names.get(&first)) {
            ("Self", Some(itself), _) => itself.clone(),
            (_, _, Some(whole)) if whole[0] == OUTSIDE => to_path(&whole[1..]),
            (_, _, Some(whole)) => {
                let whole: Vec<_> = std::iter::once(SUBJECT.to_owned())
                    .chain(whole.iter().filter(|it| !it.is_empty()).cloned())
                    .collect();
                to_path(&whole)
            }
            _ => return,
        };
        let arguments = path.segments[0].arguments.clone();
        let mut segments = before.segments;
        if let Some(last) = segments.last_mut() {
            last.arguments = arguments;
        }
        segments.extend(path.segments.iter().skip(1).cloned());
        path.segments = segments;
        if path.segments[0].ident == SUBJECT {
            let words = path.segments.iter().skip(1).map(|it| it.ident.to_string());
            self.named.insert(words.collect::<Vec<_>>().join("::"));
        }
    }
}

/// Returns one line of Rust.
pub(crate) fn line(tokens: &impl quote::ToTokens) -> String {
    quote!(#tokens).to_string().replace('\n', " ")
}
