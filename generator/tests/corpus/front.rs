//! Every document of the corpus goes through the front stages: nothing panics, and the numbers are printed.

#![expect(clippy::print_stdout, reason = "the numbers are what the test is read for")]
#![expect(clippy::disallowed_methods, reason = "a test may look for the corpus and measure")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use tamarack::diagnostic::Severity;
use tamarack::{Input, Outcome};

use crate::corpus;

fn specs(folder: &Path, acc: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            specs(&path, acc);
        } else if name != "index.json"
            && [".yaml", ".yml", ".json"].iter().any(|it| name.ends_with(it))
        {
            acc.push(path);
        }
    }
}

fn run(part: &str) -> Option<(usize, usize)> {
    let root = corpus::with("")?;
    let mut paths = Vec::new();
    specs(&root.join(part), &mut paths);
    let (mut declared, mut lowered, mut no_model) = (0, 0, 0);
    let mut said: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
    let mut slowest = (0, String::new());
    for path in &paths {
        let Ok(content) = std::fs::read_to_string(path) else { continue };
        let name = path.strip_prefix(&root).unwrap_or(path).display().to_string();
        let start = Instant::now();
        let Outcome { model, diagnostics, .. } = tamarack::read(&Input::new(&name, content));
        slowest = slowest.max((start.elapsed().as_millis(), name.clone()));
        if let Some(model) = &model {
            declared += model.declared.operations;
            lowered += model.api.operations.len();
            let degraded = model.api.operations.iter().filter(|it| it.degraded).count();
            println!(
                "{name}: {} of {} operations, {degraded} degraded, {} types",
                model.api.operations.len(),
                model.declared.operations,
                model.api.types.len()
            );
        } else {
            no_model += 1;
            println!("{name}: no model");
        }
        for diagnostic in diagnostics.all() {
            *said.entry((diagnostic.severity, diagnostic.code.0)).or_default() += 1;
            if diagnostic.severity != Severity::Warning {
                println!(
                    "    {:?} {} {} at {}",
                    diagnostic.severity, diagnostic.code.0, diagnostic.title, diagnostic.at
                );
            }
        }
    }
    println!(
        "{part}: {} files, {no_model} without a model; {lowered} of {declared} operations",
        paths.len()
    );
    println!("slowest: {} ms {}", slowest.0, slowest.1);
    for ((severity, code), count) in said {
        println!("  {severity:?} {code}: {count}");
    }
    Some((lowered, declared))
}

#[test]
fn every_pinecone_document_is_lowered() {
    if let Some((lowered, declared)) = run("pinecone") {
        assert!(lowered * 100 >= declared * 95, "{lowered} of {declared}");
    }
}

#[test]
fn no_wild_document_breaks_a_stage() {
    if let Some((lowered, declared)) = run("wild") {
        assert!(lowered * 100 >= declared * 80, "{lowered} of {declared}");
    }
}
