//! Random values of a schema that the validator accepts, and what a newer server could make of each.

use serde_json::Value;
use tamarack_reader::document::{Document, Node};

use crate::choices::Choices;
use crate::sample::Sampler;
use crate::spoil::spoil;
use crate::validity::Validity;

/// How many attempts a value gets: `pattern`, `not` and `oneOf` are not solved but met by chance.
const ATTEMPTS: usize = 4;

/// The values that were found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The values, each with the words for how it was made.
    pub values: Vec<(String, Value)>,
    /// How many attempts were not valid.
    pub invalid: usize,
    /// Whether the validator does not understand the schema.
    pub unjudged: bool,
}

/// Makes values of a schema, of which `each` are valid, and as many with one change that no response may be refused
/// for.
pub fn of_schema(
    document: &Document,
    validity: &Validity,
    schema: &Node<'_>,
    each: usize,
    choices: &mut Choices,
) -> Found {
    let mut acc = Found::default();
    let mut n_valid = 0;
    let schema = document.find(&schema.at);
    for attempt in 0..each * ATTEMPTS {
        let Some(schema) = schema.as_ref().filter(|_| n_valid < each) else { break };
        let Some(value) = Sampler::new(document, choices).value(schema) else { continue };
        match validity.is_valid(&schema.at, &value) {
            Some(true) => {}
            Some(false) => {
                acc.invalid += 1;
                continue;
            }
            None => {
                acc.unjudged = true;
                break;
            }
        }
        // Whether there can be a `null` is said where a type is used.
        if value.is_null() {
            continue;
        }
        n_valid += 1;
        let words = format!(" (attempt {attempt})");
        if let Some((what, spoilt)) = spoil(document, schema, &value, choices) {
            acc.values.push((format!("{words} with {what}"), spoilt));
        }
        acc.values.push((words, value));
    }
    acc
}
