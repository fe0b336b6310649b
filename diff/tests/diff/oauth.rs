//! The diff of the OAuth documents finds every change of a list made by hand, with its verdicts, and nothing else.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tamarack::{Input, Model, Text};
use tamarack_diff::{self as diff, Diff, Finding, Kind, Rust, Wire};

use crate::corpus;

fn read(path: &Path) -> Text {
    let content = fs::read_to_string(path).unwrap_or_else(|it| panic!("{}: {it}", path.display()));
    Text { name: path.display().to_string(), content }
}

fn model(spec: &Path, overlay: Option<&Path>) -> Model {
    let input = Input::of(read(spec), overlay.map(read));
    tamarack::read(&input).model.expect("an OpenAPI document")
}

fn raw(corpus: &Path, api: &str, version: &str) -> Model {
    model(&corpus.join(format!("pinecone/{version}/{api}_{version}.oas.yaml")), None)
}

fn with_overlay(version: &str) -> Model {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/pinecone").join(version);
    model(&folder.join("oauth.oas.yaml"), Some(&folder.join("oauth.overlay.toml")))
}

/// Returns the row that explains a record.
fn explaining<'a>(diff: &'a Diff, record: &Value) -> Option<&'a Finding> {
    let text = |key: &str| record.get(key).and_then(Value::as_str);
    let pointer = format!("#{}", text("duplicate_of").or(text("pointer"))?);
    let parent = pointer.rsplit_once('/').map_or("", |it| it.0).to_owned();
    let find = |kind: Kind, at: &str| {
        diff.findings.iter().find(|it| it.kind == kind && it.new.pointer.as_str() == at)
    };
    match text("kind")? {
        "info.version.changed" => find(Kind::VersionChanged, &pointer),
        "docs.changed" => find(Kind::DocsChanged, &parent),
        "param.added" => find(Kind::ConstantAdded, &pointer),
        "enum.kind.changed" => find(Kind::EnumOpened, &pointer),
        "default.changed" => diff.findings.iter().find(|it| {
            it.kind == Kind::ConstantChanged && pointer.starts_with(it.new.pointer.as_str())
        }),
        "schema.added" => find(Kind::TypeAdded, &pointer).or(find(Kind::Extracted, &pointer)),
        "inline.extracted" => diff.findings.iter().find(|it| {
            let status =
                pointer.split("/responses/").nth(1).map(|it| format!("response {}", &it[..3]));
            let position = status.unwrap_or_else(|| "request body".to_owned());
            let name = text("new").unwrap_or_default();
            let reaches = it.reach.iter().any(|it| it.positions.contains(&position));
            it.kind == Kind::Extracted && it.subject == name && reaches
        }),
        other => panic!("a record of an unknown kind: {other}"),
    }
}

fn wire(record: &Value, direction: &str) -> Wire {
    match record["wire"][direction].as_str() {
        Some("none" | "n/a") => Wire::None,
        Some("non-breaking") => Wire::Compatible,
        Some("potentially-breaking") => Wire::Potentially,
        Some("breaking") => Wire::Breaking,
        other => panic!("an unknown level: {other:?}"),
    }
}

/// Whether the Rust verdict is that of policy A: a row that explains a record
/// about a type's name and one about its being there has the worse of both.
fn is_rust_of(record: &Value, found: &Finding) -> bool {
    match record["rust"]["A"].as_str() {
        Some("breaking") => found.rust() == Rust::Major,
        Some("non-breaking") if record["kind"] == "schema.added" => found.rust() >= Rust::Minor,
        Some("non-breaking") => matches!(found.rust(), Rust::Minor | Rust::Patch),
        Some("none") => found.rust() == Rust::None,
        other => panic!("an unknown level: {other:?}"),
    }
}

trait OfRow {
    fn rust(&self) -> Rust;
}

impl OfRow for Finding {
    fn rust(&self) -> Rust {
        self.verdict.rust
    }
}

