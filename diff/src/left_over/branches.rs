//! Finds the branches that a union gained or lost where nothing else of a value differs.
//!
//! Branches are matched by what they say, never by their place in the list.

use std::collections::{BTreeMap, BTreeSet};

use tamarack::api::{TypeId, Written};

use super::super::alike::{Alike, Comparison};
use super::super::unmatched::unmatched;
use super::super::walk::{Flow, Version};

/// What a union gained, or what it lost.
#[derive(Debug)]
pub(super) enum Branches<'a> {
    Added(Vec<&'a Written>),
    Removed(Vec<&'a Written>),
}

/// Returns the branches that came or went, if they are all that differs.
pub(super) fn find<'a>(
    comparison: &mut Comparison<'_>,
    (was, is): (&'a Written, &'a Written),
    keyword: Option<&str>,
) -> Option<Branches<'a>> {
    let mut search = Search { comparison };
    match (keyword, was, is) {
        (Some("oneOf" | "anyOf"), Written::Set(was), Written::Set(is)) => search.sets(was, is),
        (None, was, is) => search.values(was, is),
        _ => None,
    }
}

struct Search<'c, 's> {
    comparison: &'c mut Comparison<'s>,
}

impl Search<'_, '_> {
    fn values<'a>(&mut self, was: &'a Written, is: &'a Written) -> Option<Branches<'a>> {
        match (was, is) {
            (Written::Map(was), Written::Map(is)) => self.maps(was, is),
            _ => None,
        }
    }

    fn maps<'a>(
        &mut self,
        was: &'a BTreeMap<String, Written>,
        is: &'a BTreeMap<String, Written>,
    ) -> Option<Branches<'a>> {
        let mut differing = self.differing(was, is);
        // A mapping that names another branch differs with it.
        if let ([_, _], Some(at)) =
            (differing.as_slice(), differing.iter().position(|it| *it == "discriminator"))
            && same_tag(was.get("discriminator")?, is.get("discriminator")?)
        {
            differing.remove(at);
        }
        let [name] = differing.as_slice() else { return None };
        let (was, is) = (was.get(*name)?, is.get(*name)?);
        match (*name, was, is) {
            ("oneOf" | "anyOf", Written::Set(was), Written::Set(is)) => self.sets(was, is),
            ("allOf", Written::Set(was), Written::Set(is)) => {
                let (was, is) = self.unmatched(was, is);
                let ([was], [is]) = (was.as_slice(), is.as_slice()) else { return None };
                self.values(was, is)
            }
            ("properties", Written::Map(was), Written::Map(is)) => {
                let differing = self.differing(was, is);
                let [name] = differing.as_slice() else { return None };
                self.values(was.get(*name)?, is.get(*name)?)
            }
            ("items" | "additionalProperties" | "schema", was, is) => self.values(was, is),
            _ => None,
        }
    }

    /// Returns the names of what is not the same in both, sorted.
    fn differing<'a>(
        &mut self,
        was: &'a BTreeMap<String, Written>,
        is: &'a BTreeMap<String, Written>,
    ) -> Vec<&'a str> {
        let names: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
        let differs = |name: &&String| !self.is_same(was.get(*name), is.get(*name));
        names.into_iter().filter(differs).map(String::as_str).collect()
    }

    fn sets<'a>(&mut self, was: &'a [Written], is: &'a [Written]) -> Option<Branches<'a>> {
        let (gone, come) = self.unmatched(was, is);
        match (gone.as_slice(), come.as_slice()) {
            ([], [_, ..]) => Some(Branches::Added(come)),
            ([_, ..], []) => Some(Branches::Removed(gone)),
            ([was], [is]) => self.values(was, is),
            _ => None,
        }
    }

    /// Returns what of each list the other has not.
    fn unmatched<'a>(
        &mut self,
        was: &'a [Written],
        is: &'a [Written],
    ) -> (Vec<&'a Written>, Vec<&'a Written>) {
        let (was, is) = (was.iter().collect(), is.iter().collect());
        unmatched(was, is, |was, is| self.is_same(Some(was), Some(is)))
    }

    fn is_same(&mut self, was: Option<&Written>, is: Option<&Written>) -> bool {
        self.comparison.compare(was, is, Flow::BOTH).worst() != Alike::No
    }
}

/// Returns whether two discriminators read the same property.
fn same_tag(was: &Written, is: &Written) -> bool {
    let name = |it: &Written| match it {
        Written::Map(members) => members.get("propertyName").cloned(),
        _ => None,
    };
    name(was) == name(is)
}

/// Returns whether one of the branches of a value is a type.
pub(super) fn has_branch(version: Version<'_>, value: &Written, ty: TypeId) -> bool {
    let Written::Map(members) = value else { return false };
    let branches = ["oneOf", "anyOf"].into_iter().filter_map(|it| members.get(it));
    // What else stands beside the branches could deny what they allow.
    let is_alone = members.iter().all(|(name, it)| {
        matches!(name.as_str(), "oneOf" | "anyOf" | "discriminator")
            || matches!(it, Written::Note(_))
    });
    let is_it = |it: &Written| match it {
        Written::Part(index) => version.api.parts[*index].ty == Some(ty),
        _ => false,
    };
    let mut all = branches.filter_map(|it| match it {
        Written::Set(all) | Written::List(all) => Some(all),
        _ => None,
    });
    let (one, more) = (all.next(), all.next());
    is_alone && more.is_none() && one.is_some_and(|all| all.iter().any(is_it))
}
