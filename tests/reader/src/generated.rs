//! The generator as a user sees it: a document in, files and diagnostics out. Nothing else of it is looked at.

use tamarack::diagnostic::{self, Loss};
use tamarack::render::Texts;
use tamarack::report::{Report, UntypedOperation};
use tamarack::{Choices, Files, Formats, Input, Library, Settings, Text, Verdict};

use crate::covered::Diagnostic;

/// What came of a document.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The files of the module, named relative to its folder; none where the document is no OpenAPI.
    pub files: Option<Files>,
    /// What was said about it.
    pub diagnostics: Vec<Diagnostic>,
    /// The places of the operations that reach untyped JSON, as the report counts them.
    pub untyped: Vec<String>,
    /// The places of those of them that do where the document has a type.
    pub less_than_declared: Vec<String>,
}

/// Generates the module of a document, with an overlay where it has one.
pub fn generate(name: &str, document: &str, overlay: Option<&str>) -> Generated {
    generate_with(&[], name, document, overlay)
}

/// Generates the module of a document with types of libraries for formats, which must not exclude each other.
pub fn generate_with(
    libraries: &[Library],
    name: &str,
    document: &str,
    overlay: Option<&str>,
) -> Generated {
    // What an overlay is, its name says.
    let overlay = overlay.map(|content| Text::new(format!("{name}.overlay.toml"), content));
    let formats = Formats::new(libraries.iter().copied()).unwrap_or_default();
    let choices = Choices { formats, ..Choices::default() };
    let input = Input { overlay, choices, ..Input::new(name, document) };
    let outcome = tamarack::generate(&input, &Settings::module(name));
    let files = (outcome.verdict != Verdict::Unreadable).then_some(outcome.files);
    let said = outcome.diagnostics.all();
    let report = Report::new(name, outcome.model.as_ref(), &said, &Texts::new(&input), 0.0);
    let pointers = |it: Vec<UntypedOperation>| it.into_iter().map(|it| it.pointer).collect();
    let untyped = pointers(report.operations.untyped);
    let less_than_declared = pointers(report.operations.less_than_declared);
    let diagnostics = said.into_iter().map(diagnostic).collect();
    Generated { files, diagnostics, untyped, less_than_declared }
}

fn diagnostic(it: diagnostic::Diagnostic) -> Diagnostic {
    let lost = match it.loss {
        Loss::Nothing => None,
        Loss::Operation(at) | Loss::Schema(at) | Loss::Part(at) => Some(at.as_str().to_owned()),
    };
    Diagnostic { at: it.at.as_str().to_owned(), lost, title: it.title }
}
