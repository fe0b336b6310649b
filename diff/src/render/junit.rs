//! Renders a report for a CI server: one test case per row, failed if it breaks something.

use std::fmt::Write;

use tamarack::shown::one_line;

use super::files::{Change, Files};
use super::gaps::Gaps;
use super::text::verdicts;
use super::{Report, Sides, acceptance, at};
use crate::{Finding, Rust, Wire};

/// Renders `JUnit` XML; what is accepted is skipped.
pub fn junit(report: &Report<'_>) -> String {
    format!("{HEADER}{}", suite_of(report, NAME))
}

const HEADER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAME: &str = "tamarack diff";

/// Renders the suite of a report.
fn suite_of(report: &Report<'_>, name: &str) -> String {
    let cases: Vec<_> =
        report.diff.findings.iter().map(|it| Case::of(report.sides(), it)).collect();
    element(name, &cases, Gaps::new(&report.diff.not_compared, &report.documents()))
}

/// Renders a suite for each document.
pub(super) fn suites(files: &Files<'_>) -> String {
    let mut acc = format!("{HEADER}<testsuites name=\"{NAME}\">\n");
    for file in &files.files {
        let name = format!("{NAME} {}", file.path);
        match &file.change {
            Change::Compared(report) => acc.push_str(&suite_of(report, &name)),
            change => write_told(&mut acc, &name, file.path, change),
        }
    }
    acc.push_str("</testsuites>\n");
    acc
}

/// Writes the suite of a document that nothing was compared with: one case.
fn write_told(acc: &mut String, name: &str, path: &str, change: &Change<'_>) {
    let (word, told) = (change.word(), escaped(&change.told().unwrap_or_default()));
    let fails = change.verdict().wire() >= Wire::Unknown;
    let n_failures = u8::from(fails);
    let (name, path) = (escaped(name), escaped(path));
    let _ = writeln!(
        acc,
        "<testsuite name=\"{name}\" tests=\"1\" failures=\"{n_failures}\" skipped=\"0\">"
    );
    let _ = write!(acc, "  <testcase classname=\"document-{word}\" name=\"{path}\"");
    let _ = if fails {
        writeln!(acc, "><failure message=\"{told}\"/></testcase>")
    } else {
        writeln!(acc, "/>")
    };
    acc.push_str("</testsuite>\n");
}

/// A row as a test case.
pub(super) struct Case<'a> {
    finding: &'a Finding,
    outcome: Outcome,
}

enum Outcome {
    Passed,
    /// With the reason.
    Skipped(String),
    /// With the place.
    Failed(String),
}

impl<'a> Case<'a> {
    /// Returns the case of a row.
    pub(super) fn of(sides: Sides<'_, '_>, finding: &'a Finding) -> Self {
        let outcome = match acceptance(finding) {
            Some(reason) => Outcome::Skipped(reason),
            None if breaks(finding) => Outcome::Failed(at(&sides.new_place(finding))),
            None => Outcome::Passed,
        };
        Self { finding, outcome }
    }

    /// Returns the case of what happened on the way and is in no row of the net.
    pub(super) fn note(finding: &'a Finding, story: String) -> Self {
        Self { finding, outcome: Outcome::Skipped(story) }
    }
}

/// Renders the suite of all cases; what was not compared is skipped.
pub(super) fn suite(cases: &[Case<'_>], gaps: Gaps<'_, '_>) -> String {
    format!("{HEADER}{}", element(NAME, cases, gaps))
}

fn element(name: &str, cases: &[Case<'_>], gaps: Gaps<'_, '_>) -> String {
    let listed: Vec<_> = gaps.all().map(|it| it.0).collect();
    let count = |is: &dyn Fn(&Outcome) -> bool| cases.iter().filter(|it| is(&it.outcome)).count();
    let mut acc = String::new();
    let name = escaped(name);
    let _ = writeln!(
        acc,
        "<testsuite name=\"{name}\" tests=\"{}\" failures=\"{}\" skipped=\"{}\">",
        cases.len() + listed.len(),
        count(&|it| matches!(it, Outcome::Failed(_))),
        count(&|it| matches!(it, Outcome::Skipped(_))) + listed.len(),
    );
    for Case { finding, outcome } in cases {
        let _ = write!(
            acc,
            "  <testcase classname=\"{}\" name=\"{}\"",
            escaped(finding.kind.id()),
            escaped(&finding.title())
        );
        let _ = match outcome {
            Outcome::Passed => writeln!(acc, "/>"),
            Outcome::Skipped(reason) => {
                writeln!(acc, "><skipped message=\"{}\"/></testcase>", escaped(reason))
            }
            Outcome::Failed(place) => writeln!(
                acc,
                "><failure message=\"{}\">{}</failure></testcase>",
                escaped(&format!("{} [{}]", verdicts(finding), finding.fingerprint)),
                escaped(place)
            ),
        };
    }
    for it in listed {
        let _ = writeln!(
            acc,
            "  <testcase classname=\"not-compared\" name=\"{}\"><skipped message=\"{}\"/></testcase>",
            escaped(it.what),
            escaped(&format!("not fully compared: {} ({})", it.counts, it.places()))
        );
    }
    acc.push_str("</testsuite>\n");
    acc
}

fn breaks(it: &Finding) -> bool {
    it.verdict.wire() >= Wire::Unknown || it.verdict.rust == Rust::Major
}

/// XML 1.0 has no way to write most control characters: they are shown as escapes.
fn escaped(text: &str) -> String {
    let mut acc = String::new();
    for c in one_line(text).chars() {
        match c {
            '&' => acc.push_str("&amp;"),
            '<' => acc.push_str("&lt;"),
            '>' => acc.push_str("&gt;"),
            '"' => acc.push_str("&quot;"),
            c => acc.push(c),
        }
    }
    acc
}
