//! Values that are valid by a document, decoded into the generated types and encoded back: nothing may be lost.
//!
//! The values are the examples of the document ([`sites`]) or random ones ([`sample`]). Which of them are valid, a
//! validator of JSON Schema decides ([`validity`]), for which [`dialect`] writes OpenAPI 3.0 as JSON Schema; neither
//! knows the generator. A program for each document ([`program`]) decodes and encodes them with its types
//! ([`types`]), and [`same`] compares what comes out with what went in. What the generated checks say of a value, and of
//! [`broken`] ones, is compared with what the validator says ([`bounds`]), and so it is of [`operations`].

pub mod bounds;
pub mod broken;
pub mod build;
pub mod checks;
pub mod choices;
pub mod dialect;
pub mod document;
mod families;
pub mod operations;
pub mod pairs;
pub mod program;
pub mod random;
mod rings;
pub mod run;
pub mod same;
pub mod sample;
pub mod sites;
pub mod spoil;
mod tagged;
pub mod types;
pub mod validity;
pub mod view;
