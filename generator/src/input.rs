//! The input of a run: the texts of a document and its overlay, each with a name for messages.

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

/// A document and its overlay.
#[derive(Clone, Debug)]
pub struct Input {
    /// The OpenAPI document, YAML or JSON.
    pub spec: Text,
    /// The overlay, TOML.
    pub overlay: Option<Text>,
}

impl Input {
    /// Returns a document without an overlay.
    pub fn new(name: impl Into<String>, content: impl Into<String>) -> Self {
        Self { spec: Text::new(name, content), overlay: None }
    }
}
