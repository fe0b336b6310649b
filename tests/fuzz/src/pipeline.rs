//! A document that was changed at random in, the whole pipeline: files that are Rust, hold what was planned and
//! nothing of the document as code, and are the same twice.

mod code;
mod docs;
mod items;

use tamarack::codes;
use tamarack::diagnostic::{Diagnostic, Sink};
use tamarack::plan::{self, Module};
use tamarack::render::{self, Paint, Texts};
use tamarack::report::Report;
use tamarack::strict;
use tamarack::{
    CrateName, CrateSettings, Input, Layout, Mode, Model, Outcome, Placement, Provenance,
    RuntimeSource, Settings,
};

use crate::choices::Choices;
use crate::finding::{Finding, holds};
use crate::mutate;
use crate::seeds::{Seeds, root};
use crate::stage;

pub use tamarack::Files;

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
    let input = text(input);
    let outcome = generate(&input);
    let said = outcome.diagnostics.all();
    check_messages(&input, outcome.model.as_ref(), &said)?;
    let Some(model) = &outcome.model else {
        return holds(!said.is_empty(), "a document is refused without a reason", String::new);
    };
    stage::enter("check");
    check_files(&plan::of_api(&model.api, &mut Sink::default()), &outcome.files)?;
    check_starters(&outcome.starters)?;
    let again = generate(&input);
    holds(again.files == outcome.files, "a document has two crates", || {
        differing(&outcome.files, &again.files)
    })?;
    holds(again.diagnostics.all() == said, "a document has two lists of messages", String::new)
}

/// Returns the files of the crate of a document, where it has one.
pub fn files(input: &[u8]) -> Option<Files> {
    let outcome = generate(&text(input));
    outcome.model.is_some().then_some(outcome.files)
}

fn text(input: &[u8]) -> Input {
    Input::new("api.yaml", String::from_utf8_lossy(input))
}

fn generate(input: &Input) -> Outcome {
    stage::enter("generate");
    let settings = Settings {
        provenance: Provenance { command: "fuzz".to_owned(), spec: "api.yaml".to_owned() },
        mode: Mode::Lenient,
        layout: Layout::Crate(CrateSettings {
            name: Some(CrateName::parse("fuzzed").expect("a word of letters is a name")),
            runtime: RuntimeSource::Path(root().join("runtime").display().to_string()),
            placement: Placement::Standalone,
        }),
    };
    tamarack::generate(input, &settings)
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

/// What a crate begins with is Rust and shows nothing that a reader does not see.
fn check_starters(files: &Files) -> Result<(), Finding> {
    for (name, text) in files {
        is_plain(text, name)?;
        let bad = text.chars().find(|it| is_bidi(*it));
        holds(bad.is_none(), "a character that turns text around", || {
            format!("{bad:?} in {name}")
        })?;
        if std::path::Path::new(name).extension().is_some_and(|it| it == "rs") {
            tamarack_expand::file(text).map_err(|error| {
                Finding::new("the example is not Rust", format!("{name}: {error}"))
            })?;
            code::check(name, text)?;
        }
    }
    Ok(())
}

/// The manifest has the tables and the dependencies of every generated crate, whatever the document says.
fn check_manifest(text: &str) -> Result<(), Finding> {
    let read: Result<toml::Table, _> = toml::from_str(text);
    let manifest = read.map_err(|it| Finding::new("the manifest is no TOML", it.to_string()))?;
    let known = ["package", "features", "dependencies", "dev-dependencies", "workspace"];
    let tables = manifest.keys().find(|it| !known.contains(&it.as_str()));
    holds(tables.is_none(), "a table in the manifest", || format!("{tables:?}"))?;
    let known = ["serde_json", "tamarack-runtime"];
    let names = manifest.get("dependencies").and_then(toml::Value::as_table);
    let other = names.and_then(|it| it.keys().find(|it| !known.contains(&it.as_str())));
    holds(other.is_none(), "a dependency in the manifest", || format!("{other:?}"))
}

fn differing(files: &Files, second: &Files) -> String {
    files.keys().find(|it| files.get(*it) != second.get(*it)).cloned().unwrap_or_default()
}
