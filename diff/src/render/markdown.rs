//! Renders a report for a comment on a pull request: a table of what breaks, the rest folded.

mod fit;

use std::fmt::Write;

use fit::by_verdict;
pub(super) use fit::{Class, Row, Section, Table, fitted};

use super::gaps::{Gaps, MEANING};
use super::text::{places, reach, summary};
use super::{Files, Report, Sides, acceptance, bump, file, said};
use crate::{Finding, Rust, Verdict, Wire};
use tamarack::render::Place;
use tamarack::shown;

/// Renders what breaks in the open and the rest folded.
pub fn markdown(report: &Report<'_>) -> String {
    let mut section = section(report);
    section.head.insert_str(0, "### ");
    fitted(&[section])
}

/// Returns the report of two documents without the mark of a heading.
pub(super) fn section(report: &Report<'_>) -> Section {
    let mut head = format!("{}\n", escaped(&summary(report.diff)));
    if !report.diff.findings.is_empty() {
        let _ = writeln!(head, "\n{}", bump(report.diff, report.krate));
        let (old, new) = (code(file(&report.old)), code(file(&report.new)));
        let _ = writeln!(head, "\n{old} -> {new}");
    }
    let lines = report.diff.findings.iter().map(|finding| Line {
        sides: report.sides(),
        finding,
        story: String::new(),
    });
    let mut tables = tables(lines.collect());
    tables.extend(gaps(Gaps::new(&report.diff.not_compared, &report.documents())));
    Section { head, verdict: report.diff.verdict(), tables }
}

/// Returns what was not compared, if there is anything.
pub(super) fn gaps(gaps: Gaps<'_, '_>) -> Option<Table> {
    let headline = escaped(&gaps.headline()?);
    let before = format!("\n<details><summary>{headline}</summary>\n\n{MEANING}\n\n");
    let (listed, n_more) = gaps.listed();
    let row = |text| Row { text, verdict: Verdict::default() };
    let mut rows: Vec<_> = (listed.iter())
        .map(|it| {
            let (what, counts) = (escaped(it.what), escaped(&it.counts));
            row(format!("- {what}: {counts} ({})\n", code(&it.places())))
        })
        .collect();
    if n_more > 0 {
        rows.push(row(format!("- and {n_more} more\n")));
    }
    let frame = (before, "\n</details>\n".to_owned());
    let unshown = format!("\n{headline}; the list does not fit.\n");
    Some(Table { frame, unshown, class: Class::Gaps, rows })
}

/// A row of a table.
pub(super) struct Line<'r, 'a> {
    /// Where its places are looked up.
    pub(super) sides: Sides<'r, 'a>,
    /// What has changed.
    pub(super) finding: &'r Finding,
    /// When it happened on a timeline, if it is one.
    pub(super) story: String,
}

/// Returns what breaks in the open; what is accepted and what breaks nothing
/// are folded.
pub(super) fn tables(lines: Vec<Line<'_, '_>>) -> Vec<Table> {
    let (accepted, rest): (Vec<_>, Vec<_>) =
        lines.into_iter().partition(|it| it.finding.accepted.is_some());
    let (open, harmless): (Vec<_>, Vec<_>) = rest.into_iter().partition(|it| {
        let verdict = it.finding.verdict;
        verdict.wire() >= Wire::Potentially || verdict.rust == Rust::Major
    });
    let mut acc = Vec::new();
    if !open.is_empty() {
        let frame = (format!("\n{HEADER}"), String::new());
        acc.push(Table { frame, unshown: String::new(), class: Class::Open, rows: rows(&open) });
    }
    acc.extend(folded("accepted", Class::Accepted, &accepted));
    acc.extend(folded("that break nothing", Class::Open, &harmless));
    acc
}

/// Returns a section that is opened by a click, if there is anything in it.
pub(super) fn folded(title: &str, class: Class, lines: &[Line<'_, '_>]) -> Option<Table> {
    let n_lines = lines.len();
    let before = format!("\n<details><summary>{n_lines} {title}</summary>\n\n{HEADER}");
    let frame = (before, "\n</details>\n".to_owned());
    let rows = rows(lines);
    let unshown =
        format!("\n{n_lines} {title}; these rows do not fit{}.\n", by_verdict(rows.iter()));
    (n_lines > 0).then_some(Table { frame, unshown, class, rows })
}

