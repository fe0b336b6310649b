//! The page of a diff in a real browser: what a reviewer sees, filters, opens and prints.

mod alone;
mod browser;
mod documents;
mod filters;
mod keys;
mod looks;

use std::time::Instant;

use browser::Browser;

/// The number of rows that are shown.
const SHOWN: &str = "[...document.querySelectorAll('.row')].filter(it => it.offsetParent).length";
const STATUS: &str = "document.getElementById('status').textContent";
/// The rows of the pair, counted by hand in the documents: one for each change.
const ROWS: u64 = 11;

/// What is looked at.
type Check = fn(&Browser);

const CHECKS: [(&str, Check); 14] = [
    ("nothing is loaded", alone::nothing_is_loaded_and_nothing_is_complained_about),
    ("no script", alone::without_scripts_every_row_is_there),
    ("many rows", alone::many_rows_stay_quick),
    ("filters", filters::the_summary_is_there_and_each_filter_shows_its_rows),
    ("addresses", filters::an_address_brings_back_what_was_filtered_and_opens_a_row),
    ("documentation", filters::rows_about_documentation_are_shown_on_demand),
    ("not compared", filters::what_is_not_compared_is_a_section_with_its_places),
    ("accept entry", filters::the_entry_of_an_accept_file_is_copied),
    ("timeline", filters::the_timeline_is_drawn_and_told),
    ("keys", keys::rows_are_reached_and_opened_by_keys),
    ("colours", looks::light_and_dark_can_be_read),
    ("narrow", looks::a_narrow_window_needs_no_scrolling_to_the_side),
    ("phone", looks::the_first_change_is_on_the_first_screen_of_a_phone),
    ("paper", looks::on_paper_every_row_is_open),
];

/// One browser for all: to start it takes longer than most of what follows.
#[test]
fn the_page_works_in_a_browser() {
    let Some(browser) = Browser::start() else { return };
    for (name, check) in CHECKS {
        let start = Instant::now();
        // Told before, so that the last one is the one that failed.
        eprint!("{name}: ");
        check(&browser);
        eprintln!("{} ms", start.elapsed().as_millis());
    }
}
