//! A report for a CI server: one test case a row, failed when it breaks something.

use std::fmt::Write;

use super::{Report, at};
use crate::diff::{Finding, Rust, Wire};

/// Renders `JUnit` XML.
pub fn junit(report: &Report<'_>) -> String {
    let all = &report.diff.findings;
    let n_failures = all.iter().filter(|it| breaks(it)).count();
    let mut acc = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        acc,
        "<testsuite name=\"tamarack diff\" tests=\"{}\" failures=\"{n_failures}\">",
        all.len()
    );
    for it in all {
        let _ = write!(
            acc,
            "  <testcase classname=\"{}\" name=\"{}\"",
            escaped(it.kind.id()),
            escaped(&it.title())
        );
        if breaks(it) {
            let place = at(&report.new.of(&it.new.pointer, true));
            let verdict = it.verdict;
            let message = format!(
                "request {}, response {}, Rust {}",
                verdict.request.word(),
                verdict.response.word(),
                verdict.rust.word()
            );
            let _ = writeln!(
                acc,
                "><failure message=\"{}\">{}</failure></testcase>",
                escaped(&message),
                escaped(&place)
            );
        } else {
            acc.push_str("/>\n");
        }
    }
    acc.push_str("</testsuite>\n");
    acc
}

fn breaks(it: &Finding) -> bool {
    it.verdict.wire() >= Wire::Unknown || it.verdict.rust == Rust::Major
}

/// XML 1.0 has no way to write most control characters.
fn escaped(text: &str) -> String {
    let mut acc = String::new();
    for c in text.chars() {
        match c {
            '&' => acc.push_str("&amp;"),
            '<' => acc.push_str("&lt;"),
            '>' => acc.push_str("&gt;"),
            '"' => acc.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => acc.push(' '),
            c => acc.push(c),
        }
    }
    acc
}
