//! Writes the section of what was not compared.

use super::markup::Markup;
use super::words::{self, Reading};
use crate::render::at;
use crate::render::gaps::{Gaps, MEANING};

/// Of more places of one thing than this the rest is counted.
const MOST: usize = 50;

/// Writes each thing with its number of places and where they are, if there is anything.
pub(super) fn write(acc: &mut Markup, gaps: Gaps<'_, '_>) {
    let Some(headline) = gaps.headline() else { return };
    acc.raw("<section id=\"not-compared\" aria-labelledby=\"not-compared-title\">\n");
    acc.raw("<details><summary><h2 id=\"not-compared-title\">Not fully compared</h2> ");
    let counts = headline.split_once(": ").map_or(headline.as_str(), |it| it.1);
    acc.raw("<span class=\"counts\">").text(counts).raw("</span></summary>\n");
    acc.raw("<p class=\"note\">");
    words::write(acc, MEANING, None, Reading::Prose, ["", ""]);
    acc.raw("</p>\n<ul class=\"gaps\">\n");
    for (it, spots) in gaps.all() {
        acc.raw("<li><details><summary><span>");
        words::write(acc, it.what, None, Reading::Prose, ["", ""]);
        acc.raw("</span> <span class=\"counts\">");
        acc.text(&it.counts).raw("</span></summary>\n<ul>\n");
        for place in spots.iter().take(MOST).filter_map(|it| gaps.place(it)) {
            acc.raw("<li><code>").text(&at(&place)).raw("</code></li>\n");
        }
        if let Some(n_more) = spots.len().checked_sub(MOST).filter(|n| *n > 0) {
            acc.raw("<li>and ").number(n_more).raw(" more</li>\n");
        }
        acc.raw("</ul></details></li>\n");
    }
    acc.raw("</ul>\n</details>\n</section>\n");
}
