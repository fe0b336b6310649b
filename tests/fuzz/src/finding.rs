//! What did not hold, and the word by which two findings are the same.

use std::fmt;

/// Something that must hold and did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What did not hold, in words that are the same for the same fault.
    pub kind: String,
    /// What was seen.
    pub detail: String,
}

impl Finding {
    /// Returns a finding.
    pub fn new(kind: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { kind: kind.into(), detail: detail.into() }
    }

    /// Returns the kind as the name of a file.
    pub fn slug(&self) -> String {
        let words = self.kind.split(|c: char| !c.is_ascii_alphanumeric());
        let words: Vec<_> = words.filter(|it| !it.is_empty()).collect();
        words.join("-").chars().take(80).collect::<String>().to_ascii_lowercase()
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind, self.detail)
    }
}

/// Returns a finding unless `holds`.
pub fn holds(holds: bool, kind: &str, detail: impl FnOnce() -> String) -> Result<(), Finding> {
    if holds { Ok(()) } else { Err(Finding::new(kind, detail())) }
}
