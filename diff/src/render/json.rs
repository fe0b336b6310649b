//! Renders a report as one JSON object, described by `docs/diff.schema.json`.

use serde::Serialize;
use tamarack::pointer::Pointer;
use tamarack::render::{Place, Texts};
use tamarack::shown;

use super::files::{Change, File, Files};
use super::gaps::Gaps;
use super::timeline::TimelineReport;
use super::{Report, Sides};
use crate::{CrateVersion, Diff, Fate, Finding, NotCompared, Reach, Rust, Step, Verdict, Wire};

#[derive(Serialize)]
struct Document<'a> {
    title: &'a str,
    old: Version<'a>,
    new: Version<'a>,
    /// Two snapshots of one version.
    same_version: bool,
    verdict: Verdict,
    bump: Bump,
    findings: Vec<Row<'a>>,
    not_compared: Vec<GapJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timeline: Option<TimelineJson<'a>>,
}

#[derive(Serialize)]
struct Bump {
    level: Rust,
    from: Option<String>,
    to: Option<String>,
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
    pointer: Pair<&'a str>,
    place: Pair<Spot<'a>>,
    request: Wire,
    response: Wire,
    rust: Rust,
    old: Option<&'a str>,
    new: Option<&'a str>,
    signature: Pair<Option<&'a str>>,
    reach: &'a [Reach],
    fingerprint: &'a str,
    accepted: Option<Reason<'a>>,
    places: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Reason<'a> {
    reason: &'a str,
    expires: Option<String>,
}

#[derive(Serialize)]
struct Pair<T> {
    old: T,
    new: T,
}

#[derive(Serialize)]
struct Spot<'a> {
    file: &'a str,
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct GapJson<'a> {
    what: &'a str,
    places: Vec<SpotOfDocument<'a>>,
}

#[derive(Serialize)]
struct SpotOfDocument<'a> {
    document: usize,
    pointer: &'a str,
    #[serde(flatten)]
    spot: Spot<'a>,
}

#[derive(Serialize)]
struct TimelineJson<'a> {
    versions: Vec<Labelled<'a>>,
    hops: Vec<Hop<'a>>,
    rows: Vec<Joined<'a>>,
}

#[derive(Serialize)]
struct Labelled<'a> {
    #[serde(flatten)]
    version: Version<'a>,
    label: String,
}

#[derive(Serialize)]
struct Hop<'a> {
    verdict: Verdict,
    bump: Bump,
    findings: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Joined<'a> {
    fate: Fate,
    story: String,
    steps: &'a [Step],
    net: Option<usize>,
}

#[derive(Serialize)]
struct FilesJson<'a> {
    base: &'a str,
    head: &'a str,
    verdict: Verdict,
    files: Vec<FileJson<'a>>,
}

#[derive(Serialize)]
struct FileJson<'a> {
    path: &'a str,
    was: Option<&'a str>,
    change: &'a str,
    summary: Option<SummaryJson<'a>>,
    diff: Option<Document<'a>>,
}

#[derive(Serialize)]
struct SummaryJson<'a> {
    title: &'a str,
    version: &'a str,
    operations: usize,
}

/// Renders all findings.
pub fn json(report: &Report<'_>) -> String {
    printed(&whole(report))
}

fn whole<'a>(report: &'a Report<'_>) -> Document<'a> {
    let mut acc = document(report.diff, report.sides(), report.krate);
    let documents = report.documents();
    acc.not_compared = not_compared(&report.diff.not_compared, &documents);
    acc
}

/// Renders every document that differs between two commits, described by `docs/diff-git.schema.json`.
pub(super) fn json_files<'f>(files: &'f Files<'_>) -> String {
    let file = |it: &'f File<'_>| {
        let (diff, summary) = match &it.change {
            Change::Compared(report) => (Some(whole(report)), None),
            Change::Added(summary) | Change::Removed(summary) => (None, Some(summary)),
            Change::Unreadable => (None, None),
        };
        let summary = summary.map(|it| SummaryJson {
            title: &it.title,
            version: &it.version,
            operations: it.operations,
        });
        FileJson { path: it.path, was: it.was, change: it.change.word(), summary, diff }
    };
    let verdict =
        files.files.iter().fold(Verdict::default(), |acc, it| acc.worst(it.change.verdict()));
    printed(&FilesJson {
        base: files.base,
        head: files.head,
        verdict,
        files: files.files.iter().map(file).collect(),
    })
}

