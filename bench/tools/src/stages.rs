//! Where the instructions of our own generator go: each stage, as callgrind has counted it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::generation::millions;
use crate::page::Section;

/// The stages of `ARCHITECTURE.md`, each with the functions that are all of it.
const STAGES: [(&str, &[&str]); 10] = [
    ("load", &["load::load_with_places"]),
    ("spelling", &["spelling::restore", "spelling::report"]),
    ("document", &["document::read", "document::count"]),
    ("resolve", &["resolve::resolve"]),
    ("lower", &["lower::lower"]),
    ("left over", &["left_over::account"]),
    ("name", &["name::name"]),
    ("plan", &["plan::plan"]),
    ("emit", &["emit::crate_files::crate_files", "emit::crate_files::starter_files"]),
    ("messages", &["messages::rendered"]),
];

/// Makes a table of the documents and their profiles.
pub(crate) fn section(profiles: &[(String, PathBuf)]) -> Section {
    let row = |(title, profile): &(String, PathBuf)| {
        let Some(counts) = counts(profile) else {
            return vec![title.clone(), "no valgrind".to_owned()];
        };
        let whole = counts.first().map_or(0, |(_, count)| *count);
        let of = |functions: &[&str]| -> u64 {
            let names = functions.iter().map(|it| format!("tamarack::{it}"));
            names.filter_map(|name| counts.iter().find(|it| it.0 == name)).map(|it| it.1).sum()
        };
        let stages: Vec<u64> = STAGES.iter().map(|(_, functions)| of(functions)).collect();
        let rest = whole.saturating_sub(stages.iter().sum());
        let cells = std::iter::once(whole).chain(stages).chain([rest]);
        let cells = cells.map(|count| match millions(count) {
            it if it < 10.0 => format!("{it:.1}"),
            it => format!("{it:.0}"),
        });
        std::iter::once(title.clone()).chain(cells).collect()
    };
    let names = STAGES.iter().map(|(name, _)| *name);
    let header = ["document", "all"].into_iter().chain(names).chain(["all else"]);
    Section {
        title: "Generating: where the instructions go".to_owned(),
        header: header.map(str::to_owned).collect(),
        rows: profiles.iter().map(row).collect(),
        notes: vec![
            "Millions, of Tamarack alone, by the stages of its architecture; \"all else\" is reading and writing files, \
             and what the stages leave to be freed."
                .to_owned(),
        ],
    }
}

/// Returns the functions of a profile with the instructions of each and of all that it calls, the most first.
fn counts(profile: &Path) -> Option<Vec<(String, u64)>> {
    let mut command = Command::new("callgrind_annotate");
    command.args(["--inclusive=yes", "--threshold=100"]).arg(profile);
    let output = command.output().ok().filter(|it| it.status.success())?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let lines = text.lines().filter_map(|line| {
        let (count, rest) = line.trim_start().split_once(' ')?;
        let count = count.replace(',', "").parse().ok()?;
        if rest.contains("PROGRAM TOTALS") {
            return Some((String::new(), count));
        }
        // `(71.55%)  ???:tamarack::bug::caught [/path/of/the/program]`
        let name = rest.split_once(':')?.1.split(" [").next()?;
        Some((name.trim().to_owned(), count))
    });
    Some(lines.collect())
}
