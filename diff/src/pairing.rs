//! Pairs the types of both models: by name, then by place, then by shape.

use std::collections::BTreeMap;

use tamarack::api::{Origin, Shape, TypeDef, TypeId};

use super::verdict::Within;
use super::walk::{TypePair, Version};
use super::within::{Sets, within_types};

/// The partner of each type, where it has one.
#[derive(Clone, Debug, Default)]
pub(super) struct Pairing {
    new_of: BTreeMap<TypeId, TypeId>,
    old_of: BTreeMap<TypeId, TypeId>,
}

/// More than this many comparisons of shapes to find renames is not worth it.
const MOST_COMPARISONS: usize = 10_000;

impl Pairing {
    /// Pairs the named types of one name, then those whose name is gone with
    /// the only new ones of their shape.
    pub(super) fn of(old: Version<'_>, new: Version<'_>) -> Self {
        let mut acc = Self::default();
        let names: BTreeMap<&str, TypeId> = named(new).collect();
        for (name, id) in named(old) {
            if let Some(partner) = names.get(name) {
                acc.insert((id, *partner));
            }
        }
        acc.pair_by_shape(old, new);
        acc
    }

    /// Returns the partner of an old type.
    pub(super) fn new_of(&self, old: TypeId) -> Option<TypeId> {
        self.new_of.get(&old).copied()
    }

    /// Returns the partner of a new type.
    pub(super) fn old_of(&self, new: TypeId) -> Option<TypeId> {
        self.old_of.get(&new).copied()
    }

    /// Returns whether the two are one type in two versions, and not a type
    /// in place of another.
    pub(super) fn is_same(&self, (old, new): TypePair) -> bool {
        self.new_of(old) == Some(new)
    }

    /// Two types met at one place are one when neither has a partner yet.
    pub(super) fn meet(&mut self, pair: TypePair) {
        self.insert(pair);
    }

    fn insert(&mut self, (old, new): TypePair) {
        if self.new_of(old).is_none() && self.old_of(new).is_none() {
            self.new_of.insert(old, new);
            self.old_of.insert(new, old);
        }
    }

    fn pair_by_shape(&mut self, old: Version<'_>, new: Version<'_>) {
        let gone: Vec<_> = named(old)
            .filter(|(_, id)| self.new_of(*id).is_none() && is_telling(old, *id))
            .collect();
        let come: Vec<_> = named(new)
            .filter(|(_, id)| self.old_of(*id).is_none() && is_telling(new, *id))
            .collect();
        if gone.len().saturating_mul(come.len()) > MOST_COMPARISONS {
            return;
        }
        let mut equal: Vec<TypePair> = Vec::new();
        for (_, old_id) in &gone {
            for (_, new_id) in &come {
                if same_set(old, *old_id, new, *new_id) {
                    equal.push((*old_id, *new_id));
                }
            }
        }
        for pair in &equal {
            let rivals = equal.iter().filter(|it| it.0 == pair.0 || it.1 == pair.1).count();
            if rivals == 1 {
                self.insert(*pair);
            }
        }
    }
}

fn same_set(old: Version<'_>, old_id: TypeId, new: Version<'_>, new_id: TypeId) -> bool {
    let (a, b) = (old.def(old_id), new.def(new_id));
    std::mem::discriminant(&a.shape) == std::mem::discriminant(&b.shape)
        && within_types(Sets { a: old.api, b: new.api }, old_id, new_id) == Within::Yes
        && within_types(Sets { a: new.api, b: old.api }, new_id, old_id) == Within::Yes
}

/// Returns the types whose name is written in the document or the overlay.
pub(super) fn named(version: Version<'_>) -> impl Iterator<Item = (&str, TypeId)> {
    (version.api.types.iter().enumerate())
        .filter_map(|(index, def)| Some((written_name(def)?, TypeId(index))))
}

fn written_name(def: &TypeDef) -> Option<&str> {
    match &def.origin {
        Origin::Component(name) | Origin::Given(name) => Some(name),
        Origin::Inline { .. } => None,
    }
}

/// An alias or a struct of no properties is like too many others.
fn is_telling(version: Version<'_>, id: TypeId) -> bool {
    match &version.def(id).shape {
        Shape::Struct(it) => !it.properties.is_empty(),
        Shape::Enum(_) | Shape::Union(_) => true,
        Shape::Alias(_) => false,
    }
}