/// Renders the findings of the net as if only it was compared, and with them
/// the whole timeline.
pub fn json_timeline<'a>(report: &TimelineReport<'a>) -> String {
    let it = report.timeline;
    let mut acc = document(&it.net, report.net_sides(), report.krate);
    let versions = (report.texts.iter().zip(&it.versions).enumerate())
        .map(|(index, (texts, name))| Labelled {
            version: version(name, texts),
            label: it.label(index),
        })
        .collect();
    let hops = (it.hops.iter().enumerate())
        .map(|(index, diff)| Hop {
            verdict: diff.verdict(),
            bump: bump(diff, None),
            findings: rows(diff, report.sides(index)),
        })
        .collect();
    let joined = |row: &'a crate::Row| Joined {
        fate: row.fate,
        story: it.story(row),
        steps: &row.steps,
        net: row.net,
    };
    let rows = it.rows.iter().map(joined).collect();
    acc.timeline = Some(TimelineJson { versions, hops, rows });
    let documents = report.documents();
    acc.not_compared = not_compared(&it.not_compared, &documents);
    printed(&acc)
}

fn not_compared<'a>(
    all: &'a [NotCompared],
    documents: &[(String, &Texts<'a>)],
) -> Vec<GapJson<'a>> {
    let gaps = Gaps::new(all, documents);
    let place = |it: &'a crate::Spot| {
        let spot = spot(&gaps.place(it)?);
        Some(SpotOfDocument { document: it.document, pointer: it.pointer.as_str(), spot })
    };
    let gap = |it: &'a NotCompared| GapJson {
        what: &it.what,
        places: it.places.iter().filter_map(place).collect(),
    };
    all.iter().map(gap).collect()
}

fn spot<'a>(place: &Place<'a>) -> Spot<'a> {
    Spot { file: place.file, line: place.line, column: place.column }
}

fn printed(document: &impl Serialize) -> String {
    let mut acc = serde_json::to_string_pretty(document)
        .unwrap_or_else(|_| unreachable!("structs of texts and numbers are JSON"));
    acc.push('\n');
    shown::json(&acc).into_owned()
}

fn document<'a>(diff: &'a Diff, sides: Sides<'_, 'a>, krate: Option<CrateVersion>) -> Document<'a> {
    Document {
        title: &diff.title,
        old: version(&diff.versions.0, sides.old),
        new: version(&diff.versions.1, sides.new),
        same_version: diff.versions.0 == diff.versions.1,
        verdict: diff.verdict(),
        bump: bump(diff, krate),
        findings: rows(diff, sides),
        not_compared: Vec::new(),
        timeline: None,
    }
}

fn bump(diff: &Diff, krate: Option<CrateVersion>) -> Bump {
    let level = diff.bump();
    Bump {
        level,
        from: krate.map(|it| it.to_string()),
        to: krate.map(|it| it.next(level).to_string()),
    }
}

fn version<'a>(version: &'a str, texts: &Texts<'a>) -> Version<'a> {
    Version { file: texts.of(&Pointer::root(), false).file, version }
}

fn rows<'a>(diff: &'a Diff, sides: Sides<'_, 'a>) -> Vec<Row<'a>> {
    diff.findings.iter().map(|it| row(it, sides)).collect()
}

fn row<'a>(it: &'a Finding, sides: Sides<'_, 'a>) -> Row<'a> {
    let accepted = it.accepted.as_ref();
    Row {
        id: format!("{}-{}", it.kind.id(), it.fingerprint),
        kind: it.kind.id(),
        title: it.title(),
        pointer: Pair { old: it.old.pointer.as_str(), new: it.new.pointer.as_str() },
        place: Pair { old: spot(&sides.old_place(it)), new: spot(&sides.new_place(it)) },
        request: it.verdict.request,
        response: it.verdict.response,
        rust: it.verdict.rust,
        old: it.old.value.as_deref(),
        new: it.new.value.as_deref(),
        signature: Pair { old: it.old.rust.as_deref(), new: it.new.rust.as_deref() },
        reach: &it.reach,
        fingerprint: &it.fingerprint,
        accepted: accepted.map(|it| Reason {
            reason: &it.reason,
            expires: it.expires.map(|last| last.to_string()),
        }),
        places: it.places.iter().map(|it| row(it, sides)).collect(),
    }
}
