//! The keys of the page: which row gets the focus, and what it opens.

use super::browser::{Browser, DOWN, ENTER, ESCAPE, TAB};
use super::{ROWS, SHOWN, documents};

/// The subject of the row that has the focus.
const FOCUSED: &str =
    "document.activeElement.closest('.row')?.querySelector('.subject').textContent ?? ''";

pub(crate) fn rows_are_reached_and_opened_by_keys(browser: &Browser) {
    let page = documents::two();
    browser.open(&page.file, "");
    browser.press(&[TAB]);
    assert_eq!(browser.text("document.activeElement.className"), "skip");
    assert!(browser.is("document.activeElement.getBoundingClientRect().top >= 0"));

    // The link past the summary keeps what is chosen.
    browser.open(&page.file, "#text=isbn");
    browser.press(&[TAB, ENTER]);
    assert_eq!(browser.text("location.hash"), "#changes");
    assert_eq!(browser.number(SHOWN), 1);
    browser.open(&page.file, "");

    let subjects: Vec<_> = (0..3)
        .map(|it| {
            browser.text(&format!("document.querySelectorAll('.row .subject')[{it}].textContent"))
        })
        .collect();
    browser.press(&["j"]);
    assert_eq!(browser.text(FOCUSED), subjects[0]);
    let outline = "getComputedStyle(document.activeElement).outlineStyle";
    assert_eq!(browser.text(outline), "solid");
    browser.press(&["j", "j", "k"]);
    assert_eq!(browser.text(FOCUSED), subjects[1]);
    browser.press(&[DOWN]);
    assert_eq!(browser.text(FOCUSED), subjects[2]);

    // Enter opens: before and after stand beside each other, with their places.
    browser.press(&["/"]);
    browser.press(&["p", "a", "g", "e", "s"]);
    browser.press(&[DOWN]);
    assert_eq!(browser.text(FOCUSED), "Book.pages");
    browser.press(&[ENTER]);
    let row = "document.activeElement.closest('.row')";
    assert!(browser.is(&format!("{row}.querySelector('details').open")));
    browser.screenshot("two-open");
    let side = |class: &str, part: &str| {
        browser.text(&format!("{row}.querySelector('.{class} {part}').textContent"))
    };
    assert_eq!(side("before", ".value"), "integer (int32)");
    assert_eq!(side("after", ".value"), "integer (int64)");
    assert_eq!(side("before", ".rust code"), "pub pages: Option<i32>");
    assert_eq!(side("after", ".rust code"), "pub pages: Option<i64>");
    assert!(side("before", ".place").starts_with("1.0.oas.yaml:54:9"));
    assert!(side("after", ".place").starts_with("2.0.oas.yaml:58:9"));
    let top = |class: &str| format!("{row}.querySelector('.{class}').getBoundingClientRect().top");
    assert!(browser.is(&format!("{} === {}", top("before"), top("after"))));
    assert_eq!(browser.number(&format!("{row}.querySelectorAll('.reach li').length")), 3);
    assert!(browser.is(&format!("!{row}.querySelector('.reach').open")));
    browser.press(&[ENTER]);
    assert!(browser.is(&format!("!{row}.querySelector('details').open")));

    // Letters are letters in the search; Esc clears it, then leaves it.
    browser.press(&["/"]);
    browser.press(&["j"]);
    assert_eq!(browser.text("document.getElementById('text').value"), "j");
    browser.press(&[ESCAPE]);
    assert_eq!(
        (browser.text("document.getElementById('text').value"), browser.number(SHOWN)),
        (String::new(), ROWS)
    );
    browser.press(&[ESCAPE]);
    assert!(browser.is("document.activeElement === document.body"));
}
