//! The model of a document, with the text it was made from and the overlay.

use crate::api::Api;
use crate::document::Declared;
use crate::overlay::Overlay;
use crate::pointer::Pointer;

/// A document read to the end.
#[derive(Clone, Debug)]
pub struct Model {
    /// The model; what could not be expressed hangs in it beside what it belongs to.
    pub api: Api,
    /// What the document declares.
    pub declared: Declared,
    /// What of that is left out on purpose.
    pub left_out: LeftOut,
    /// The whole document as it was read, with what the overlay adds.
    pub raw: serde_yaml::Value,
    /// The overlay; its `accept` entries are matched where diagnostics are judged.
    pub overlay: Overlay,
    /// What the model does not express.
    pub gaps: Vec<Gap>,
}

/// What a subset leaves out of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Operations.
    pub operations: usize,
    /// Schemas under `components/schemas` that nothing else uses.
    pub schemas: usize,
}

/// A place whose meaning the model does not express.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The place.
    pub at: Pointer,
    /// What is not expressed: the title of its diagnostic.
    pub what: String,
}
