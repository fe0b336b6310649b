//! Renders what changed between two commits: each document that was changed, added, removed or renamed.

use std::fmt::Write;

use tamarack::render::{Paint, github_data, github_property};
use tamarack::shown::one_line;

use super::Report;
use super::markdown::{Section, code, escaped, fitted, section};
use crate::{Rust, Verdict, Wire};

/// The documents that differ between two commits.
#[derive(Debug)]
pub struct Files<'a> {
    /// The older commit, as a reader knows it, for example `main`.
    pub base: &'a str,
    /// The newer commit.
    pub head: &'a str,
    /// The documents, in the order of their paths.
    pub files: Vec<File<'a>>,
}

/// A document that differs between two commits.
#[derive(Debug)]
pub struct File<'a> {
    /// Its path; of a removed document, that which it had.
    pub path: &'a str,
    /// The path it had, where it was renamed.
    pub was: Option<&'a str>,
    /// What happened.
    pub change: Change<'a>,
}

/// What happened to a document.
#[derive(Debug)]
pub enum Change<'a> {
    /// Both commits have it.
    Compared(Box<Report<'a>>),
    /// Only the newer commit has it.
    Added(Summary),
    /// Only the older commit has it.
    Removed(Summary),
    /// At least one side cannot be read, which the messages of the run explain.
    Unreadable,
}

/// A document that nothing is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// The number of operations it declares.
    pub operations: usize,
}

impl Change<'_> {
    /// Returns what it does: who calls a removed API fails, and nobody calls an added one yet.
    pub fn verdict(&self) -> Verdict {
        match self {
            Self::Compared(report) => report.diff.verdict(),
            Self::Added(_) => {
                Verdict { request: Wire::Compatible, response: Wire::None, rust: Rust::Minor }
            }
            Self::Removed(_) => {
                Verdict { request: Wire::Breaking, response: Wire::None, rust: Rust::Major }
            }
            Self::Unreadable => {
                Verdict { request: Wire::Unknown, response: Wire::Unknown, rust: Rust::Major }
            }
        }
    }

    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Compared(_) => "changed",
            Self::Added(_) => "added",
            Self::Removed(_) => "removed",
            Self::Unreadable => "unreadable",
        }
    }

    /// Returns what a line says of a document that was not compared.
    pub(super) fn told(&self) -> Option<String> {
        let counted = |word: &str, it: &Summary| {
            let plural = if it.operations == 1 { "" } else { "s" };
            let name = format!("{} {}", it.title, it.version);
            format!("{word}: {name}, {} operation{plural}", it.operations)
        };
        match self {
            Self::Compared(_) => None,
            Self::Added(it) => Some(counted("added", it)),
            Self::Removed(it) => Some(counted("removed", it)),
            Self::Unreadable => Some("could not be read, so it was not compared".to_owned()),
        }
    }
}

impl Files<'_> {
    /// Returns the line that says that there is nothing to report.
    fn nothing(&self) -> String {
        let (base, head) = (one_line(self.base), one_line(self.head));
        format!("no OpenAPI document changed from {base} to {head}")
    }
}

/// Renders every document for a terminal.
pub fn text(files: &Files<'_>, paint: Paint) -> String {
    if files.files.is_empty() {
        return format!("{}\n", files.nothing());
    }
    let mut acc = String::new();
    for file in &files.files {
        if !acc.is_empty() {
            acc.push('\n');
        }
        acc.push_str(&one_line(file.path));
        if let Some(was) = file.was {
            let _ = write!(acc, " (renamed from {})", one_line(was));
        }
        acc.push_str(": ");
        match &file.change {
            Change::Compared(report) => acc.push_str(&super::text(report, paint)),
            change => {
                let _ = writeln!(acc, "{}", one_line(&change.told().unwrap_or_default()));
            }
        }
    }
    acc
}

/// Renders every document for one comment on a pull request.
pub fn markdown(files: &Files<'_>) -> String {
    if files.files.is_empty() {
        let nothing = escaped(&files.nothing());
        return format!("### {nothing}\n");
    }
    fitted(&files.files.iter().map(section_of).collect::<Vec<_>>())
}

fn section_of(file: &File<'_>) -> Section {
    let was = file.was.map_or_else(String::new, |was| format!(" (renamed from {})", code(was)));
    let before = format!("### {}{was}: ", code(file.path));
    let mut acc = match &file.change {
        Change::Compared(report) => section(report),
        change => Section {
            head: format!("{}\n", escaped(&change.told().unwrap_or_default())),
            verdict: change.verdict(),
            tables: Vec::new(),
        },
    };
    acc.head.insert_str(0, &before);
    acc
}

/// Renders the workflow commands of every document.
pub fn github(files: &Files<'_>) -> String {
    if files.files.is_empty() {
        return format!("tamarack diff: {}\n", github_data(&files.nothing()));
    }
    let mut acc = String::new();
    for file in &files.files {
        if let Some(was) = file.was {
            let line = format!("{} was renamed from {was}", file.path);
            super::github::write_summary(&mut acc, &line);
        }
        match &file.change {
            Change::Compared(report) => acc.push_str(&super::github(report)),
            change => {
                let level = match change.verdict().wire() {
                    Wire::Breaking | Wire::Unknown => "error",
                    _ => "notice",
                };
                let (path, word) = (github_property(file.path), change.word());
                let text = github_data(&change.told().unwrap_or_default());
                let _ = writeln!(acc, "::{level} file={path},title=document {word}::{text}");
            }
        }
    }
    acc
}

/// Renders every document as one JSON object.
pub fn json(files: &Files<'_>) -> String {
    super::json::json_files(files)
}

/// Renders `JUnit` XML with a suite for each document.
pub fn junit(files: &Files<'_>) -> String {
    super::junit::suites(files)
}
