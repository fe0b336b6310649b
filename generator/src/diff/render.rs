//! A diff and the texts of both documents in, a report for a person or a program out.

use super::Diff;
use crate::render::{Place, Texts};

mod github;
mod json;
mod junit;
mod markdown;
mod text;

pub use github::github;
pub use json::json;
pub use junit::junit;
pub use markdown::markdown;
pub use text::text;

/// A diff with the texts that its places are looked up in.
#[derive(Debug)]
pub struct Report<'a> {
    /// What has changed.
    pub diff: &'a Diff,
    /// The text of the old document.
    pub old: Texts<'a>,
    /// The text of the new document.
    pub new: Texts<'a>,
}

/// Returns, for example, `pets.yaml:12:7`.
fn at(place: &Place<'_>) -> String {
    format!("{}:{}:{}", place.file, place.line, place.column)
}
