//! Renders a diff as a report for people or programs.

use tamarack::pointer::Pointer;
use tamarack::render::{Place, Texts};
use tamarack::shown::one_line;

use super::{CrateVersion, Diff, Finding};

pub mod files;
mod gaps;
mod github;
mod html;
mod json;
mod junit;
mod markdown;
mod said;
mod text;
pub mod timeline;

pub use github::github;
pub use html::html;
pub use json::json;
pub use junit::junit;
pub use markdown::markdown;
pub use text::text;
pub(super) use text::totals;

/// A diff with the texts that its places are looked up in.
#[derive(Debug)]
pub struct Report<'a> {
    /// What has changed.
    pub diff: &'a Diff,
    /// The text of the old document.
    pub old: Texts<'a>,
    /// The text of the new document.
    pub new: Texts<'a>,
    /// The version of the crate that is generated from the old document,
    /// where it is known.
    pub krate: Option<CrateVersion>,
}

impl<'a> Report<'a> {
    fn sides(&self) -> Sides<'_, 'a> {
        Sides { old: &self.old, new: &self.new, files: Files::Once }
    }

    /// Returns the documents, each with its version; of two snapshots of one version, the
    /// second has a number.
    fn documents(&self) -> [(String, &Texts<'a>); 2] {
        let (old, new) = &self.diff.versions;
        let new = if old == new { format!("{new} (2)") } else { new.clone() };
        [(old.clone(), &self.old), (new, &self.new)]
    }
}

/// The texts of the two documents that a finding is about.
#[derive(Clone, Copy, Debug)]
struct Sides<'r, 'a> {
    old: &'r Texts<'a>,
    new: &'r Texts<'a>,
    files: Files,
}

/// Where a report names the files of its places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Files {
    /// Once, at the head: there are two.
    Once,
    /// At each place: on a timeline it says which version it is in.
    Each,
}

impl<'a> Sides<'_, 'a> {
    fn old_place(self, it: &Finding) -> Place<'a> {
        self.old.of(&it.old.pointer, true)
    }

    /// Returns a place: line and column, with the file where it is not named at the head.
    fn spot(self, place: &Place<'_>) -> String {
        match self.files {
            Files::Once => format!("{}:{}", place.line, place.column),
            Files::Each => at(place),
        }
    }

    fn new_place(self, it: &Finding) -> Place<'a> {
        self.new.of(&it.new.pointer, true)
    }
}

/// Returns, for example, `pets.yaml:12:7`.
fn at(place: &Place<'_>) -> String {
    format!("{}:{}:{}", one_line(place.file), place.line, place.column)
}

/// Returns the name of a document.
fn file<'a>(texts: &Texts<'a>) -> &'a str {
    texts.of(&Pointer::root(), false).file
}

/// Returns in one line why a finding does not count, for example
/// `accepted until 2026-12-31: nobody sends it`.
fn acceptance(it: &Finding) -> Option<String> {
    let accepted = it.accepted.as_ref()?;
    let until = accepted.expires.map_or_else(String::new, |last| format!(" until {last}"));
    let reason = accepted.reason.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(format!("accepted{until}: {reason}"))
}

/// Returns, for example, `suggested bump: major (0.1.0 -> 0.2.0)`.
fn bump(diff: &Diff, krate: Option<CrateVersion>) -> String {
    let level = diff.bump();
    let versions = krate.map_or_else(String::new, |it| format!(" ({it} -> {})", it.next(level)));
    format!("suggested bump: {}{versions}", level.word())
}