fn truth(corpus: &Path) -> Vec<Value> {
    let path = corpus.join("../facts/oauth-diff-truth.json");
    if !path.is_file() {
        eprintln!("skipped: corpus not found");
        return Vec::new();
    }
    let text: Value = serde_json::from_str(&read(&path).content).expect("JSON");
    text["pairs"].as_array().expect("pairs").clone()
}

#[test]
fn every_record_is_found_with_its_verdicts() {
    let Some(corpus) = corpus::with("pinecone") else { return };
    for pair in truth(&corpus) {
        let [api, from, to] = ["service", "from", "to"].map(|it| pair[it].as_str().unwrap());
        let diff = diff::compare(&raw(&corpus, api, from), &raw(&corpus, api, to));
        let mut explained = Vec::new();
        for record in pair["changes"].as_array().unwrap() {
            let id = record["id"].as_str().unwrap();
            let found = explaining(&diff, record).unwrap_or_else(|| panic!("{id} is not found"));
            assert_eq!(found.verdict.request, wire(record, "request"), "{id}");
            assert_eq!(found.verdict.response, wire(record, "response"), "{id}");
            assert!(is_rust_of(record, found), "{id}: {:?}", found.verdict.rust);
            explained.push(&found.fingerprint);
        }
        for it in &diff.findings {
            assert!(
                explained.contains(&&it.fingerprint),
                "{from} -> {to}: {it:?} explains nothing"
            );
        }
    }
}

/// The overlay of the first version gives the error bodies the name that the
/// component has later, so the records 07 to 14 of the list, which call the
/// new name breaking, change no Rust of ours.
#[test]
fn the_overlay_keeps_the_name_of_the_error_body() {
    let diff = diff::compare(&with_overlay("2025-04"), &with_overlay("2025-10"));
    let row = diff.findings.iter().find(|it| it.subject == "ErrorResponse").unwrap();
    assert_eq!((row.kind, row.verdict.rust), (Kind::Extracted, Rust::None));
    assert_eq!(row.reach[0].positions.len(), 7);
    assert!(diff.verdict().rust < Rust::Major, "{:?}", diff.findings);
}

#[test]
fn a_new_version_alone_is_two_rows() {
    let Some(corpus) = corpus::with("pinecone") else { return };
    let diff = diff::compare(&raw(&corpus, "oauth", "2025-10"), &raw(&corpus, "oauth", "2026-04"));
    let kinds: Vec<_> = diff.findings.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [Kind::VersionChanged, Kind::ConstantChanged]);
}

#[test]
fn a_large_document_is_read_in_one_sitting() {
    let Some(corpus) = corpus::with("pinecone") else { return };
    let (old, new) = (raw(&corpus, "db_control", "2025-04"), raw(&corpus, "db_control", "2025-10"));
    let diff = diff::compare(&old, &new);
    assert!(diff.findings.len() <= 60, "{} rows", diff.findings.len());
    let header = diff.findings.iter().filter(|it| it.kind == Kind::ConstantAdded);
    assert_eq!(header.map(|it| it.reach.len()).collect::<Vec<_>>(), [18]);
}

/// A success that comes with another status is compared with what it was.
#[test]
fn a_swapped_status_is_compared_body_to_body() {
    let Some(corpus) = corpus::with("pinecone") else { return };
    let diff = diff::compare(&raw(&corpus, "admin", "2025-04"), &raw(&corpus, "admin", "2025-10"));
    let found = |kind: Kind, subject: &str| {
        diff.findings.iter().any(|it| it.kind == kind && it.subject == subject)
    };
    assert!(found(Kind::StatusSwapped, "update_api_key response 200"));
    assert!(found(Kind::ReferenceChanged, "update_api_key response 200"));
    assert!(found(Kind::PropertyRemoved, "APIKeyWithSecret -> APIKey.value"));
    assert!(found(Kind::OperationRenamed, "list_project_api_keys"));
    let flips = diff.findings.iter().filter(|it| it.kind == Kind::BecameRequired).count();
    assert_eq!(flips, 3);
}
