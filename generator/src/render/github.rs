//! Renders diagnostics as workflow commands, which GitHub shows at the lines of a pull request.

use std::fmt::Write;

use crate::diagnostic::{Diagnostic, Severity};
use crate::render::place::Texts;
use crate::render::text::sorted;
use crate::shown;

/// Renders one workflow command for each diagnostic, in the order of their places.
pub fn github(diagnostics: &[Diagnostic], texts: &Texts<'_>) -> String {
    let mut acc = String::new();
    for (diagnostic, place) in sorted(diagnostics, texts) {
        let level = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Skipped | Severity::Warning => "warning",
        };
        let help = diagnostic.help.as_deref().map_or_else(String::new, |it| format!("\n{it}"));
        let message = format!("{} (at {}){help}", diagnostic.title, diagnostic.at);
        let _ = writeln!(
            acc,
            "::{level} file={},line={},endLine={},col={},endColumn={},title={}::{}",
            github_property(place.file),
            place.line,
            place.line,
            place.column,
            place.end_column(),
            github_property(diagnostic.code.0),
            github_data(&message)
        );
    }
    acc
}

/// Escapes the text after the second `::` of a workflow command. What a
/// terminal obeys is escaped, too: the log of a workflow is shown in one.
pub fn github_data(text: &str) -> String {
    shown::lines(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property of a workflow command.
pub fn github_property(text: &str) -> String {
    github_data(text).replace(':', "%3A").replace(',', "%2C")
}
