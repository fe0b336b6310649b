//! What a user chooses of a document, and of how it is written down.

use crate::derives::Derive;
use crate::formats::Formats;
use crate::replacement::Replacement;
use crate::subset::Subset;

/// What a user chooses of a document, and of how it is written down.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choices {
    /// The operations that are generated (`include`, `exclude`).
    pub subset: Subset,
    /// The libraries that have types for values of formats (`with`).
    pub formats: Formats,
    /// What types derive beside their own traits (`[[spec.derive]]`).
    pub derives: Vec<Derive>,
    /// The types that are written by hand (`[[spec.replace]]`).
    pub replacements: Vec<Replacement>,
}
