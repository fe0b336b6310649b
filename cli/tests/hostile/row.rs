//! A row of the table: a document, and how each run of the binary with it ends.

use serde_json::Value;

/// A document and what is expected of it.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// What is hostile about it; the name of its folder.
    pub(crate) name: String,
    /// The bytes of the document.
    pub(crate) document: Vec<u8>,
    /// The overlay.
    pub(crate) overlay: Option<String>,
    /// The code of `generate`.
    pub(crate) generate: i32,
    /// The code of `generate --strict`, where the rules say it without a doubt.
    pub(crate) strict: Option<i32>,
    /// The code of `diff --fail-on any` of the document and itself.
    pub(crate) diff: i32,
}

impl Row {
    fn new(name: impl Into<String>, document: impl Into<Vec<u8>>, code: i32) -> Self {
        let (name, document) = (name.into(), document.into());
        Self { name, document, overlay: None, generate: code, strict: None, diff: code }
    }

    /// Returns a row whose document cannot be read.
    pub(crate) fn unreadable(name: impl Into<String>, document: impl Into<Vec<u8>>) -> Self {
        Self { strict: Some(3), ..Self::new(name, document, 3) }
    }

    /// Returns a row whose document is generated, perhaps with something left out.
    pub(crate) fn generated(name: impl Into<String>, document: impl Into<Vec<u8>>) -> Self {
        Self::new(name, document, 0)
    }

    /// Like [`generated`](Self::generated), of a document as a tree.
    pub(crate) fn tree(name: impl Into<String>, document: &Value) -> Self {
        Self::generated(name, document.to_string())
    }

    /// Says that nothing is wrong with the document: `--strict` takes it too.
    pub(crate) fn valid(self) -> Self {
        Self { strict: Some(0), ..self }
    }

    /// Says that something is left out or wrong: `--strict` refuses it.
    pub(crate) fn lossy(self) -> Self {
        Self { strict: Some(4), ..self }
    }
}
