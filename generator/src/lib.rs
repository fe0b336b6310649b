//! Generates strongly typed Rust clients from OpenAPI documents.
//!
//! In a `build.rs`, [`build`] reads a document and writes a module to include:
//!
//! ```no_run
//! fn main() -> Result<(), tamarack::build::Error> {
//!     tamarack::build::configure().spec("petstore.oas.yaml").compile()
//! }
//! ```
//!
//! [`generate`] is the same without files: the text of a document in, the text of a module out, and what was
//! found on the way.
//!
//! ```
//! use tamarack::render::{Paint, Texts, text};
//! use tamarack::{Input, Settings, Verdict, generate};
//!
//! let document = "\
//! openapi: 3.0.3
//! info: {title: Petstore, version: '1'}
//! servers: [{url: https://petstore.example.com}]
//! paths:
//!   /pets/{id}:
//!     get:
//!       operationId: get_pet
//!       parameters: [{name: id, in: path, required: true, schema: {type: string}}]
//!       responses: {'204': {description: It is there.}}
//! ";
//! let input = Input::new("petstore.yaml", document);
//! let outcome = generate(&input, &Settings::module("petstore.yaml"));
//! eprint!("{}", text(&outcome.diagnostics.open, &Texts::new(&input), Paint::Plain));
//! assert_eq!(outcome.verdict, Verdict::Sound);
//! assert!(outcome.files["operations.rs"].contains("pub struct GetPet"));
//! ```
//!
//! [`check`] looks for likely mistakes. The crate `tamarack-diff` compares versions of a document, and the command
//! line for all of it is the crate `tamarack-cli`. No stage prints, or reads the clock or the environment; stages report to a
//! [`diagnostic::Sink`].

pub mod api;
pub mod at_once;
mod bundle;
mod choices;
pub mod codes;
mod crate_name;
mod derives;
pub mod diagnostic;
mod document;
pub mod emit;
mod file_word;
mod formats;
mod input;
mod json_path;
pub mod keyword;
mod left_over;
pub mod lint;
pub mod load;
mod lower;
mod members;
mod model;
pub mod name;
mod nearest;
pub mod overlay;
pub mod pages;
mod pipeline;
pub mod plan;
pub mod pointer;
pub mod project;
pub mod provenance;
pub mod render;
mod replacement;
pub mod report;
mod resolve;
mod rings;
mod select;
pub mod shown;
pub mod source;
mod spelling;
pub mod stage;
pub mod strict;
mod subset;
pub mod support;
pub mod sync;
mod words;

pub use bundle::gather;
pub use choices::Choices;
pub use crate_name::{CrateName, CrateNameError};
pub use derives::{Derive, DeriveError};
pub use document::Declared;
pub use emit::{Dependencies, Placement, RuntimeSource};
pub use formats::{FormatType, Formats, FormatsError, Library};
pub use input::{Input, OtherFiles, Text};
pub use model::{Gap, LeftOut, Model};
pub use pipeline::{
    Clients, ClientsSettings, CrateSettings, Files, Layout, Listed, Outcome, Prepared, Settings,
    build, check, claims_to_be_openapi, generate, generate_clients, prepare, read,
};
pub use provenance::Provenance;
pub use replacement::{Replacement, ReplacementError};
pub use strict::{Mode, Verdict};
pub use subset::Subset;
