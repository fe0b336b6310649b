//! Finds constants that several operations share: fixed headers, security requirements.

use std::fmt::Debug;

use super::{ConstantHeader, PlannedOperation, PlannedScheme};
use crate::name::{ConstIdent, Names};

/// What several operations have alike, as constants of the file of operations.
#[derive(Clone, Debug, Default)]
pub struct Shared {
    /// The sets of fixed headers, without the empty one.
    pub headers: Vec<(ConstIdent, Vec<ConstantHeader>)>,
    /// The security requirements, without those that need no credential.
    pub security: Vec<(ConstIdent, Vec<Vec<PlannedScheme>>)>,
}

impl Shared {
    /// Collects what differs. The order of the operations changes no name.
    pub(super) fn of(operations: &[PlannedOperation], names: &Names) -> Self {
        let headers = operations.iter().map(|it| &it.headers).filter(|it| !it.is_empty());
        let security = (operations.iter().map(|it| &it.security))
            .filter(|it| it.iter().any(|alternative| !alternative.is_empty()));
        Self {
            headers: named(names, "HEADERS", distinct(headers)),
            security: named(names, "SECURITY", distinct(security)),
        }
    }

    /// Returns the name of the headers of an operation, if it has some.
    pub fn headers_of(&self, it: &PlannedOperation) -> Option<&ConstIdent> {
        self.headers.iter().find(|(_, known)| *known == it.headers).map(|(name, _)| name)
    }

    /// Returns the name of the security requirement of an operation, if it needs a credential.
    pub fn security_of(&self, it: &PlannedOperation) -> Option<&ConstIdent> {
        self.security.iter().find(|(_, known)| *known == it.security).map(|(name, _)| name)
    }
}

fn distinct<'a, T: PartialEq + Debug + 'a>(all: impl Iterator<Item = &'a T>) -> Vec<&'a T> {
    let mut acc: Vec<&T> = Vec::new();
    for value in all {
        if !acc.contains(&value) {
            acc.push(value);
        }
    }
    acc.sort_by_cached_key(|value| format!("{value:?}"));
    acc
}

fn named<T: Clone>(names: &Names, word: &'static str, all: Vec<&T>) -> Vec<(ConstIdent, T)> {
    names.private_constants(word).zip(all).map(|(name, value)| (name, value.clone())).collect()
}
