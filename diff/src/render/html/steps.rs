//! Writes the versions in which a row of a timeline happened, and what each did.

use super::markup::Markup;
use super::words::{self, Reading};
use crate::{Fate, Row, Step, Timeline};

/// Writes the steps of a row; the net alone needs none.
pub(super) fn write(acc: &mut Markup, timeline: &Timeline, row: &Row) {
    if row.steps.is_empty() {
        acc.raw("<p class=\"history\">No single step says this: it is the sum of many.</p>\n");
        return;
    }
    acc.raw("<div class=\"history\">\n<p>").text(&sentence(timeline, row)).raw("</p>\n");
    if row.steps.len() == 1 && row.net.is_some() {
        // The step is the row itself.
        acc.raw("</div>\n");
        return;
    }
    acc.raw("<ol>\n");
    for step in &row.steps {
        one(acc, timeline, *step);
    }
    acc.raw("</ol>\n</div>\n");
}

fn one(acc: &mut Markup, timeline: &Timeline, step: Step) {
    let finding = timeline.finding(step);
    acc.raw("<li><span class=\"version\">").text(&arrived(timeline, step));
    acc.raw("</span> ").raw(finding.kind.title());
    let [old, new] = [finding.old.value.as_deref(), finding.new.value.as_deref()];
    if old.is_some() || new.is_some() {
        acc.raw(": ");
        value(acc, old);
        acc.raw(" \u{2192} ");
        value(acc, new);
    }
    acc.raw("</li>\n");
}

fn value(acc: &mut Markup, value: Option<&str>) {
    match value {
        Some(value) => {
            words::write(acc, value, None, Reading::Prose, ["", ""]);
        }
        None => {
            acc.raw("<span class=\"absent\">not there</span>");
        }
    }
}

/// Returns when the change came and, where it went, when it went.
pub(super) fn sentence(timeline: &Timeline, row: &Row) -> String {
    let (Some(first), Some(last)) = (row.steps.first(), row.steps.last()) else {
        return String::new();
    };
    let (came, went) = (arrived(timeline, *first), arrived(timeline, *last));
    match row.fate {
        Fate::Reverted => format!("Appeared in {came}, reverted in {went}."),
        Fate::Absorbed => {
            format!("Appeared in {came}; in the last version another row tells of it.")
        }
        Fate::Net if first == last => format!("Appeared in {came}."),
        Fate::Net => format!("Appeared in {came}, changed again until {went}."),
    }
}

/// Returns the version that a step leads to.
fn arrived(timeline: &Timeline, step: Step) -> String {
    timeline.label(step.hop + 1)
}
