//! Imports run one way: each module of the generator imports what the table of ARCHITECTURE.md draws, and
//! nothing of the table is drawn that no module imports.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use tamarack_tests::sources::rust_files;
use tamarack_tests::specs;

/// Modules by what they import.
type Imports = BTreeMap<String, BTreeSet<String>>;

/// Returns the rows of the table under the heading, in order.
fn drawn() -> Vec<(String, BTreeSet<String>)> {
    let text = include_str!("../../../ARCHITECTURE.md");
    let (_, section) = text.split_once("\n## Who imports whom\n").expect("the section");
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix(" |"));
    rows.flat_map(|row| {
        let (modules, imports) = row.split_once(" |").expect("two columns");
        let names = |cell: &str| -> BTreeSet<String> {
            let words = cell.split(['`', ',', ' ']).filter(|it| !it.is_empty());
            words.map(str::to_owned).collect()
        };
        let imports = names(imports);
        names(modules).into_iter().map(move |module| (module, imports.clone()))
    })
    .collect()
}

/// Collects the modules of the crate that the code of one module names.
struct Named<'a> {
    /// How many modules lie between the root of the crate and the code.
    depth: usize,
    acc: &'a mut BTreeSet<String>,
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|it| {
        let is_cfg = it.path().is_ident("cfg");
        it.path().is_ident("test")
            || is_cfg && it.parse_args::<syn::Path>().is_ok_and(|it| it.is_ident("test"))
    })
}

