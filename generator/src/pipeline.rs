//! The driver: runs the stages in order, from a document and settings to files and diagnostics.
//!
//! It imports every stage, and no stage imports it.

pub mod build;
mod clients;
mod outcome;
mod prepared;
mod settings;

pub use clients::{Clients, ClientsSettings, Listed, generate_clients};
pub use outcome::{Files, Outcome};
pub use prepared::{Prepared, prepare};
pub use settings::{CrateSettings, Layout, Settings};

use serde_yaml::Value;

use crate::choices::Choices;
use crate::diagnostic::{Diagnostic, Severity, Sink};
use crate::input::{Input, Text};
use crate::model::{Gap, LeftOut, Model};
use crate::overlay::Overlay;
use crate::plan::Module;
use crate::source::Places;
use crate::spelling::Respelled;
use crate::strict::Mode;
use crate::{
    bundle, codes, document, left_over, lint, load, lower, overlay, plan, resolve, select, spelling,
};

/// Generates the code of a document.
///
/// No files are read or written: texts in, texts out. The same input and
/// settings give identical files. A mistake in the document costs only the
/// node that has it; [`Outcome::diagnostics`] reports it with its place.
///
/// A `build.rs` has less to write with [`build`].
///
/// # Examples
///
/// ```
/// use tamarack::{Input, Settings, Verdict, generate};
///
/// let document = "{openapi: 3.0.3, info: {title: Pets, version: '1'}, paths: {}}";
/// let outcome = generate(&Input::new("pets.yaml", document), &Settings::module("pets.yaml"));
/// assert_eq!(outcome.verdict, Verdict::Sound);
/// assert!(outcome.files["mod.rs"].contains("API_VERSION"));
/// ```
pub fn generate(input: &Input, settings: &Settings) -> Outcome {
    prepare(input, settings.mode).finish(&settings.provenance, &settings.layout)
}

/// Reads a document without generating code; reports what would be skipped.
///
/// A comparison of two documents only needs `read(&input).model`.
pub fn read(input: &Input) -> Outcome {
    let mut sink = Sink::default();
    let (model, places) = model(input, &mut sink);
    Outcome::of(input, sink, model, places, [Mode::Lenient; 2])
}

/// Returns whether a text claims to be an OpenAPI document, of whatever version: at its root
/// stands `openapi`, or `swagger`, as before version 3. Of a text that is not even YAML, a line
/// that begins with one of them decides.
pub fn claims_to_be_openapi(text: &Text) -> bool {
    const KEYS: [&str; 2] = ["openapi", "swagger"];
    if !KEYS.iter().any(|it| text.content.contains(it)) {
        return false;
    }
    if let Some(tree) = load::load(text, &mut Sink::default()) {
        return KEYS.iter().any(|it| tree.get(it).is_some());
    }
    let begins = |line: &str| {
        let line = line.trim_start_matches(['\u{feff}', ' ', '\t', '{', '"', '\'']);
        KEYS.iter().any(|it| line.starts_with(it))
    };
    text.content.lines().any(begins)
}

/// Reads a document and plans its code like [`generate`], and also looks for
/// likely mistakes, without writing code. An error refuses the document in both
/// modes.
pub fn check(input: &Input, mode: Mode) -> Outcome {
    let mut sink = Sink::default();
    let (model, places) = model(input, &mut sink);
    if let Some(model) = &model {
        // Names and types have something to say too.
        plan::of_api(&model.api, &mut sink);
        lint::lint(model, &mut sink);
    }
    Outcome::of(input, sink, model, places, [mode, Mode::Strict])
}

/// Reads a document and plans its module.
fn planned(input: &Input, mode: Mode) -> (Outcome, Option<Module>) {
    let mut sink = Sink::default();
    let (model, places) = model(input, &mut sink);
    let plan = model.as_ref().map(|model| plan::of_api(&model.api, &mut sink));
    // A crate that lacks a trait or a type that was asked for is of no use.
    let is_refused = sink.diagnostics().iter().any(|it| codes::is_misfit_of_types(it.code));
    let model = model.filter(|_| !is_refused);
    (Outcome::of(input, sink, model, places, [mode, mode]), plan)
}

/// Reads a document: load, document, resolve, lower.
///
/// Returns `None` if the text is neither YAML nor JSON, the document is not
/// OpenAPI 3.0 or 3.1, or an entry of the overlay does not apply. Other
/// mistakes cost only the node that has them. The places are those of the document's text.
fn model(input: &Input, sink: &mut Sink) -> (Option<Model>, Places) {
    let overlay = match &input.overlay {
        Some(text) => overlay::read(text, sink),
        None => Some(Overlay::default()),
    };
    // The document is loaded all the same, so that faults in both are reported.
    let Some((mut tree, places)) = load::load_with_places(&input.spec, sink) else {
        return (None, Places::default());
    };
    let respelled = spelling::restore(&mut tree, &input.spec.content, &places);
    let model = overlay.and_then(|it| model_of(tree, &respelled, it, input, sink));
    (model, places)
}

/// Makes the model of the tree of a document.
fn model_of(
    mut raw: Value,
    respelled: &[Respelled],
    mut overlay: Overlay,
    input: &Input,
    sink: &mut Sink,
) -> Option<Model> {
    overlay::apply(&mut raw, &overlay, sink);
    let bundled = bundle::bundle(&mut raw, input);
    let declared = document::count(&raw);
    let selected = select::select(&mut raw, &input.choices.subset, sink)?;
    overlay.leave_out(|at| selected.holds(at));
    spelling::report(respelled, &raw, sink);
    let mut document = document::read(&mut raw, sink)?;
    let left_out = LeftOut {
        operations: declared.operations + selected.skipped.len() - document.declared.operations,
        schemas: declared.schemas - document.declared.schemas,
    };
    document.skipped = selected.skipped;
    let resolved = resolve::resolve(document, &raw, &bundled.faults, sink);
    let (mut api, left) = lower::lower(&resolved, &overlay, sink);
    let Choices { formats, derives, replacements, subset: _ } = input.choices.clone();
    (api.formats, api.derives, api.replacements) = (formats, derives, replacements);
    plan::report_unused_names(&api, sink);
    // A model without one of its secrets must not become code that prints it.
    let stops =
        |it: &Diagnostic| codes::is_about_overlay(it.code) && it.severity == Severity::Error;
    if sink.diagnostics().iter().any(stops) {
        return None;
    }
    let lost: Vec<_> = sink.losses().iter().filter_map(|it| it.place().cloned()).collect();
    left_over::account(left, &lost, &raw, &mut api, sink);
    let gaps = gaps(sink.diagnostics());
    Some(Model { api, declared, left_out, raw, overlay, gaps })
}

/// Returns what the model does not express, whether somebody has accepted it or not. A keyword
/// that applies to no value of its type has no meaning that could be expressed.
fn gaps(diagnostics: &[Diagnostic]) -> Vec<Gap> {
    let means = |it: &&Diagnostic| it.code != codes::MISPLACED_KEYWORD;
    let gap =
        |it: &Diagnostic| it.loss.place().map(|at| Gap { at: at.clone(), what: it.title.clone() });
    diagnostics.iter().filter(means).filter_map(gap).collect()
}
