//! Writes the section of what was not compared.

use super::markup::Markup;
use crate::render::at;
use crate::render::gaps::{Gaps, MEANING};

/// Writes each thing with its number of places and the first of them, if there is anything.
pub(super) fn write(acc: &mut Markup, gaps: Gaps<'_, '_>) {
    let Some(headline) = gaps.headline() else { return };
    acc.raw("<section id=\"not-compared\" aria-labelledby=\"not-compared-title\">\n");
    acc.raw("<details><summary><h2 id=\"not-compared-title\">Not fully compared</h2> ");
    let counts = headline.split_once(": ").map_or(headline.as_str(), |it| it.1);
    acc.raw("<span class=\"counts\">").text(counts).raw("</span></summary>\n");
    acc.raw("<p class=\"note\">").raw(MEANING).raw("</p>\n<ul class=\"gaps\">\n");
    for it in gaps.all() {
        acc.raw("<li>").text(it.what).raw(" <span class=\"counts\">").text(&it.counts);
        acc.raw("</span>");
        for place in &it.firsts {
            acc.raw(" <code>").text(&at(place)).raw("</code>");
        }
        acc.raw("</li>\n");
    }
    acc.raw("</ul>\n</details>\n</section>\n");
}
