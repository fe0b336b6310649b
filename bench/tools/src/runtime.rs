//! Measures generated code beside code that is written by hand, with the programs that do that.

use std::path::Path;
use std::process::Command;

use crate::Bench;
use crate::page::{Section, load};

/// Runs the program `calls`, and of the program of this folder what reads cached tokens.
pub(crate) fn sections(bench: &Bench) -> Vec<Section> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let run = |arguments: &[&str]| {
        let mut command = Command::new("cargo");
        command.args(["run", "--release", "--locked"]).args(arguments).current_dir(&folder);
        command.env("CARGO_TARGET_DIR", folder.join("target"));
        eprintln!("... cargo run {}", arguments.join(" "));
        let output = command.stderr(std::process::Stdio::inherit()).output();
        output.map_err(|error| error.to_string()).and_then(|it| {
            if it.status.success() {
                Ok(String::from_utf8_lossy(&it.stdout).into_owned())
            } else {
                Err(format!("it ends with {}", it.status))
            }
        })
    };
    let runs = bench.runs.to_string();
    let calls = run(&["-p", "calls", "--", "--runs", &runs]);
    let mut acc = read(&calls, &[("At run time", "At run time"), ("Large bodies", "Large bodies")]);
    let reads = run(&["-p", "tamarack-bench", "--", "--only", "reads", "--markdown"]);
    acc.extend(read(&reads, &[("Token clients", "A cached token")]));
    acc
}

/// Takes sections out of a page, and gives them titles of ours.
fn read(page: &Result<String, String>, titles: &[(&str, &str)]) -> Vec<Section> {
    let section = |(theirs, ours): &(&str, &str)| {
        let mut section = Section {
            title: (*ours).to_owned(),
            header: Vec::new(),
            rows: Vec::new(),
            notes: Vec::new(),
        };
        let text = match page {
            Ok(text) => text,
            Err(why) => {
                section.header = vec!["not measured".to_owned()];
                section.rows = vec![vec![why.clone()]];
                return section;
            }
        };
        let part =
            text.split("## ").find(|it| it.lines().next() == Some(*theirs)).unwrap_or_default();
        for line in part.lines().skip(1).map(str::trim).filter(|it| !it.is_empty()) {
            match line.strip_prefix('|').and_then(|it| it.strip_suffix('|')) {
                Some(cells) if cells.trim_start().starts_with("---") => {}
                Some(cells) => {
                    let cells = cells.split('|').map(|it| it.trim().to_owned()).collect();
                    if section.header.is_empty() {
                        section.header = cells;
                    } else {
                        section.rows.push(cells);
                    }
                }
                None => section.notes.push(line.to_owned()),
            }
        }
        section.notes.push(load());
        section
    };
    titles.iter().map(section).collect()
}
