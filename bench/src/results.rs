//! Writes `RESULTS.md`: the sections of this run take the place of those with their titles, the others stay.

use std::path::Path;

use crate::table::{Format, Section};
use crate::{Failure, machine};

const HEAD: &str = "# Beside the peers\n\nWritten by `cargo run --release -- --write`, or part by part with `--only`; times differ from machine to machine and from run to run.\n\n";

/// The titles in the order of the file.
const ORDER: [&str; 4] = ["Token clients", "A fleet", "Comparing two documents", "Generating Rust"];

/// Writes the sections to the file; what it says under other titles stays.
pub(crate) fn write(file: &Path, sections: &[Section]) -> Result<(), Failure> {
    let before = std::fs::read_to_string(file).unwrap_or_default();
    let rendered = sections.iter().map(|section| section.render(Format::Markdown));
    let text = merged(&before, &rendered.collect::<Vec<_>>());
    Ok(std::fs::write(file, format!("{HEAD}{}\n\n{text}", machine::facts()))?)
}

fn merged(before: &str, now: &[String]) -> String {
    let mut parts: Vec<String> = now.iter().map(|part| format!("{}\n", part.trim_end())).collect();
    for part in before.split("\n## ").skip(1) {
        let part = format!("## {}\n", part.trim_end());
        if !parts.iter().any(|it| title(it) == title(&part)) {
            parts.push(part);
        }
    }
    parts.sort_by_key(|part| ORDER.iter().position(|it| title(part) == Some(*it)));
    parts.join("\n")
}

fn title(part: &str) -> Option<&str> {
    part.lines().next()?.strip_prefix("## ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_takes_the_place_of_its_title() {
        let before = "# Head\n\n## Token clients\n\nold\n\n## Generating Rust\n\nkept\n";
        let now = ["## A fleet\n\nnew\n".to_owned(), "## Token clients\n\nnewer\n".to_owned()];
        assert_eq!(
            merged(before, &now),
            "## Token clients\n\nnewer\n\n## A fleet\n\nnew\n\n## Generating Rust\n\nkept\n"
        );
    }
}
