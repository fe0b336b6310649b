//! Where the nodes of a document come from that an overlay has changed: from another place of the document, or from
//! the overlay.

use std::collections::BTreeMap;

use crate::pointer::Pointer;

/// Where a node was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// At this place of the document as it is published.
    Document(Pointer),
    /// At this place of the overlay.
    Overlay(Pointer),
}

impl Origin {
    pub(super) fn child(&self, token: &str) -> Self {
        match self {
            Self::Document(at) => Self::Document(at.child(token)),
            Self::Overlay(at) => Self::Overlay(at.child(token)),
        }
    }
}

/// The origins of all nodes. Only what is not where it was written is kept.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    /// `None`: below the origin of the node above.
    own: Option<Origin>,
    below: BTreeMap<String, Origins>,
}

impl Origins {
    /// Returns where a node of the changed document was written.
    pub fn of(&self, at: &Pointer) -> Origin {
        let mut origin = self.own.clone().unwrap_or(Origin::Document(Pointer::root()));
        let mut node = Some(self);
        for token in at.tokens() {
            node = node.and_then(|it| it.below.get(&token));
            origin = match node.and_then(|it| it.own.clone()) {
                Some(own) => own,
                None => origin.child(&token),
            };
        }
        origin
    }

    fn node(&mut self, at: &Pointer) -> &mut Self {
        at.tokens().into_iter().fold(self, |node, token| node.below.entry(token).or_default())
    }

    /// Says that a node, with all below it, was written elsewhere.
    pub(super) fn set(&mut self, at: &Pointer, origin: Origin) {
        *self.node(at) = Self { own: Some(origin), below: BTreeMap::new() };
    }

    /// Forgets a member that is gone.
    pub(super) fn remove_member(&mut self, at: &Pointer, name: &str) {
        self.node(at).below.remove(name);
    }

    /// Closes the gap of an element that is gone from a list that had `length` elements.
    pub(super) fn remove_element(&mut self, at: &Pointer, index: usize, length: usize) {
        for later in index + 1..length {
            let moved = at.index(later);
            let origin = self.of(&moved);
            let below = std::mem::take(&mut self.node(&moved).below);
            *self.node(&at.index(later - 1)) = Self { own: Some(origin), below };
        }
        if let Some(last) = length.checked_sub(1) {
            self.node(at).below.remove(&last.to_string());
        }
    }
}
