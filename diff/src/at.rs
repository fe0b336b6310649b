//! Compares a place that both versions have.

use tamarack::pointer::Pointer;

use super::finding::Side;
use super::kind::Kind;
use super::rust::Code;
use super::verdict::{Rust, Wire};
use super::walk::{Change, Flow, Node};

/// A place that both versions have.
#[derive(Clone, Debug)]
pub(super) struct At {
    pub(super) node: Node,
    pub(super) subject: String,
    pub(super) old: Pointer,
    pub(super) new: Pointer,
    pub(super) flow: Flow,
    /// The Rust code of the place, if it is one line; a difference in it breaks callers.
    pub(super) code: Option<Code>,
}

impl At {
    pub(super) fn new(
        node: Node,
        subject: impl Into<String>,
        old: &Pointer,
        new: &Pointer,
    ) -> Self {
        let (old, new) = (old.clone(), new.clone());
        Self { node, subject: subject.into(), old, new, flow: Flow::BOTH, code: None }
    }

    /// Returns a change at this place, with no effect yet.
    pub(super) fn change(&self, kind: Kind) -> Change {
        let side = |pointer: &Pointer| Side { pointer: pointer.clone(), value: None, rust: None };
        let change = Change {
            node: self.node,
            kind,
            subject: self.subject.clone(),
            old: side(&self.old),
            new: side(&self.new),
            sent: Wire::None,
            received: Wire::None,
            rust: Rust::None,
            types: (None, None),
        };
        match &self.code {
            Some(code) if code.differs() => change.code(Some(code.old()), Some(code.fresh())),
            _ => change,
        }
    }

    /// Returns what a change of this place's type does to Rust code.
    pub(super) fn rust(&self) -> Rust {
        Rust::major_if(self.code.as_ref().is_some_and(Code::differs))
    }
}
