//! Finds what an object and the union beside its properties have in common.

use std::collections::BTreeSet;

use crate::api::{Additional, Api, Shape, Tagging, Type, TypeId, TypeRef};

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
