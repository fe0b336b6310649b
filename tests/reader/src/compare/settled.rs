//! Schemas as the walk reads them: a union that is none is what its one branch says.

use std::collections::BTreeSet;
use std::slice;

use super::Walk;
use crate::document::Node;
use crate::document::schema::{Kind, Schema, Union};

/// Unions inside of unions; deeper than any author writes one holds itself.
const MAX_DEPTH: usize = 4;

impl<'a> Walk<'a> {
    /// Reads a schema; a union with one branch left is what that branch says, and one whose branches only
    /// say which properties go together says nothing of their types.
    pub(super) fn settled(&self, nodes: &[Node<'a>]) -> Schema<'a> {
        let document = self.document;
        let mut nodes = nodes.to_vec();
        let mut settled = BTreeSet::new();
        loop {
            let mut schema = document.schema(&nodes);
            schema.unions.retain(|it| !settled.contains(&it.at));
            let one = schema.unions.iter().find_map(|union| {
                let branches = self.branches(union);
                if branches.iter().all(|it| self.only_requires(it, &schema))
                    || branches.iter().all(|it| self.only_narrows(it, &schema))
                {
                    return Some((union.at.clone(), None));
                }
                match branches.as_slice() {
                    [only] => Some((union.at.clone(), Some(only.clone()))),
                    _ => None,
                }
            });
            match one {
                None => return schema,
                Some((at, branch)) => {
                    settled.insert(at);
                    nodes.extend(branch);
                }
            }
        }
    }

    /// Returns the branches that a value can be of, each schema once; one that lists `null` alone is none.
    pub(super) fn branches(&self, union: &Union<'a>) -> Vec<Node<'a>> {
        let mut seen = BTreeSet::new();
        let is_one = |it: &&Node<'a>| {
            let (end, _) = self.document.follow(it);
            let schema = self.document.schema(slice::from_ref(*it));
            // The values are those beside `null`.
            let is_null = schema.values.as_ref().is_some_and(|it| it.values.is_empty());
            !schema.never && !is_null && seen.insert(end.at)
        };
        union.branches.iter().filter(is_one).cloned().collect()
    }

    fn only_requires(&self, branch: &Node<'a>, parent: &Schema<'a>) -> bool {
        let schema = self.document.schema(slice::from_ref(branch));
        let is_object =
            schema.kinds.as_ref().is_none_or(|it| it.iter().all(|it| *it == Kind::Object));
        is_object
            && !schema.required.is_empty()
            && schema.properties.keys().all(|name| parent.properties.contains_key(name))
            && schema.values.is_none()
            && schema.items.is_empty()
            && schema.unions.is_empty()
    }

    /// Returns whether a branch says no more than which values the properties beside it have, scalars all.
    fn only_narrows(&self, branch: &Node<'a>, parent: &Schema<'a>) -> bool {
        let schema = self.document.schema(slice::from_ref(branch));
        let is_object =
            schema.kinds.as_ref().is_none_or(|it| it.iter().all(|it| *it == Kind::Object));
        let kinds = |nodes: &[Node<'a>]| self.kinds_of(&self.document.schema(nodes));
        let is_scalar = |kinds: &BTreeSet<Kind>| {
            kinds.len() == 1 && !kinds.contains(&Kind::List) && !kinds.contains(&Kind::Object)
        };
        is_object
            && !parent.properties.is_empty()
            && schema.values.is_none()
            && schema.items.is_empty()
            && schema.unions.is_empty()
            && schema.properties.iter().all(|(name, nodes)| {
                let declared = parent.properties.get(name).and_then(|it| kinds(it));
                declared.is_some_and(|it| is_scalar(&it))
                    && self.content(nodes).is_none()
                    && kinds(nodes).is_none_or(|it| is_scalar(&it))
            })
    }

    /// Returns the kinds of values that a schema allows, also where only its branches tell them.
    pub(super) fn kinds_of(&self, schema: &Schema<'a>) -> Option<BTreeSet<Kind>> {
        self.kinds_within(schema, 0)
    }

    fn kinds_within(&self, schema: &Schema<'a>, depth: usize) -> Option<BTreeSet<Kind>> {
        if schema.kinds.is_some() || schema.unions.is_empty() || depth > MAX_DEPTH {
            return schema.told_kinds();
        }
        let mut acc = BTreeSet::new();
        for branch in schema.unions.iter().flat_map(|it| self.branches(it)) {
            acc.extend(self.kinds_within(&self.settled(&[branch]), depth + 1)?);
        }
        Some(acc)
    }
}