impl Named<'_> {
    /// Adds the module that a path begins with, where it leads to the root of the crate.
    fn add(&mut self, words: &[String]) {
        let n_up = words.iter().take_while(|it| *it == "super").count();
        let rest = match words.first().map(String::as_str) {
            Some("crate") => &words[1..],
            Some("super") if n_up >= self.depth => &words[n_up..],
            _ => return,
        };
        self.acc.extend(rest.first().cloned());
    }

    fn add_tree(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |word: &syn::Ident| [before, &[word.to_string()]].concat();
        match tree {
            syn::UseTree::Path(it) => self.add_tree(&with(&it.ident), &it.tree),
            syn::UseTree::Name(it) => self.add(&with(&it.ident)),
            syn::UseTree::Rename(it) => self.add(&with(&it.ident)),
            syn::UseTree::Group(it) => it.items.iter().for_each(|it| self.add_tree(before, it)),
            syn::UseTree::Glob(_) => self.add(before),
        }
    }

    /// Adds what stands behind `crate::` in the arguments of a macro.
    fn add_tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (index, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => self.add_tokens(group.stream()),
                TokenTree::Ident(ident) if ident == "crate" => {
                    if let Some(TokenTree::Ident(module)) = tokens.get(index + 3) {
                        self.acc.insert(module.to_string());
                    }
                }
                _ => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Named<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let attributes = match item {
            syn::Item::Fn(it) => &it.attrs,
            syn::Item::Impl(it) => &it.attrs,
            syn::Item::Mod(it) => &it.attrs,
            syn::Item::Use(it) => &it.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !is_test(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        self.depth += 1;
        visit::visit_item_mod(self, module);
        self.depth -= 1;
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.add_tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let words: Vec<String> = path.segments.iter().map(|it| it.ident.to_string()).collect();
        self.add(&words);
        visit::visit_path(self, path);
    }

    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_macro(&mut self, it: &'ast syn::Macro) {
        // What is quoted is code of another crate.
        let quoted =
            it.path.segments.last().is_some_and(|it| it.ident.to_string().contains("quote"));
        if !quoted {
            self.add_tokens(it.tokens.clone());
        }
    }
}

/// Adds what a file names; `name` is its path below `src/`.
fn add(name: &str, text: &str, acc: &mut Imports) {
    let parts: Vec<&str> = name.trim_end_matches(".rs").split('/').collect();
    let parts = parts.strip_suffix(&["mod"]).unwrap_or(&parts);
    if name == "lib.rs" || parts.contains(&"tests") {
        return;
    }
    let own = acc.entry(parts[0].to_owned()).or_default();
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    Named { depth: parts.len(), acc: own }.visit_file(&file);
    own.remove(parts[0]);
}

fn imports(source: &Path) -> Imports {
    let mut acc = Imports::new();
    for path in rust_files(source) {
        let name = path.strip_prefix(source).expect("it is inside").display().to_string();
        add(&name, &fs::read_to_string(&path).expect("a text"), &mut acc);
    }
    acc
}

fn row(imports: &BTreeSet<String>) -> String {
    imports.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
}

#[test]
fn the_table_is_what_the_modules_import() {
    let drawn: Imports = drawn().into_iter().collect();
    let found = imports(&specs::root().join("generator/src"));
    assert!(found.len() > 25 && found["plan"].contains("name"), "{found:#?}");
    let wrong: Vec<_> = (found.iter())
        .filter(|(module, imports)| drawn.get(*module) != Some(imports))
        .map(|(module, imports)| format!("| `{module}` | {} |", row(imports)))
        .collect();
    assert!(wrong.is_empty(), "the modules say:\n{}", wrong.join("\n"));
    let gone: Vec<_> = drawn.keys().filter(|it| !found.contains_key(*it)).collect();
    assert!(gone.is_empty(), "no such modules: {gone:?}");
}

/// Collects what a crate names of the crate `tamarack`: the second word of each path that begins with it.
struct Asked(BTreeSet<String>);

impl Asked {
    fn add_tree(&mut self, tree: &syn::UseTree) {
        let name = match tree {
            syn::UseTree::Path(it) => it.ident.to_string(),
            syn::UseTree::Name(it) => it.ident.to_string(),
            syn::UseTree::Rename(it) => it.ident.to_string(),
            syn::UseTree::Glob(_) => "*".to_owned(),
            syn::UseTree::Group(it) => {
                it.items.iter().for_each(|it| self.add_tree(it));
                return;
            }
        };
        self.0.insert(name);
    }

    fn add_tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (index, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => self.add_tokens(group.stream()),
                TokenTree::Ident(ident) if ident == "tamarack" => {
                    if let Some(TokenTree::Ident(module)) = tokens.get(index + 3) {
                        self.0.insert(module.to_string());
                    }
                }
                _ => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Asked {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if let syn::UseTree::Path(it) = &item.tree
            && it.ident == "tamarack"
        {
            self.add_tree(&it.tree);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let mut words = path.segments.iter();
        if words.next().is_some_and(|it| it.ident == "tamarack") {
            self.0.extend(words.next().map(|it| it.ident.to_string()));
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, it: &'ast syn::Macro) {
        self.add_tokens(it.tokens.clone());
    }
}

#[test]
fn the_diff_asks_for_what_is_said() {
    let text = include_str!("../../../ARCHITECTURE.md");
    let (_, said) = text.split_once("\n`tamarack-diff` imports ").expect("the sentence");
    let (said, _) = said.split_once(" of the root.").expect("its end");
    let said: BTreeSet<String> = said.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    let mut asked = Asked(BTreeSet::new());
    for path in rust_files(&specs::root().join("diff/src")) {
        let text = fs::read_to_string(&path).expect("a text");
        asked.visit_file(&syn::parse_file(&text).expect("it is Rust"));
    }
    assert_eq!(asked.0, said);
    for stage in ["document", "lower", "load", "resolve", "bundle", "pipeline"] {
        assert!(!said.contains(stage), "{stage}");
    }
}

#[test]
fn each_module_imports_what_is_drawn_above_it() {
    let mut above = BTreeSet::new();
    for (module, imports) in drawn() {
        let below: Vec<_> = imports.difference(&above).collect();
        assert!(below.is_empty(), "`{module}` is drawn above {below:?}");
        assert!(above.insert(module.clone()), "`{module}` is drawn twice");
    }
}

#[test]
fn a_stage_looks_at_the_one_before_it() {
    let drawn: Imports = drawn().into_iter().collect();
    let stages =
        ["load", "document", "resolve", "lower", "api", "name", "plan", "emit", "pipeline"];
    let of = |module: &str| -> Vec<&str> {
        stages.into_iter().filter(|it| drawn[module].contains(*it)).collect()
    };
    assert_eq!(of("api"), [""; 0]);
    assert_eq!(of("document"), [""; 0]);
    assert_eq!(of("name"), ["api"]);
    assert_eq!(of("plan"), ["api", "name"]);
    assert_eq!(of("emit"), ["plan"], "nothing behind the plan");
    let driving: Vec<_> = drawn.iter().filter(|(_, it)| it.contains("pipeline")).collect();
    assert!(driving.is_empty(), "nobody imports the driver: {driving:?}");
}

#[test]
fn every_way_to_name_a_module_is_seen() {
    let mut acc = Imports::new();
    let text = "
        use crate::{codes, load::{self, load}};
        use super::super::api::Type;
        use super::written;
        fn a(it: &crate::pointer::Pointer) -> bool { matches!(it, crate::diagnostic::Loss::Nothing) }
        fn b() { quote!(crate::generated::Code); }
        pub(in crate::resolve) mod inner { use super::super::super::render; use super::super::own; }
        #[cfg(test)] mod tests { use crate::pipeline::read; }
        #[test] fn c() { crate::pipeline::read(); }
    ";
    add("resolve/walk.rs", text, &mut acc);
    add("resolve/tests/all.rs", "use crate::emit;", &mut acc);
    let seen: Vec<_> = acc["resolve"].iter().map(String::as_str).collect();
    assert_eq!(seen, ["api", "codes", "diagnostic", "load", "pointer", "render"]);
}
