//! The parameters of both documents in, which is which out: order means nothing, so an index is no place.

use std::collections::BTreeMap;

use crate::document::{Document, Parameter, RefOr};
use crate::pointer::Pointer;

/// The parameters that stand in lists, by the list, where they are sent and
/// their name.
pub(super) struct Listed<'a>(pub(super) BTreeMap<Key, &'a Pointer>);

pub(super) type Key = (Pointer, String, String);

impl<'a> Listed<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        let key = |at: &Pointer, it: &Parameter| Some((list_of(at)?, location(it), name(it)));
        let all = document.parameters.iter().filter_map(|(at, it)| match it {
            RefOr::Node(it) => Some((key(at, it)?, at)),
            RefOr::Ref(text) => Some(((list_of(at)?, "$ref".to_owned(), text.clone()), at)),
        });
        Self(all.collect())
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

/// Where the parameters of a list stand in the other document.
pub(super) struct Moves(BTreeMap<Pointer, Option<Pointer>>);

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
    pub(super) fn of(old: &Document, new: &Document) -> Self {
        let (old, new) = (Listed::of(old), Listed::of(new));
        let partner = |key: &Key| new.0.get(key).map(|it| (*it).clone());
        Self(old.0.iter().map(|(key, at)| ((*at).clone(), partner(key))).collect())
    }

    /// Returns where a node stands in the other document.
    pub(super) fn partner(&self, at: &Pointer) -> Option<To> {
        let text = at.as_str();
        let start = "/parameters/";
        let Some(found) = text.find(start).filter(|_| text.starts_with("#/paths/")) else {
            return Some(To::Same);
        };
        let index = found + start.len();
        let end = text[index..].find('/').map_or(text.len(), |it| index + it);
        let own = Pointer::parse(&text[..end])?;
        match self.0.get(&own) {
            Some(Some(there)) if *there == own => Some(To::Same),
            Some(Some(there)) => {
                Some(To::Other(Pointer::parse(&format!("{there}{}", &text[end..]))?))
            }
            Some(None) => None,
            None => Some(To::Same),
        }
    }
}
