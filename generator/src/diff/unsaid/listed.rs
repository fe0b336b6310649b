//! Pairs the parameters of both documents, ignoring order.

use std::collections::BTreeMap;

use crate::diff::walk::Walk;
use crate::document::{Document, Parameter, RefOr};
use crate::pointer::Pointer;

/// The parameters that stand in lists, by the list, where they are sent and
/// their name.
pub(super) struct Listed<'a>(pub(super) BTreeMap<Key, &'a Pointer>);

pub(super) type Key = (Pointer, String, String);

impl<'a> Listed<'a> {
    /// Lists the parameters of a document by the lists as `place` calls them.
    pub(super) fn of(document: &'a Document, place: impl Fn(Pointer) -> Pointer) -> Self {
        let list_of = |at: &Pointer| list_of(at).map(&place);
        let key = |at: &Pointer, it: &Parameter| Some((list_of(at)?, location(it), name(it)));
        let all = document.parameters.iter().filter_map(|(at, it)| match it {
            RefOr::Node(it) => Some((key(at, it)?, at)),
            RefOr::Ref(text) => Some(((list_of(at)?, "$ref".to_owned(), text.clone()), at)),
        });
        Self(all.collect())
    }
}

/// Operations, and the paths above them, that stand elsewhere in the new document.
pub(super) struct Moved(BTreeMap<Pointer, Pointer>);

impl Moved {
    pub(super) fn of(walk: &Walk<'_>) -> Self {
        let mut acc = BTreeMap::new();
        for pair in &walk.operations {
            let old = &walk.old.api.operations[pair.0].pointer;
            let new = &walk.new.api.operations[pair.1].pointer;
            for (old, new) in [(Some(old.clone()), Some(new.clone())), (old.parent(), new.parent())]
            {
                if let (Some(old), Some(new)) = (old, new)
                    && old != new
                {
                    acc.insert(old, new);
                }
            }
        }
        Self(acc)
    }

    /// Returns what a place of the old document is called in the new one.
    pub(super) fn place(&self, at: Pointer) -> Pointer {
        let mut above = Some(at.clone()).filter(|_| !self.0.is_empty());
        while let Some(old) = above {
            if let Some(new) = self.0.get(&old) {
                let rest = &at.as_str()[old.as_str().len()..];
                return Pointer::parse(&format!("{new}{rest}")).unwrap_or(at);
            }
            above = old.parent();
        }
        at
    }
}

/// Returns the list that a parameter of an operation or path stands in.
fn list_of(at: &Pointer) -> Option<Pointer> {
    let list = at.parent()?;
    let is_list = list.as_str().starts_with("#/paths/") && list.as_str().ends_with("/parameters");
    is_list.then_some(list)
}

fn location(it: &Parameter) -> String {
    match &it.data {
        openapiv3::Parameter::Path { .. } => "path",
        openapiv3::Parameter::Query { .. } => "query",
        openapiv3::Parameter::Header { .. } => "header",
        openapiv3::Parameter::Cookie { .. } => "cookie",
    }
    .to_owned()
}

/// Header names are case-insensitive (RFC 9110 §5.1).
fn name(it: &Parameter) -> String {
    let name = &it.data.parameter_data_ref().name;
    if matches!(it.data, openapiv3::Parameter::Header { .. }) {
        name.to_ascii_lowercase()
    } else {
        name.clone()
    }
}

/// Where the nodes of the old document stand in the new one.
pub(super) struct Moves {
    /// The parameters of lists, by their names.
    listed: BTreeMap<Pointer, Option<Pointer>>,
    moved: Moved,
}

/// The partner of a place.
pub(super) enum To {
    Same,
    Other(Pointer),
}

impl To {
    pub(super) fn get<'a>(&'a self, same: &'a Pointer) -> &'a Pointer {
        match self {
            Self::Same => same,
            Self::Other(at) => at,
        }
    }
}

impl Moves {
    pub(super) fn of(old: &Listed<'_>, new: &Listed<'_>, moved: Moved) -> Self {
        let partner = |key: &Key| new.0.get(key).map(|it| (*it).clone());
        let listed = old.0.iter().map(|(key, at)| ((*at).clone(), partner(key))).collect();
        Self { listed, moved }
    }

    /// Returns where a node stands in the other document.
    pub(super) fn partner(&self, at: &Pointer) -> Option<To> {
        let text = at.as_str();
        let start = "/parameters/";
        let Some(found) = text.find(start).filter(|_| text.starts_with("#/paths/")) else {
            let there = self.moved.place(at.clone());
            return Some(if there == *at { To::Same } else { To::Other(there) });
        };
        let index = found + start.len();
        let end = text[index..].find('/').map_or(text.len(), |it| index + it);
        let own = Pointer::parse(&text[..end])?;
        match self.listed.get(&own) {
            Some(Some(there)) if *there == own => Some(To::Same),
            Some(Some(there)) => {
                Some(To::Other(Pointer::parse(&format!("{there}{}", &text[end..]))?))
            }
            Some(None) => None,
            None => Some(To::Same),
        }
    }
}
