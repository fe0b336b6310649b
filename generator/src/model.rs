//! The model of a document, with what the model does not hold.

use crate::api::Api;
use crate::document::{Declared, Document};
use crate::overlay::Overlay;
use crate::pointer::Pointer;

/// A document read to the end.
#[derive(Clone, Debug)]
pub struct Model {
    /// The model; it lacks what could not be generated.
    pub api: Api,
    /// What the document declares.
    pub declared: Declared,
    /// The whole document as it was read, with what the overlay adds.
    pub raw: serde_yaml::Value,
    /// The places of what the model does not hold: operations, schemas and
    /// parts that were skipped or degraded to untyped JSON. Single keywords hang in
    /// the model beside what they belong to.
    pub lost: Vec<Pointer>,
    /// The nodes of the document, as the model was made from them.
    pub(crate) document: Document,
    /// The overlay; its `accept` entries are matched where diagnostics are judged.
    pub overlay: Overlay,
}
