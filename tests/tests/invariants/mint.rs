//! Identifiers of generated code are made only in `name`, where scopes keep them unique.

use std::fs;

use tamarack_tests::sources::rust_files;
use tamarack_tests::specs;

/// What makes an identifier, or one of another.
const MAKERS: [&str; 3] = ["Ident::new", "with_suffix", "with_prefix"];

#[test]
fn only_the_names_make_identifiers() {
    let root = specs::root().join("generator/src");
    let mint = root.join("name");
    let (mut found, mut n_made) = (Vec::new(), 0);
    for path in rust_files(&root) {
        let text = fs::read_to_string(&path).expect("a text");
        for (number, line) in text.lines().enumerate() {
            if MAKERS.iter().any(|maker| line.contains(maker)) {
                if path.starts_with(&mint) {
                    n_made += 1;
                } else {
                    found.push(format!("{}:{}: {line}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    assert!(n_made > 0, "nothing is made in {}", mint.display());
}

/// A scope is asked for a name; what it gives can be read, and nobody else can make one.
#[test]
fn an_identifier_has_no_public_constructor() {
    let path = specs::root().join("generator/src/name/ident.rs");
    let file = syn::parse_file(&fs::read_to_string(path).expect("a text")).expect("Rust");
    let mut n_methods = 0;
    for item in &file.items {
        let syn::Item::Impl(it) = item else { continue };
        if it.trait_.is_some() {
            continue;
        }
        for method in &it.items {
            let syn::ImplItem::Fn(method) = method else { continue };
            n_methods += 1;
            let is_public = matches!(method.vis, syn::Visibility::Public(_));
            let name = &method.sig.ident;
            assert!(!is_public || method.sig.receiver().is_some(), "`{name}` makes a name");
        }
    }
    assert!(n_methods > 4);
}
