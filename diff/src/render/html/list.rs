//! Writes the list of all rows and its filters.

use super::markup::Markup;
use super::page::{Group, Page};
use super::row;
use crate::{Fate, Timeline};

/// Writes the filters, the groups and what stands there when no row fits.
pub(super) fn write(acc: &mut Markup, page: &Page<'_>) {
    acc.raw("<section id=\"changes\" aria-labelledby=\"changes-title\" tabindex=\"-1\">\n");
    acc.raw("<h2 id=\"changes-title\">Changes</h2>\n");
    if page.groups.is_empty() {
        acc.raw("<p class=\"nothing\">Nothing has changed.</p>\n</section>\n");
        return;
    }
    controls(acc, page);
    for fate in [Fate::Net, Fate::Reverted, Fate::Absorbed] {
        let groups: Vec<_> = page.groups.iter().filter(|it| it.fate() == fate).collect();
        match page.timeline {
            Some(timeline) if !groups.is_empty() => part(acc, &groups, fate, timeline),
            _ => groups.iter().for_each(|it| group(acc, it, ["<h3>", "</h3>"], None)),
        }
    }
    acc.raw("<p id=\"empty\" class=\"nothing\" hidden>No rows match. ");
    acc.raw("<button type=\"button\" data-clear>Clear the filters</button></p>\n</section>\n");
}

/// Writes what works with a script only, hidden until there is one.
fn controls(acc: &mut Markup, page: &Page<'_>) {
    acc.raw("<div class=\"controls\">\n");
    acc.raw("<form id=\"filters\" role=\"search\" autocomplete=\"off\" hidden>\n");
    acc.raw("<label class=\"field text\"><span class=\"label\">Search</span> ");
    acc.raw("<input id=\"text\" type=\"search\" spellcheck=\"false\" ");
    acc.raw("placeholder=\"Names, values, places\" aria-keyshortcuts=\"/\"></label>\n");
    acc.raw("<label class=\"field operation\"><span class=\"label\">Operation</span> ");
    acc.raw("<select id=\"operation\"><option value=\"\">Any operation</option>");
    for (index, operation) in page.operations.iter().enumerate() {
        acc.raw("<option").attribute("value", &index.to_string()).raw(">");
        acc.text(operation).raw("</option>");
    }
    acc.raw("</select></label>\n<span class=\"buttons\">");
    acc.raw("<button type=\"button\" id=\"expand\">Expand all</button> ");
    acc.raw("<button type=\"button\" id=\"clear\" data-clear>Clear</button></span>\n</form>\n");
    acc.raw("<ul id=\"chosen\" aria-label=\"Filters in use\" hidden></ul>\n");
    let n_rows = page.entries().count();
    acc.raw("<p id=\"status\" role=\"status\">").number(n_rows);
    acc.raw(if n_rows == 1 { " change" } else { " changes" }).raw("</p>\n");
    acc.raw("<p class=\"columns\" aria-hidden=\"true\"><span class=\"request\">Request</span>");
    acc.raw("<span class=\"response\">Response</span><span class=\"rust\">Rust</span>");
    acc.raw("<span class=\"what\">Change</span><span class=\"felt\">Reaches</span></p>\n</div>\n");
}

/// Writes the groups that share what became of them.
fn part(acc: &mut Markup, groups: &[&Group<'_>], fate: Fate, timeline: &Timeline) {
    let (title, note) = match fate {
        Fate::Net => ("Left in the end", "The first version compared with the last."),
        Fate::Reverted => {
            ("Reverted on the way", "Appeared in one version and undone in a later one.")
        }
        Fate::Absorbed => (
            "Absorbed",
            "Happened in one step; between the first and the last version, another row includes them.",
        ),
    };
    acc.raw("<section class=\"part\" data-container>\n<h3>").raw(title);
    acc.raw("</h3>\n<p class=\"note\">").raw(note).raw("</p>\n");
    for it in groups {
        group(acc, it, ["<h4>", "</h4>"], Some(timeline));
    }
    acc.raw("</section>\n");
}

fn group(
    acc: &mut Markup,
    group: &Group<'_>,
    [open, close]: [&'static str; 2],
    timeline: Option<&Timeline>,
) {
    let title = group.owner.title();
    acc.raw("<section class=\"group\" data-container>\n").raw(open);
    acc.raw("<span class=\"name\">").text(title).raw("</span>");
    if let Some(label) = group.owner.label() {
        acc.raw(" <span class=\"label\">").raw(label).raw("</span>");
    }
    acc.raw(" <span class=\"count\">").number(group.entries.len()).raw("</span>").raw(close);
    acc.raw("\n<ul class=\"rows\">\n");
    for entry in &group.entries {
        row::write(acc, entry, title, timeline);
    }
    acc.raw("</ul>\n</section>\n");
}
