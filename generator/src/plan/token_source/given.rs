//! What the caller of a token source gives beside the credentials, each under a name of its own.

use super::super::{Filled, Making, RustType, TokenSource, TokenValue};
use crate::name::{ValueIdent, arguments_beside};

/// The argument of ours that those of the request stand beside.
const OWN: &str = "credentials";

/// What the caller gives, in order, under the names of the fields.
#[derive(Default)]
pub(super) struct Given(Vec<(ValueIdent, RustType)>);

impl Given {
    /// Returns a field that the caller gives.
    pub(super) fn filled(&mut self, ident: &ValueIdent, ty: &RustType) -> Filled {
        self.0.push((ident.clone(), ty.clone()));
        let value = TokenValue::Given(ident.clone());
        Filled { ident: ident.clone(), ty: ty.clone(), value }
    }

    /// Returns what is given with names that clash neither with each other nor with ours, and writes
    /// them into the source, whose parts were filled in the same order.
    pub(super) fn name(self, source: &mut TokenSource) -> Vec<(ValueIdent, RustType)> {
        let fields: Vec<_> = self.0.iter().map(|(ident, _)| ident).collect();
        let names = arguments_beside(OWN, &fields);
        let body = source.body.as_mut().map(|it| &mut it.making);
        let makings = [Some(&mut source.operation), body].into_iter().flatten();
        let filled = makings.flat_map(|Making { takes, sets, .. }| takes.iter_mut().chain(sets));
        let given = filled.filter_map(|it| match &mut it.value {
            TokenValue::Given(ident) => Some(ident),
            _ => None,
        });
        for (ident, name) in given.zip(&names) {
            *ident = name.clone();
        }
        names.into_iter().zip(self.0).map(|(name, (_, ty))| (name, ty)).collect()
    }
}
