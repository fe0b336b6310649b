//! Follows chains of references to their final target.

use super::Steps;
use crate::pointer::{Pointer, PointerMap};

/// Where references end.
#[derive(Debug, Default)]
pub(super) struct Targets(PointerMap<Pointer>);

impl Targets {
    /// Follows references that form no ring. Each is followed once, however
    /// long the chain that it belongs to.
    pub(super) fn of(steps: &Steps) -> Self {
        let mut ends: PointerMap<Pointer> = PointerMap::default();
        for start in steps.keys() {
            let mut way = Vec::new();
            let mut at = start;
            let end = loop {
                if let Some(end) = ends.get(at) {
                    break end.clone();
                }
                let Some(next) = steps.get(at) else { break at.clone() };
                way.push(at);
                at = next;
            };
            ends.extend(way.into_iter().map(|at| (at.clone(), end.clone())));
        }
        Self(ends)
    }

    /// Returns the final target of a chain of references.
    pub(super) fn behind<'a>(&'a self, at: &'a Pointer) -> &'a Pointer {
        self.0.get(at).unwrap_or(at)
    }
}
