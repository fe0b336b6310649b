//! Sections in, `docs/performance.md` out.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use crate::Bench;
use crate::tool::repository;

/// A table with what is to be said of it.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    pub(crate) title: &'static str,
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
    pub(crate) notes: Vec<String>,
}

/// The titles in the order of the page.
const ORDER: [&str; 10] = [
    "Generating",
    "Peak memory while generating",
    "Instructions of a generation",
    "Lines of the crate",
    "Growth",
    "The whole corpus",
    "Checking the crate",
    "Memory of the compiler",
    "Release build of the crate",
    "Installing the generator",
];

const HEAD: &str = "# Performance\n\nWritten by `cd bench && cargo run --release -p tools -- --write`; `--install` installs the generators. \
Times differ from machine to machine, so compare within a row: in parentheses is the ratio to the best of the other generators.\n\n";

/// Returns the path of the page.
pub(crate) fn file() -> PathBuf {
    repository().join("docs/performance.md")
}

/// Returns the page, with the sections of the last run where they did not run now.
pub(crate) fn merged(bench: &Bench, sections: &[Section]) -> String {
    let mut parts: Vec<String> = sections.iter().map(rendered).collect();
    let before = std::fs::read_to_string(file()).unwrap_or_default();
    for part in before.split("\n## ").skip(1) {
        let part = format!("## {}\n", part.trim_end());
        if !parts.iter().any(|it| it.lines().next() == part.lines().next()) {
            parts.push(part);
        }
    }
    let title = |part: &str| part.lines().next().map(|it| it.trim_start_matches("## ").to_owned());
    parts.sort_by_key(|part| ORDER.iter().position(|it| title(part).as_deref() == Some(*it)));
    format!("{HEAD}{}\n\n{}", machine(bench), parts.join("\n"))
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

/// Writes seconds with the digits that mean something.
pub(crate) fn seconds(time: Duration) -> String {
    let value = time.as_secs_f64();
    if value < 10.0 { format!("{value:.3}") } else { format!("{value:.1}") }
}

/// Writes a number with its ratio to that of the best peer.
pub(crate) fn with_ratio(text: &str, ours: f64, best: Option<f64>) -> String {
    match best {
        Some(best) if best > 0.0 => format!("{text} ({:.2})", ours / best),
        _ => text.to_owned(),
    }
}

fn machine(bench: &Bench) -> String {
    let n_cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let rustc = Command::new("rustc").arg("--version").output();
    let rustc = rustc.map(|it| String::from_utf8_lossy(&it.stdout).trim().to_owned());
    let rustc = rustc.unwrap_or_else(|_| "an unknown rustc".to_owned());
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("?").to_owned();
    format!(
        "{n_cores} cores, {}, {rustc}; medians of {} runs, each generator in turn; load at the end {load}.",
        std::env::consts::ARCH,
        bench.runs
    )
}
