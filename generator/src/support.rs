//! What the generator makes of each keyword, media type and parameter, and how often documents use it: the tables of `docs/support.md`.
//!
//! No row is written by hand. Keywords come from the table of OpenAPI's objects, media types and parameters
//! from what the stages make of a small document for each.

mod bodies;
mod counts;
mod page;
mod parameters;

pub use counts::{Counts, Uses, count};
pub use page::page;

use crate::api::Api;
use crate::diagnostic::{Diagnostic, Sink};
use crate::input::Text;
use crate::left_over::{self, Remnant};
use crate::overlay::Overlay;
use crate::pointer::PointerMap;
use crate::{codes, document, load, lower, plan, resolve};

/// What came of a document.
struct Read {
    api: Api,
    said: document::Said,
    /// What nothing in the model expresses.
    remnants: Vec<Remnant>,
    diagnostics: Vec<Diagnostic>,
}

/// Reads a document without an overlay; nothing for a text that is not OpenAPI.
fn read(text: &Text) -> Option<Read> {
    let mut sink = Sink::default();
    let mut raw = load::load(text, &mut sink)?;
    let document = document::read(&mut raw, &mut sink)?;
    let resolved = resolve::resolve(document, &raw, &PointerMap::default(), &mut sink);
    let (mut api, left) = lower::lower(&resolved, &Overlay::default(), &mut sink);
    let remnants = left.remnants.clone();
    let lost: Vec<_> = sink.losses().iter().filter_map(|it| it.place().cloned()).collect();
    left_over::account(left, &lost, &raw, &mut api, &mut sink);
    plan::of_api(&api, &mut sink);
    let diagnostics = sink.into_diagnostics();
    Some(Read { api, said: resolved.document.said, remnants, diagnostics })
}

/// Returns the codes of the messages, sorted, each once.
fn codes_of(diagnostics: &[Diagnostic]) -> Vec<&'static str> {
    let mut acc: Vec<_> = diagnostics.iter().map(|it| it.code.0).collect();
    acc.sort_unstable();
    acc.dedup();
    acc
}

/// Returns the codes of all messages, each with its sentence.
fn codes_of_messages() -> impl Iterator<Item = (&'static str, &'static str)> {
    codes::ALL.iter().map(|(code, sentence)| (code.0, *sentence))
}

/// Returns what came of a node and the codes of what was said of it, as a cell of a table.
fn cell(outcome: Option<&str>, codes: &[&str]) -> String {
    outcome.into_iter().chain(codes.iter().copied()).collect::<Vec<_>>().join(", ")
}
