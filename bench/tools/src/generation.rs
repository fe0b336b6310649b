//! Measures whole processes that generate a crate.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::Bench;
use crate::documents::Document;
use crate::measure::{self, Cost};
use crate::page::{Section, seconds, with_ratio};
use crate::tool::Tool;

/// What one tool made of one document.
type Made = Result<(Cost, usize), String>;

/// Generates from each document with each tool, in turn.
pub(crate) fn sections(bench: &Bench) -> Vec<Section> {
    let mut made: BTreeMap<(usize, usize), Made> = BTreeMap::new();
    for (d, document) in bench.documents.iter().enumerate() {
        eprintln!("... generating from {}", document.name);
        for (t, it) in turns(bench, document) {
            made.insert((d, t), it);
        }
    }
    let cell = |d: usize, t: usize| made.get(&(d, t));
    let table = |title, notes: &[&str], of: &dyn Fn(&Cost, usize) -> (String, f64)| {
        let rows = bench.documents.iter().enumerate().map(|(d, document)| {
            let peers = (1..Tool::ALL.len()).filter_map(|t| cell(d, t)?.as_ref().ok());
            let best = peers.map(|(cost, lines)| of(cost, *lines).1).reduce(f64::min);
            let mut row = vec![format!("{} ({})", document.name, document.n_operations)];
            row.extend((0..Tool::ALL.len()).map(|t| match cell(d, t) {
                Some(Ok((cost, lines))) => {
                    let (text, value) = of(cost, *lines);
                    if t == 0 { with_ratio(&text, value, best) } else { text }
                }
                Some(Err(why)) => format!("fails: {why}"),
                None => "not present".to_owned(),
            }));
            row
        });
        Section {
            title,
            header: header("document (operations)"),
            rows: rows.collect(),
            notes: notes.iter().map(|it| (*it).to_owned()).collect(),
        }
    };
    let mut sections = vec![
        table("Generating", &["CPU seconds (user and system) of the process, from the file to the crate on disk."], &|cost, _| {
            (seconds(cost.cpu), cost.cpu.as_secs_f64())
        }),
        table("Peak memory while generating", &["MiB."], &|cost, _| {
            let mib = cost.peak as f64 / f64::from(1 << 20);
            (format!("{mib:.0}"), mib)
        }),
        table("Lines of the crate", &["Lines of Rust, blank ones and comments included."], &|_, lines| {
            (lines.to_string(), lines as f64)
        }),
    ];
    if bench.instructions {
        sections.push(instructions(bench));
    }
    sections
}

/// Returns the names of the tools after the name of the first column.
pub(crate) fn header(first: &str) -> Vec<String> {
    let names = Tool::ALL.iter().map(|tool| tool.name().to_owned());
    std::iter::once(first.to_owned()).chain(names).collect()
}

/// Runs all tools one after the other, and that as often as is asked for.
fn turns(bench: &Bench, document: &Document) -> Vec<(usize, Made)> {
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
    let made = costs.into_iter().map(|(t, costs)| {
        let lines = lines_below(&out(bench, Tool::ALL[t], document.name));
        let made = costs.and_then(|costs| {
            let cost = measure::median(costs).ok_or("never run")?;
            if lines == 0 { Err("it writes nothing".to_owned()) } else { Ok((cost, lines)) }
        });
        (t, made)
    });
    made.collect()
}

/// Generates from a document once.
///
/// # Errors
///
/// What the tool says when it fails.
pub(crate) fn once(
    bench: &Bench,
    tool: Tool,
    program: &Path,
    (name, document): (&str, &Path),
) -> Result<Cost, String> {
    let out = out(bench, tool, name);
    tool.prepare(document, &out).map_err(|error| error.to_string())?;
    let mut command = tool.generate(program, document, &out);
    measure::run(&mut command, &bench.work.join("generate.log"))
}

/// Returns the folder of a crate.
pub(crate) fn out(bench: &Bench, tool: Tool, name: &str) -> std::path::PathBuf {
    bench.work.join("crates").join(format!("{tool:?}-{}", name.replace([' ', '.'], "-")))
}

/// Counts the lines of all Rust files.
pub(crate) fn lines_below(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let lines = entries.map(|entry| {
        let path = entry.path();
        if path.is_dir() {
            lines_below(&path)
        } else if path.extension().is_some_and(|it| it == "rs") {
            fs::read_to_string(&path).map_or(0, |text| text.lines().count())
        } else {
            0
        }
    });
    lines.sum()
}

fn instructions(bench: &Bench) -> Section {
    let rows = bench.documents.iter().map(|document| {
        eprintln!("... counting instructions of {}", document.name);
        let counts: Vec<Option<u64>> = Tool::ALL
            .into_iter()
            .map(|tool| {
                let program = tool.program(&bench.root)?;
                let out = out(bench, tool, document.name);
                tool.prepare(&document.path, &out).ok()?;
                let command = tool.generate(&program, &document.path, &out);
                measure::instructions(&command, &bench.work.join("callgrind.log"))
            })
            .collect();
        let best = counts[1..].iter().flatten().min().map(|it| *it as f64);
        let mut row = vec![format!("{} ({})", document.name, document.n_operations)];
        row.extend(counts.iter().enumerate().map(|(t, count)| match count {
            Some(count) if t == 0 => with_ratio(&count.to_string(), *count as f64, best),
            Some(count) => count.to_string(),
            None => "–".to_owned(),
        }));
        row
    });
    Section {
        title: "Instructions of a generation",
        header: header("document (operations)"),
        rows: rows.collect(),
        notes: vec!["Millions, counted by callgrind: one run, the same on a busy machine.".to_owned()],
    }
}
