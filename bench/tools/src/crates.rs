//! Measures what the compiler takes for a generated crate, with everything built that it depends on.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Bench;
use crate::documents::Document;
use crate::generation::{files_below, lines_below, mib, once, out};
use crate::measure::{self, Cost};
use crate::page::{Cell, Section, digits, table};
use crate::tool::Tool;

/// The documents whose crates are compiled.
const COMPILED: [&str; 3] = ["db_control", "nexus", "GitHub"];

/// What is known of one crate.
struct Made {
    lines: Cell,
    packages: Cell,
    check: Result<Cost, String>,
    changed: Result<Cost, String>,
}

fn documents(bench: &Bench) -> impl Iterator<Item = &Document> {
    bench.documents.iter().filter(|it| COMPILED.contains(&it.name))
}

/// Checks the crate of each tool for each document.
pub(crate) fn sections(bench: &Bench) -> Vec<Section> {
    let mut made: Vec<(&Document, Vec<Option<Made>>)> = Vec::new();
    for document in documents(bench) {
        let all = Tool::ALL.iter().map(|tool| {
            let program = tool.program(&bench.root)?;
            eprintln!("... cargo check of {}, {}", document.name, tool.name());
            Some(checked(bench, *tool, &program, document))
        });
        made.push((document, all.collect()));
    }
    let rows = |cell: &dyn Fn(&Made, f64) -> Cell| -> Vec<(String, Vec<Cell>)> {
        let row = |(document, all): &(&Document, Vec<Option<Made>>)| {
            let n = f64::from(document.n_operations);
            let cells =
                all.iter().map(|it| it.as_ref().map_or_else(Cell::absent, |it| cell(it, n)));
            (document.title(), cells.collect())
        };
        made.iter().map(row).collect()
    };
    let of = |cost: &Result<Cost, String>, value: &dyn Fn(&Cost) -> f64| {
        Cell::of(cost.as_ref().map(value).map_err(Clone::clone))
    };
    let seconds = |it: &Cost| it.cpu.as_secs_f64();
    let whole = |it: f64| format!("{it:.0}");
    vec![
        table(
            1,
            "The crate: lines",
            &rows(&|it, _| it.lines.clone()),
            whole,
            "Of Rust, blank ones and comments included.",
        ),
        table(
            1,
            "The crate: packages in its tree",
            &rows(&|it, _| it.packages.clone()),
            whole,
            "By `cargo tree` for this platform, without those of tests; of Tamarack with its features of default, which \
             send.",
        ),
        table(
            bench.runs,
            "The crate: `cargo check`",
            &rows(&|it, _| of(&it.check, &seconds)),
            digits,
            "CPU seconds of the crate alone, all that it depends on being built, not incremental; of Tamarack with all \
             of its features.",
        ),
        table(
            bench.runs,
            "The crate: `cargo check` of an operation",
            &rows(&|it, n| of(&it.check, &|cost| seconds(cost) / n * 1_000.0)),
            digits,
            "The same in milliseconds for each operation.",
        ),
        table(
            bench.runs,
            "The crate: `cargo check` after a change",
            &rows(&|it, _| of(&it.changed, &seconds)),
            digits,
            "CPU seconds, incremental, after a new line at the top of the longest file.",
        ),
        table(
            bench.runs,
            "The crate: memory of the compiler",
            &rows(&|it, _| of(&it.check, &|cost| mib(cost.peak))),
            whole,
            "MiB at its peak, of the check.",
        ),
    ]
}

/// Checks everything from nothing.
pub(crate) fn cold(bench: &Bench) -> Section {
    let document = documents(bench).next();
    let cell = |document: &Document, tool: Tool| {
        let Some(program) = tool.program(&bench.root) else { return Cell::absent() };
        eprintln!("... cargo check from nothing of {}, {}", document.name, tool.name());
        let target = bench.work.join("cold");
        let _ = fs::remove_dir_all(&target);
        let cost = generated(bench, tool, &program, document).and_then(|folder| {
            let log = bench.work.join("compile.log");
            let mut fetch = Command::new("cargo");
            measure::run(fetch.arg("fetch").current_dir(&folder), &log)?;
            let mut command = cargo(&folder, &["check", "--lib"], &target);
            measure::run(&mut command, &log).map_err(|why| refused(&log, &why))
        });
        let _ = fs::remove_dir_all(&target);
        Cell::of(cost.map(|it| it.cpu.as_secs_f64()))
    };
    let row = |document: &Document| {
        (document.title(), Tool::ALL.iter().map(|tool| cell(document, *tool)).collect())
    };
    let rows: Vec<_> = document.into_iter().map(row).collect();
    let note = "CPU seconds with everything that the crate depends on, of Tamarack with its features of default.";
    table(1, "The crate: `cargo check` from nothing", &rows, digits, note)
}

/// Builds for release.
pub(crate) fn release(bench: &Bench) -> Section {
    let rows = documents(bench).map(|document| {
        let cells = Tool::ALL.iter().map(|tool| {
            let Some(program) = tool.program(&bench.root) else { return Cell::absent() };
            eprintln!("... release build of {}, {}", document.name, tool.name());
            let cost = generated(bench, *tool, &program, document).and_then(|folder| {
                let arguments = [&["build", "--release", "--lib"], features(*tool)].concat();
                compiled(bench, &folder, &arguments, 1)
            });
            Cell::of(cost.map(|it| it.cpu.as_secs_f64()))
        });
        (document.title(), cells.collect())
    });
    let rows: Vec<_> = rows.collect();
    let note = "CPU seconds of the crate alone, all that it depends on being built; of Tamarack with all of its features.";
    table(1, "The crate: release build", &rows, digits, note)
}

