//! Fits a report into the comment of a pull request: the worst rows are kept, the others are counted.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::Verdict;

/// A comment may have 65,536 characters; who writes it adds a line to find it again. Bytes are counted,
/// of which there are never fewer.
const LONGEST: usize = 65_000;

/// A row that is longer is counted, so that one does not take the room of a hundred.
const LONGEST_ROW: usize = 6_000;

/// The room for the line that counts rows.
const TAIL: usize = 200;

/// The room for the line that counts sections.
const LAST: usize = 400;

/// The part of a report about one pair of documents.
#[derive(Debug, Default)]
pub(in crate::render) struct Section {
    /// What stands there however little room there is.
    pub(in crate::render) head: String,
    /// How bad it is, which decides what is left out if not even the heads fit.
    pub(in crate::render) verdict: Verdict,
    pub(in crate::render) tables: Vec<Table>,
}

/// A list of rows.
#[derive(Debug)]
pub(in crate::render) struct Table {
    /// What comes before the rows and after them.
    pub(in crate::render) frame: (String, String),
    /// What stands there instead if none of the rows fits; if it is empty, the frame and their number.
    pub(in crate::render) unshown: String,
    pub(in crate::render) class: Class,
    pub(in crate::render) rows: Vec<Row>,
}

/// Which rows are kept first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::render) enum Class {
    /// Changes that count.
    Open,
    /// Changes that somebody has accepted.
    Accepted,
    /// What happened on the way.
    Passed,
    /// What was not compared.
    Gaps,
}

/// A row as it is written.
#[derive(Debug)]
pub(in crate::render) struct Row {
    pub(in crate::render) text: String,
    pub(in crate::render) verdict: Verdict,
}

/// Writes all sections, with the rows that fit.
pub(in crate::render) fn fitted(sections: &[Section]) -> String {
    let (kept, dropped) = heads_that_fit(sections);
    let used: usize = kept.iter().map(|it| frame(it)).sum();
    let shown = rows_that_fit(&kept, LONGEST.saturating_sub(used + LAST));
    let mut acc = String::new();
    for (section, shown) in kept.iter().zip(&shown) {
        if !acc.is_empty() {
            acc.push('\n');
        }
        acc.push_str(&section.head);
        for (table, shown) in section.tables.iter().zip(shown) {
            write_table(&mut acc, table, shown);
        }
    }
    if !dropped.is_empty() {
        let rows = dropped.iter().flat_map(|it| &it.tables).filter(|it| it.class != Class::Gaps);
        let counted = by_verdict(rows.flat_map(|it| &it.rows));
        let _ = writeln!(acc, "\n{} more documents do not fit{counted}.", dropped.len());
    }
    acc
}

/// Returns the room that a section takes without its rows.
fn frame(section: &Section) -> usize {
    let tables = section.tables.iter().map(|it| it.frame.0.len() + it.frame.1.len() + TAIL);
    section.head.len() + 1 + tables.sum::<usize>()
}

/// Returns the sections whose heads fit, the worst first chosen, in their order, and the others.
fn heads_that_fit(sections: &[Section]) -> (Vec<&Section>, Vec<&Section>) {
    let mut worst_first: Vec<usize> = (0..sections.len()).collect();
    worst_first.sort_by_key(|it| std::cmp::Reverse(sections[*it].verdict.weight()));
    let mut room = LONGEST / 2;
    let mut is_kept = vec![false; sections.len()];
    for index in worst_first {
        let size = frame(&sections[index]);
        if size > room {
            break;
        }
        room -= size;
        is_kept[index] = true;
    }
    let (kept, dropped): (Vec<_>, Vec<_>) =
        sections.iter().zip(is_kept).partition(|(_, is_kept)| *is_kept);
    let sections = |all: Vec<(_, bool)>| all.into_iter().map(|it| it.0).collect();
    (sections(kept), sections(dropped))
}

/// Returns which rows of each table of each section are shown.
fn rows_that_fit(sections: &[&Section], mut room: usize) -> Vec<Vec<Vec<bool>>> {
    let none = |it: &Table| vec![false; it.rows.len()];
    let mut shown: Vec<Vec<_>> =
        sections.iter().map(|it| it.tables.iter().map(none).collect()).collect();
    let mut all = Vec::new();
    for (in_sections, section) in sections.iter().enumerate() {
        for (in_tables, table) in section.tables.iter().enumerate() {
            for (in_rows, row) in table.rows.iter().enumerate() {
                let rank = (table.class, std::cmp::Reverse(row.verdict.weight()));
                all.push((rank, (in_sections, in_tables, in_rows), row.text.len()));
            }
        }
    }
    all.sort_unstable_by_key(|(rank, at, _)| (*rank, *at));
    for (_, (section, table, row), size) in all {
        if size > LONGEST_ROW {
            continue;
        }
        if size > room {
            break;
        }
        room -= size;
        shown[section][table][row] = true;
    }
    shown
}

fn write_table(acc: &mut String, table: &Table, shown: &[bool]) {
    if !table.unshown.is_empty() && !shown.contains(&true) {
        acc.push_str(&table.unshown);
        return;
    }
    acc.push_str(&table.frame.0);
    let rows = || table.rows.iter().zip(shown);
    acc.extend(rows().filter(|it| *it.1).map(|it| it.0.text.as_str()));
    let left_out: Vec<_> = rows().filter(|it| !it.1).map(|it| it.0).collect();
    if !left_out.is_empty() {
        let counted = match table.class {
            Class::Gaps => String::new(),
            Class::Open | Class::Accepted | Class::Passed => by_verdict(left_out.iter().copied()),
        };
        let noun = if left_out.len() == 1 { "row does" } else { "rows do" };
        let _ = writeln!(acc, "\n{} more {noun} not fit{counted}.", left_out.len());
    }
    acc.push_str(&table.frame.1);
}

/// Returns, for example, `: 3 breaking, 12 none`; the worst first.
pub(super) fn by_verdict<'r>(rows: impl Iterator<Item = &'r Row>) -> String {
    // Two verdicts of one word differ in weight, so the worst of a word stands for it.
    let mut counts: BTreeMap<&str, (usize, Verdict)> = BTreeMap::new();
    for row in rows {
        let entry = counts.entry(row.verdict.word()).or_insert((0, row.verdict));
        entry.0 += 1;
        if row.verdict.weight() > entry.1.weight() {
            entry.1 = row.verdict;
        }
    }
    let mut all: Vec<_> = counts.into_iter().collect();
    all.sort_by_key(|(_, (_, verdict))| std::cmp::Reverse(verdict.weight()));
    let words: Vec<_> = all.iter().map(|(word, (n, _))| format!("{n} {word}")).collect();
    if words.is_empty() { String::new() } else { format!(": {}", words.join(", ")) }
}
