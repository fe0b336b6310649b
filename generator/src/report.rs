//! A model and everything that was said about it in, the numbers and places of a run as JSON out.
//!
//! What is lost can be counted from outside: each operation that is missing
//! from the output stands in `operations.skipped` once, with the cause.

mod said;
mod untyped;

pub use untyped::UntypedOperation;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::api::{Api, Operation, Secrecy, Shape, Type};
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss, Severity};
use crate::model::Model;
use crate::pointer::Pointer;
use crate::render::Texts;

/// What `--report` writes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The document, as the user wrote its path.
    pub spec: String,
    /// `openapi` of the document; `None` when it could not be read.
    pub openapi: Option<String>,
    /// What became of the operations.
    pub operations: Operations,
    /// What became of the schemas.
    pub schemas: Schemas,
    /// The properties and parameters whose value is never shown.
    pub secrets: Vec<Secret>,
    /// Every error.
    pub errors: Vec<ReportEntry>,
    /// Every warning, and every part that was left out of an operation or a
    /// schema that is there.
    pub warnings: Vec<ReportEntry>,
    /// How long the run took.
    pub seconds: f64,
}

/// What became of the operations.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Operations {
    /// How many the document declares.
    pub declared: usize,
    /// How many of them `include` and `exclude` leave out.
    pub excluded: usize,
    /// How many were generated with all their types.
    pub generated: usize,
    /// Those whose request or success body is untyped JSON.
    pub degraded: Vec<ReportEntry>,
    /// Those for which there is code that reaches untyped JSON anywhere: all others are typed to the last leaf.
    pub untyped: Vec<UntypedOperation>,
    /// Those of them that reach it where the document has a type: all others are typed as far as the document has
    /// types, since a schema such as `{}`, a list without `items` or a free map has none.
    pub less_than_declared: Vec<UntypedOperation>,
    /// Those that were left out.
    pub skipped: Vec<ReportEntry>,
}

/// What became of the schemas.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Schemas {
    /// How many the document declares under `components/schemas`.
    pub declared: usize,
    /// How many of them are left out, since only excluded operations use them.
    pub excluded: usize,
    /// How many of them were generated as they are written.
    pub generated: usize,
    /// Those, and schemas inside of them, that are read as untyped JSON.
    pub degraded: Vec<ReportEntry>,
}

/// A property or parameter whose value is never shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Secret {
    /// The place.
    pub pointer: String,
    /// The name.
    pub name: String,
    /// `declared` by a keyword of the document, `named` as secrets are, or by the `overlay`.
    pub reason: &'static str,
    /// The keyword, or the reason that the overlay gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl Secret {
    fn new(pointer: &Pointer, name: &str, secrecy: &Secrecy) -> Self {
        let (reason, detail) = match secrecy {
            Secrecy::Declared(keyword) => ("declared", Some((*keyword).to_owned())),
            Secrecy::Named => ("named", None),
            Secrecy::Overlay(reason) => ("overlay", Some(reason.clone())),
        };
        Self { pointer: pointer.to_string(), name: name.to_owned(), reason, detail }
    }
}

/// One thing that was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportEntry {
    /// The node it is about.
    pub pointer: String,
    /// The stable code.
    pub code: String,
    /// The title of the diagnostic.
    pub message: String,
    /// The place of the cause, where it is another than `pointer`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The line of the cause.
    pub line: usize,
    /// The column of the cause, in characters.
    pub column: usize,
}

impl Report {
    /// Returns the report of a run. `diagnostics` is everything that was said,
    /// accepted gaps included; `model` is `None` when the document could not
    /// be read. The caller measures the time: the library reads no clock.
    pub fn new(
        spec: &str,
        model: Option<&Model>,
        diagnostics: &[Diagnostic],
        texts: &Texts<'_>,
        seconds: f64,
    ) -> Self {
        let entries = Entries { texts };
        let of_severity = |severity| diagnostics.iter().filter(move |it| it.severity == severity);
        let parts = of_severity(Severity::Skipped)
            .filter(|it| matches!(it.loss, Loss::Part(_) | Loss::Nothing));
        Self {
            spec: spec.to_owned(),
            openapi: model.map(|model| model.api.openapi.clone()),
            operations: operations(model, diagnostics, entries),
            schemas: schemas(model, diagnostics, entries),
            secrets: model.map(|it| secrets(&it.api)).unwrap_or_default(),
            errors: of_severity(Severity::Error).map(|it| entries.of(it, &it.at)).collect(),
            warnings: of_severity(Severity::Warning)
                .chain(parts)
                .map(|it| entries.of(it, &it.at))
                .collect(),
            seconds,
        }
    }

    /// Returns the report as indented JSON with a line break at the end.
    pub fn to_json(&self) -> String {
        let text = serde_json::to_string_pretty(self)
            .unwrap_or_else(|_| unreachable!("a struct of texts and numbers is JSON"));
        text + "\n"
    }
}

