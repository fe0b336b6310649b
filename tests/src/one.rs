//! The text of one document in, the files of its module and what was said about it out.

use std::collections::BTreeMap;

use tamarack::diagnostic::{Diagnostic, Sink};
use tamarack::emit::{self, Provenance};
use tamarack::pipeline::{self, Input, Text};
use tamarack::strict::{self, Mode};

/// What became of a document.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The files of the module by their name.
    pub files: BTreeMap<String, String>,
    /// What the stages and the overlay's verdict say.
    pub said: Vec<Diagnostic>,
}

/// Returns an input without overlay.
pub fn input(spec: &str) -> Input {
    Input { spec: Text { name: "api.yaml".to_owned(), content: spec.to_owned() }, overlay: None }
}

/// Returns an input with an overlay.
pub fn overlaid(spec: &str, overlay: &str) -> Input {
    let overlay = Text { name: "api.overlay.toml".to_owned(), content: overlay.to_owned() };
    Input { overlay: Some(overlay), ..input(spec) }
}

/// Generates the module of a document; a document that cannot be read has no files.
pub fn generate(input: &Input, mode: Mode) -> Outcome {
    let mut sink = Sink::default();
    let provenance = Provenance { command: "test".to_owned(), spec: "api.yaml".to_owned() };
    let files = pipeline::model(input, &mut sink)
        .map(|model| emit::module_files(&pipeline::module(&model, &mut sink), &provenance))
        .unwrap_or_default();
    let said = strict::judge(sink.into_diagnostics(), input.overlay.as_ref(), mode).open;
    Outcome { files, said }
}
