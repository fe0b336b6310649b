//! Renders a timeline for a terminal: totals, the rows of the net diff, then what was reverted.

use std::fmt::Write;

use tamarack::render::Paint;

use super::TimelineReport;
use crate::Fate;
use crate::render::bump;
use crate::render::gaps::Gaps;
use crate::render::text::{summary_of, write_finding, write_gaps};

/// Renders all rows.
pub fn text(report: &TimelineReport<'_>, paint: Paint) -> String {
    let mut acc = String::new();
    for (name, diff) in report.diffs() {
        let _ = writeln!(acc, "{}", summary_of(&name, diff));
    }
    let _ = writeln!(acc, "{}", bump(&report.timeline.net, report.krate));
    let passed = report.passed();
    if !passed.is_empty() {
        let _ = writeln!(acc, "{passed}");
    }
    for fate in [Fate::Net, Fate::Reverted, Fate::Absorbed] {
        for (it, sides, story) in report.of(fate) {
            acc.push('\n');
            write_finding(&mut acc, sides, it, &story, paint);
        }
    }
    write_gaps(&mut acc, Gaps::new(&report.timeline.not_compared, &report.documents()));
    acc
}
