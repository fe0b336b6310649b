//! Turns JSON into values and back with the macros, and with twins that serde's derive made or that go
//! through `serde_json::Value`: the same value, the same text, the same error.

#![allow(clippy::unwrap_used, reason = "clippy takes the helpers of a test program for a program")]
#![allow(unreachable_pub, reason = "the macros make public types, and of public types")]

mod enums;
mod made;
mod objects;
mod tags;
mod twins;
mod unions;

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// What reading a text and writing the value again comes to.
#[derive(Debug, PartialEq)]
struct Outcome {
    /// The value as `Debug` shows it, which for twins is the same.
    value: String,
    json: serde_json::Value,
}

fn outcome<T: DeserializeOwned + Debug + Serialize>(text: &str) -> Result<Outcome, String> {
    let value: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let written = serde_json::to_string(&value).unwrap();
    let json = serde_json::from_str(&written).unwrap();
    // What was written is the value again.
    let again: T = serde_json::from_str(&written).unwrap();
    assert_eq!(format!("{again:?}"), format!("{value:?}"), "{text}");
    Ok(Outcome { value: format!("{value:?}"), json })
}

/// The message without its place.
fn without_place(outcome: Result<Outcome, String>) -> Result<Outcome, String> {
    outcome.map_err(|error| match error.rfind(" at line ") {
        Some(end) => error[..end].to_owned(),
        None => error,
    })
}
