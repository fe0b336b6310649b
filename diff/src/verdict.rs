//! What a change does: to requests, to responses, to Rust code.

use serde::Serialize;

/// What a change does to messages of one direction; ordered from harmless to bad.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Wire {
    /// Nothing: no message of this direction is touched.
    #[default]
    None,
    /// Messages may change; no reader of the old ones is surprised.
    Compatible,
    /// A careful reader copes, a strict one may not.
    Potentially,
    /// It cannot be decided.
    Unknown,
    /// A message that was valid is now invalid, or one that was impossible can be received.
    Breaking,
}

impl Wire {
    /// Returns the same where messages carry it, else `None`.
    pub(super) fn if_any(self, any: bool) -> Self {
        if any { self } else { Self::None }
    }

    /// Returns the word of the report.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Compatible => "compatible",
            Self::Potentially => "potentially",
            Self::Unknown => "unknown",
            Self::Breaking => "breaking",
        }
    }
}

/// What a change does to code written against the generated module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Rust {
    /// No item changes.
    #[default]
    None,
    /// A constant or what is sent changes.
    Patch,
    /// Something is added.
    Minor,
    /// Something no longer compiles.
    Major,
}

impl Rust {
    /// Returns the word of the report.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// Returns `Major` when `breaks`, else `None`.
    pub(super) fn major_if(breaks: bool) -> Self {
        if breaks { Self::Major } else { Self::None }
    }
}

/// The three verdicts of a change, or the worst of many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Verdict {
    /// For requests: could a request that was valid be rejected?
    pub request: Wire,
    /// For responses: could the client receive something unexpected?
    pub response: Wire,
    /// For code against the generated module.
    pub rust: Rust,
}

impl Verdict {
    /// Returns the worst of both, column by column.
    #[must_use]
    pub fn worst(self, other: Self) -> Self {
        Self {
            request: self.request.max(other.request),
            response: self.response.max(other.response),
            rust: self.rust.max(other.rust),
        }
    }

    /// Returns the verdict in one word: the worst of the three columns.
    pub fn word(self) -> &'static str {
        match (self.wire(), self.rust) {
            (wire @ (Wire::Breaking | Wire::Unknown), _) => wire.word(),
            (_, rust @ Rust::Major) | (Wire::None, rust) => rust.word(),
            (wire @ (Wire::Potentially | Wire::Compatible), _) => wire.word(),
        }
    }

    /// Returns how much the verdict weighs: by its worst column, then by the others.
    pub fn weight(self) -> (u8, Wire, Rust) {
        let worst = match (self.wire(), self.rust) {
            (Wire::Breaking, _) => 5,
            (Wire::Unknown, _) => 4,
            (_, Rust::Major) => 3,
            (Wire::Potentially, _) => 2,
            (Wire::None, Rust::None) => 0,
            _ => 1,
        };
        (worst, self.wire(), self.rust)
    }

    /// Returns the worse of the two directions.
    pub fn wire(self) -> Wire {
        self.request.max(self.response)
    }
}

/// Whether one set of values lies within another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Within {
    Yes,
    Unknown,
    No,
}

impl Within {
    /// Returns the verdict of the direction in which the set must hold the other.
    pub(super) fn wire(self) -> Wire {
        match self {
            Self::Yes => Wire::Compatible,
            Self::Unknown => Wire::Unknown,
            Self::No => Wire::Breaking,
        }
    }

    pub(super) fn and(self, other: impl FnOnce() -> Self) -> Self {
        if self == Self::No { self } else { self.max(other()) }
    }

    pub(super) fn of(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}
