//! Diagnostics: the messages of the stages, as data.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::pointer::Pointer;

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The output would be wrong.
    Error,
    /// A node was skipped or degraded; under `--strict` an error until the
    /// overlay accepts it with a reason.
    Skipped,
    /// The output is right, the document is odd.
    Warning,
    /// The output is right, and could do more.
    Note,
}

/// The stable name of a kind of diagnostic, for example `OAS201`.
///
/// 0xx text, 1xx shape, 2xx references, 3xx unsupported, 4xx names, 5xx
/// overlay, 9xx our own bug. All codes are in [`crate::codes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub &'static str);

/// What was lost because of a diagnostic of severity [`Severity::Skipped`] or
/// [`Severity::Error`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Loss {
    /// Nothing was lost.
    Nothing,
    /// The operation at this pointer was skipped.
    Operation(Pointer),
    /// The schema at this pointer was read as untyped JSON.
    Schema(Pointer),
    /// A smaller part was skipped: a media type, a parameter, a link.
    Part(Pointer),
}

impl Loss {
    /// Returns the place of what was lost.
    pub fn place(&self) -> Option<&Pointer> {
        match self {
            Self::Nothing => None,
            Self::Operation(at) | Self::Schema(at) | Self::Part(at) => Some(at),
        }
    }
}

/// One thing a stage has to say about one place of the document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// The stable code.
    pub code: Code,
    /// The weight.
    pub severity: Severity,
    /// A phrase in lower case without a full stop; names from the document
    /// stand in backticks.
    pub title: String,
    /// The place.
    pub at: Pointer,
    /// The label at the caret, shorter than the title; empty for a bare caret.
    pub label: String,
    /// Whether the caret points at the key of the node instead of its value.
    pub at_key: bool,
    /// Further places of the same conflict, each with its own label.
    pub others: Vec<(Pointer, String)>,
    /// What to do about it.
    pub help: Option<String>,
    /// What was lost.
    pub loss: Loss,
    /// The place as line and column (both from 1, in characters), for faults
    /// of the text itself, where no pointer exists; otherwise looked up from
    /// `at` when the diagnostic is printed.
    pub position: Option<(usize, usize)>,
}

impl Diagnostic {
    /// Returns a diagnostic of `severity` with a title and a place.
    pub fn new(code: Code, severity: Severity, at: Pointer, title: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            title: title.into(),
            at,
            label: String::new(),
            at_key: false,
            others: Vec::new(),
            help: None,
            loss: Loss::Nothing,
            position: None,
        }
    }

    /// Returns an error.
    pub fn error(code: Code, at: Pointer, title: impl Into<String>) -> Self {
        Self::new(code, Severity::Error, at, title)
    }

    /// Returns a skip: a node that was skipped or degraded.
    pub fn skipped(code: Code, at: Pointer, title: impl Into<String>) -> Self {
        Self::new(code, Severity::Skipped, at, title)
    }

    /// Returns a warning.
    pub fn warning(code: Code, at: Pointer, title: impl Into<String>) -> Self {
        Self::new(code, Severity::Warning, at, title)
    }

    /// Returns a note.
    pub fn note(code: Code, at: Pointer, title: impl Into<String>) -> Self {
        Self::new(code, Severity::Note, at, title)
    }

    /// Adds the text at the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Puts the caret under the key of the node.
    #[must_use]
    pub fn at_key(mut self) -> Self {
        self.at_key = true;
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn other(mut self, at: Pointer, label: impl Into<String>) -> Self {
        self.others.push((at, label.into()));
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds what to do about it, where that is known.
    #[must_use]
    pub fn maybe_help(self, help: Option<String>) -> Self {
        Self { help: help.or(self.help), ..self }
    }

    /// Says what was lost.
    #[must_use]
    pub fn loss(mut self, loss: Loss) -> Self {
        self.loss = loss;
        self
    }

    /// Says the place by line and column.
    #[must_use]
    pub fn position(mut self, line: usize, column: usize) -> Self {
        self.position = Some((line, column));
        self
    }
}

/// Where the stages put what they have to say.
#[derive(Clone, Debug, Default)]
pub struct Sink {
    diagnostics: Vec<Diagnostic>,
    /// Which of them have a hash; a document can give rise to very many.
    known: BTreeMap<u64, Vec<usize>>,
}

impl Sink {
    /// Adds a diagnostic; the same one twice is kept once.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let mut hasher = DefaultHasher::new();
        diagnostic.hash(&mut hasher);
        let same = self.known.entry(hasher.finish()).or_default();
        if !same.iter().any(|index| self.diagnostics[*index] == diagnostic) {
            same.push(self.diagnostics.len());
            self.diagnostics.push(diagnostic);
        }
    }

    /// Returns what was said so far, in the order it was said.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Returns what was lost so far, in the order it was said.
    pub fn losses(&self) -> Vec<Loss> {
        let losses = self.diagnostics.iter().map(|it| &it.loss);
        losses.filter(|it| **it != Loss::Nothing).cloned().collect()
    }

    /// Returns what was said, in the order it was said.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }
}
