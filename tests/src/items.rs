//! The declared items of generated Rust, as names and as a set without order.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Fields, ImplItem, Item, ItemEnum, ItemImpl, ItemStruct, UseTree, Visibility};

/// Returns each declaration of a file as text, methods one by one, without the
/// order that it takes from the document: of items, variants, arms and imports.
///
/// # Panics
///
/// When the text is not Rust.
pub fn declarations(text: &str) -> BTreeSet<String> {
    let mut file = parse(text);
    Unordered.visit_file_mut(&mut file);
    let mut acc = BTreeSet::new();
    for item in &file.items {
        match item {
            Item::Impl(block) if !block.items.is_empty() => {
                let head = impl_head(block);
                let member = |it: &ImplItem| format!("{head} {{ {} }}", it.to_token_stream());
                acc.extend(block.items.iter().map(member));
            }
            _ => {
                acc.insert(item.to_token_stream().to_string());
            }
        }
    }
    acc
}

/// Returns the name of everything public in a file: items, fields, variants,
/// functions, each with what it belongs to.
///
/// # Panics
///
/// When the text is not Rust, or declares one name twice.
pub fn names(text: &str) -> BTreeSet<String> {
    let mut names = Names::default();
    names.visit_file(&parse(text));
    names.0
}

fn parse(text: &str) -> syn::File {
    tamarack_expand::file(text).unwrap_or_else(|error| panic!("not Rust: {error}\n{text}"))
}

fn impl_head(block: &ItemImpl) -> String {
    let for_what = block.self_ty.to_token_stream();
    match &block.trait_ {
        Some((path, _)) => format!("impl {} for {for_what}", path.to_token_stream()),
        None => format!("impl {for_what}"),
    }
}

/// Sorts what stands in the order of the document.
struct Unordered;

impl VisitMut for Unordered {
    fn visit_item_enum_mut(&mut self, node: &mut ItemEnum) {
        let mut variants: Vec<_> = std::mem::take(&mut node.variants).into_iter().collect();
        variants.sort_by_key(|it| it.to_token_stream().to_string());
        node.variants = variants.into_iter().collect();
    }

    fn visit_expr_match_mut(&mut self, node: &mut syn::ExprMatch) {
        visit_mut::visit_expr_match_mut(self, node);
        node.arms.sort_by_key(|it| it.to_token_stream().to_string());
    }

    fn visit_use_tree_mut(&mut self, node: &mut UseTree) {
        visit_mut::visit_use_tree_mut(self, node);
        if let UseTree::Group(group) = node {
            let mut trees: Vec<_> = std::mem::take(&mut group.items).into_iter().collect();
            trees.sort_by_key(|it| it.to_token_stream().to_string());
            group.items = trees.into_iter().collect();
        }
    }
}

#[derive(Default)]
struct Names(BTreeSet<String>);

impl Names {
    fn add(&mut self, visibility: &Visibility, kind: &str, name: &impl ToString) {
        if matches!(visibility, Visibility::Public(_)) {
            self.insert(format!("{kind} {}", name.to_string()));
        }
    }

    fn insert(&mut self, name: String) {
        assert!(!self.0.contains(&name), "declared twice: {name}");
        self.0.insert(name);
    }
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item_struct(&mut self, node: &'ast ItemStruct) {
        self.add(&node.vis, "struct", &node.ident);
        if let Fields::Named(fields) = &node.fields {
            for field in &fields.named {
                let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                self.add(&field.vis, &format!("field {}.", node.ident), &name);
            }
        }
    }

    fn visit_item_enum(&mut self, node: &'ast ItemEnum) {
        self.add(&node.vis, "enum", &node.ident);
        for variant in &node.variants {
            self.insert(format!("variant {}::{}", node.ident, variant.ident));
        }
    }

    fn visit_item_const(&mut self, node: &'ast syn::ItemConst) {
        self.add(&node.vis, "const", &node.ident);
    }

    fn visit_item_type(&mut self, node: &'ast syn::ItemType) {
        self.add(&node.vis, "type", &node.ident);
    }

    fn visit_item_fn(&mut self, node: &'ast syn::ItemFn) {
        self.add(&node.vis, "fn", &node.sig.ident);
    }

    fn visit_item_impl(&mut self, node: &'ast ItemImpl) {
        let head = impl_head(node);
        if node.trait_.is_some() {
            self.insert(head.clone());
        }
        for item in &node.items {
            if let ImplItem::Fn(method) = item {
                self.add(&method.vis, &format!("{head} fn"), &method.sig.ident);
            }
        }
        visit::visit_item_impl(self, node);
    }
}
