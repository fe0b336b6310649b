//! A document as a tree in, the same with random nodes dropped, doubled, swapped, retyped, linked, renamed,
//! deepened and multiplied out.

mod ops;
mod reduce;
mod walk;

use serde_json::Value;

pub use reduce::reduce;
pub use walk::{Step, at, at_mut, places, pointer, remove};

use crate::choices::Choices;

/// How many changes a document gets at most.
const MAX_CHANGES: usize = 8;

/// Changes a document in some places. `other` is a document that nodes may come from.
pub fn mutate(tree: &mut Value, other: &Value, choices: &mut Choices<'_>) {
    // Few are more often than many.
    let most = 1 + choices.below(MAX_CHANGES);
    let n = 1 + choices.below(most);
    for _ in 0..n {
        ops::change(tree, other, choices);
    }
}

/// Writes a tree as JSON, or every eighth time as YAML.
pub fn written(tree: &Value, choices: &mut Choices<'_>) -> String {
    let as_yaml = choices.one_in(8).then(|| serde_yaml::to_string(tree).ok()).flatten();
    as_yaml.unwrap_or_else(|| tree.to_string())
}
