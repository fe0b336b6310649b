//! Planned changes in, the message of a failed `--check` out: which files, what differs, what to run.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::sync::Changes;

/// How many lines of either side are shown for one file.
const SHOWN_LINES: usize = 6;

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

/// Returns the first lines of what stands between the equal beginnings and ends of both, `-` as it is and
/// `+` as it should be.
fn excerpt(old: &str, new: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
    let n_before = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[n_before..], &new[n_before..]);
    let n_after = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let shown = |mark: &'static str, lines: &[&str]| {
        let lines = &lines[..lines.len() - n_after];
        let mut acc: String =
            lines.iter().take(SHOWN_LINES).flat_map(|it| ["  ", mark, it, "\n"]).collect();
        if let Some(n @ 1..) = lines.len().checked_sub(SHOWN_LINES) {
            acc.extend(["  ", mark, "... ", &n.to_string(), " more lines\n"]);
        }
        acc
    };
    format!("  @@ line {}\n{}{}", n_before + 1, shown("-", old), shown("+", new))
}
