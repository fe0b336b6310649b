//! Planned changes in, the message of a failed `--check` out: which files, what differs, what to run.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use similar::TextDiff;

use crate::sync::Changes;

/// How many lines of a difference are shown for one file.
const SHOWN_LINES: usize = 12;

/// Returns the message for changes that should not be there; `command` is
/// what makes them.
pub fn check(
    files: &BTreeMap<String, String>,
    dir: &Path,
    changes: &Changes,
    command: &str,
) -> String {
    let name = dir.display().to_string();
    let name = name.trim_end_matches('/');
    let mut acc = String::new();
    for path in &changes.modified {
        acc.extend(["modified: ", name, "/", path, "\n"]);
        let old = fs::read(dir.join(path)).unwrap_or_default();
        acc.push_str(&excerpt(&String::from_utf8_lossy(&old), &files[path]));
    }
    for path in &changes.missing {
        acc.extend(["new: ", name, "/", path, "\n"]);
    }
    for path in &changes.orphans {
        acc.extend(["orphan: ", name, "/", path, "\n"]);
    }
    for path in &changes.leftovers {
        acc.extend(["left by an interrupted run: ", name, "/", path, "\n"]);
    }
    let counts = [
        (changes.modified.len(), "modified", "modified"),
        (changes.missing.len(), "new", "new"),
        (changes.orphans.len(), "orphan", "orphans"),
        (changes.leftovers.len(), "leftover", "leftovers"),
    ];
    let counts: Vec<String> = counts
        .iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(n, one, many)| format!("{n} {}", if *n == 1 { one } else { many }))
        .collect();
    acc + &format!("{name}/ is stale: {}; run `{command}`\n", counts.join(", "))
}

/// Returns the first lines of the difference, `-` as it is and `+` as it
/// should be.
fn excerpt(old: &str, new: &str) -> String {
    let difference = TextDiff::from_lines(old, new);
    let text = difference.unified_diff().context_radius(1).to_string();
    let mut acc = String::new();
    for line in text.lines().take(SHOWN_LINES) {
        acc.extend(["  ", line, "\n"]);
    }
    match text.lines().count() {
        n if n > SHOWN_LINES => acc + &format!("  ... {} more lines\n", n - SHOWN_LINES),
        _ => acc,
    }
}
