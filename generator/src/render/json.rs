//! Renders diagnostics as JSON, one object per line.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::render::place::Texts;
use crate::render::text::sorted;
use crate::shown;

/// One diagnostic as it is written with `--message-format json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JsonMessage<'a> {
    /// The stable code.
    pub code: &'a str,
    /// `error`, `skipped` or `warning`.
    pub severity: &'a str,
    /// The title.
    pub message: &'a str,
    /// The JSON pointer.
    pub pointer: &'a str,
    /// The file.
    pub file: &'a str,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What to do about it.
    pub help: Option<&'a str>,
}

/// Renders all diagnostics in the order of their places; nothing is left out.
pub fn json(diagnostics: &[Diagnostic], texts: &Texts<'_>) -> String {
    let mut acc = String::new();
    for (diagnostic, place) in sorted(diagnostics, texts) {
        let message = JsonMessage {
            code: diagnostic.code.0,
            severity: severity_name(diagnostic.severity),
            message: &diagnostic.title,
            pointer: diagnostic.at.as_str(),
            file: place.file,
            line: place.line,
            column: place.column,
            help: diagnostic.help.as_deref(),
        };
        let line = serde_json::to_string(&message)
            .unwrap_or_else(|_| unreachable!("a struct of texts and numbers is JSON"));
        acc.push_str(&shown::json(&line));
        acc.push('\n');
    }
    acc
}

fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Skipped => "skipped",
        Severity::Warning => "warning",
    }
}
