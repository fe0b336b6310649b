//! Generates the module of one document for a test.

use tamarack::diagnostic::Diagnostic;
use tamarack::{Files, Input, Mode, Settings, Text};

/// What became of a document.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The files of the module by their name.
    pub files: Files,
    /// What the stages and the overlay's verdict say.
    pub said: Vec<Diagnostic>,
}

/// Returns an input without overlay.
pub fn input(spec: &str) -> Input {
    Input::new("api.yaml", spec)
}

/// Returns an input with an overlay.
pub fn overlaid(spec: &str, overlay: &str) -> Input {
    Input { overlay: Some(Text::new("api.overlay.toml", overlay)), ..input(spec) }
}

/// Generates the module of a document; a document that cannot be read, or that the mode refuses, has no files.
pub fn generate(input: &Input, mode: Mode) -> Outcome {
    let outcome = tamarack::generate(input, &Settings { mode, ..Settings::module("api.yaml") });
    Outcome { files: outcome.files, said: outcome.diagnostics.open }
}
