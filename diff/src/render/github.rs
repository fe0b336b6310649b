//! Renders a report for a GitHub workflow: one annotation per row, at its place in the new document.

use std::fmt::Write;

use tamarack::render::{github_data as data, github_property as property};

use super::gaps::Gaps;
use super::text::{summary, verdicts};
use super::{Report, Sides, acceptance, bump};
use crate::{Finding, Rust, Wire};

/// Renders one workflow command for each row; what does nothing is left out,
/// and what is accepted is a notice.
pub fn github(report: &Report<'_>) -> String {
    let mut acc = String::new();
    for it in &report.diff.findings {
        write_finding(&mut acc, report.sides(), it);
    }
    write_gaps(&mut acc, Gaps::new(&report.diff.not_compared, &report.documents()));
    write_summary(&mut acc, &summary(report.diff));
    write_summary(&mut acc, &bump(report.diff, report.krate));
    acc
}

/// Writes a notice for each thing that was not compared, at its first place in the newest
/// document that has one, and a line for the log.
pub(super) fn write_gaps(acc: &mut String, gaps: Gaps<'_, '_>) {
    let Some(headline) = gaps.headline() else { return };
    let (listed, n_more) = gaps.listed();
    for it in listed {
        let Some(place) = it.firsts.last() else { continue };
        let (file, text) = (property(place.file), data(&format!("{}: {}", it.what, it.counts)));
        let (line, column) = (place.line, place.column);
        let _ = writeln!(
            acc,
            "::notice file={file},line={line},col={column},title=not fully compared::{text}"
        );
    }
    let more = if n_more == 0 { String::new() } else { format!("; {n_more} more not listed") };
    write_summary(acc, &format!("{headline}{more}"));
}

/// Writes a line for the log; a document's text must not begin one, since it
/// could be a command.
pub(super) fn write_summary(acc: &mut String, line: &str) {
    let _ = writeln!(acc, "tamarack diff: {}", data(line));
}

/// Writes the command of a row of a diff, or of the net of a timeline.
pub(super) fn write_finding(acc: &mut String, sides: Sides<'_, '_>, it: &Finding) {
    if let Some(level) = level(it) {
        let accepted = acceptance(it).map_or_else(String::new, |line| format!("; {line}"));
        write_command(acc, level, sides, it, &format!("{}{accepted}", verdicts(it)));
    }
}

/// Writes what happened on the way and is in no row of the net.
pub(super) fn write_note(acc: &mut String, sides: Sides<'_, '_>, it: &Finding, story: &str) {
    if level(it).is_some() {
        write_command(acc, "notice", sides, it, &format!("{story}; {}", verdicts(it)));
    }
}

fn write_command(acc: &mut String, level: &str, sides: Sides<'_, '_>, it: &Finding, message: &str) {
    let place = sides.new_place(it);
    let _ = writeln!(
        acc,
        "::{level} file={},line={},col={},title={}::{}",
        property(place.file),
        place.line,
        place.column,
        property(it.kind.title()),
        data(&format!("{}: {message} [{}]", it.title(), it.fingerprint))
    );
}

fn level(it: &Finding) -> Option<&'static str> {
    match (it.verdict.wire(), it.verdict.rust) {
        (Wire::None, Rust::None) => None,
        _ if it.accepted.is_some() => Some("notice"),
        (Wire::Breaking, _) | (_, Rust::Major) => Some("error"),
        (Wire::Unknown | Wire::Potentially, _) => Some("warning"),
        (Wire::Compatible, _) | (_, Rust::Minor | Rust::Patch) => Some("notice"),
    }
}
