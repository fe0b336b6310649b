//! A generated crate in, what the compiler takes for it out: time and memory of a check and of a release build, with
//! everything built that it depends on.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::Bench;
use crate::documents::Document;
use crate::generation::{header, once, out};
use crate::measure::{self, Cost};
use crate::page::{Section, seconds, with_ratio};
use crate::tool::Tool;

/// The documents whose crates are compiled.
const COMPILED: [&str; 3] = ["db_control 2026-04", "nexus", "GitHub"];

/// What the compiler does with a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Work {
    Check,
    Release,
}

/// Compiles the crate of each tool for some documents.
pub(crate) fn sections(bench: &Bench, is_release: bool) -> Vec<Section> {
    let documents: Vec<&Document> =
        bench.documents.iter().filter(|it| COMPILED.contains(&it.name)).collect();
    let mut acc = Vec::new();
    let works = [Work::Check].into_iter().chain(is_release.then_some(Work::Release));
    for work in works {
        let made: Vec<Vec<Option<Result<Cost, String>>>> = (documents.iter())
            .map(|document| Tool::ALL.iter().map(|tool| compiled(bench, *tool, document, work)).collect())
            .collect();
        let table = |title, note: &str, text: &dyn Fn(&Cost) -> String, value: &dyn Fn(&Cost) -> f64| {
            let rows = documents.iter().zip(&made).map(|(document, costs)| {
                let peers = costs.iter().skip(1).flatten().flatten();
                let best = peers.map(value).reduce(f64::min);
                let cells = costs.iter().enumerate().map(|(t, cost)| match cost {
                    Some(Ok(cost)) if t == 0 => with_ratio(&text(cost), value(cost), best),
                    Some(Ok(cost)) => text(cost),
                    Some(Err(why)) => format!("fails: {why}"),
                    None => "not present".to_owned(),
                });
                let name = format!("{} ({})", document.name, document.n_operations);
                std::iter::once(name).chain(cells).collect()
            });
            let rows = rows.collect();
            Section { title, header: header("document (operations)"), rows, notes: vec![note.to_owned()] }
        };
        let cpu = |cost: &Cost| seconds(cost.cpu);
        let cpu_value = |cost: &Cost| cost.cpu.as_secs_f64();
        if work == Work::Check {
            acc.push(table(
                "Checking the crate",
                "CPU seconds of `cargo check` of the crate alone, not incremental, with the features of a client that sends.",
                &cpu,
                &cpu_value,
            ));
            let mib = |cost: &Cost| cost.peak as f64 / f64::from(1 << 20);
            acc.push(table("Memory of the compiler", "MiB of the largest process of that check.", &|it| format!("{:.0}", mib(it)), &mib));
        } else {
            acc.push(table(
                "Release build of the crate",
                "CPU seconds of `cargo build --release` of the crate alone, one run.",
                &cpu,
                &cpu_value,
            ));
        }
    }
    acc
}

/// Compiles one crate as often as is asked for; nothing where the tool is not there.
fn compiled(bench: &Bench, tool: Tool, document: &Document, work: Work) -> Option<Result<Cost, String>> {
    let program = tool.program(&bench.root)?;
    eprintln!("... {work:?} of {} by {}", document.name, tool.name());
    Some(made(bench, tool, &program, document, work))
}

fn made(bench: &Bench, tool: Tool, program: &Path, document: &Document, work: Work) -> Result<Cost, String> {
    once(bench, tool, program, (document.name, &document.path))?;
    let folder = out(bench, tool, document.name);
    tool.complete(&folder).map_err(|error| error.to_string())?;
    let log = bench.work.join("compile.log");
    // What it depends on, and the crate once.
    measure::run(&mut cargo(bench, tool, &folder, work), &log)?;
    let n_runs = if work == Work::Release { 1 } else { bench.runs };
    let costs = (0..n_runs).map(|_| {
        let root = folder.join("src/lib.rs");
        let text = fs::read(&root).map_err(|error| error.to_string())?;
        fs::write(&root, text).map_err(|error| error.to_string())?;
        measure::run(&mut cargo(bench, tool, &folder, work), &log)
    });
    let costs = costs.collect::<Result<Vec<_>, String>>()?;
    measure::median(costs).ok_or_else(|| "never run".to_owned())
}

fn cargo(bench: &Bench, tool: Tool, folder: &Path, work: Work) -> Command {
    let mut command = Command::new("cargo");
    match work {
        Work::Check => command.args(["check", "--lib"]),
        Work::Release => command.args(["build", "--release", "--lib"]),
    };
    command.args(tool.features()).current_dir(folder);
    command.env("CARGO_INCREMENTAL", "0").env("CARGO_TARGET_DIR", bench.work.join("target"));
    command
}
