//! Renders diagnostics: for people ([`text`]) or programs ([`json`], [`sarif`], [`github`]).

mod github;
mod json;
mod place;
mod sarif;
mod text;
mod totals;

pub use github::{github, github_data, github_property};
pub use json::{JsonMessage, json};
pub use place::{Place, Texts};
pub use sarif::sarif;
pub use text::{Paint, text};
pub use totals::totals;
