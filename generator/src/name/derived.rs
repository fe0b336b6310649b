//! Names derived from others, for items that may not be generated: conflicts are reported only if they are.

use super::scope::{Scope, Wish};
use crate::diagnostic::{Diagnostic, Sink};

/// A name made of another one, for example `PetRequired` of `Pet`.
///
/// It is claimed behind the names of the document, so that it yields to all of them. That it had to
/// yield matters only where what it names is generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derived<T> {
    ident: T,
    collision: Option<Diagnostic>,
}

impl<T> Derived<T> {
    /// Claims a name in a scope; another one where that is taken.
    pub(super) fn claim(
        scope: &mut Scope,
        wish: &Wish,
        alternative: impl Fn(usize) -> String,
        ident: fn(String) -> T,
    ) -> Self {
        match scope.claim(wish) {
            Ok(name) => Self { ident: ident(name), collision: None },
            Err(holder) => {
                let (name, said) = scope.claim_other(wish, holder, alternative);
                Self { ident: ident(name), collision: Some(said) }
            }
        }
    }

    /// Creates a name that a scope has settled, and what it said about it.
    pub(super) fn settled(ident: T, collision: Option<Diagnostic>) -> Self {
        Self { ident, collision }
    }

    /// Returns the name, for what may be generated.
    pub fn ident(&self) -> &T {
        &self.ident
    }

    /// Returns the name for what is generated, and says where it had to yield.
    pub fn generated(&self, sink: &mut Sink) -> &T {
        if let Some(said) = &self.collision {
            sink.push(said.clone());
        }
        &self.ident
    }
}
