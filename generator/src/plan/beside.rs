//! Finds what an object and the union beside its properties have in common.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Additional, Api, Shape, Tagging, Type, TypeId, TypeRef};

/// The structs around the unions that stand beside properties.
#[derive(Debug, Default)]
pub(super) struct Holders {
    of: BTreeMap<TypeId, Vec<TypeId>>,
}

impl Holders {
    pub(super) fn of(api: &Api) -> Self {
        let mut acc = Self::default();
        for (index, def) in api.types.iter().enumerate() {
            if let Shape::Struct(it) = &def.shape
                && let Additional::Variant(ty) = &it.additional
                && let Type::Named(union) = ty.ty
            {
                acc.of.entry(union).or_default().push(TypeId(index));
            }
        }
        acc
    }

    /// Returns whether the objects around a union declare a property.
    pub(super) fn declare(&self, api: &Api, union: TypeId, property: &str) -> bool {
        self.of.get(&union).is_some_and(|holders| {
            holders.iter().all(|id| match &api.type_def(*id).shape {
                Shape::Struct(it) => it.properties.iter().any(|own| own.name == property),
                Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) => false,
            })
        })
    }
}

/// Returns whether a type, or a branch of it, names a property of the object that its values are.
pub(super) fn names(api: &Api, property: &str, ty: &TypeRef) -> bool {
    let named = |ty: &TypeRef| match ty.ty {
        Type::Named(id) => Some(id),
        _ => None,
    };
    let mut seen = BTreeSet::new();
    let mut open: Vec<TypeId> = named(ty).into_iter().collect();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        match &api.type_def(id).shape {
            Shape::Struct(it) => {
                if it.properties.iter().any(|own| own.name == property) {
                    return true;
                }
                if let Additional::Variant(inner) = &it.additional {
                    open.extend(named(inner));
                }
            }
            Shape::Union(it) => {
                let is_told = match &it.tagging {
                    Tagging::Discriminator { property: tag, .. } => tag == property,
                    Tagging::Key(keys) => keys.iter().any(|it| it.by == property),
                    Tagging::Kind(_) | Tagging::Overlapping(_) => false,
                };
                if is_told {
                    return true;
                }
                if !matches!(it.tagging, Tagging::Key(_)) {
                    open.extend(it.variants().filter_map(|it| named(&it.ty)));
                }
            }
            Shape::Alias(inner) => open.extend(named(inner)),
            Shape::Enum(_) => {}
        }
    }
    false
}
