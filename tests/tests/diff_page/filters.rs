//! The filters of the page: rows shown and the URL, after clicks on words, an operation, a text or a mark.

use super::browser::{Browser, ESCAPE};
use super::{ROWS, SHOWN, STATUS, documents};

pub(crate) fn the_summary_is_there_and_each_filter_shows_its_rows(browser: &Browser) {
    let page = documents::two();
    browser.open(&page.file, "");
    browser.screenshot("two-light");
    let headlines = "[...document.querySelectorAll('.headline')].map(it => it.textContent).join()";
    assert_eq!(browser.text(headlines), "breaking,breaking,major");
    assert!(browser.text("document.querySelector('h1').textContent").contains("1.0 → 2.0"));
    assert_eq!((browser.number(SHOWN), browser.text(STATUS)), (ROWS, "11 changes".to_owned()));

    // One row breaks requests: the operation that is gone.
    browser.click("[data-facet=request] [data-word=breaking] button");
    assert_eq!(browser.text(STATUS), "1 of 11 changes shown");
    assert_eq!(browser.number(SHOWN), 1);
    assert!(browser.text("location.hash") == "#request=breaking");
    // Among the rows that break requests there is no minor one.
    let minor = "document.querySelector('[data-facet=rust] [data-word=minor] button')";
    assert!(browser.is(&format!("{minor}.disabled")));
    // Two words of one column are one or the other, two columns are both.
    browser.click("[data-facet=request] [data-word=unknown] button");
    assert_eq!(browser.number(SHOWN), 2);
    browser.click("[data-facet=rust] [data-word=patch] button");
    assert_eq!(browser.number(SHOWN), 1);
    assert_eq!(browser.text("location.hash"), "#request=breaking,unknown&rust=patch");
    browser.click("#chosen li:last-child button");
    assert_eq!(browser.number(SHOWN), 2);
    browser.click("#clear");
    assert_eq!((browser.number(SHOWN), browser.text("location.hash")), (ROWS, String::new()));

    // The operation that is gone is the one change of its own.
    browser.run(
        "const it = document.getElementById('operation');
         it.value = [...it.options].find(it => it.textContent === 'DELETE /loans/{loan_id}').value;
         it.dispatchEvent(new Event('change'));",
    );
    assert_eq!(browser.text(STATUS), "1 of 11 changes shown");
    assert_eq!(browser.text("location.hash"), "#operation=DELETE+/loans/%7Bloan_id%7D");
    browser.click("#clear");

    // The search has the focus after that; Esc leaves it, `/` comes back.
    browser.press(&[ESCAPE, "/", "i", "s", "b", "n"]);
    assert_eq!((browser.number(SHOWN), browser.text("location.hash")), (1, "#text=isbn".into()));
    browser.press(&["x"]);
    assert_eq!(browser.number(SHOWN), 0);
    assert!(browser.is("document.getElementById('empty').checkVisibility()"));
    browser.screenshot("two-empty");
    browser.click("#empty button");
    assert_eq!(browser.number(SHOWN), ROWS);
}

pub(crate) fn an_address_brings_back_what_was_filtered_and_opens_a_row(browser: &Browser) {
    let page = documents::two();
    browser.open(&page.file, "#response=unknown&operation=GET+/books&text=shelf");
    assert_eq!(browser.text(STATUS), "1 of 11 changes shown");
    assert_eq!(browser.text("document.getElementById('text').value"), "shelf");
    let pressed = "document.querySelectorAll('[aria-pressed=true]').length";
    assert_eq!(browser.number(pressed), 1);
    // What is no word of the page is passed over.
    browser.open(&page.file, "#response=nonsense&operation=GET+/nowhere");
    assert_eq!(browser.number(SHOWN), ROWS);

    let anchor = browser.text("document.querySelectorAll('.row')[3].id");
    browser.open(&page.file, &format!("#{anchor}"));
    assert!(browser.is(&format!("document.querySelector('#{anchor} > details').open")));
    browser.wait(&format!("document.activeElement.closest('.row')?.id === '{anchor}'"));
}

