//! The tables, and the page `docs/performance.md` that is made of them.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::documents;
use crate::goals;
use crate::tool::{Tool, repository};

/// A table with what is to be said of it.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    pub(crate) title: String,
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
    pub(crate) notes: Vec<String>,
}

/// What one generator did.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    /// A measure: less is better.
    Measure(f64),
    /// Why there is none.
    None(String),
}

impl Cell {
    pub(crate) fn absent() -> Self {
        Self::None("not present".to_owned())
    }

    pub(crate) fn of(measured: Result<f64, String>) -> Self {
        measured.map_or_else(Self::None, Self::Measure)
    }

    fn value(&self) -> Option<f64> {
        match self {
            Self::Measure(value) => Some(*value),
            Self::None(_) => None,
        }
    }
}

/// The titles in the order of the page.
const ORDER: [&str; 24] = [
    goals::TITLE,
    "Generating: CPU seconds",
    "Generating: seconds on the clock",
    "Generating: peak memory",
    "Generating: instructions",
    "Generating: where the instructions go",
    "Growth with the document",
    "Growth with the messages",
    "Growth in instructions",
    "All documents",
    "The crate: lines",
    "The crate: packages in its tree",
    "The crate: `cargo check` from nothing",
    "The crate: `cargo check`",
    "The crate: `cargo check` of an operation",
    "The crate: `cargo check` after a change",
    "The crate: memory of the compiler",
    "The crate: release build",
    "At run time",
    "Large bodies",
    "A cached token",
    "Every day",
    "Installing the generator",
    "What the generator is built from",
];

const HEAD: &str = "# Performance

Written by `cd bench && cargo run --release -p tools -- --write`, which installs the other generators and measures all
of them with the same documents, in turn, or part by part. Times differ from machine to machine, so compare within a
row. In parentheses: Tamarack's figure as a part of the best of the others'. Where a generator has no figure, its cell
says why.
";

/// Returns the path of the page.
pub(crate) fn file() -> PathBuf {
    repository().join("docs/performance.md")
}

/// Returns the page, with what earlier runs have measured and this one has not.
pub(crate) fn merged(sections: &[Section]) -> String {
    let before = fs::read_to_string(file()).unwrap_or_default();
    let before: Vec<String> =
        before.split("\n## ").skip(1).map(|it| format!("## {}\n", it.trim_end())).collect();
    let title = |part: &str| part.lines().next().map(|it| it.trim_start_matches("## ").to_owned());
    let of =
        |section: &Section| before.iter().find(|it| title(it).as_ref() == Some(&section.title));
    let with_earlier_rows = |section: &Section| match of(section) {
        Some(old) => rendered(&Section { rows: all_rows(section, old), ..section.clone() }),
        None => rendered(section),
    };
    let mut parts: Vec<String> = sections.iter().map(with_earlier_rows).collect();
    for part in &before {
        if !sections.iter().any(|it| title(part).as_ref() == Some(&it.title)) {
            parts.push(part.clone());
        }
    }
    let place = |part: &String| {
        ORDER.iter().position(|it| title(part).as_deref() == Some(*it)).unwrap_or(ORDER.len())
    };
    parts.retain(|part| title(part).as_deref() != Some(goals::TITLE));
    parts.push(rendered(&goals::section(&parts)));
    parts.sort_by_key(place);
    format!("{HEAD}\n{}\n\n{}", machine(), parts.join("\n"))
}

/// Returns the rows of a section, and those that it had before and are not measured now.
fn all_rows(section: &Section, old: &str) -> Vec<Vec<String>> {
    let mut old = old.lines().filter_map(cells);
    if old.next().as_ref() != Some(&section.header) {
        return section.rows.clone();
    }
    let mut new = section.rows.clone();
    let mut acc: Vec<Vec<String>> = Vec::new();
    for row in old.filter(|it| !it.iter().all(|cell| cell == "---")) {
        match new.iter().position(|it| it.first() == row.first()) {
            Some(at) => acc.push(new.remove(at)),
            None => acc.push(row),
        }
    }
    acc.extend(new);
    acc.sort_by_key(|row| documents::place(row.first().map_or("", String::as_str)));
    acc
}

