//! The code of a large API: several files, each of which has or imports what it names.

use std::collections::BTreeSet;
use std::fmt::Write;

use syn::{Item, UseTree};
use tamarack::{Input, Settings, generate};

/// Returns a document whose code is longer than one file may be. Each request body has one type in each of its
/// media types.
fn document() -> String {
    let mut acc = "openapi: 3.0.3\ninfo: {title: Large, version: '1'}\npaths:\n".to_owned();
    for index in 0..150 {
        let schema = |property: &str| {
            format!("{{schema: {{type: object, properties: {{{property}: {{type: string}}}}}}}}")
        };
        let _ = writeln!(
            acc,
            "  /things{index}:\n    post:\n      operationId: make{index}\n      tags: [t{}]\n      \
             requestBody: {{required: true, content: {{application/json: {}, application/vnd.b+json: {}}}}}\n      \
             responses: {{'204': {{description: Done.}}}}",
            index % 3,
            schema("a"),
            schema("b"),
        );
    }
    acc
}

/// Adds the names that a tree of imports brings in.
fn imported(tree: &UseTree, acc: &mut Vec<String>) {
    match tree {
        UseTree::Path(it) => imported(&it.tree, acc),
        UseTree::Group(it) => it.items.iter().for_each(|it| imported(it, acc)),
        UseTree::Name(it) => acc.push(it.ident.to_string()),
        UseTree::Rename(_) | UseTree::Glob(_) => {}
    }
}

/// Rust refuses an import of what the file itself has (E0255), and the compiler warns of one that nothing uses.
#[test]
fn no_file_imports_what_it_has() {
    let outcome = generate(&Input::new("large.yaml", document()), &Settings::module("large.yaml"));
    let files: Vec<_> =
        outcome.files.iter().filter(|(path, _)| path.starts_with("operations/")).collect();
    assert!(files.len() > 2, "{:?}", outcome.files.keys());
    for (path, text) in files {
        let file = syn::parse_file(text).expect("Rust");
        let (mut imports, mut own) = (Vec::new(), BTreeSet::new());
        for item in &file.items {
            match item {
                Item::Use(it) => imported(&it.tree, &mut imports),
                Item::Struct(it) => drop(own.insert(it.ident.to_string())),
                Item::Enum(it) => drop(own.insert(it.ident.to_string())),
                _ => {}
            }
        }
        assert!(!own.is_empty() || path.ends_with("mod.rs"), "{path}");
        let both: Vec<_> = imports.iter().filter(|it| own.contains(*it)).collect();
        assert!(both.is_empty(), "{path} has and imports {both:?}");
    }
}

/// A tag is worth a file, but not one of a few lines.
#[test]
fn tags_of_a_few_lines_share_files() {
    let n_files = |document: String| {
        let files =
            generate(&Input::new("large.yaml", document), &Settings::module("large.yaml")).files;
        files.keys().filter(|path| path.starts_with("operations/")).count()
    };
    assert_eq!(n_files(document()), 4);
    let mut crumbs = "openapi: 3.0.3\ninfo: {title: Crumbs, version: '1'}\npaths:\n".to_owned();
    for index in 0..300 {
        let _ = writeln!(
            crumbs,
            "  /things{index}: {{get: {{operationId: get{index}, tags: [t{index}], responses: {{'204': {{description: Done.}}}}}}}}"
        );
    }
    let n_files = n_files(crumbs);
    assert!((2..20).contains(&n_files), "{n_files}");
}
