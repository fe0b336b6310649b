//! The content of the page: rows, groups and filters.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use tamarack::pointer::Pointer;
use tamarack::render::Texts;

use super::entry::{Entry, entry, operations};
use super::owner::Owner;
use crate::{Diff, Fate, Finding, Row, Timeline, Verdict};

/// What the page shows.
#[derive(Debug)]
pub(super) struct Page<'a> {
    /// The title of the API.
    pub(super) title: &'a str,
    /// The versions, in order, each with the name of its file.
    pub(super) versions: Vec<Version>,
    /// The worst of the rows that are left in the end.
    pub(super) verdict: Verdict,
    /// What happened on the way, for more than two versions.
    pub(super) timeline: Option<&'a Timeline>,
    /// The groups, the worst first.
    pub(super) groups: Vec<Group<'a>>,
    /// Every operation that is reached, by path.
    pub(super) operations: Vec<String>,
    /// The name that links to each row, in the order of the diff or timeline.
    pub(super) anchors: Vec<String>,
}

/// One of the documents.
#[derive(Clone, Debug)]
pub(super) struct Version {
    pub(super) name: String,
    pub(super) file: String,
}

/// What changed on one component or operation.
#[derive(Debug)]
pub(super) struct Group<'a> {
    pub(super) owner: Owner,
    pub(super) entries: Vec<Entry<'a>>,
}

impl<'a> Page<'a> {
    /// Returns the page of two versions.
    pub(super) fn of_two(diff: &'a Diff, texts: [&Texts<'_>; 2]) -> Self {
        let (old, new) = (diff.versions.0.clone(), diff.versions.1.clone());
        // Two snapshots of one version are told apart as on a timeline.
        let new = if old == new { format!("{new} (2)") } else { new };
        let sides = [(old.as_str(), texts[0]), (new.as_str(), texts[1])];
        let operations = operations(diff.findings.iter());
        let anchors = anchors(diff.findings.iter().map(Some));
        let entries = diff.findings.iter().zip(&anchors);
        let entries = entries.map(|(it, anchor)| entry(it, anchor, sides, &operations)).collect();
        Self {
            title: &diff.title,
            versions: sides.map(|(name, texts)| version(name, texts)).to_vec(),
            verdict: diff.verdict(),
            timeline: None,
            groups: groups(entries),
            operations,
            anchors,
        }
    }

    /// Returns the page of a timeline; there is one text for each version.
    pub(super) fn of_timeline(timeline: &'a Timeline, texts: &[Texts<'_>]) -> Self {
        let names: Vec<_> = (0..timeline.versions.len()).map(|it| timeline.label(it)).collect();
        let leading = || timeline.rows.iter().map(|it| timeline.leading(it));
        let operations = operations(leading().flatten());
        let anchors = anchors(leading());
        let mut entries = Vec::new();
        for (row, anchor) in timeline.rows.iter().zip(&anchors) {
            let (Some(finding), Some(span)) = (timeline.leading(row), span(timeline, row)) else {
                continue;
            };
            let sides = span.map(|it| (names[it].as_str(), &texts[it]));
            entries.push(Entry { row: Some(row), ..entry(finding, anchor, sides, &operations) });
        }
        Self {
            title: &timeline.net.title,
            versions: names.iter().zip(texts).map(|(name, it)| version(name, it)).collect(),
            verdict: timeline.net.verdict(),
            timeline: Some(timeline),
            groups: groups(entries),
            operations,
            anchors,
        }
    }

    /// Returns all rows in the order of the page.
    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry<'a>> {
        self.groups.iter().flat_map(|it| &it.entries)
    }
}

/// Returns between which versions the leading finding of a row lies.
fn span(timeline: &Timeline, row: &Row) -> Option<[usize; 2]> {
    match (row.net, row.steps.first()) {
        (Some(_), _) => Some([0, timeline.versions.len().checked_sub(1)?]),
        (None, Some(step)) => Some([step.hop, step.hop + 1]),
        (None, None) => None,
    }
}

fn version(name: &str, texts: &Texts<'_>) -> Version {
    let file = texts.of(&Pointer::root(), false).file;
    Version { name: name.to_owned(), file: file.to_owned() }
}

/// Returns the names that link to rows: the same change may come, go and come
/// again, in two rows with one fingerprint.
fn anchors<'a>(findings: impl Iterator<Item = Option<&'a Finding>>) -> Vec<String> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    findings
        .map(|it| {
            let fingerprint = it.map_or("", |it| it.fingerprint.as_str());
            let n_seen = seen.entry(fingerprint).or_default();
            *n_seen += 1;
            match n_seen {
                1 => format!("change-{fingerprint}"),
                n => format!("change-{fingerprint}-{n}"),
            }
        })
        .collect()
}

/// Puts the rows of one owner together: the owner with the worst row first,
/// what is not left in the end behind all that is.
fn groups(entries: Vec<Entry<'_>>) -> Vec<Group<'_>> {
    let mut acc: Vec<Group<'_>> = Vec::new();
    let mut known: BTreeMap<(Fate, &'static str, String), usize> = BTreeMap::new();
    for entry in entries {
        let owner = Owner::of(entry.finding);
        let name = owner.title().to_owned();
        let key = (entry.fate(), owner.label().unwrap_or_default(), name);
        match known.get(&key) {
            Some(index) => acc[*index].entries.push(entry),
            None => {
                known.insert(key, acc.len());
                acc.push(Group { owner, entries: vec![entry] });
            }
        }
    }
    for group in &mut acc {
        group.entries.sort_by_key(|it| Reverse(it.rank()));
    }
    acc.sort_by_key(|it| (it.fate(), Reverse(it.entries.first().map(Entry::rank))));
    acc
}

impl Group<'_> {
    /// Returns what became of the rows of the group.
    pub(super) fn fate(&self) -> Fate {
        self.entries.first().map_or(Fate::Net, Entry::fate)
    }
}