/// Returns the cells of a row of a table.
pub(crate) fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.strip_prefix("| ")?.strip_suffix(" |")?;
    Some(inner.split(" | ").map(str::to_owned).collect())
}

fn rendered(section: &Section) -> String {
    let mut acc = format!("## {}\n\n", section.title);
    for (n, row) in std::iter::once(&section.header).chain(&section.rows).enumerate() {
        let _ = writeln!(acc, "| {} |", row.join(" | "));
        if n == 0 {
            let _ = writeln!(acc, "|{}", " --- |".repeat(row.len()));
        }
    }
    for note in &section.notes {
        let _ = write!(acc, "\n{note}\n");
    }
    acc
}

/// Makes a table with a row for each title and a column for each generator.
pub(crate) fn table(
    runs: usize,
    title: &str,
    rows: &[(String, Vec<Cell>)],
    text: impl Fn(f64) -> String,
    note: &str,
) -> Section {
    let row = |(title, cells): &(String, Vec<Cell>)| {
        let best = cells.iter().skip(1).filter_map(Cell::value).reduce(f64::min);
        let cells = cells.iter().enumerate().map(|(n, cell)| match (cell, best) {
            (Cell::Measure(value), Some(best)) if n == 0 && best > 0.0 => {
                format!("{} ({:.2})", text(*value), value / best)
            }
            (Cell::Measure(value), _) => text(*value),
            (Cell::None(why), _) => why.clone(),
        });
        std::iter::once(title.clone()).chain(cells).collect()
    };
    Section {
        title: title.to_owned(),
        header: header("document"),
        rows: rows.iter().map(row).collect(),
        notes: vec![format!("{note} {} {}", median_of(runs), load())],
    }
}

/// Says how many runs there were.
pub(crate) fn median_of(runs: usize) -> String {
    if runs == 1 { "One run.".to_owned() } else { format!("The median of {runs} runs.") }
}

/// Returns the names of the generators after the name of the first column.
pub(crate) fn header(first: &str) -> Vec<String> {
    let names = Tool::ALL.iter().map(|tool| tool.name().to_owned());
    std::iter::once(first.to_owned()).chain(names).collect()
}

/// Writes seconds, or what else has no unit, with the digits that mean something.
pub(crate) fn digits(value: f64) -> String {
    match value {
        it if it < 1.0 => format!("{it:.3}"),
        it if it < 10.0 => format!("{it:.2}"),
        it if it < 100.0 => format!("{it:.1}"),
        it => format!("{it:.0}"),
    }
}

/// Says how busy the machine is; what is measured is a part of that.
pub(crate) fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let mean = text.split(' ').next().filter(|it| !it.is_empty());
    mean.map_or_else(String::new, |it| format!("Load of the machine afterwards: {it}."))
}

fn machine() -> String {
    let n_cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let rustc = Command::new("rustc").arg("--version").output();
    let rustc = rustc.map(|it| String::from_utf8_lossy(&it.stdout).trim().to_owned());
    let rustc = rustc.unwrap_or_else(|_| "an unknown rustc".to_owned());
    let facts = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let value = |line: &str| line.split_once(':').map(|it| it.1.trim().to_owned());
    let name = facts.lines().find(|it| it.starts_with("model name")).and_then(value);
    let name = name.unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib = memory.split_whitespace().nth(1).and_then(|it| it.parse::<u64>().ok());
    let memory = kib.map_or_else(String::new, |it| format!(", {} GiB", it.div_ceil(1 << 20)));
    format!("The machine: {n_cores} cores of an {name}{memory}; {rustc}.")
}
