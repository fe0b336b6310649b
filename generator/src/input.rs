//! The input of a run: the texts of a document and its overlay, each with a name for messages.

use std::collections::BTreeMap;

use crate::choices::Choices;

/// A text with its name in messages.
#[derive(Clone, Debug)]
pub struct Text {
    /// The path as the user wrote it.
    pub name: String,
    /// The content.
    pub content: String,
}

impl Text {
    /// Returns a text with its name.
    pub fn new(name: impl Into<String>, content: impl Into<String>) -> Self {
        Self { name: name.into(), content: content.into() }
    }
}

/// A document, its overlay, and which part of it is meant.
#[derive(Clone, Debug)]
pub struct Input {
    /// The OpenAPI document, YAML or JSON.
    pub spec: Text,
    /// The overlay, TOML.
    pub overlay: Option<Text>,
    /// The files that it refers to, as [`gather`](crate::gather) finds them.
    pub files: OtherFiles,
    /// What is chosen of it.
    pub choices: Choices,
}

/// The text of each file that a document refers to, by its path; of one that cannot be read, why.
pub type OtherFiles = BTreeMap<String, Result<String, String>>;

impl Input {
    /// Returns a document without an overlay.
    pub fn new(name: impl Into<String>, content: impl Into<String>) -> Self {
        Self::of(Text::new(name, content), None)
    }

    /// Returns a document with its overlay.
    pub fn of(spec: Text, overlay: Option<Text>) -> Self {
        Self { spec, overlay, files: OtherFiles::new(), choices: Choices::default() }
    }
}
