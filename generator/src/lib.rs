//! OpenAPI documents in, strongly typed Rust clients out: the stages and what passes between them.
//!
//! See `ARCHITECTURE.md` for the pipeline. No stage prints, reads the clock or
//! the environment; everything a stage has to say goes into a
//! [`diagnostic::Sink`].

pub mod api;
pub mod codes;
pub mod diagnostic;
mod document;
pub mod load;
mod lower;
pub mod overlay;
pub mod pipeline;
pub mod pointer;
mod resolve;
pub mod source;
