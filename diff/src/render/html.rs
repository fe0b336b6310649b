//! Renders a report as a page for reviewers, which needs neither network nor scripts.

mod chart;
mod entry;
mod gaps;
mod head;
mod layout;
mod legend;
mod list;
mod markup;
mod owner;
mod page;
mod row;
mod steps;
mod summary;
mod table;
mod tone;
mod words;

use self::markup::Markup;
use self::page::{Page, Version};
use super::gaps::Gaps;
use super::timeline::TimelineReport;
use super::{Report, bump};

/// Renders all findings of two versions.
pub fn html(report: &Report<'_>) -> String {
    let page = Page::of_two(report.diff, [&report.old, &report.new]);
    let documents = report.documents();
    let gaps = Gaps::new(&report.diff.not_compared, &documents);
    write(&page, gaps, &bump(report.diff, report.krate))
}

/// Renders the rows of a timeline, with a picture of it.
pub fn html_timeline(report: &TimelineReport<'_>) -> String {
    let page = Page::of_timeline(report.timeline, &report.texts);
    let documents = report.documents();
    let gaps = Gaps::new(&report.timeline.not_compared, &documents);
    write(&page, gaps, &bump(&report.timeline.net, report.krate))
}

fn write(page: &Page<'_>, gaps: Gaps<'_, '_>, bump: &str) -> String {
    let mut acc = Markup::default();
    let names: Vec<_> = page.versions.iter().map(|it| it.name.as_str()).collect();
    head::write(&mut acc, &format!("{} {}: what changed", page.title, names.join(" \u{2192} ")));
    acc.raw("<body>\n<a class=\"skip\" href=\"#changes\">Skip to the changes</a>\n");
    header(&mut acc, page);
    acc.raw("<main>\n");
    summary::write(&mut acc, page, bump);
    if let Some(timeline) = page.timeline {
        chart::write(&mut acc, timeline, &page.anchors);
    }
    list::write(&mut acc, page);
    gaps::write(&mut acc, gaps);
    acc.raw("</main>\n");
    legend::write(&mut acc);
    head::write_script(&mut acc);
    acc.raw("</body>\n</html>\n");
    acc.finish()
}

fn header(acc: &mut Markup, page: &Page<'_>) {
    acc.raw("<header>\n<h1>").text(page.title).raw(" <span class=\"version\">");
    for (index, Version { name, .. }) in page.versions.iter().enumerate() {
        acc.raw(if index > 0 { " \u{2192} " } else { "" });
        acc.raw("<span>").text(name).raw("</span>");
    }
    acc.raw("</span></h1>\n<ol class=\"files\">\n");
    for Version { name, file } in &page.versions {
        acc.raw("<li><span class=\"version\">").text(name).raw("</span> <code><bdi>").text(file);
        acc.raw("</bdi></code></li>\n");
    }
    acc.raw("</ol>\n</header>\n");
}
