//! Maps verdicts to classes of the style sheet.

use crate::{Rust, Verdict, Wire};

/// How much a word of a verdict should stand out; ordered from quiet to loud.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tone {
    Quiet,
    Plain,
    Fine,
    Careful,
    Unknown,
    Bad,
}

impl Tone {
    pub(super) fn of_wire(wire: Wire) -> Self {
        match wire {
            Wire::None => Self::Quiet,
            Wire::Compatible => Self::Fine,
            Wire::Potentially => Self::Careful,
            Wire::Unknown => Self::Unknown,
            Wire::Breaking => Self::Bad,
        }
    }

    pub(super) fn of_rust(rust: Rust) -> Self {
        match rust {
            Rust::None => Self::Quiet,
            Rust::Patch => Self::Plain,
            Rust::Minor => Self::Fine,
            Rust::Major => Self::Bad,
        }
    }

    /// Returns the tone of the worst of three columns.
    pub(super) fn of(verdict: Verdict) -> Self {
        Self::of_wire(verdict.wire()).max(Self::of_rust(verdict.rust))
    }

    /// Returns the class of the style sheet.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Quiet => "quiet",
            Self::Plain => "plain",
            Self::Fine => "fine",
            Self::Careful => "careful",
            Self::Unknown => "unknown",
            Self::Bad => "bad",
        }
    }
}

/// One of the three columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Request,
    Response,
    Rust,
}

impl Column {
    pub(super) const ALL: [Self; 3] = [Self::Request, Self::Response, Self::Rust];

    /// Returns the name in addresses and attributes.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Rust => "rust",
        }
    }

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Request => "Requests",
            Self::Response => "Responses",
            Self::Rust => "Rust code",
        }
    }

    /// Returns the name before a single verdict.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Rust => "Rust",
        }
    }

    pub(super) fn question(self) -> &'static str {
        match self {
            Self::Request => "Can the server now refuse a request that was valid before?",
            Self::Response => "Can the server now send something it could not send before?",
            Self::Rust => "Does code that uses the generated module still compile?",
        }
    }

    /// Returns every word of the column with its tone, the worst first.
    pub(super) fn words(self) -> Vec<(&'static str, Tone)> {
        const WIRE: [Wire; 5] =
            [Wire::Breaking, Wire::Unknown, Wire::Potentially, Wire::Compatible, Wire::None];
        const RUST: [Rust; 4] = [Rust::Major, Rust::Minor, Rust::Patch, Rust::None];
        match self {
            Self::Request | Self::Response => {
                WIRE.map(|it| (it.word(), Tone::of_wire(it))).to_vec()
            }
            Self::Rust => RUST.map(|it| (it.word(), Tone::of_rust(it))).to_vec(),
        }
    }

    /// Returns the word of a verdict in this column.
    pub(super) fn word(self, verdict: Verdict) -> (&'static str, Tone) {
        match self {
            Self::Request => (verdict.request.word(), Tone::of_wire(verdict.request)),
            Self::Response => (verdict.response.word(), Tone::of_wire(verdict.response)),
            Self::Rust => (verdict.rust.word(), Tone::of_rust(verdict.rust)),
        }
    }
}
