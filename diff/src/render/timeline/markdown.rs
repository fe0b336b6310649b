//! Renders a timeline for a comment: a table of steps, the net diff, and folded what was reverted.

use std::fmt::Write;

use super::TimelineReport;
use crate::render::bump;
use crate::render::gaps::Gaps;
use crate::render::markdown::{
    Class, Line, Section, escaped, fitted, folded, gaps, strong, tables,
};
use crate::render::text::summary_of;
use crate::{Fate, Rust, Wire};

/// Renders the hops, the net and what the net does not show.
pub fn markdown(report: &TimelineReport<'_>) -> String {
    let mut acc = String::new();
    let diffs = report.diffs();
    if let Some((name, net)) = diffs.last() {
        let _ = writeln!(
            acc,
            "### {}\n\n{}\n",
            escaped(&summary_of(name, net)),
            bump(net, report.krate)
        );
    }
    acc.push_str("| hop | changes | requests | responses | Rust |\n");
    acc.push_str("| --- | --- | --- | --- | --- |\n");
    for (name, diff) in &diffs {
        let verdict = diff.verdict();
        let _ = writeln!(
            acc,
            "| {} | {} | {} | {} | {} |",
            escaped(name),
            diff.findings.len(),
            strong(verdict.request.word(), verdict.request == Wire::Breaking),
            strong(verdict.response.word(), verdict.response == Wire::Breaking),
            strong(verdict.rust.word(), verdict.rust == Rust::Major),
        );
    }
    let lines = |fate| -> Vec<_> {
        report.of(fate).map(|(finding, sides, story)| Line { sides, finding, story }).collect()
    };
    let mut tables = tables(lines(Fate::Net));
    let passed = [
        ("appeared and reverted", lines(Fate::Reverted)),
        ("in no row of the net", lines(Fate::Absorbed)),
    ];
    tables.extend(passed.iter().filter_map(|(title, it)| folded(title, Class::Passed, it)));
    tables.extend(gaps(Gaps::new(&report.timeline.not_compared, &report.documents())));
    fitted(&[Section { head: acc, verdict: report.timeline.net.verdict(), tables }])
}
