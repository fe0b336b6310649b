//! Finds the uses of recursive types that need a box.

use std::collections::BTreeSet;

use crate::api::{Additional, Api, Shape, Type, TypeId, uses};
use crate::rings::rings;

/// Which types lie on a ring of values that hold each other.
#[derive(Debug, Default)]
pub(super) struct Recursion {
    /// The ring each type is on, if any.
    ring: Vec<Option<usize>>,
    /// Aliases that would name themselves.
    endless_aliases: BTreeSet<TypeId>,
}

impl Recursion {
    pub(super) fn of(api: &Api) -> Self {
        let by_value: Vec<Vec<usize>> =
            (0..api.types.len()).map(|index| held_by_value(api, TypeId(index))).collect();
        let aliases: Vec<Vec<usize>> = (0..api.types.len())
            .map(|index| match api.types[index].shape {
                Shape::Alias(_) => uses(api, TypeId(index))
                    .into_iter()
                    .filter(|used| matches!(api.type_def(*used).shape, Shape::Alias(_)))
                    .map(|used| used.0)
                    .collect(),
                _ => Vec::new(),
            })
            .collect();
        let endless_aliases = (rings(&aliases).iter().enumerate())
            .filter(|(_, ring)| ring.is_some())
            .map(|(index, _)| TypeId(index))
            .collect();
        Self { ring: rings(&by_value), endless_aliases }
    }

    /// Returns whether a value of `holder` would hold itself through `used`.
    pub(super) fn needs_box(&self, holder: TypeId, used: TypeId) -> bool {
        self.ring[holder.0].is_some() && self.ring[holder.0] == self.ring[used.0]
    }

    /// Returns whether the alias would name itself.
    pub(super) fn is_endless_alias(&self, id: TypeId) -> bool {
        self.endless_aliases.contains(&id)
    }
}

/// Returns the types whose values are inside a value of this type without a
/// list, a map or a box in between.
fn held_by_value(api: &Api, id: TypeId) -> Vec<usize> {
    let direct = |ty: &Type| match ty {
        Type::Named(id) => Some(id.0),
        _ => None,
    };
    match &api.type_def(id).shape {
        Shape::Struct(it) => {
            let variant = match &it.additional {
                Additional::Variant(ty) => direct(&ty.ty),
                Additional::Kept(_) | Additional::Unsaid | Additional::Denied => None,
            };
            it.properties.iter().filter_map(|it| direct(&it.ty.ty)).chain(variant).collect()
        }
        // It holds JSON.
        Shape::Union(it) if it.is_overlapping() => Vec::new(),
        Shape::Union(it) => it.variants().filter_map(|it| direct(&it.ty.ty)).collect(),
        Shape::Alias(ty) => direct(&ty.ty).into_iter().collect(),
        Shape::Enum(_) => Vec::new(),
    }
}
