//! A report for programs: one JSON object; `docs/diff.schema.json` says its shape.

use serde::Serialize;

use super::Report;
use crate::diff::{Finding, Reach, Rust, Side, Verdict, Wire};
use crate::pointer::Pointer;
use crate::render::Texts;

#[derive(Serialize)]
struct Document<'a> {
    old: Version<'a>,
    new: Version<'a>,
    verdict: Verdict,
    findings: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Version<'a> {
    file: &'a str,
    version: &'a str,
}

#[derive(Serialize)]
struct Row<'a> {
    id: String,
    kind: &'a str,
    title: String,
    pointer: Sides<&'a str>,
    place: Sides<Spot<'a>>,
    request: Wire,
    response: Wire,
    rust: Rust,
    old: Option<&'a str>,
    new: Option<&'a str>,
    signature: Sides<Option<&'a str>>,
    reach: &'a [Reach],
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct Sides<T> {
    old: T,
    new: T,
}

#[derive(Serialize)]
struct Spot<'a> {
    file: &'a str,
    line: usize,
    column: usize,
}

/// Renders all findings.
pub fn json(report: &Report<'_>) -> String {
    let diff = report.diff;
    let document = Document {
        old: version(&diff.versions.0, &report.old),
        new: version(&diff.versions.1, &report.new),
        verdict: diff.verdict(),
        findings: diff.findings.iter().map(|it| row(report, it)).collect(),
    };
    let mut acc = serde_json::to_string_pretty(&document)
        .unwrap_or_else(|_| unreachable!("structs of texts and numbers are JSON"));
    acc.push('\n');
    acc
}

fn version<'a>(version: &'a str, texts: &Texts<'a>) -> Version<'a> {
    Version { file: texts.of(&Pointer::root(), false).file, version }
}

fn row<'a>(report: &Report<'a>, it: &'a Finding) -> Row<'a> {
    let spot = |texts: &Texts<'a>, side: &Side| {
        let place = texts.of(&side.pointer, true);
        Spot { file: place.file, line: place.line, column: place.column }
    };
    Row {
        id: format!("{}-{}", it.kind.id(), it.fingerprint),
        kind: it.kind.id(),
        title: it.title(),
        pointer: Sides { old: it.old.pointer.as_str(), new: it.new.pointer.as_str() },
        place: Sides { old: spot(&report.old, &it.old), new: spot(&report.new, &it.new) },
        request: it.verdict.request,
        response: it.verdict.response,
        rust: it.verdict.rust,
        old: it.old.value.as_deref(),
        new: it.new.value.as_deref(),
        signature: Sides { old: it.old.rust.as_deref(), new: it.new.rust.as_deref() },
        reach: &it.reach,
        fingerprint: &it.fingerprint,
    }
}