pub(crate) fn the_timeline_is_drawn_and_told(browser: &Browser) {
    let page = documents::timeline();
    browser.open(&page.file, "");
    browser.screenshot("timeline-light");
    let texts =
        "[...document.querySelectorAll('svg text.version')].map(it => it.textContent).join()";
    assert_eq!(browser.text(texts), "1.0,1.1.beta,2.0");
    // Seven changes in the first step, nine in the second.
    assert_eq!(browser.number("document.querySelectorAll('.scroll svg .mark').length"), 16);
    // `author` was required and `days` had another default in the beta alone.
    assert_eq!(browser.text("document.querySelector('svg .returned').textContent"), "2 reverted");
    assert_eq!(browser.number("document.querySelectorAll('.scroll svg .ghost').length"), 4);
    let is_named = "[...document.querySelectorAll('.scroll svg a')].every(it => it.querySelector('title').textContent)";
    assert!(browser.is(is_named));
    assert!(
        browser
            .text("document.querySelector('svg[role=img]').getAttribute('aria-label')")
            .contains("1.1.beta")
    );
    let cells = "[...document.querySelectorAll('#timeline tbody tr')].map(it => it.cells[1].textContent).join()";
    assert_eq!(browser.text(cells), "7,9,11");

    // What is left in the end is shown first; the rest on demand.
    assert_eq!(browser.text(STATUS), "11 of 13 changes shown");
    browser.click("[data-facet=history] [data-word=net] button");
    browser.click("[data-facet=history] [data-word=reverted] button");
    assert_eq!(
        (browser.number(SHOWN), browser.text("location.hash")),
        (2, "#history=reverted".into())
    );
    let history = "document.querySelector('.row:not([hidden]) .history').textContent";
    assert!(browser.text(history).contains("Appeared in 1.1.beta, reverted in 2.0."));
    browser.click("[data-facet=history] [data-word=reverted] button");
    assert_eq!((browser.number(SHOWN), browser.text("location.hash")), (13, "#history=any".into()));

    // A mark leads to its row.
    let anchor =
        browser.text("document.querySelector('.scroll svg a:has(.ghost)').getAttribute('href')");
    browser.run("document.querySelector('.scroll svg a:has(.ghost)').dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))");
    assert_eq!(browser.text("location.hash"), anchor);
    assert!(browser.is(&format!("document.querySelector('{anchor}').checkVisibility()")));
}

pub(crate) fn rows_about_documentation_are_shown_on_demand(browser: &Browser) {
    let page = documents::documentation();
    browser.open(&page.file, "");
    let all = browser.number("document.querySelectorAll('.row').length");
    let about = "document.querySelectorAll('.row[data-about=documentation]').length";
    let n_texts = browser.number(about);
    assert!(n_texts > 0 && n_texts < all);
    assert_eq!(browser.text(STATUS), format!("{} of {all} changes shown", all - n_texts));
    assert_eq!(browser.number(SHOWN), all - n_texts);
    browser.click("[data-facet=about] [data-word=documentation] button");
    assert_eq!(browser.number(SHOWN), all);
    assert_eq!(browser.text("location.hash"), "#about=API,documentation");
    // A link to such a row shows it.
    let anchor = browser.text("document.querySelector('.row[data-about=documentation]').id");
    browser.open(&page.file, &format!("#{anchor}"));
    browser.wait(&format!("document.activeElement.closest('.row')?.id === '{anchor}'"));
}

pub(crate) fn what_is_not_compared_is_a_section_with_its_places(browser: &Browser) {
    let page = documents::crowded();
    browser.open(&page.file, "");
    let seen = "document.querySelector('#not-compared .gaps')?.checkVisibility()";
    assert!(!browser.is(&format!("{seen} ?? true")));
    browser.click("#not-compared > details > summary");
    assert!(browser.is(seen));
    let counts = "document.querySelector('.gaps .counts').textContent";
    assert_eq!(browser.text(counts), "1 place in 1.0, 1 in 2.0");
    browser.click("#not-compared .gaps summary");
    let places =
        "[...document.querySelectorAll('.gaps li li code')].filter(it => it.checkVisibility())
        .map(it => it.textContent.replace(/.*documents./, '')).join()";
    assert_eq!(browser.text(places), "1.0.oas.yaml:51:31,2.0.oas.yaml:55:31");
    // What is preset is no filter that somebody has chosen.
    assert_eq!(browser.number("document.querySelectorAll('#chosen button').length"), 0);
}

pub(crate) fn the_entry_of_an_accept_file_is_copied(browser: &Browser) {
    let page = documents::two();
    browser.open(&page.file, "");
    browser.run("document.querySelector('.row > details').open = true");
    browser.wait("document.querySelector('.row .copy') !== null");
    browser.run(
        "Object.defineProperty(navigator, 'clipboard', {configurable: true, value:
             {writeText: it => { window.copied = it; return Promise.resolve(); }}})",
    );
    browser.click(".row .copy");
    browser.wait("document.querySelector('.row .copy').textContent === 'Accept entry copied'");
    let fingerprint = browser.text("document.querySelector('.row').id.replace('change-', '')");
    let entry = format!("[[accept]]\nfingerprint = \"{fingerprint}\"\nreason = \"\"\n");
    assert_eq!(browser.text("window.copied"), entry);
    // Where a page may not copy, the entry is selected.
    browser.run(
        "Object.defineProperty(navigator, 'clipboard', {configurable: true, value: undefined})",
    );
    browser.click(".row .copy");
    assert_eq!(browser.text("getSelection().toString().trim()"), entry.trim());
}