/// A comment has no room for long lists: of more places than this the rest is counted.
const MOST_PLACES: usize = 5;

const HEADER: &str = "| request | response | Rust | what | old | new | reaches |\n\
                      | --- | --- | --- | --- | --- | --- | --- |\n";

fn rows(lines: &[Line<'_, '_>]) -> Vec<Row> {
    let one = |it: &Line<'_, '_>| Row { text: row(it), verdict: it.finding.verdict };
    lines.iter().map(one).collect()
}

fn row(line: &Line<'_, '_>) -> String {
    let (it, verdict) = (line.finding, line.finding.verdict);
    let side = |value: &str, rust: Option<&String>, place: String| {
        let value = Some(escaped(value)).filter(|it| !it.is_empty());
        let parts = [value, rust.map(|it| code(it)), Some(place)];
        parts.into_iter().flatten().collect::<Vec<_>>().join("<br>")
    };
    let sides = line.sides;
    let spot = |place: &Place<'_>| match sides.files {
        Files::Once => sides.spot(place),
        Files::Each => code(&sides.spot(place)),
    };
    let (old, new) = (spot(&sides.old_place(it)), spot(&sides.new_place(it)));
    let [was, is] = said::sides(it, sides);
    let subject = if it.places.is_empty() { code(&it.subject) } else { escaped(&it.subject) };
    let mut what = format!("{subject}<br>{}", it.kind.title());
    if !it.places.is_empty() {
        what.extend(["<br>in ", &escaped(&places(it, sides, MOST_PLACES))]);
    }
    // What an accept file names it by.
    what.extend(["<br>", &code(&it.fingerprint)]);
    for note in [Some(line.story.clone()), acceptance(it)].into_iter().flatten() {
        if !note.is_empty() {
            what.extend(["<br>", &escaped(&note)]);
        }
    }
    format!(
        "| {} | {} | {} | {what} | {} | {} | {} |\n",
        strong(verdict.request.word(), verdict.request == Wire::Breaking),
        strong(verdict.response.word(), verdict.response == Wire::Breaking),
        strong(verdict.rust.word(), verdict.rust == Rust::Major),
        side(&was, it.old.rust.as_ref(), old),
        side(&is, it.new.rust.as_ref(), new),
        escaped(&reach(&it.reach)),
    )
}

pub(super) fn strong(word: &str, is_strong: bool) -> String {
    if is_strong { format!("**{word}**") } else { word.to_owned() }
}

/// Returns a code span in a cell of a table.
pub(super) fn code(text: &str) -> String {
    let text = text.replace('`', "'").replace(['\n', '\r'], " ");
    if text.is_empty() {
        return text;
    }
    let text = shown::one_line(&text);
    if text.contains("\\|") {
        // Readers do not agree on what a backslash before `\|` is.
        return escaped(&text);
    }
    format!("`{}`", text.replace('|', "\\|"))
}

/// Returns a text with nothing in it that Markdown reads.
///
/// Texts of a document are not ours: none may become markup, a mention or a
/// link to an issue. Code spans made by us stay.
pub(super) fn escaped(text: &str) -> String {
    let mut acc = String::new();
    let mut in_code = false;
    // Our code spans have one backtick at each end.
    let balanced = text.matches('`').count().is_multiple_of(2)
        && !text.contains("``")
        && !text.contains("\\|");
    for c in text.chars() {
        match c {
            '`' if balanced => {
                in_code = !in_code;
                acc.push(c);
            }
            '\n' | '\r' | '\t' => acc.push(' '),
            c if shown::is_obeyed(c) => {
                acc.push_str(if in_code { "" } else { "\\" });
                acc.extend(c.escape_default());
            }
            '|' if in_code => acc.push_str("\\|"),
            '|' => acc.push_str("&#124;"),
            '<' if !in_code => acc.push_str("&lt;"),
            '&' if !in_code => acc.push_str("&amp;"),
            '@' | '#' if !in_code => acc.extend([c, '\u{200b}']),
            '\\' | '*' | '_' | '[' | ']' | '`' | '!' | '~' if !in_code => acc.extend(['\\', c]),
            c => acc.push(c),
        }
    }
    acc
}
