//! Fixed faults: each folder of `tests/fixtures` has a document that showed one, and what is right.
//!
//! `document.yaml` is generated with the overlay beside it; its messages are compared with `messages.snap`, its code
//! with what `expect.toml` says. Nothing may differ between the document and itself; where `new.yaml` stands beside it, the
//! changes between the two are compared too.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use tamarack::render::{self, Paint, Texts};
use tamarack::strict::Mode;
use tamarack::{Input, Text, gather};
use tamarack_diff as diff;
use tamarack_tests::{one, specs};

/// What is right, and why.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    /// Where it is said: a section of OpenAPI, an RFC, a rule of this project.
    because: String,
    /// Whether the document generates under `--strict` too.
    strict: Strict,
    #[serde(default)]
    code: Vec<Code>,
    /// Each change from `document.yaml` to `new.yaml`: kind, subject, request, response, Rust.
    #[serde(default)]
    changes: Option<Vec<[String; 5]>>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Strict {
    Generates,
    Refuses,
}

/// What stands in a file of the generated module; line breaks and indentation do not count.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Code {
    file: String,
    #[serde(default)]
    has: Vec<String>,
    #[serde(default)]
    lacks: Vec<String>,
}

fn folders() -> Vec<PathBuf> {
    let entries = fs::read_dir(specs::root().join("tests/fixtures")).expect("the folder is there");
    let mut acc: Vec<_> = entries.map(|it| it.expect("an entry").path()).collect();
    acc.retain(|it| it.is_dir());
    acc.sort();
    acc
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Reads a document of a folder, with the overlay if there is one.
fn input(folder: &Path, name: &str) -> Input {
    let overlay = folder.join("overlay.toml");
    let overlay = overlay.exists().then(|| Text::new("overlay.toml", read(&overlay)));
    let input = Input { overlay, ..Input::new(name, read(&folder.join(name))) };
    gather(input, |path| {
        fs::read_to_string(folder.join(path)).map_err(|error| error.kind().to_string())
    })
}

/// Compares what is said about a document with the snapshot in its folder.
fn check_messages(folder: &Path, input: &Input, said: &[tamarack::diagnostic::Diagnostic]) {
    let text = match said {
        [] => "nothing is reported".to_owned(),
        _ => render::text(said, &Texts::new(input), Paint::Plain),
    };
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("messages", text));
}

fn without_layout(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns what of the code is not as expected.
fn faults_of_code(files: &tamarack::Files, expected: &[Code]) -> Vec<String> {
    let mut acc: Vec<String> = (files.iter())
        .filter_map(|(name, text)| Some(format!("{name}: {}", syn::parse_file(text).err()?)))
        .collect();
    for code in expected {
        let Some(text) = files.get(&code.file).map(|it| without_layout(it)) else {
            acc.push(format!("no file {}", code.file));
            continue;
        };
        let stands = |it: &&String| text.contains(&without_layout(it));
        acc.extend(code.has.iter().filter(|it| !stands(it)).map(|it| format!("lacks `{it}`")));
        acc.extend(code.lacks.iter().filter(stands).map(|it| format!("has `{it}`")));
    }
    acc
}

/// Returns each change between two documents as `expect.toml` writes it.
fn changes(old: &Input, new: &Input) -> Vec<[String; 5]> {
    let model = |input: &Input| tamarack::read(input).model.expect("an OpenAPI document");
    let diff = diff::compare(&model(old), &model(new));
    let row = |it: &diff::Finding| {
        let verdict = it.verdict;
        let words = [verdict.request.word(), verdict.response.word(), verdict.rust.word()];
        let [request, response, rust] = words.map(str::to_owned);
        [it.kind.id().to_owned(), it.subject.clone(), request, response, rust]
    };
    diff.findings.iter().map(row).collect()
}

/// Returns what of a folder is not as expected.
fn faults(folder: &Path) -> Vec<String> {
    let expect: Expect =
        toml::from_str(&read(&folder.join("expect.toml"))).unwrap_or_else(|it| panic!("{it}"));
    assert!(!expect.because.trim().is_empty(), "no reason");
    let input = input(folder, "document.yaml");
    let outcome = one::generate(&input, Mode::Lenient);
    check_messages(folder, &input, &outcome.said);
    let mut acc = faults_of_code(&outcome.files, &expect.code);
    let refuses = one::generate(&input, Mode::Strict).files.is_empty();
    if refuses != (expect.strict == Strict::Refuses) {
        acc.push(format!("--strict does not do what is expected: {:?}", expect.strict));
    }
    acc.extend(changes(&input, &input).iter().map(|it| format!("differs from itself: {it:?}")));
    let new = folder.join("new.yaml");
    assert_eq!(new.exists(), expect.changes.is_some(), "`changes` and `new.yaml` go together");
    if let Some(expected) = expect.changes {
        let found = changes(&input, &Input::new("new.yaml", read(&new)));
        if found != expected {
            acc.push(format!("changes: {found:#?}"));
        }
    }
    acc
}

#[test]
fn every_fixture() {
    let folders = folders();
    assert!(folders.len() > 20, "{} fixtures", folders.len());
    let mut wrong = Vec::new();
    for folder in folders {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // Each is looked at, whatever the others do.
        match std::panic::catch_unwind(|| faults(&folder)) {
            Ok(faults) => wrong.extend(faults.into_iter().map(|it| format!("{name}: {it}"))),
            Err(_) => wrong.push(format!("{name}: see the message above")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_not_as_expected_is_told() {
    let files = tamarack::Files::from([("a.rs".to_owned(), "pub   struct A;".to_owned())]);
    let code = |file: &str, has: &[&str], lacks: &[&str]| Code {
        file: file.to_owned(),
        has: has.iter().map(|it| (*it).to_owned()).collect(),
        lacks: lacks.iter().map(|it| (*it).to_owned()).collect(),
    };
    assert_eq!(faults_of_code(&files, &[code("a.rs", &["pub struct A;"], &["struct B"])]), [""; 0]);
    let faults = faults_of_code(
        &files,
        &[code("a.rs", &["struct B"], &["struct A"]), code("b.rs", &[], &[])],
    );
    assert_eq!(faults, ["lacks `struct B`", "has `struct A`", "no file b.rs"]);
}
