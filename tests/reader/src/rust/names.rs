//! The modules of a folder of Rust files, and what a path in one of them leads to.

use std::collections::{BTreeMap, BTreeSet};

use syn::ext::IdentExt;
use syn::{Item, UseTree};

use super::macros;
use super::types::ItemId;

/// The modules by their paths below the folder.
pub(super) struct Modules(pub(super) BTreeMap<Vec<String>, Module>);

/// A module.
pub(super) struct Module {
    pub(super) items: Vec<Item>,
    /// The types that it defines, by macros as well.
    types: BTreeSet<String>,
    /// The names that it imports.
    uses: BTreeMap<String, Path>,
    /// The modules whose names it imports all.
    globs: Vec<Path>,
}

/// A path as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Path {
    /// Whether it begins with `::`.
    is_outside: bool,
    segments: Vec<String>,
}

/// What a path leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    Item(ItemId),
    /// Something of another crate, by its last name.
    Outside(String),
}

impl Path {
    pub(super) fn of(path: &syn::Path) -> Self {
        let segments = path.segments.iter().map(|it| it.ident.unraw().to_string()).collect();
        Self { is_outside: path.leading_colon.is_some(), segments }
    }
}

impl Modules {
    /// Reads the files.
    pub(super) fn read(files: &BTreeMap<String, String>) -> Result<Self, String> {
        let mut acc = BTreeMap::new();
        for (name, text) in files {
            let Some(stem) = name.strip_suffix(".rs") else { continue };
            let mut path: Vec<String> = stem.split('/').map(str::to_owned).collect();
            path.pop_if(|it| ["mod", "lib"].contains(&it.as_str()));
            let file = syn::parse_file(text).map_err(|error| format!("{name}: {error}"))?;
            acc.insert(path, Module::of(file.items).map_err(|error| format!("{name}: {error}"))?);
        }
        Ok(Self(acc))
    }

    /// Returns what a path in a module leads to.
    pub(super) fn resolve(&self, module: &[String], path: &Path) -> Target {
        let outside = || Target::Outside(path.segments.last().cloned().unwrap_or_default());
        if path.is_outside {
            return outside();
        }
        self.find(module, &path.segments, 0).map_or_else(outside, Target::Item)
    }

    /// Imports lead to each other a few times at most.
    const MOST_IMPORTS: usize = 16;

    fn find(&self, module: &[String], segments: &[String], depth: usize) -> Option<ItemId> {
        let (first, rest) = segments.split_first().filter(|_| depth < Self::MOST_IMPORTS)?;
        match first.as_str() {
            "self" => return self.find(module, rest, depth + 1),
            "crate" => return self.find(&[], rest, depth + 1),
            "super" => return self.find(module.split_last()?.1, rest, depth + 1),
            _ => {}
        }
        let own = self.0.get(module)?;
        if rest.is_empty() && own.types.contains(first) {
            return Some((module.to_vec(), first.clone()));
        }
        let child: Vec<String> = module.iter().chain([first]).cloned().collect();
        if !rest.is_empty() && self.0.contains_key(&child) {
            return self.find(&child, rest, depth + 1);
        }
        if let Some(import) = own.uses.get(first).filter(|it| !it.is_outside) {
            let whole: Vec<String> = import.segments.iter().chain(rest).cloned().collect();
            // `use types;` of a child leads to itself.
            return (whole != segments).then(|| self.find(module, &whole, depth + 1)).flatten();
        }
        own.globs.iter().find_map(|glob| {
            let whole: Vec<String> = glob.segments.iter().chain(segments).cloned().collect();
            self.find(module, &whole, depth + 1)
        })
    }
}

impl Module {
    fn of(items: Vec<Item>) -> Result<Self, String> {
        let mut acc = Self {
            items: Vec::new(),
            types: BTreeSet::new(),
            uses: BTreeMap::new(),
            globs: Vec::new(),
        };
        for item in &items {
            match item {
                Item::Struct(it) => acc.types.insert(it.ident.unraw().to_string()),
                Item::Enum(it) => acc.types.insert(it.ident.unraw().to_string()),
                Item::Type(it) => acc.types.insert(it.ident.unraw().to_string()),
                Item::Macro(it) => match macros::defines(it).map_err(|error| error.to_string())? {
                    Some(name) => acc.types.insert(name),
                    None => false,
                },
                Item::Use(it) => {
                    let mut before =
                        Path { is_outside: it.leading_colon.is_some(), segments: Vec::new() };
                    acc.import(&it.tree, &mut before);
                    false
                }
                Item::Mod(it) if it.content.is_some() => {
                    return Err(format!("a module `{}` inside of a file", it.ident));
                }
                _ => false,
            };
        }
        acc.items = items;
        Ok(acc)
    }

    fn import(&mut self, tree: &UseTree, before: &mut Path) {
        let with = |before: &Path, name: &syn::Ident| {
            let mut path = before.clone();
            path.segments.push(name.unraw().to_string());
            path
        };
        match tree {
            UseTree::Path(it) => {
                before.segments.push(it.ident.unraw().to_string());
                self.import(&it.tree, before);
                before.segments.pop();
            }
            UseTree::Name(it) => {
                self.uses.insert(it.ident.unraw().to_string(), with(before, &it.ident));
            }
            UseTree::Rename(it) => {
                self.uses.insert(it.rename.unraw().to_string(), with(before, &it.ident));
            }
            UseTree::Glob(_) => self.globs.push(before.clone()),
            UseTree::Group(it) => it.items.iter().for_each(|it| self.import(it, before)),
        }
    }
}
