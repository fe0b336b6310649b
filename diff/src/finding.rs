//! A row of a report, and its fingerprint, which is the same in every run.

use serde::Serialize;
use tamarack::pointer::Pointer;

use super::accept::Accepted;
use super::gap::NotCompared;
use super::kind::Kind;
use super::verdict::Verdict;

/// What has changed from one model to another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diff {
    /// `info.title` of the new document.
    pub title: String,
    /// `info.version` of both.
    pub versions: (String, String),
    /// One row for each root cause, the worst first.
    pub findings: Vec<Finding>,
    /// What neither model expresses, or one of them does not.
    pub not_compared: Vec<NotCompared>,
}

impl Diff {
    /// Returns the worst of all rows.
    pub fn verdict(&self) -> Verdict {
        self.findings.iter().fold(Verdict::default(), |acc, it| acc.worst(it.verdict))
    }

    /// Returns the rows that nobody has accepted: what counts for a gate.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|it| it.accepted.is_none())
    }
}

/// One change, at the component or operation that owns it.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What has changed.
    pub kind: Kind,
    /// The part of the API that changed, for example `Token.scope`; of a row that folds others a phrase with code in
    /// it, for example "`a`, `b` of `Token`".
    pub subject: String,
    /// What it does.
    pub verdict: Verdict,
    /// The old side.
    pub old: Side,
    /// The new side.
    pub new: Side,
    /// The operations it affects, in the order of the new document.
    pub reach: Vec<Reach>,
    /// The same in each run and for each order of the document.
    pub fingerprint: String,
    /// Why it does not count, when somebody has accepted it.
    pub accepted: Option<Accepted>,
    /// The rows that are folded into this one ([`Diff::folded`]); empty for a row of one place.
    pub places: Vec<Finding>,
}

impl Finding {
    /// Returns one line: the subject and what changed.
    pub fn title(&self) -> String {
        let what = self.kind.title();
        // The subject of a row that folds others is a phrase with code in it.
        if self.places.is_empty() {
            format!("`{}`: {what}", self.subject)
        } else {
            format!("{}: {what}", self.subject)
        }
    }
}

/// One side of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The place; if it does not exist on this side, the place that would contain it.
    pub pointer: Pointer,
    /// What stands there, in short.
    pub value: Option<String>,
    /// What the generator makes of it, where that is one line.
    pub rust: Option<String>,
}

/// An operation that sees a change, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Reach {
    /// The operation, for example `GET /pets`.
    pub operation: String,
    /// The positions, for example `request`, `response 200`.
    pub positions: Vec<String>,
}

/// Returns 64 bits of FNV-1a over the parts, as 16 digits.
pub(super) fn fingerprint<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}
