//! Documents with an operation that gives tokens in, a line for each out: whether its client has a token source, and what a server made of the request for a token.
//!
//! The server knows RFC 6749 and what the document declares of the operation, which `declared` reads by
//! itself, and nothing of the generator. The documents are read where they are and never copied.
#![allow(clippy::print_stdout, reason = "a command line prints")]

mod ask;
mod declared;
mod server;
mod table;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use declared::Declared;
use table::{Row, TABLE};
use tamarack_tests::programs::Programs;

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let corpora = std::env::var_os("TAMARACK_CORPUS")
        .map_or_else(|| root.join("../shared/corpus"), PathBuf::from);
    if !corpora.is_dir() {
        println!(
            "skipped: no corpus at `{}`; TAMARACK_CORPUS names another place",
            corpora.display()
        );
        return ExitCode::SUCCESS;
    }
    let programs = Programs::new(&root, "tokens");
    let mut right = 0;
    let mut generated = Vec::new();
    for row in TABLE {
        match ask::generate(&programs, row, &corpora) {
            Ok(methods) => generated.push((row, methods)),
            Err(error) => println!("{}: FAILED: {error}", row.name),
        }
    }
    let with_source = generated.iter().filter(|(_, methods)| !methods.is_empty());
    let words: Vec<_> = with_source.map(|(row, _)| ask::word(row)).collect();
    if let Err(error) = programs.build(words.iter().map(String::as_str)) {
        println!("FAILED: {error}");
        return ExitCode::FAILURE;
    }
    let mut asked = 0;
    for (row, methods) in &generated {
        let is_expected = row.asks.is_some() != methods.is_empty();
        let outcome = match (row.asks, is_expected) {
            (_, false) if methods.is_empty() => Err("no token source".to_owned()),
            (_, false) => {
                Err(format!("a token source that nothing speaks for: {}", methods.join(", ")))
            }
            (None, true) => Ok(format!("no token source: {}", row.why)),
            (Some(_), true) => {
                asked += 1;
                ask(&programs, row, &corpora, methods)
            }
        };
        match outcome {
            Ok(line) => {
                right += 1;
                println!("{}: {line}", row.name);
            }
            Err(error) => println!("{}: FAILED: {error}", row.name),
        }
    }
    let overlays = TABLE.iter().filter(|it| it.overlay.is_some()).count();
    println!(
        "{} documents: {right} as they should be; {asked} asked for a token over loopback, {overlays} with an overlay",
        TABLE.len()
    );
    if right == TABLE.len() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Asks for a token; returns what was asked and how.
fn ask(
    programs: &Programs,
    row: &Row,
    corpora: &Path,
    methods: &[String],
) -> Result<String, String> {
    let [method] = methods else {
        return Err(format!("several token sources: {}", methods.join(", ")));
    };
    let declared = Declared::read(&corpora.join(row.file), row.path)?;
    let how = server::serve(&declared, |url| programs.run(&ask::word(row), &[url]))?;
    Ok(format!("`{method}` by POST {}, {how}; {}", row.path, row.why))
}
