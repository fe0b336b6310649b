//! Renders a timeline: the net diff, and what was reverted on the way.

use tamarack::Input;
use tamarack::render::Texts;

use super::gaps::Gaps;
use super::junit::{Case, suite};
use super::{Files, Sides, bump, github as commands};
use crate::{CrateVersion, Diff, Fate, Finding, Row, Timeline};

mod markdown;
mod text;

pub use super::html::html_timeline as html;
pub use super::json::json_timeline as json;
pub use markdown::markdown;
pub use text::text;

/// A timeline with the texts that its places are looked up in.
#[derive(Debug)]
pub struct TimelineReport<'a> {
    pub(super) timeline: &'a Timeline,
    /// One for each version, of which there are two or more.
    pub(super) texts: Vec<Texts<'a>>,
    pub(super) krate: Option<CrateVersion>,
}

impl<'a> TimelineReport<'a> {
    /// Returns the report of a timeline of these documents; `krate` is the
    /// version of the crate that is generated from the first, where it is
    /// known. `None` when there are fewer than two documents, or not as many
    /// as the timeline has versions.
    pub fn new(
        timeline: &'a Timeline,
        inputs: &'a [Input],
        krate: Option<CrateVersion>,
    ) -> Option<Self> {
        let fits = inputs.len() >= 2 && inputs.len() == timeline.versions.len();
        let texts = inputs.iter().map(Texts::new).collect();
        fits.then_some(Self { timeline, texts, krate })
    }

    /// Returns the texts of both sides of a hop.
    pub(super) fn sides(&self, hop: usize) -> Sides<'_, 'a> {
        Sides { old: &self.texts[hop], new: &self.texts[hop + 1], files: Files::Each }
    }

    /// Returns the texts of the first and the last document.
    pub(super) fn net_sides(&self) -> Sides<'_, 'a> {
        Sides { old: &self.texts[0], new: &self.texts[self.texts.len() - 1], files: Files::Each }
    }

    /// Returns the documents, each with the label of its version.
    pub(super) fn documents(&self) -> Vec<(String, &Texts<'a>)> {
        self.texts.iter().enumerate().map(|(it, texts)| (self.timeline.label(it), texts)).collect()
    }

    /// Returns the finding that speaks for a row, with its texts.
    fn leading(&self, row: &Row) -> Option<(&'a Finding, Sides<'_, 'a>)> {
        let sides = match (row.net, row.steps.first()) {
            (None, Some(step)) => self.sides(step.hop),
            _ => self.net_sides(),
        };
        self.timeline.leading(row).map(|it| (it, sides))
    }

    /// Returns the rows of one fate with what they are shown by.
    fn of(&self, fate: Fate) -> impl Iterator<Item = (&'a Finding, Sides<'_, 'a>, String)> {
        let rows = self.timeline.of(fate);
        rows.filter_map(move |row| {
            self.leading(row).map(|(it, sides)| (it, sides, self.timeline.story(row)))
        })
    }

    /// Returns each hop with its name, then the net with its own.
    fn diffs(&self) -> Vec<(String, &'a Diff)> {
        let it = self.timeline;
        let name = |old: usize, new: usize| format!("{} -> {}", it.label(old), it.label(new));
        let mut acc: Vec<_> =
            (it.hops.iter().enumerate()).map(|(hop, diff)| (name(hop, hop + 1), diff)).collect();
        acc.push((format!("net {}", name(0, it.versions.len() - 1)), &it.net));
        acc
    }

    /// Returns one line of what the net does not show; empty when that is nothing.
    fn passed(&self) -> String {
        let n = |fate| self.timeline.of(fate).count();
        match (n(Fate::Reverted), n(Fate::Absorbed)) {
            (0, 0) => String::new(),
            (n, 0) => format!("{n} appeared and reverted"),
            (0, n) => format!("{n} in no row of the net"),
            (n, m) => format!("{n} appeared and reverted, {m} more in no row of the net"),
        }
    }
}

/// Renders one workflow command for each row of the net; what came and went
/// is a notice at the place where it appeared.
pub fn github(report: &TimelineReport<'_>) -> String {
    let mut acc = String::new();
    for it in &report.timeline.net.findings {
        commands::write_finding(&mut acc, report.net_sides(), it);
    }
    for fate in [Fate::Reverted, Fate::Absorbed] {
        for (it, sides, story) in report.of(fate) {
            commands::write_note(&mut acc, sides, it, &story);
        }
    }
    commands::write_gaps(&mut acc, Gaps::new(&report.timeline.not_compared, &report.documents()));
    for (name, diff) in report.diffs() {
        commands::write_summary(&mut acc, &super::text::summary_of(&name, diff));
    }
    commands::write_summary(&mut acc, &bump(&report.timeline.net, report.krate));
    acc
}

/// Renders `JUnit` XML: a test case for each row of the net, and a skipped one
/// for each that came and went.
pub fn junit(report: &TimelineReport<'_>) -> String {
    let net = report.timeline.net.findings.iter();
    let mut cases: Vec<_> = net.map(|it| Case::of(report.net_sides(), it)).collect();
    for fate in [Fate::Reverted, Fate::Absorbed] {
        cases.extend(report.of(fate).map(|(it, _, story)| Case::note(it, story)));
    }
    suite(&cases, Gaps::new(&report.timeline.not_compared, &report.documents()))
}
