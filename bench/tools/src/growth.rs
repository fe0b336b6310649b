//! How the time of each generator grows: with a document that is there several times over, with what a document has
//! that cannot be expressed, and over all documents of the corpus.

use std::path::PathBuf;
use std::time::Duration;

use crate::Bench;
use crate::documents;
use crate::generation::{header, lines_below, once, out};
use crate::grown;
use crate::page::{Section, seconds};
use crate::tool::Tool;

/// Generates from one document 1, 2, 4 and 8 times over, and from documents of 1,000 to 8,000 remarks.
pub(crate) fn section(bench: &Bench) -> Section {
    let mut rows = Vec::new();
    let nexus = bench.documents.iter().find(|it| it.name == "nexus");
    for n in [1, 2, 4, 8] {
        if let Some(nexus) = nexus {
            rows.push(row(bench, format!("nexus x {n}"), grown::copies(&nexus.path, n, &bench.work)));
        }
    }
    for n in [1_000, 2_000, 4_000, 8_000] {
        rows.push(row(bench, format!("{n} times `not`"), grown::remarks(n, &bench.work)));
    }
    Section {
        title: "Growth",
        header: header("document"),
        rows,
        notes: vec![
            "CPU seconds. The first four documents are one document so many times over in one file. The others have so \
             many operations, each with a keyword that has no type in Rust; tamarack reports each with its place."
                .to_owned(),
        ],
    }
}

fn row(bench: &Bench, name: String, document: Result<PathBuf, String>) -> Vec<String> {
    eprintln!("... generating from {name}");
    let document = match document {
        Ok(document) => document,
        Err(why) => return vec![name, why],
    };
    let cells = Tool::ALL.iter().map(|tool| {
        let Some(program) = tool.program(&bench.root) else { return "not present".to_owned() };
        match once(bench, *tool, &program, (&name, &document)) {
            Ok(_) if lines_below(&out(bench, *tool, &name)) == 0 => "writes nothing".to_owned(),
            Ok(cost) => seconds(cost.cpu),
            Err(why) => format!("fails: {why}"),
        }
    });
    let cells: Vec<String> = cells.collect();
    std::iter::once(name).chain(cells).collect()
}

/// Generates from every document of other providers.
pub(crate) fn whole_corpus(bench: &Bench) -> Section {
    let files = documents::wild();
    let made: Vec<Vec<Option<Duration>>> = (files.iter().enumerate())
        .map(|(n, file)| {
            eprintln!("... document {} of {}", n + 1, files.len());
            let generate = |tool: &Tool| {
                let cost = once(bench, *tool, &tool.program(&bench.root)?, ("wild", file)).ok()?;
                (lines_below(&out(bench, *tool, "wild")) > 0).then_some(cost.cpu)
            };
            Tool::ALL.iter().map(generate).collect()
        })
        .collect();
    let column = |t: usize| made.iter().filter_map(move |costs| costs[t]);
    let both = |t: usize, of: usize| -> Duration {
        made.iter().filter(|it| it[0].is_some() && it[t].is_some()).filter_map(|it| it[of]).sum()
    };
    let all = 0..Tool::ALL.len();
    let line = |name: &str, cell: &dyn Fn(usize) -> String| -> Vec<String> {
        std::iter::once(name.to_owned()).chain(all.clone().map(cell)).collect()
    };
    Section {
        title: "The whole corpus",
        header: header("OpenAPI 3.0 and 3.1 documents of other providers"),
        rows: vec![
            line("crates written", &|t| format!("{} of {}", column(t).count(), files.len())),
            line("CPU s, all of them", &|t| seconds(column(t).sum())),
            line("tamarack's CPU s for the same", &|t| seconds(both(t, 0))),
        ],
        notes: vec!["One run. A generator that refuses a document, ends with a panic or writes no Rust has written no crate.".to_owned()],
    }
}
