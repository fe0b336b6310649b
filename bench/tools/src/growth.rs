//! How the time of each generator grows: with a document that is there several times over, with what a document has
//! that cannot be expressed, and over all documents of the corpus.

use std::path::PathBuf;
use std::time::Duration;

use crate::Bench;
use crate::documents;
use crate::generation::{millions, once};
use crate::grown;
use crate::measure;
use crate::page::{Cell, Section, digits, header, load, table};
use crate::tool::Tool;

/// Generates from one document 1, 2, 4 and 8 times over, and from documents of 1,000 to 8,000 messages.
pub(crate) fn sections(bench: &Bench) -> Vec<Section> {
    let mut acc = Vec::new();
    // An object that is written in JSON: its copies are made without a parser of YAML.
    let document = bench.documents.iter().find(|it| it.name == "nexus");
    if let Some(document) = document {
        let rows = [1, 2, 4, 8].map(|n| {
            row(
                bench,
                format!("{}, {n} times", document.name),
                grown::copies(&document.path, n, &bench.work),
            )
        });
        acc.push(table(
            bench.runs,
            "Growth with the document",
            &rows,
            digits,
            "CPU seconds. One document so many times in one file, with other paths and names.",
        ));
    }
    let rows = [1_000, 2_000, 4_000, 8_000].map(|n| {
        row(bench, format!("{n} operations, each with a `not`"), grown::remarks(n, &bench.work))
    });
    acc.push(table(
        bench.runs,
        "Growth with the messages",
        &rows,
        digits,
        "CPU seconds. Each operation has a keyword that has no type in Rust; Tamarack reports each with its place.",
    ));
    let mut ends = Vec::new();
    for n in [1, 8] {
        if let Some(it) = document {
            let copies = grown::copies(&it.path, n, &bench.work);
            ends.push((format!("{}, {n} times", it.name), copies));
        }
    }
    for n in [1_000, 8_000] {
        let title = format!("{n} operations, each with a `not`");
        ends.push((title, grown::remarks(n, &bench.work)));
    }
    acc.push(counted(bench, ends));
    acc
}

fn row(bench: &Bench, title: String, document: Result<PathBuf, String>) -> (String, Vec<Cell>) {
    eprintln!("... generating from {title}");
    let document = match document {
        Ok(document) => document,
        Err(why) => return (title, vec![Cell::None(why)]),
    };
    let cell = |tool: &Tool| {
        let Some(program) = tool.program(&bench.root) else { return Cell::absent() };
        let runs = (0..bench.runs).map(|_| once(bench, *tool, &program, ("grown", &document)));
        let median = |costs| measure::median(costs).ok_or_else(|| "never run".to_owned());
        let cost = runs.collect::<Result<Vec<_>, String>>().and_then(median);
        Cell::of(cost.map(|it| it.cpu.as_secs_f64()))
    };
    let cells = Tool::ALL.iter().map(cell).collect();
    (title, cells)
}

/// Counts the instructions of Tamarack for the smallest and the largest of what grows: a busy machine, its caches and its
/// file system count the same.
fn counted(bench: &Bench, documents: Vec<(String, Result<PathBuf, String>)>) -> Section {
    let count = |document: Result<PathBuf, String>| {
        let document = document?;
        let program = Tool::Tamarack.program(&bench.root).ok_or("not present")?;
        let out = bench.work.join("crates/counted");
        Tool::Tamarack.prepare(&document, &out).map_err(|error| error.to_string())?;
        let command = Tool::Tamarack.generate(&program, &document, &out);
        let (log, profile) =
            (bench.work.join("callgrind.log"), bench.work.join("growth.callgrind"));
        let count = measure::instructions(&command, &log, &profile);
        count.map(millions).ok_or_else(|| "not counted: no valgrind".to_owned())
    };
    let row = |(title, document)| {
        eprintln!("... counting instructions for {title}");
        let count = count(document).map_or_else(|why| why, |it| format!("{it:.0}"));
        vec![title, count]
    };
    Section {
        title: "Growth in instructions".to_owned(),
        header: ["document", "millions, of Tamarack"].map(str::to_owned).to_vec(),
        rows: documents.into_iter().map(row).collect(),
        notes: vec!["Counted by callgrind with one core.".to_owned()],
    }
}

/// Generates from every document of other providers.
pub(crate) fn whole_corpus(bench: &Bench) -> Section {
    let files = documents::wild(&bench.corpus);
    let is_run = |tool: Tool| tool != Tool::OpenapiGenerator && tool.program(&bench.root).is_some();
    let made: Vec<Vec<Option<Duration>>> = (files.iter().enumerate())
        .map(|(n, file)| {
            eprintln!("... document {} of {}", n + 1, files.len());
            let generate = |tool: &Tool| {
                let program = tool.program(&bench.root).filter(|_| is_run(*tool))?;
                once(bench, *tool, &program, ("wild", file)).ok().map(|cost| cost.cpu)
            };
            Tool::ALL.iter().map(generate).collect()
        })
        .collect();
    let sum = |t: usize, of: usize| -> Duration {
        made.iter().filter(|it| it[0].is_some() && it[t].is_some()).filter_map(|it| it[of]).sum()
    };
    let line = |title: &str, cell: &dyn Fn(usize) -> String| -> Vec<String> {
        let cells = Tool::ALL.iter().enumerate().map(|(t, tool)| match (is_run(*tool), tool) {
            (true, _) => cell(t),
            (false, Tool::OpenapiGenerator) => "not run: seconds for each".to_owned(),
            (false, _) => "not present".to_owned(),
        });
        std::iter::once(title.to_owned()).chain(cells).collect()
    };
    let written = |t: usize| made.iter().filter(|it| it[t].is_some()).count();
    Section {
        title: "All documents".to_owned(),
        header: header("OpenAPI 3 documents of other providers"),
        rows: vec![
            line("crates written", &|t| format!("{} of {}", written(t), files.len())),
            line("CPU seconds, where Tamarack writes one as well", &|t| {
                digits(sum(t, t).as_secs_f64())
            }),
            line("Tamarack's CPU seconds for the same", &|t| digits(sum(t, 0).as_secs_f64())),
        ],
        notes: vec![format!(
            "One run. A generator that refuses a document, panics or writes no Rust has written no crate. {}",
            load()
        )],
    }
}
