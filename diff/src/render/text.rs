//! Renders a report for a terminal: totals first, then one block per row.

use std::fmt::Write;

use tamarack::render::Paint;
use tamarack::shown::one_line;

use super::gaps::{Gaps, MEANING};
use super::{Report, Sides, acceptance, bump, file, said};
use crate::{Diff, Finding, Reach};

/// Renders all findings.
pub fn text(report: &Report<'_>, paint: Paint) -> String {
    let mut acc = format!("{}\n", summary(report.diff));
    if !report.diff.findings.is_empty() {
        let _ = writeln!(acc, "{}", bump(report.diff, report.krate));
        for (sign, texts) in [('-', &report.old), ('+', &report.new)] {
            let _ = writeln!(acc, "{sign} {}", one_line(file(texts)));
        }
    }
    for finding in &report.diff.findings {
        acc.push('\n');
        write_finding(&mut acc, report.sides(), finding, "", paint);
    }
    write_gaps(&mut acc, Gaps::new(&report.diff.not_compared, &report.documents()));
    acc
}

/// Writes what was not compared, if there is anything.
pub(super) fn write_gaps(acc: &mut String, gaps: Gaps<'_, '_>) {
    let Some(headline) = gaps.headline() else { return };
    let _ = writeln!(acc, "\n{}\n    {MEANING}", one_line(&headline));
    let (listed, n_more) = gaps.listed();
    for it in listed {
        let line = format!("{}: {} ({})", it.what, it.counts, it.places());
        let _ = writeln!(acc, "    {}", one_line(&line));
    }
    if n_more > 0 {
        let _ = writeln!(acc, "    and {n_more} more; `--format json` has all");
    }
}

/// Returns one line: how many rows there are and the worst of each column.
pub(super) fn summary(diff: &Diff) -> String {
    let (old, new) = &diff.versions;
    if old == new {
        return summary_of(&format!("{} {old}, two snapshots", diff.title), diff);
    }
    summary_of(&format!("{} {old} -> {new}", diff.title), diff)
}

/// Returns the summary of what is called so.
pub(super) fn summary_of(name: &str, diff: &Diff) -> String {
    format!("{}: {}", one_line(name), totals(diff))
}

/// Returns how many rows there are and the worst of each column.
pub(crate) fn totals(diff: &Diff) -> String {
    let n_rows = diff.findings.len();
    if n_rows == 0 {
        return "no changes".to_owned();
    }
    let verdict = diff.verdict();
    let plural = if n_rows == 1 { "" } else { "s" };
    let accepted = match n_rows - diff.open().count() {
        0 => String::new(),
        n_accepted => format!(" ({n_accepted} accepted)"),
    };
    format!(
        "{n_rows} change{plural}{accepted}; worst: request {}, response {}, Rust {}",
        verdict.request.word(),
        verdict.response.word(),
        verdict.rust.word()
    )
}

/// Writes the block of a finding; `story` is the line of a timeline, if any.
pub(super) fn write_finding(
    acc: &mut String,
    sides: Sides<'_, '_>,
    it: &Finding,
    story: &str,
    paint: Paint,
) {
    let subject = one_line(&it.subject);
    let _ = writeln!(acc, "{} {subject}: {}", mark(it, paint), it.kind.title());
    if !story.is_empty() {
        let _ = writeln!(acc, "    {}", one_line(story));
    }
    let _ = writeln!(acc, "    {}  [{} {}]", verdicts(it), it.kind.id(), it.fingerprint);
    if let Some(line) = acceptance(it) {
        let _ = writeln!(acc, "    {}", one_line(&line));
    }
    let [was, is] = said::sides(it, sides);
    let (old, new) = (sides.spot(&sides.old_place(it)), sides.spot(&sides.new_place(it)));
    for (sign, side, value, place) in [('-', &it.old, was, old), ('+', &it.new, is, new)] {
        let value = one_line(&value);
        let gap = if value.is_empty() { "" } else { "  " };
        let _ = writeln!(acc, "    {sign} {value}{gap}({place})");
        if let Some(line) = &side.rust {
            let _ = writeln!(acc, "      Rust: {}", one_line(line));
        }
    }
    if !it.places.is_empty() {
        let _ = writeln!(acc, "    in {}", one_line(&places(it, sides, MOST_PLACES)));
    }
    if !it.reach.is_empty() {
        let _ = writeln!(acc, "    reaches {}", one_line(&reach(&it.reach)));
    }
}

/// More places than this are counted.
const MOST_PLACES: usize = 10;

/// Returns the places of a row that folds others, each with where it is.
///
/// Of more than `most`, the rest is counted.
pub(super) fn places(it: &Finding, sides: Sides<'_, '_>, most: usize) -> String {
    let one = |it: &Finding| {
        let is_gone = it.new.value.is_none() && it.old.value.is_some();
        let (sign, place) =
            if is_gone { ('-', sides.old_place(it)) } else { ('+', sides.new_place(it)) };
        format!("{} ({sign}{})", it.subject, sides.spot(&place))
    };
    let mut all: Vec<_> = it.places.iter().take(most).map(one).collect();
    if it.places.len() > most {
        all.push(format!("and {} more", it.places.len() - most));
    }
    all.join(", ")
}

/// Returns the three verdicts of a row.
pub(super) fn verdicts(it: &Finding) -> String {
    let verdict = it.verdict;
    format!(
        "request {}, response {}, Rust {}",
        verdict.request.word(),
        verdict.response.word(),
        verdict.rust.word()
    )
}

fn mark(it: &Finding, paint: Paint) -> String {
    let word = it.verdict.word();
    let colour = match word {
        "breaking" | "major" => 31,
        "unknown" | "potentially" => 33,
        "none" => 36,
        _ => 32,
    };
    match paint {
        Paint::Coloured => format!("\u{1b}[{colour}m{word}\u{1b}[0m"),
        Paint::Plain => word.to_owned(),
    }
}

/// More operations than this are counted.
const MOST_OPERATIONS: usize = 3;

/// Returns the operations by name when they are few, else their number.
pub(super) fn reach(all: &[Reach]) -> String {
    let positions = |it: &Reach| {
        if it.positions.is_empty() {
            it.operation.clone()
        } else {
            format!("{} ({})", it.operation, it.positions.join(", "))
        }
    };
    if all.len() <= MOST_OPERATIONS {
        return all.iter().map(positions).collect::<Vec<_>>().join("; ");
    }
    let mut kinds: Vec<_> = all.iter().flat_map(|it| it.positions.iter().cloned()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    format!("{} operations: {}", all.len(), kinds.join(", ")).trim_end_matches(": ").to_owned()
}
