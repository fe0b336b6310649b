//! A document that was changed at random in, the whole pipeline: files that are Rust, hold what was planned and
//! nothing of the document as code, and are the same twice.

mod code;
mod docs;
mod items;

use std::collections::BTreeMap;

use tamarack::codes;
use tamarack::diagnostic::{Diagnostic, Sink};
use tamarack::emit::{self, CrateOptions, Placement, Provenance};
use tamarack::pipeline::{self, Input, Model, Text};
use tamarack::plan::Module;
use tamarack::render::{self, Paint, Texts};
use tamarack::report::Report;
use tamarack::strict::{self, Mode};

use crate::choices::Choices;
use crate::finding::{Finding, holds};
use crate::mutate;
use crate::seeds::{Seeds, root};
use crate::stage;

/// The files of a crate by their name.
pub type Files = BTreeMap<String, String>;

/// Makes a document.
pub fn make(seeds: &Seeds, choices: &mut Choices<'_>) -> Vec<u8> {
    let mut tree = seeds.pick(choices).tree.clone();
    let other = &seeds.pick(choices).tree;
    // Whole documents are slow to read, and few of them are tried for that.
    if !choices.one_in(16) {
        mutate::reduce(&mut tree, choices);
    }
    mutate::mutate(&mut tree, other, choices);
    mutate::written(&tree, choices).into_bytes()
}

/// Generates the crate of a document and checks it.
pub fn run(input: &[u8]) -> Result<(), Finding> {
    let content = String::from_utf8_lossy(input).into_owned();
    let input = Input { spec: Text { name: "api.yaml".to_owned(), content }, overlay: None };
    let mut sink = Sink::default();
    let generated = generate(&input, &mut sink);
    let said = sink.into_diagnostics();
    check_messages(&input, generated.as_ref().map(|it| &it.0), &said)?;
    let Some((_, module, files)) = generated else {
        return holds(!said.is_empty(), "a document is refused without a reason", String::new);
    };
    stage::enter("check");
    check_files(&module, &files)?;
    let mut again = Sink::default();
    let second = generate(&input, &mut again).map(|it| it.2);
    holds(second.as_ref() == Some(&files), "a document has two crates", || {
        differing(&files, second)
    })?;
    holds(again.into_diagnostics() == said, "a document has two lists of messages", String::new)
}

/// Returns the files of the crate of a document, where it has one.
pub fn files(input: &[u8]) -> Option<Files> {
    let content = String::from_utf8_lossy(input).into_owned();
    let input = Input { spec: Text { name: "api.yaml".to_owned(), content }, overlay: None };
    generate(&input, &mut Sink::default()).map(|it| it.2)
}

fn generate(input: &Input, sink: &mut Sink) -> Option<(Model, Module, Files)> {
    stage::enter("model");
    let model = pipeline::model(input, sink)?;
    stage::enter("plan");
    let module = pipeline::module(&model, sink);
    stage::enter("emit");
    let options = CrateOptions {
        name: "fuzzed".to_owned(),
        provenance: Provenance { command: "fuzz".to_owned(), spec: "api.yaml".to_owned() },
        runtime_path: Some(root().join("runtime").display().to_string()),
        placement: Placement::Standalone,
    };
    let files = emit::crate_files(&module, &options);
    Some((model, module, files))
}

/// Everything that is said can be printed, and everything that is lost is said.
fn check_messages(
    input: &Input,
    model: Option<&Model>,
    said: &[Diagnostic],
) -> Result<(), Finding> {
    stage::enter("render");
    let bug = said.iter().find(|it| it.code == codes::BUG);
    if let Some(bug) = bug {
        // What stands in backticks is the document's.
        let kind = bug.title.split('`').step_by(2).collect::<String>();
        return Err(Finding::new(format!("a bug of ours is reported: {kind}"), format!("{bug:?}")));
    }
    let texts = Texts::new(input);
    for mode in [Mode::Lenient, Mode::Strict] {
        let verdict = strict::judge(said.to_vec(), None, mode);
        is_printable(&render::text(&verdict.open, &texts, Paint::Plain), "the messages")?;
        is_printable(&render::json(&verdict.open, &texts), "the messages as JSON")?;
    }
    let report = Report::new("api.yaml", model, said, &texts, 0.0);
    is_plain(&report.to_json(), "the report")?;
    let it = &report.operations;
    let all = it.generated + it.degraded.len() + it.skipped.len();
    holds(all == it.declared, "an operation is lost without a word", || {
        format!("{} declared, {all} accounted for: {it:?}", it.declared)
    })
}

/// A text for a terminal holds no control character but line breaks and tabs, and nothing that turns the direction.
pub fn is_printable(text: &str, what: &str) -> Result<(), Finding> {
    let is_bad = |it: &char| (it.is_control() && !['\n', '\t'].contains(it)) || is_bidi(*it);
    let bad = text.chars().find(is_bad);
    holds(bad.is_none(), &format!("a control character in {what}"), || format!("{bad:?}"))
}

/// A text for a file or a program holds no control character that its readers refuse.
pub fn is_plain(text: &str, what: &str) -> Result<(), Finding> {
    let bad = text.chars().find(|it| it.is_ascii_control() && !['\n', '\r', '\t'].contains(it));
    holds(bad.is_none(), &format!("a control character in {what}"), || format!("{bad:?}"))
}

fn is_bidi(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn check_files(module: &Module, files: &Files) -> Result<(), Finding> {
    let mut read = Vec::new();
    for (name, text) in files {
        if name.starts_with("src/") {
            // Both are errors of rustc where they stand in comments, whatever else they are elsewhere.
            let bad = text.chars().find(|it| is_bidi(*it) || *it == '\r');
            holds(bad.is_none(), "a character that rustc forbids", || {
                format!("{bad:?} in {name}")
            })?;
            let file = tamarack_expand::file(text).map_err(|error| {
                Finding::new("the output is not Rust", format!("{name}: {error}"))
            })?;
            code::check(name, text)?;
            docs::check(name, &file)?;
            read.push((name.as_str(), file));
        }
    }
    items::check(&read, module)?;
    check_manifest(files.get("Cargo.toml").map_or("", String::as_str))
}

/// The manifest has the tables and the dependencies of every generated crate, whatever the document says.
fn check_manifest(text: &str) -> Result<(), Finding> {
    let read: Result<toml::Table, _> = toml::from_str(text);
    let manifest = read.map_err(|it| Finding::new("the manifest is no TOML", it.to_string()))?;
    let known = ["package", "features", "dependencies", "workspace"];
    let tables = manifest.keys().find(|it| !known.contains(&it.as_str()));
    holds(tables.is_none(), "a table in the manifest", || format!("{tables:?}"))?;
    let known = ["serde_json", "tamarack-runtime"];
    let names = manifest.get("dependencies").and_then(toml::Value::as_table);
    let other = names.and_then(|it| it.keys().find(|it| !known.contains(&it.as_str())));
    holds(other.is_none(), "a dependency in the manifest", || format!("{other:?}"))
}

fn differing(files: &Files, second: Option<Files>) -> String {
    let second = second.unwrap_or_default();
    files.keys().find(|it| files.get(*it) != second.get(*it)).cloned().unwrap_or_default()
}
