//! Tests the diff with documents that are changed at random places, and with documents that are written
//! differently but mean the same.
//!
//! [`reach`] walks the document itself, not our model, and finds what messages can reach, and in which
//! direction. [`change`] changes one thing at such a place; the diff must have a row whose verdict in that
//! direction is not `none`. [`rewrite`] writes the same document differently; the diff must have no row
//! with a verdict on the wire.

pub mod change;
pub mod edit;
pub mod random;
pub mod reach;
pub mod rewrite;
pub mod run;
mod sound;

use serde_json::Value;
use tamarack::diagnostic::Severity;
use tamarack::{Input, Model};
use tamarack_diff::{self as diff, Diff, Wire};

use change::Change;
use reach::Directions;
use rewrite::{Rewrite, Way};

/// A document that was read, and its model.
#[derive(Debug)]
pub struct Subject {
    /// The document.
    pub document: Value,
    model: Model,
    /// Whether it is certain what the document means, wherever its parts stand.
    is_sound: bool,
}

impl Subject {
    /// Reads a document. Returns `None` if it is not OpenAPI that the generator reads.
    pub fn read(text: &str) -> Option<Self> {
        let document = tamarack_reader::document::Document::read(text).ok()?;
        let document = document.root().value.clone();
        let outcome = tamarack::read(&Input::new("document.json", document.to_string()));
        let has_no_error = outcome.diagnostics.open.iter().all(|it| it.severity != Severity::Error);
        let is_sound = has_no_error && sound::is_sound(&document);
        Some(Self { model: outcome.model?, document, is_sound })
    }

    /// Returns what is wrong with the diff between the document and the changed one: nothing if a row
    /// reports the change in each direction in which messages carry it.
    pub fn fault_of_change(&self, change: &Change) -> Option<String> {
        let changed = change.apply(&self.document);
        let Some(new) = model(&changed.to_string()) else {
            return Some("cannot be read".to_owned());
        };
        let silent = [(&self.model, &new, "->"), (&new, &self.model, "<-")]
            .into_iter()
            .filter_map(|(old, new, way)| {
                let missing = silent_directions(&diff::compare(old, new), change.directions);
                (!missing.is_empty()).then(|| format!("{way} {}", missing.join(" and ")))
            })
            .collect::<Vec<_>>();
        (!silent.is_empty()).then(|| format!("verdict none: {}", silent.join(", ")))
    }

    /// Returns the document rewritten, if it has a place for it and it is certain what the document means.
    pub fn rewrite(&self, way: Way) -> Option<Rewrite> {
        self.is_sound.then(|| way.rewrite(&self.document))?
    }

    /// Returns the rows that the diff has although the rewritten document means the same.
    pub fn fault_of_rewrite(&self, rewrite: &Rewrite) -> Option<String> {
        let Some(new) = model(&rewrite.text) else { return Some("cannot be read".to_owned()) };
        let rows: Vec<_> = [(&self.model, &new), (&new, &self.model)]
            .into_iter()
            .flat_map(|(old, new)| diff::compare(old, new).findings)
            .filter(|it| it.verdict.wire() != Wire::None)
            .map(|it| format!("{} at {}", it.title(), it.new.pointer))
            .collect();
        let first = rows.first()?;
        Some(format!("{} rows, the first: {first}", rows.len()))
    }
}

fn model(text: &str) -> Option<Model> {
    tamarack::read(&Input::new("document.json", text)).model
}

/// Returns the directions in which the diff says that no message changes.
fn silent_directions(diff: &Diff, directions: Directions) -> Vec<&'static str> {
    let verdict = diff.verdict();
    let mut acc = Vec::new();
    if directions.request && verdict.request == Wire::None {
        acc.push("request");
    }
    if directions.response && verdict.response == Wire::None {
        acc.push("response");
    }
    acc
}
