//! Compares many versions: what each changed, what remains in the end, what was reverted on the way.
//!
//! The direct comparison of the first with the last hides what came and went;
//! the comparisons from each to the next hide what is left. A timeline holds
//! both, and rows that join them.

mod chain;
mod facet;

use serde::Serialize;
use tamarack::Model;

use super::finding::{Diff, Finding};
use super::gap::{self, NotCompared};
use super::verdict::Verdict;

/// What has changed along versions that follow each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// `info.version` of each document, in order; snapshots of one version
    /// have the same.
    pub versions: Vec<String>,
    /// From each version to the next: one less than there are versions.
    pub hops: Vec<Diff>,
    /// From the first version to the last.
    pub net: Diff,
    /// Each finding of a hop or of the net in exactly one row: the rows of the
    /// net in its order, then what was reverted, then what was absorbed.
    pub rows: Vec<Row>,
    /// What the model of one document or of several does not express.
    pub not_compared: Vec<NotCompared>,
}

/// What happened to one thing along a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The findings of hops, in order; empty where only the net says it.
    pub steps: Vec<Step>,
    /// The index in `net.findings`, where the net says it too.
    pub net: Option<usize>,
    /// What became of it.
    pub fate: Fate,
}

/// A finding of a hop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Step {
    /// The index in `hops`; the change appeared in `versions[hop + 1]`.
    pub hop: usize,
    /// The index in `findings` of the hop.
    pub finding: usize,
}

/// What became of a change by the last version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// It is part of the net.
    Net,
    /// The last step undoes what the earlier ones did.
    Reverted,
    /// No row of the net is about it and no step undoes it: the net tells it
    /// in another row, or what it happened to is gone.
    Absorbed,
}

impl Timeline {
    /// Returns what a version is called in reports: snapshots of one version
    /// are numbered, so that `2025-10 (2)` is the second of them.
    pub fn label(&self, index: usize) -> String {
        let version = &self.versions[index];
        let n_same = |of: &[String]| of.iter().filter(|it| *it == version).count();
        match n_same(&self.versions[..index]) {
            0 => version.clone(),
            n_before => format!("{version} ({})", n_before + 1),
        }
    }

    /// Returns when a row happened, for example `appeared in 2026-01.alpha,
    /// reverted in 2026-04`; empty where only the net says it.
    pub fn story(&self, row: &Row) -> String {
        let versions: Vec<_> = row.steps.iter().map(|it| self.label(it.hop + 1)).collect();
        let Some((last, earlier)) = versions.split_last() else { return String::new() };
        match row.fate {
            Fate::Net => format!("in {}", versions.join(", ")),
            Fate::Reverted => format!("appeared in {}, reverted in {last}", earlier.join(", ")),
            Fate::Absorbed => format!("in {}, no row of the net", versions.join(", ")),
        }
    }

    /// Returns the finding of a step.
    pub fn finding(&self, step: Step) -> &Finding {
        &self.hops[step.hop].findings[step.finding]
    }

    /// Returns the finding that speaks for a row: that of the net, else the
    /// first of a hop.
    pub fn leading(&self, row: &Row) -> Option<&Finding> {
        match row.net {
            Some(index) => self.net.findings.get(index),
            None => row.steps.first().map(|step| self.finding(*step)),
        }
    }

    /// Returns the worst that a row did on the way, or does in the net.
    pub fn worst(&self, row: &Row) -> Verdict {
        let net = row.net.and_then(|index| self.net.findings.get(index)).map(|it| it.verdict);
        let steps = row.steps.iter().map(|step| self.finding(*step).verdict);
        steps.chain(net).fold(Verdict::default(), Verdict::worst)
    }

    /// Returns the rows of one fate, in their order.
    pub fn of(&self, fate: Fate) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(move |it| it.fate == fate)
    }
}

/// Compares each model with the next, and the first with the last. Fewer than
/// two models have no hops and an empty net.
pub fn timeline(models: &[Model]) -> Timeline {
    let hops: Vec<Diff> = models.windows(2).map(|it| super::compare(&it[0], &it[1])).collect();
    let net = match (models, hops.as_slice()) {
        (_, [only]) => only.clone(),
        ([first, .., last], _) => super::compare(first, last),
        _ => Diff::default(),
    };
    let versions = models.iter().map(|it| it.api.version.clone()).collect();
    let not_compared = gap::gaps(&models.iter().collect::<Vec<_>>());
    let mut acc = Timeline { versions, hops, net, rows: Vec::new(), not_compared };
    acc.rows = chain::rows(&acc.hops, &acc.net);
    let mut rows = std::mem::take(&mut acc.rows);
    rows.sort_by(|a, b| acc.rank(a).cmp(&acc.rank(b)));
    acc.rows = rows;
    acc
}

type Rank<'a> = (Fate, usize, std::cmp::Reverse<(super::Wire, super::Rust)>, &'a str, &'a [Step]);

impl Timeline {
    fn rank<'a>(&'a self, row: &'a Row) -> Rank<'a> {
        let worst = self.worst(row);
        let subject = self.leading(row).map_or("", |it| it.subject.as_str());
        // The rows of the net have an order of their own.
        let index = row.net.unwrap_or_default();
        (row.fate, index, std::cmp::Reverse((worst.wire(), worst.rust)), subject, &row.steps)
    }
}
