//! The book: `docs/SUMMARY.md` has every page of `docs` once, in the form that mdBook reads, and its pages lead to
//! nothing that is not in the book.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use tamarack_tests::specs::root;

use crate::links::target;
use crate::markdown::{Page, pages};

/// Returns whether a page is for the readers of the book, not for those who work on this repository.
fn is_of_the_book(path: &str) -> bool {
    path.starts_with("docs/")
        && !path.starts_with("docs/changes/")
        && !["docs/SUMMARY.md", "docs/release.md"].contains(&path)
}

#[test]
fn the_book_has_every_page_once() {
    let mut chapters = BTreeSet::new();
    for link in Page::read("docs/SUMMARY.md").links() {
        assert!(chapters.insert(format!("docs/{link}")), "{link} is there twice");
    }
    let all = pages().into_iter().map(|it| it.path);
    assert_eq!(chapters, all.filter(|it| is_of_the_book(it)).collect());
}

/// <https://rust-lang.github.io/mdBook/format/summary.html>: a title, chapters before the numbered ones, headings of
/// parts, and lists of links that are indented by two spaces for each level.
#[test]
fn the_summary_is_one() {
    let summary = Page::read("docs/SUMMARY.md");
    let mut lines = summary.text.lines();
    assert_eq!(lines.next(), Some("# Summary"));
    let mut level = 0;
    for line in lines.filter(|it| !it.is_empty()) {
        if line.starts_with("# ") {
            level = 0;
            continue;
        }
        let entry = line.trim_start();
        let indent = (line.len() - entry.len()) / 2;
        let link = entry.strip_prefix("- ").unwrap_or(entry);
        assert!(indent == 0 || entry != link, "{line}: only a chapter of a list has a level");
        assert!(indent <= level + 1, "{line}: a level too deep");
        level = indent;
        let is_link = link.starts_with('[') && link.contains("](") && link.ends_with(".md)");
        assert!(is_link, "{line}: not a link to a page");
    }
}

#[test]
fn the_configuration_names_the_folder() {
    let text = fs::read_to_string(root().join("book.toml")).expect("book.toml");
    let book: toml::Table = toml::from_str(&text).expect("TOML");
    assert_eq!(book["book"]["src"].as_str(), Some("docs"));
    assert_eq!(book["build"]["create-missing"].as_bool(), Some(false));
}

/// A link to another page leads nowhere in the book; a file of `docs` that is no page is copied.
#[test]
fn the_book_stands_alone() {
    for page in pages().iter().filter(|it| is_of_the_book(&it.path)) {
        for link in page.links().iter().filter(|it| !it.contains("://")) {
            let path = link.split('#').next().unwrap_or_default();
            let target = target(&page.path, path).unwrap_or_default();
            let target = target.to_str().expect("a name in UTF-8");
            let is_page = Path::new(target).extension().is_some_and(|it| it == "md");
            let is_file = target.starts_with("docs/") && !is_page;
            let is_there = path.is_empty() || is_file || is_of_the_book(target);
            assert!(is_there, "{}: {link}", page.path);
        }
    }
}