/// Returns the arguments that turn on all that a crate has.
fn features(tool: Tool) -> &'static [&'static str] {
    match tool {
        Tool::Tamarack => &["--all-features"],
        _ => &[],
    }
}

/// Generates a crate that cargo can build, and returns its folder.
fn generated(
    bench: &Bench,
    tool: Tool,
    program: &Path,
    document: &Document,
) -> Result<PathBuf, String> {
    once(bench, tool, program, (document.name, &document.path))?;
    let folder = out(bench, tool, document.name);
    tool.complete(&folder).map_err(|error| error.to_string())?;
    Ok(folder)
}

fn checked(bench: &Bench, tool: Tool, program: &Path, document: &Document) -> Made {
    let folder = match generated(bench, tool, program, document) {
        Ok(folder) => folder,
        Err(why) => {
            let none = || Cell::None(why.clone());
            return Made {
                lines: none(),
                packages: none(),
                check: Err(why.clone()),
                changed: Err(why),
            };
        }
    };
    let lines = u32::try_from(lines_below(&folder.join("src"))).unwrap_or(u32::MAX);
    let arguments = [&["check", "--lib"], features(tool)].concat();
    let check = compiled(bench, &folder, &arguments, bench.runs);
    let changed = check.clone().and_then(|_| changed(bench, &folder, &arguments));
    Made {
        lines: Cell::Measure(f64::from(lines)),
        packages: Cell::of(packages(&folder, &[]).map(f64::from)),
        check,
        changed,
    }
}

/// Counts the packages that a crate brings, itself not included.
///
/// # Errors
///
/// When cargo does not load it.
pub(crate) fn packages(folder: &Path, which: &[&str]) -> Result<u32, String> {
    let mut command = Command::new("cargo");
    command.args(["tree", "--edges", "normal,build", "--prefix", "none", "--format", "{p}"]);
    command.args(which).current_dir(folder);
    let output = command.output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err("cargo does not load it".to_owned());
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let all: BTreeSet<&str> = text.lines().map(|it| it.trim_end_matches(" (*)")).collect();
    Ok(u32::try_from(all.len().saturating_sub(1)).unwrap_or(u32::MAX))
}

/// Compiles a crate again and again, without what it depends on.
fn compiled(
    bench: &Bench,
    folder: &Path,
    arguments: &[&str],
    n_runs: usize,
) -> Result<Cost, String> {
    let log = bench.work.join("compile.log");
    let target = bench.work.join("target");
    let run = || {
        let mut command = cargo(folder, arguments, &target);
        measure::run(command.env("CARGO_INCREMENTAL", "0"), &log).map_err(|why| refused(&log, &why))
    };
    // What it depends on is built without it.
    let root = folder.join("src/lib.rs");
    let text = fs::read_to_string(&root).map_err(|error| error.to_string())?;
    fs::write(&root, "").map_err(|error| error.to_string())?;
    run()?;
    let costs = (0..n_runs).map(|_| {
        fs::write(&root, &text).map_err(|error| error.to_string())?;
        run()
    });
    let costs = costs.collect::<Result<Vec<_>, String>>()?;
    measure::median(costs).ok_or_else(|| "never run".to_owned())
}

/// Checks a crate whose longest file has a new line each time.
fn changed(bench: &Bench, folder: &Path, arguments: &[&str]) -> Result<Cost, String> {
    let log = bench.work.join("compile.log");
    let target = bench.work.join("target");
    let run = || {
        let mut command = cargo(folder, arguments, &target);
        measure::run(command.env("CARGO_INCREMENTAL", "1"), &log).map_err(|why| refused(&log, &why))
    };
    let files = files_below(&folder.join("src"));
    let size = |file: &PathBuf| fs::metadata(file).map_or(0, |it| it.len());
    let longest = files.into_iter().max_by_key(size).ok_or("no file")?;
    run()?;
    let costs = (0..bench.runs).map(|_| {
        with_newer(&longest, |text| format!("\n{text}"))?;
        run()
    });
    let costs = costs.collect::<Result<Vec<_>, String>>()?;
    measure::median(costs).ok_or_else(|| "never run".to_owned())
}

/// Writes a file again.
fn with_newer(file: &Path, text: impl Fn(&str) -> String) -> Result<(), String> {
    let old = fs::read_to_string(file).map_err(|error| error.to_string())?;
    fs::write(file, text(&old)).map_err(|error| error.to_string())
}

fn cargo(folder: &Path, arguments: &[&str], target: &Path) -> Command {
    let mut command = Command::new("cargo");
    command.args(arguments).current_dir(folder).env("CARGO_TARGET_DIR", target);
    command
}

/// Says why a crate was not compiled: how many errors it has, or what cargo says.
fn refused(log: &Path, why: &str) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let summary = text.lines().rev().find(|it| it.contains("could not compile"));
    let n_errors = summary.and_then(|it| {
        let words = it.split_once("due to ")?.1;
        let n = words.split(' ').find_map(|word| word.parse::<usize>().ok()).unwrap_or(1);
        Some(n)
    });
    match n_errors {
        Some(1) => "does not compile: 1 error".to_owned(),
        Some(n) => format!("does not compile: {n} errors"),
        None => format!("cargo refuses it: {why}"),
    }
}
