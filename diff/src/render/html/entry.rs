//! Writes a row of the page: what each version says, and where.

use std::collections::BTreeSet;

use tamarack::render::Texts;

use super::owner::Owner;
use crate::render::{Files, Sides, said};
use crate::{Fate, Finding, Row, Rust, Side, Wire};

/// One row of the page.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// The name that links to it.
    pub(super) anchor: String,
    pub(super) finding: &'a Finding,
    /// What the old version says.
    pub(super) before: Half<'a>,
    /// What the new version says.
    pub(super) after: Half<'a>,
    /// What the old and the new side are, in short.
    pub(super) said: [String; 2],
    /// The places of a row that folds others, each with where it is.
    pub(super) places: Vec<(&'a Finding, String)>,
    /// The indices of the operations in the page's list.
    pub(super) operations: Vec<usize>,
    /// What became of it, on a timeline.
    pub(super) row: Option<&'a Row>,
}

/// One half of a row.
#[derive(Debug)]
pub(super) struct Half<'a> {
    pub(super) version: String,
    pub(super) side: &'a Side,
    /// For example `pets.yaml:12:7`.
    pub(super) place: String,
    /// The line of the document.
    pub(super) line: String,
}

impl Entry<'_> {
    /// Returns what became of the change; without a timeline all are left.
    pub(super) fn fate(&self) -> Fate {
        self.row.map_or(Fate::Net, |it| it.fate)
    }

    /// Rows are compared as in the diff: by the worst verdict.
    pub(super) fn rank(&self) -> (u8, Wire, Rust) {
        self.finding.verdict.weight()
    }
}

/// Returns every operation once, those of one path together.
pub(super) fn operations<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<String> {
    let all: BTreeSet<String> = findings.flat_map(reached).collect();
    let mut all: Vec<_> = all.into_iter().collect();
    all.sort_by(|a, b| path_first(a).cmp(&path_first(b)));
    all
}

fn path_first(operation: &str) -> (&str, &str) {
    operation.split_once(' ').map_or((operation, ""), |(method, path)| (path, method))
}

/// Returns the operations that see a change, and the one that it is about: an
/// operation that is gone is reached by nothing.
fn reached(finding: &Finding) -> BTreeSet<String> {
    let own = match Owner::of(finding) {
        Owner::Operation(name) => Some(name),
        _ => None,
    };
    finding.reach.iter().map(|it| it.operation.clone()).chain(own).collect()
}

/// Returns the row of a finding between two versions.
pub(super) fn entry<'a>(
    finding: &'a Finding,
    anchor: &str,
    [before, after]: [(&str, &Texts<'_>); 2],
    operations: &[String],
) -> Entry<'a> {
    let reached = reached(finding);
    let operations = operations.iter().enumerate().filter(|(_, it)| reached.contains(*it));
    Entry {
        anchor: anchor.to_owned(),
        finding,
        said: said::sides(finding, Sides { old: before.1, new: after.1, files: Files::Each }),
        places: finding.places.iter().map(|it| (it, place(it, [before, after]))).collect(),
        before: half(&finding.old, before),
        after: half(&finding.new, after),
        operations: operations.map(|(index, _)| index).collect(),
        row: None,
    }
}

/// Returns where a place is: in the new document, unless it is gone there. The file of a document stands
/// at the head of the page.
fn place(it: &Finding, [old, new]: [(&str, &Texts<'_>); 2]) -> String {
    let is_gone = it.new.value.is_none() && it.old.value.is_some();
    let ((version, texts), side) = if is_gone { (old, &it.old) } else { (new, &it.new) };
    let place = texts.of(&side.pointer, true);
    if place.file == crate::render::file(texts) {
        format!("{version}:{}:{}", place.line, place.column)
    } else {
        super::super::at(&place)
    }
}

/// A document may be one long line.
const LONGEST_LINE: usize = 160;

fn half<'a>(side: &'a Side, (version, texts): (&str, &Texts<'_>)) -> Half<'a> {
    let place = texts.of(&side.pointer, true);
    let start = if place.line_range.len() > LONGEST_LINE {
        place.range.start
    } else {
        place.line_range.start
    };
    let line = place.content[start..place.line_range.end].trim();
    let line = line.chars().take(LONGEST_LINE).collect();
    Half { version: version.to_owned(), side, place: super::super::at(&place), line }
}
