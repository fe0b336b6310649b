//! Generates strongly typed Rust clients from OpenAPI documents.
//!
//! [`generate`] runs all stages; `ARCHITECTURE.md` describes them. No stage prints,
//! or reads the clock or the environment; stages report to a [`diagnostic::Sink`].

pub mod api;
pub mod at_once;
mod bundle;
pub mod codes;
mod crate_name;
pub mod diagnostic;
pub mod diff;
mod document;
pub mod emit;
mod file_word;
mod input;
mod json_path;
pub mod keyword;
mod left_over;
pub mod lint;
pub mod load;
mod lower;
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
pub mod report;
mod resolve;
mod rings;
mod select;
pub mod shown;
pub mod source;
pub mod stage;
pub mod strict;
mod subset;
pub mod support;
pub mod sync;
mod words;

pub use bundle::gather;
pub use crate_name::{CrateName, CrateNameError};
pub use document::Declared;
pub use emit::{Dependencies, Placement, RuntimeSource};
pub use input::{Input, OtherFiles, Text};
pub use model::{Gap, LeftOut, Model};
pub use pipeline::{
    Clients, ClientsSettings, CrateSettings, Files, Layout, Listed, Outcome, Prepared, Settings,
    build, check, claims_to_be_openapi, generate, generate_clients, prepare, read,
};
pub use provenance::Provenance;
pub use strict::{Mode, Verdict};
pub use subset::Subset;
