//! Operations of other people's documents in, a line for each call over loopback out: whether the request is what the document declares, and the response what the server sent.
//!
//! The clients are generated; the server reads the document by itself (`document`), and knows nothing of the
//! generator. What it reads and sends goes through other people's crates: `hyper`, `multer`,
//! `serde-jsonlines` and `sse-stream`. The documents are read where they are and never copied.
#![allow(clippy::print_stdout, reason = "a command line prints")]

mod document;
mod judge;
mod server;
mod table;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use document::Operation;
use serde_json::{Value, json};
use server::Seen;
use table::{Api, Call, Response, table};
use tamarack_tests::programs::Programs;

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let corpora = std::env::var_os("TAMARACK_CORPUS")
        .map_or_else(|| root.join("../shared/corpus"), PathBuf::from);
    let programs = Programs::new(&root, "bodies");
    let apis = table();
    if let Err(error) = build(&programs, &apis, &corpora) {
        println!("FAILED: {error}");
        return ExitCode::FAILURE;
    }
    let (mut right, mut all) = (0, 0);
    for api in &apis {
        for call in &api.calls {
            all += 1;
            let name = format!("{} {}", call.method.to_uppercase(), call.path);
            match sent_and_read(&programs, api, call, &corpora) {
                Ok(line) => {
                    right += 1;
                    println!("{name}: {line}");
                }
                Err(error) => println!("{name}: FAILED: {error}"),
            }
        }
    }
    println!("{right} of {all} calls over loopback are what their documents declare");
    if right == all { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn build(programs: &Programs, apis: &[Api], corpora: &Path) -> Result<(), String> {
    for api in apis {
        let files = programs.generate(api.word, api.document, corpora)?;
        let written = programs.write(api.word, &files, api.program);
        written.map_err(|error| error.to_string())?;
    }
    programs.build(apis.iter().map(|it| it.word))
}

/// Makes a call; returns what was sent and what was read.
fn sent_and_read(
    programs: &Programs,
    api: &Api,
    call: &Call,
    corpora: &Path,
) -> Result<String, String> {
    let file = corpora.join(api.document.file);
    let operation = Operation::read(&file, call.method, call.path)?;
    let run = |url: &str| programs.run(api.word, &[url, call.name]);
    let (printed, mut seen) = server::serve(operation, run)?;
    let (Some(Seen { request, sent }), true) = (seen.pop(), seen.is_empty()) else {
        return Err(format!("not one request: {printed:?}"));
    };
    let request = request?;
    let expected = json!({"media type": call.media_type, "content": call.content});
    if request != expected {
        return Err(format!("the request is {request}, not {expected}"));
    }
    let read: Result<Vec<Value>, _> = printed?.lines().map(serde_json::from_str).collect();
    let read = read.map_err(|error| format!("the program prints no JSON: {error}"))?;
    let (what, expected) = match call.response {
        Response::Nothing => ("no body".to_owned(), Vec::new()),
        Response::Whole => ("a JSON value".to_owned(), sent),
        Response::Events => (format!("{} events", sent.len()), server::as_read(&sent)),
    };
    if expected.is_empty() != (call.response == Response::Nothing) {
        return Err("the server has sent nothing".to_owned());
    }
    let (read, expected) = (without_nulls(read), without_nulls(expected));
    if read != expected {
        return Err(format!("the client read {}, not {}", json!(read), json!(expected)));
    }
    Ok(format!("{} up, {what} down", call.media_type))
}

/// An optional property that is `null` is absent.
fn without_nulls(values: Vec<Value>) -> Vec<Value> {
    fn clean(value: &mut Value) {
        match value {
            Value::Object(members) => {
                members.retain(|_, it| !it.is_null());
                members.values_mut().for_each(clean);
            }
            Value::Array(items) => items.iter_mut().for_each(clean),
            _ => {}
        }
    }
    values
        .into_iter()
        .map(|mut it| {
            clean(&mut it);
            it
        })
        .collect()
}
