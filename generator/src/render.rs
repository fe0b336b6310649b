//! Diagnostics and the texts they point into in, messages out: for people ([`text`]) or programs ([`json`]).

mod json;
mod place;
mod text;
mod totals;

pub use json::{JsonMessage, json};
pub use place::{Place, Texts};
pub use text::{Paint, text};
pub use totals::totals;
