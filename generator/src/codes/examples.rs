//! A code in, the smallest document that earns it out.

/// A document that earns one code and no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// The document.
    pub document: &'static str,
    /// The overlay beside it, where the code is about one.
    pub overlay: Option<&'static str>,
}

/// Returns the smallest document that earns the code; a bug of ours has none.
pub fn example(_code: &str) -> Option<Example> {
    None
}
