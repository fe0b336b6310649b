//! OpenAPI documents in, strongly typed Rust clients out: the stages and what passes between them.
//!
//! See `ARCHITECTURE.md` for the pipeline. No stage prints, reads the clock or
//! the environment; everything a stage has to say goes into a
//! [`diagnostic::Sink`].

pub mod api;
pub mod at_once;
pub mod catalog;
pub mod codes;
pub mod diagnostic;
pub mod diff;
mod document;
pub mod emit;
mod left_over;
pub mod lint;
pub mod load;
mod lower;
pub mod name;
pub mod overlay;
pub mod pages;
pub mod pipeline;
pub mod plan;
pub mod pointer;
pub mod provenance;
pub mod render;
pub mod report;
mod resolve;
mod rings;
pub mod shown;
pub mod source;
pub mod stage;
pub mod strict;
pub mod sync;
