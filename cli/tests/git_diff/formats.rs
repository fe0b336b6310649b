//! Every format of a report of several documents.

use serde_json::Value;

use super::{changed, schema};

const SCHEMA: &str = include_str!("../../../docs/diff-git.schema.json");

#[test]
fn json_has_every_document() {
    let Some(it) = changed("json") else { return };
    let json = it.diff("--git main...change --format json").out;
    let mut json: Value = serde_json::from_str(&json).expect("JSON");
    for file in json["files"].as_array_mut().expect("files") {
        if !file["diff"].is_null() {
            schema::check(&file["diff"], schema::DIFF);
            file["diff"] = serde_json::json!({});
        }
    }
    schema::check(&json, SCHEMA);
    let expected = serde_json::json!({
        "base": "main", "head": "change",
        "verdict": {"request": "breaking", "response": "breaking", "rust": "major"},
        "files": [
            {"path": "specs/animals.yaml", "was": "specs/pets.yaml", "change": "changed", "summary": null, "diff": {}},
            {"path": "specs/new.json", "was": null, "change": "added", "diff": null,
             "summary": {"title": "new", "version": "1", "operations": 0}},
            {"path": "specs/shops.yaml", "was": null, "change": "removed", "diff": null,
             "summary": {"title": "shops", "version": "1", "operations": 1}},
        ],
    });
    assert_eq!(json, expected);
}

#[test]
fn markdown_has_a_heading_for_every_document() {
    let Some(it) = changed("markdown") else { return };
    let out = it.diff("--git main...change --format markdown").out;
    let headings: Vec<_> = out.lines().filter(|it| it.starts_with("### ")).collect();
    assert_eq!(headings.len(), 3, "{out}");
    assert!(
        headings[0]
            .starts_with("### `specs/animals.yaml` (renamed from `specs/pets.yaml`): pets 1")
    );
    assert_eq!(headings[2], "### `specs/shops.yaml`: removed: shops 1, 1 operation");
    assert!(out.contains("| none | **breaking** | **major** |"), "{out}");
}

#[test]
fn annotations_are_at_files_of_the_checkout() {
    let Some(it) = changed("github") else { return };
    let out = it.diff("--git main...change --format github").out;
    assert!(out.contains("\n::error file=specs/animals.yaml,line="), "{out}");
    assert!(out.contains("::error file=specs/shops.yaml,title=document removed::removed: shops 1"));
    assert!(out.contains("::notice file=specs/new.json,title=document added::"), "{out}");
}

#[test]
fn junit_has_a_suite_for_every_document() {
    let Some(it) = changed("junit") else { return };
    let out = it.diff("--git main...change --format junit").out;
    assert_eq!(out.matches("<testsuite name=").count(), 3, "{out}");
    assert_eq!(out.matches("</testsuite>").count(), 3, "{out}");
    assert_eq!(out.matches("<?xml").count(), 1, "{out}");
    assert!(out.ends_with("</testsuites>\n"), "{out}");
    assert!(out.contains("classname=\"document-removed\" name=\"specs/shops.yaml\"><failure"));
}

#[test]
fn the_page_is_of_one_document() {
    let Some(it) = changed("html") else { return };
    let run = it.diff("--git main...change --format html specs");
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.starts_with("<!doctype html>"), "{}", &run.out[..80]);
    let run = it.diff("--git main..change --format html");
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert!(run.err.contains("those that changed: other/birds.yaml, specs/animals.yaml\n"));
}
