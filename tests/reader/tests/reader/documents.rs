//! The documents of this repository, and some of other people's, against the code generated from them: what differs is told.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tamarack::Library;
use tamarack_reader::covered::Diagnostic;
use tamarack_reader::document::Document;
use tamarack_reader::examine;
use tamarack_reader::generated::{Generated, generate_with};
use tamarack_reader::rust::Code;
use tamarack_reader::untyped::{less_than_declared, untyped};

/// With a type for each format there is one of.
const TYPED: &[Library] = &[Library::Jiff, Library::RustDecimal, Library::Url, Library::Uuid];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Returns the files below a folder whose names end so, sorted.
fn files(folder: &Path, end: &str) -> Vec<PathBuf> {
    let mut acc = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            acc.extend(files(&path, end));
        } else if path.to_string_lossy().ends_with(end) {
            acc.push(path);
        }
    }
    acc.sort();
    acc
}

/// Checks that each difference is told; returns how many facts were compared.
#[track_caller]
fn check(
    name: &str,
    document: &str,
    generated: &Generated,
    files: &BTreeMap<String, String>,
) -> usize {
    check_untyped(name, document, generated, files);
    let found = examine(document, files, &generated.diagnostics);
    let found = found.unwrap_or_else(|error| panic!("{name}: {error}"));
    let lines: Vec<_> = found.uncovered.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{name}: {}", lines.join("\n"));
    found.comparison.facts.values().sum()
}

/// Checks that the report counts the operations that the code itself shows to reach untyped JSON, and those of them
/// where the document has a type.
#[track_caller]
fn check_untyped(
    name: &str,
    document: &str,
    generated: &Generated,
    files: &BTreeMap<String, String>,
) {
    let code = Code::read(files).unwrap_or_else(|error| panic!("{name}: {error}"));
    let document = Document::read(document).unwrap_or_else(|error| panic!("{name}: {error}"));
    let method = |at: &str| at.rsplit('/').next().unwrap_or_default().to_uppercase();
    let first = |it: &str| it.split(' ').next().unwrap_or_default().to_owned();
    let pairs = [
        (untyped(&code), &generated.untyped),
        (less_than_declared(&document, &code), &generated.less_than_declared),
    ];
    for (found, counted) in pairs {
        let mut methods: Vec<_> = found.iter().map(|it| first(it)).collect();
        let mut expected: Vec<_> = counted.iter().map(|it| method(it)).collect();
        methods.sort();
        expected.sort();
        assert_eq!(methods, expected, "{name}: {found:?}, {counted:?}");
    }
}

/// What an overlay changes it tells: a server variable without its default, a header with one value.
fn told(overlay: &str) -> Vec<Diagnostic> {
    let overlay: toml::Table = overlay.parse().expect("TOML");
    let entries = ["no-default", "constant"].iter().filter_map(|key| overlay.get(*key)?.as_array());
    let places = entries.flatten().filter_map(|it| it.get("at")?.as_str());
    let told = |at: &str| Diagnostic { at: at.to_owned(), lost: None, title: String::new() };
    places.map(told).collect()
}

#[test]
fn the_documents_of_this_repository() {
    let mut n_documents = 0;
    for folder in ["specs", "tests/goldens/specs", "tests/fixtures"] {
        for path in files(&root().join(folder), ".oas.yaml") {
            let document = fs::read_to_string(&path).expect("a document");
            let overlay = path.to_string_lossy().replace(".oas.yaml", ".overlay.toml");
            let overlay = fs::read_to_string(overlay).ok();
            let name = path.display().to_string();
            for libraries in [&[], TYPED] {
                let mut generated = generate_with(libraries, &name, &document, overlay.as_deref());
                generated.diagnostics.extend(overlay.iter().flat_map(|it| told(it)));
                let files = generated.files.clone().expect("a module");
                assert!(check(&name, &document, &generated, &files) > 10, "{name}");
            }
            n_documents += 1;
        }
    }
    assert!(n_documents > 10, "{n_documents}");
}

/// Each showed a fault once, also what the reader itself had wrong.
#[test]
fn the_documents_of_the_fixtures() {
    let mut n_documents = 0;
    for path in files(&root().join("tests/fixtures"), "/document.yaml") {
        let folder = path.parent().expect("a folder");
        if NOT_READ.iter().any(|it| folder.ends_with(it)) {
            continue;
        }
        let document = fs::read_to_string(&path).expect("a document");
        let overlay = fs::read_to_string(folder.join("overlay.toml")).ok();
        let name = path.display().to_string();
        let mut generated = generate_with(&[], &name, &document, overlay.as_deref());
        generated.diagnostics.extend(overlay.iter().flat_map(|it| told(it)));
        let files = generated.files.clone().expect("a module");
        check(&name, &document, &generated, &files);
        n_documents += 1;
    }
    assert!(n_documents > 30, "{n_documents}");
}

/// The reader reads one file, and pairs operations by method and path.
// Of the last three the reader does not know yet that lists of values tell the branches, and that `null` alone is one.
const NOT_READ: [&str; 5] = [
    "file-that-is-referred-to",
    "operation-twice-at-a-path",
    "discriminator-of-several-values",
    "union-of-children-of-a-base",
    "union-with-a-list-of-null-alone",
];

/// A few of the smallest documents of each corpus; `cargo xtask compare` looks at all.
#[test]
fn some_documents_of_the_corpora() {
    let corpora = std::env::var_os("TAMARACK_CORPUS")
        .map_or_else(|| root().join("../shared/corpus"), PathBuf::from);
    if !corpora.is_dir() {
        eprintln!("skipped: corpora not found");
        return;
    }
    for folder in ["pinecone", "wild"] {
        let mut found: Vec<_> = [".yaml", ".yml", ".json"]
            .iter()
            .flat_map(|end| files(&corpora.join(folder), end))
            .filter(|it| !it.ends_with("index.json"))
            .collect();
        found.sort_by_key(|it| (fs::metadata(it).map_or(0, |it| it.len()), it.clone()));
        for path in found.iter().step_by(2).take(12) {
            let document = fs::read_to_string(path).expect("a document");
            let name = path.display().to_string();
            for libraries in [&[], TYPED] {
                let generated = generate_with(libraries, &name, &document, None);
                let Some(files) = generated.files.clone() else { continue };
                check(&name, &document, &generated, &files);
            }
        }
    }
}
