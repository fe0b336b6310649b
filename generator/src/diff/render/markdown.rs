//! A report for a comment under a pull request: a table of what breaks, the rest folded.

use std::fmt::Write;

use super::text::{reach, summary};
use super::{Report, at};
use crate::diff::{Finding, Rust, Wire};

/// A comment may have 65536 characters; the rest is counted.
const LONGEST: usize = 60_000;

/// Renders what breaks in the open and the rest folded.
pub fn markdown(report: &Report<'_>) -> String {
    let mut acc = format!("### {}\n", escaped(&summary(report.diff)));
    let (open, folded): (Vec<_>, Vec<_>) =
        report.diff.findings.iter().partition(|it| {
            it.verdict.wire() >= Wire::Potentially || it.verdict.rust == Rust::Major
        });
    if !open.is_empty() {
        acc.push('\n');
        let n_left = table(&mut acc, report, &open);
        left_out(&mut acc, n_left);
    }
    if !folded.is_empty() {
        let _ =
            write!(acc, "\n<details><summary>{} that break nothing</summary>\n\n", folded.len());
        let n_left = table(&mut acc, report, &folded);
        left_out(&mut acc, n_left);
        acc.push_str("\n</details>\n");
    }
    acc
}

fn left_out(acc: &mut String, n_left: usize) {
    if n_left > 0 {
        let _ = writeln!(acc, "\n{n_left} more rows do not fit.");
    }
}

/// Writes the rows that fit; returns how many do not.
fn table(acc: &mut String, report: &Report<'_>, rows: &[&Finding]) -> usize {
    acc.push_str("| request | response | Rust | what | old | new | reaches |\n");
    acc.push_str("| --- | --- | --- | --- | --- | --- | --- |\n");
    for (index, it) in rows.iter().enumerate() {
        let row = row(report, it);
        if acc.len() + row.len() > LONGEST {
            return rows.len() - index;
        }
        acc.push_str(&row);
    }
    0
}

fn row(report: &Report<'_>, it: &Finding) -> String {
    let verdict = it.verdict;
    let side = |value: Option<&String>, rust: Option<&String>, place: String| {
        let parts = [value.map(|it| escaped(it)), rust.map(|it| code(it)), Some(code(&place))];
        parts.into_iter().flatten().collect::<Vec<_>>().join("<br>")
    };
    let old = at(&report.old.of(&it.old.pointer, true));
    let new = at(&report.new.of(&it.new.pointer, true));
    format!(
        "| {} | {} | {} | {}<br>{} | {} | {} | {} |\n",
        strong(verdict.request.word(), verdict.request == Wire::Breaking),
        strong(verdict.response.word(), verdict.response == Wire::Breaking),
        strong(verdict.rust.word(), verdict.rust == Rust::Major),
        code(&it.subject),
        it.kind.title(),
        side(it.old.value.as_ref(), it.old.rust.as_ref(), old),
        side(it.new.value.as_ref(), it.new.rust.as_ref(), new),
        escaped(&reach(&it.reach)),
    )
}

fn strong(word: &str, is_strong: bool) -> String {
    if is_strong { format!("**{word}**") } else { word.to_owned() }
}

fn code(text: &str) -> String {
    let text = text.replace('|', "\\|").replace('`', "'").replace(['\n', '\r'], " ");
    if text.is_empty() { text } else { format!("`{text}`") }
}

/// Texts of a document are not ours: none may become markup, a mention or a
/// link to an issue. Code spans made by us stay.
fn escaped(text: &str) -> String {
    let mut acc = String::new();
    let mut in_code = false;
    let balanced = text.matches('`').count().is_multiple_of(2);
    for c in text.chars() {
        match c {
            '`' if balanced => {
                in_code = !in_code;
                acc.push(c);
            }
            '\n' | '\r' => acc.push(' '),
            '|' => acc.push_str("\\|"),
            '<' if !in_code => acc.push_str("&lt;"),
            '&' if !in_code => acc.push_str("&amp;"),
            '@' | '#' if !in_code => acc.extend([c, '\u{200b}']),
            '\\' | '*' | '_' | '[' | ']' | '`' | '!' | '~' if !in_code => acc.extend(['\\', c]),
            c => acc.push(c),
        }
    }
    acc
}