/// Makes entries out of diagnostics.
#[derive(Clone, Copy)]
struct Entries<'r, 't> {
    texts: &'r Texts<'t>,
}

impl Entries<'_, '_> {
    fn of(self, diagnostic: &Diagnostic, pointer: &Pointer) -> ReportEntry {
        let place = self.texts.place(diagnostic);
        ReportEntry {
            pointer: pointer.to_string(),
            code: diagnostic.code.0.to_owned(),
            message: diagnostic.title.clone(),
            at: (diagnostic.at != *pointer).then(|| diagnostic.at.to_string()),
            line: place.line,
            column: place.column,
        }
    }
}

fn operations(
    model: Option<&Model>,
    diagnostics: &[Diagnostic],
    entries: Entries<'_, '_>,
) -> Operations {
    let mut acc = Operations::default();
    let mut seen = BTreeSet::new();
    for diagnostic in diagnostics {
        if let Loss::Operation(pointer) = &diagnostic.loss
            && seen.insert(pointer)
        {
            acc.skipped.push(entries.of(diagnostic, pointer));
        }
    }
    if let Some(model) = model {
        let (degraded, whole): (Vec<_>, Vec<_>) =
            model.api.operations.iter().partition(|operation| operation.degraded);
        acc.declared = model.declared.operations;
        acc.excluded = model.left_out.operations;
        acc.generated = whole.len();
        acc.untyped = untyped::of(&model.api);
        acc.less_than_declared = untyped::less_than_declared(model, &acc.untyped);
        for operation in degraded {
            let cause = cause_of_degraded(&model.api, operation, diagnostics);
            acc.degraded.push(entries.of(&cause, &operation.pointer));
        }
    }
    acc
}

/// Returns what was said about the schema that makes a body of the operation
/// untyped JSON.
fn cause_of_degraded(api: &Api, operation: &Operation, diagnostics: &[Diagnostic]) -> Diagnostic {
    let bodies = operation.body.iter().flat_map(|body| &body.contents);
    let successes = operation.responses.iter().filter(|response| response.status.is_success());
    let contents = bodies.chain(successes.flat_map(|response| &response.contents));
    let places: Vec<&Pointer> = contents
        .filter_map(|content| match &content.ty.ty {
            Type::Named(id) => Some(&api.type_def(*id).pointer),
            _ => None,
        })
        .chain([&operation.pointer])
        .collect();
    let is_cause = |diagnostic: &&Diagnostic| match &diagnostic.loss {
        Loss::Schema(pointer) => places.iter().any(|place| place.holds(pointer)),
        _ => false,
    };
    diagnostics.iter().find(is_cause).cloned().unwrap_or_else(|| {
        let title = "a body is read as untyped JSON";
        Diagnostic::skipped(codes::SCHEMA, operation.pointer.clone(), title)
    })
}

/// Returns each secret once, although several types or operations may have it.
fn secrets(api: &Api) -> Vec<Secret> {
    let properties = api.types.iter().flat_map(|it| match &it.shape {
        Shape::Struct(it) => it.properties.as_slice(),
        Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) => &[],
    });
    let properties = properties.map(|it| (&it.pointer, &it.name, &it.secret));
    let parameters = api.operations.iter().flat_map(|it| &it.parameters);
    let parameters = parameters.map(|it| (&it.pointer, &it.name, &it.secret));
    let headers = api.operations.iter().flat_map(Operation::response_headers);
    let headers = headers.map(|it| (&it.pointer, &it.name, &it.secret));
    let mut seen = BTreeSet::new();
    (properties.chain(parameters).chain(headers))
        .filter_map(|(at, name, secret)| Some(Secret::new(at, name, secret.as_ref()?)))
        .filter(|it| seen.insert((it.pointer.clone(), it.name.clone())))
        .collect()
}

fn schemas(model: Option<&Model>, diagnostics: &[Diagnostic], entries: Entries<'_, '_>) -> Schemas {
    let mut acc = Schemas::default();
    let mut seen = BTreeSet::new();
    for diagnostic in diagnostics {
        if let Loss::Schema(pointer) = &diagnostic.loss
            && seen.insert(pointer)
        {
            acc.degraded.push(entries.of(diagnostic, pointer));
        }
    }
    if let Some(model) = model {
        let components = Pointer::root().join(&["components", "schemas"]);
        let is_component = |pointer: &Pointer| pointer.parent().as_ref() == Some(&components);
        acc.declared = model.declared.schemas;
        acc.excluded = model.left_out.schemas;
        acc.generated = model
            .api
            .types
            .iter()
            .filter(|ty| is_component(&ty.pointer) && !ty.degraded && !seen.contains(&ty.pointer))
            .count();
    }
    acc
}
