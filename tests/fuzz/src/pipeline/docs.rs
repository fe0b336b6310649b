//! Nothing of a document is a doctest: every block of code in a comment, as rustdoc reads Markdown, says that it is text.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprLit, File, Lit, Meta};

use crate::finding::{Finding, holds};

/// Reads the comments of a file.
pub(super) fn check(name: &str, file: &File) -> Result<(), Finding> {
    let mut comments = Comments::default();
    comments.visit_file(file);
    comments.end();
    for comment in &comments.all {
        let block = executable(comment);
        holds(block.is_none(), "a doctest of the document", || format!("{name}: {comment}"))?;
    }
    Ok(())
}

/// Returns the first block that rustdoc would compile.
fn executable(markdown: &str) -> Option<String> {
    // What rustdoc turns on.
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    Parser::new_ext(markdown, options).find_map(|event| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Some("indented".to_owned()),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if &*info != "text" => {
            Some(info.into_string())
        }
        _ => None,
    })
}

/// The comments of a file, the lines of each joined as rustdoc joins them.
#[derive(Default)]
struct Comments {
    all: Vec<String>,
    open: Vec<String>,
}

impl Comments {
    fn end(&mut self) {
        if !self.open.is_empty() {
            self.all.push(unindented(&std::mem::take(&mut self.open)));
        }
    }

    fn add(&mut self, attributes: &[Attribute]) {
        self.end();
        for attribute in attributes {
            if let Meta::NameValue(pair) = &attribute.meta
                && pair.path.is_ident("doc")
                && let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &pair.value
            {
                self.open.push(text.value());
            }
        }
        self.end();
    }
}

/// Takes away what every line is indented by at least, as rustdoc does.
fn unindented(comment: &[String]) -> String {
    let lines: Vec<_> = comment.iter().flat_map(|it| it.split('\n')).collect();
    let indent = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let filled = lines.iter().filter(|it| !it.trim().is_empty());
    let least = filled.map(indent).min().unwrap_or(0);
    lines.iter().map(|it| it.get(least..).unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

impl<'ast> Visit<'ast> for Comments {
    fn visit_file(&mut self, node: &'ast File) {
        self.add(&node.attrs);
        visit::visit_file(self, node);
    }

    fn visit_item(&mut self, node: &'ast syn::Item) {
        match node {
            syn::Item::Const(it) => self.add(&it.attrs),
            syn::Item::Enum(it) => self.add(&it.attrs),
            syn::Item::Fn(it) => self.add(&it.attrs),
            syn::Item::Mod(it) => self.add(&it.attrs),
            syn::Item::Struct(it) => self.add(&it.attrs),
            syn::Item::Type(it) => self.add(&it.attrs),
            _ => {}
        }
        visit::visit_item(self, node);
    }

    fn visit_field(&mut self, node: &'ast syn::Field) {
        self.add(&node.attrs);
        visit::visit_field(self, node);
    }

    fn visit_variant(&mut self, node: &'ast syn::Variant) {
        self.add(&node.attrs);
        visit::visit_variant(self, node);
    }

    fn visit_impl_item_fn(&mut self, node: &'ast syn::ImplItemFn) {
        self.add(&node.attrs);
        visit::visit_impl_item_fn(self, node);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(code: &str) -> bool {
        check("a.rs", &syn::parse_file(code).unwrap()).is_err()
    }

    #[test]
    fn what_rustdoc_would_compile_is_found() {
        assert!(found("/// A\n/// ```\n/// evil()\n/// ```\nfn a() {}"));
        assert!(found("//! A\n//!\n//!     evil()\n"));
        assert!(found("struct A { /// ~~~rust\n/// evil()\n a: u8 }"));
        // A fence that a longer one does not hold.
        assert!(found("/// ```text\n/// ```\n/// ```\n/// evil()\nfn a() {}"));
        assert!(!found("/// ````text\n/// ```\n/// evil()\n/// ````\nfn a() {}"));
        assert!(!found("/// `evil()`\nfn a() {}"));
    }
}
