//! Writes sections of cells as aligned text or markdown, with reasons below each table.

use std::fmt::Write as _;

/// A table with what is to be said of it.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    pub(crate) title: String,
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
    pub(crate) notes: Vec<String>,
}

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Columns, for a terminal.
    Text,
    /// For a page.
    Markdown,
}

/// Cells that begin so have a reason after it.
const REASONED: [&str; 2] = ["n/a", "failed"];

impl Section {
    /// Writes the section.
    pub(crate) fn render(&self, format: Format) -> String {
        let (lines, reasons) = self.without_reasons();
        let mut acc = match format {
            Format::Text => format!("{}\n\n{}", self.title, aligned(&lines)),
            Format::Markdown => format!("## {}\n\n{}", self.title, piped(&lines)),
        };
        let numbered = reasons.iter().enumerate().map(|(n, why)| format!("[{}] {why}", n + 1));
        for note in numbered.chain(self.notes.iter().cloned()) {
            let gap = if format == Format::Markdown { "\n" } else { "" };
            let _ = writeln!(acc, "{gap}{note}");
        }
        acc
    }

    /// Returns header and rows with numbers in place of the reasons, and the reasons.
    fn without_reasons(&self) -> (Vec<Vec<String>>, Vec<String>) {
        let mut reasons: Vec<String> = Vec::new();
        let mut lines = vec![self.header.clone()];
        for row in &self.rows {
            let shorten = |text: &String| match text.split_once(": ") {
                Some((word, why)) if REASONED.contains(&word) => {
                    let known = reasons.iter().position(|it| it == why);
                    let n = known.unwrap_or_else(|| {
                        reasons.push(why.to_owned());
                        reasons.len() - 1
                    });
                    format!("{word} [{}]", n + 1)
                }
                _ => text.clone(),
            };
            lines.push(row.iter().map(shorten).collect());
        }
        (lines, reasons)
    }
}

fn aligned(lines: &[Vec<String>]) -> String {
    let n_columns = lines.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| {
        let texts = lines.iter().filter_map(|line| line.get(column));
        texts.map(|text| text.chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..n_columns).map(width).collect();
    let mut acc = String::new();
    for line in lines {
        let cells = line.iter().zip(&widths).map(|(text, &width)| format!("{text:<width$}"));
        acc.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        acc.push('\n');
    }
    acc
}

fn piped(lines: &[Vec<String>]) -> String {
    let mut acc = String::new();
    for (n, line) in lines.iter().enumerate() {
        let _ = writeln!(acc, "| {} |", line.join(" | "));
        if n == 0 {
            let _ = writeln!(acc, "|{}", " --- |".repeat(line.len()));
        }
    }
    acc
}
