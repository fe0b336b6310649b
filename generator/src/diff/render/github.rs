//! A report for a GitHub workflow: one annotation a row, at its place in the new document.

use std::fmt::Write;

use super::Report;
use super::text::summary;
use crate::diff::{Finding, Rust, Wire};

/// Renders one workflow command for each row; what does nothing is left out.
pub fn github(report: &Report<'_>) -> String {
    let mut acc = String::new();
    for it in &report.diff.findings {
        let Some(level) = level(it) else { continue };
        let place = report.new.of(&it.new.pointer, true);
        let verdict = it.verdict;
        let message = format!(
            "{}: request {}, response {}, Rust {}",
            it.title(),
            verdict.request.word(),
            verdict.response.word(),
            verdict.rust.word()
        );
        let _ = writeln!(
            acc,
            "::{level} file={},line={},col={},title={}::{}",
            property(place.file),
            place.line,
            place.column,
            property(it.kind.title()),
            data(&message)
        );
    }
    let _ = writeln!(acc, "{}", summary(report.diff));
    acc
}

fn level(it: &Finding) -> Option<&'static str> {
    match (it.verdict.wire(), it.verdict.rust) {
        (Wire::Breaking, _) | (_, Rust::Major) => Some("error"),
        (Wire::Unknown | Wire::Potentially, _) => Some("warning"),
        (Wire::Compatible, _) | (_, Rust::Minor | Rust::Patch) => Some("notice"),
        (Wire::None, Rust::None) => None,
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
