//! The stages in their order: the text of a document in, its model and the plan of its module out.

use crate::api::Api;
use crate::diagnostic::{Loss, Sink};
use crate::overlay::Overlay;
use crate::pointer::Pointer;
use crate::{codes, document, left_over, load, lower, name, overlay, plan, resolve};

/// A text with the name it has in messages.
#[derive(Clone, Debug)]
pub struct Text {
    /// The path as the user wrote it.
    pub name: String,
    /// The content.
    pub content: String,
}

/// A document and its overlay.
#[derive(Clone, Debug)]
pub struct Input {
    /// The OpenAPI document, YAML or JSON.
    pub spec: Text,
    /// The overlay, TOML.
    pub overlay: Option<Text>,
}

/// What a document declares, counted before anything is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    /// Operations under `paths`.
    pub operations: usize,
    /// Schemas under `components/schemas`.
    pub schemas: usize,
}

/// A document read to the end.
#[derive(Clone, Debug)]
pub struct Model {
    /// The model; what could not be expressed is left out of it.
    pub api: Api,
    /// What the document declares.
    pub declared: Declared,
    /// The whole document as it was read, with what the overlay adds.
    pub raw: serde_yaml::Value,
    /// The places of what the model does not hold: operations, schemas and
    /// parts that were left out or read as untyped JSON. Single keywords hang in
    /// the model beside what they belong to.
    pub lost: Vec<Pointer>,
    /// The nodes of the document, as the model was made from them.
    pub(crate) document: document::Document,
    /// The overlay; its `accept` entries are matched where diagnostics are counted.
    pub overlay: Overlay,
}

/// Reads a document: load, document, resolve, lower.
///
/// Returns `None` when the text is no YAML or JSON, the document is not
/// OpenAPI 3.0 or 3.1, or the overlay did not take effect as a whole; `sink`
/// says why, and [`crate::strict::Verdict::overlay_fault`] tells the last apart.
/// Whatever else is wrong costs only the node it is in, and `sink` says which.
pub fn model(input: &Input, sink: &mut Sink) -> Option<Model> {
    let overlay = match &input.overlay {
        Some(text) => overlay::read(text, sink),
        None => Some(Overlay::default()),
    };
    // The document is loaded all the same, so that both are said to be broken.
    let tree = load::load(&input.spec, sink);
    let (overlay, mut tree) = (overlay?, tree?);
    let n_before = sink.diagnostics().len();
    overlay::apply_additions(&mut tree, &overlay, sink);
    let raw = tree.clone();
    let n_said = sink.diagnostics().len();
    let document = document::read(tree, sink)?;
    let declared = document.declared.clone();
    let resolved = resolve::resolve(document, &raw, sink);
    let (mut api, remnants) = lower::lower(&resolved, &overlay, sink);
    // A model without one of its secrets must not become code that prints it.
    if sink.diagnostics()[n_before..].iter().any(|it| codes::is_about_overlay(it.code)) {
        return None;
    }
    let lost = sink.diagnostics()[n_said..].iter().filter_map(|it| lost(&it.loss)).collect();
    left_over::account(remnants, &raw, &mut api, sink);
    Some(Model { api, declared, raw, lost, document: resolved.document, overlay })
}

fn lost(loss: &Loss) -> Option<Pointer> {
    match loss {
        Loss::Nothing => None,
        Loss::Operation(at) | Loss::Schema(at) | Loss::Part(at) => Some(at.clone()),
    }
}

/// Decides everything about the Rust module of a model: name, plan. Writing it
/// down is [`crate::emit`]'s.
pub fn module(model: &Model, sink: &mut Sink) -> plan::Module {
    let names = name::name(&model.api, sink);
    plan::plan(&model.api, &names, sink)
}
