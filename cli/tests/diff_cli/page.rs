//! The page for reviewers: printed or written to a file, and the library's to the byte.

use std::fs;

use tamarack::render::Texts;
use tamarack::{Input, Text};
use tamarack_diff::render::{self, Report};
use tamarack_diff::{self as diff, CrateVersion};

use crate::Shop;

/// Returns the page that the library makes of the first two versions.
fn page(shop: &Shop) -> String {
    let [old, new] = ["1.yaml", "2.yaml"].map(|name| {
        let content = fs::read_to_string(shop.0.join(name)).expect("a document");
        Input::of(Text { name: name.to_owned(), content }, None)
    });
    let model = |input| tamarack::read(input).model.expect("an OpenAPI document");
    let diff = diff::compare(&model(&old), &model(&new));
    let krate = CrateVersion::parse("0.1.0");
    render::html(&Report { diff: &diff, old: Texts::new(&old), new: Texts::new(&new), krate })
}

#[test]
fn the_command_prints_the_page_or_writes_it_to_a_file() {
    let shop = Shop::new("page");
    let page = page(&shop);
    let html = "1.yaml 2.yaml --crate-version 0.1.0 --format html";
    let printed = shop.diff(html);
    assert_eq!((printed.code, printed.out), (Some(0), page.clone()));
    let written = shop.diff(&format!("{html} --fail-on any --out page.html"));
    assert_eq!((written.code, written.out), (Some(6), String::new()));
    assert_eq!(fs::read_to_string(shop.0.join("page.html")).expect("a page"), page);
    // What cannot be written is an error of its own.
    let refused = shop.diff(&format!("{html} --out ."));
    assert_eq!((refused.code, refused.out), (Some(1), String::new()));
}
