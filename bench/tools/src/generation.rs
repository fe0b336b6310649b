//! Measures whole processes that generate a crate.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::Bench;
use crate::documents::Document;
use crate::measure::{self, Cost};
use crate::page::{Cell, Section, digits, table};
use crate::stages;
use crate::tool::Tool;

/// What one tool took for one document; nothing where the tool is not there.
type Made = Option<Result<Cost, String>>;

/// Generates from each document with each tool, in turn.
pub(crate) fn sections(bench: &Bench) -> Vec<Section> {
    let made: Vec<(String, Vec<Made>)> = (bench.documents.iter())
        .map(|document| {
            eprintln!("... generating from {}", document.name);
            (document.title(), turns(bench, document))
        })
        .collect();
    let rows = |value: &dyn Fn(&Cost) -> f64| -> Vec<(String, Vec<Cell>)> {
        let cell = |made: &Made| match made {
            Some(made) => Cell::of(made.as_ref().map(value).map_err(Clone::clone)),
            None => Cell::absent(),
        };
        made.iter().map(|(title, all)| (title.clone(), all.iter().map(cell).collect())).collect()
    };
    vec![
        table(
            bench.runs,
            "Generating: CPU seconds",
            &rows(&|it| it.cpu.as_secs_f64()),
            digits,
            "User and system, of the whole process, from the document to the crate on disk. Whether the crate compiles \
             is said below.",
        ),
        table(
            bench.runs,
            "Generating: seconds on the clock",
            &rows(&|it| it.wall.as_secs_f64()),
            digits,
            "Of the same runs.",
        ),
        table(
            bench.runs,
            "Generating: peak memory",
            &rows(&|it| mib(it.peak)),
            |it| format!("{it:.0}"),
            "MiB, of the same runs.",
        ),
    ]
}

/// Returns mebibytes.
pub(crate) fn mib(bytes: u64) -> f64 {
    // Whole kibibytes fit into 32 bits on any machine that there is.
    f64::from(u32::try_from(bytes >> 10).unwrap_or(u32::MAX)) / 1024.0
}

/// Runs all tools one after the other, and that as often as is asked for.
fn turns(bench: &Bench, document: &Document) -> Vec<Made> {
    let mut costs: BTreeMap<usize, Result<Vec<Cost>, String>> = BTreeMap::new();
    for _ in 0..bench.runs {
        for (t, tool) in Tool::ALL.into_iter().enumerate() {
            let Some(program) = tool.program(&bench.root) else { continue };
            let so_far = costs.entry(t).or_insert_with(|| Ok(Vec::new()));
            let Ok(list) = so_far else { continue };
            match once(bench, tool, &program, (document.name, &document.path)) {
                Ok(cost) => list.push(cost),
                Err(why) => *so_far = Err(why),
            }
        }
    }
    let median = |costs: Vec<Cost>| measure::median(costs).ok_or_else(|| "never run".to_owned());
    (0..Tool::ALL.len()).map(|t| costs.remove(&t).map(|it| it.and_then(median))).collect()
}

/// Generates from a document once.
///
/// # Errors
///
/// What the tool says when it fails, or when it writes no Rust.
pub(crate) fn once(
    bench: &Bench,
    tool: Tool,
    program: &Path,
    (name, document): (&str, &Path),
) -> Result<Cost, String> {
    let out = out(bench, tool, name);
    let log = bench.work.join("generate.log");
    tool.prepare(document, &out).map_err(|error| error.to_string())?;
    let mut command = tool.generate(program, document, &out);
    let cost = measure::run(&mut command, &log).map_err(|why| format!("refuses: {why}"))?;
    // Some end well whatever happened.
    if lines_below(&out) == 0 {
        return Err(format!("writes nothing: {}", measure::last_words(&log)));
    }
    Ok(cost)
}

/// Returns the folder of a crate.
pub(crate) fn out(bench: &Bench, tool: Tool, name: &str) -> PathBuf {
    bench.work.join("crates").join(format!("{tool:?}-{}", name.replace([' ', '.'], "-")))
}

/// Returns all Rust files of a folder.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.flat_map(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return files_below(&path);
        }
        let is_rust = path.extension().is_some_and(|it| it == "rs");
        if is_rust { vec![path] } else { Vec::new() }
    });
    files.collect()
}

/// Counts the lines of all Rust files.
pub(crate) fn lines_below(folder: &Path) -> usize {
    let lines = |path: PathBuf| fs::read_to_string(path).map_or(0, |text| text.lines().count());
    files_below(folder).into_iter().map(lines).sum()
}

/// Counts the instructions of each tool, and those of our stages.
pub(crate) fn instructions(bench: &Bench) -> Vec<Section> {
    let mut rows = Vec::new();
    let mut profiles = Vec::new();
    for document in &bench.documents {
        let cells = Tool::ALL.into_iter().map(|tool| {
            eprintln!("... counting instructions of {}, {}", tool.name(), document.name);
            let Some(program) = tool.program(&bench.root) else { return Cell::absent() };
            if tool == Tool::OpenapiGenerator {
                return Cell::None("not counted: a virtual machine".to_owned());
            }
            let out = out(bench, tool, document.name);
            let profile = bench.work.join(format!("{tool:?}-{}.callgrind", document.name));
            if let Err(why) = once(bench, tool, &program, (document.name, &document.path)) {
                return Cell::None(why);
            }
            let prepared = tool.prepare(&document.path, &out);
            let command = tool.generate(&program, &document.path, &out);
            let log = bench.work.join("callgrind.log");
            let count =
                prepared.ok().and_then(|()| measure::instructions(&command, &log, &profile));
            match count {
                Some(count) => Cell::Measure(millions(count)),
                None => Cell::None("not counted: no valgrind".to_owned()),
            }
        });
        rows.push((document.title(), cells.collect()));
        profiles.push((
            document.title(),
            bench.work.join(format!("Tamarack-{}.callgrind", document.name)),
        ));
    }
    let note = "Millions, counted by callgrind with one core: a busy machine counts the same.";
    let all = table(1, "Generating: instructions", &rows, |it| format!("{it:.0}"), note);
    vec![all, stages::section(&profiles)]
}

/// Returns millions, rounded down where they are less than one in two thousand million.
pub(crate) fn millions(count: u64) -> f64 {
    f64::from(u32::try_from(count / 1_000).unwrap_or(u32::MAX)) / 1_000.0
}
