//! The generator as a user sees it: a document in, files and diagnostics out. Nothing else of it is looked at.

use std::collections::BTreeMap;

use tamarack::diagnostic::{self, Loss, Sink};
use tamarack::emit::{self, Provenance};
use tamarack::pipeline::{self, Input, Text};

use crate::covered::Diagnostic;

/// What came of a document.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The files of the module, named relative to its folder; none where the document is no OpenAPI.
    pub files: Option<BTreeMap<String, String>>,
    /// What was said about it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Generates the module of a document, with an overlay where it has one.
pub fn generate(name: &str, document: &str, overlay: Option<&str>) -> Generated {
    let text = |content: &str| Text { name: name.to_owned(), content: content.to_owned() };
    let input = Input { spec: text(document), overlay: overlay.map(text) };
    let mut sink = Sink::default();
    let files = pipeline::model(&input, &mut sink).map(|model| {
        let module = pipeline::module(&model, &mut sink);
        let provenance = Provenance { command: "a comparison".to_owned(), spec: name.to_owned() };
        emit::module_files(&module, &provenance)
    });
    let diagnostics = sink.into_diagnostics().into_iter().map(diagnostic).collect();
    Generated { files, diagnostics }
}

fn diagnostic(it: diagnostic::Diagnostic) -> Diagnostic {
    let lost = match it.loss {
        Loss::Nothing => None,
        Loss::Operation(at) | Loss::Schema(at) | Loss::Part(at) => Some(at.as_str().to_owned()),
    };
    Diagnostic { at: it.at.as_str().to_owned(), lost, title: it.title }
}
