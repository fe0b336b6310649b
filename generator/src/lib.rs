//! OpenAPI documents in, strongly typed Rust clients out: the stages and what passes between them.
//!
//! See `ARCHITECTURE.md` for the pipeline. No stage prints, reads the clock or
//! the environment; everything a stage has to say goes into a
//! [`diagnostic::Sink`].

pub mod api;
pub mod catalog;
pub mod codes;
pub mod diagnostic;
#[path = "emit_stub.rs"]
pub mod emit;
pub mod overlay;
pub mod pipeline;
pub mod pointer;
pub mod render;
pub mod report;
pub mod source;
pub mod strict;
pub mod sync;
