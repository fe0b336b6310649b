//! Decides which variants of a union or a request body get a `From` implementation.

use std::collections::BTreeMap;

use super::{Item, JsonBranch, PlannedOperation, PlannedType, RustType};
use crate::name::TypeIdent;

/// Marks each variant whose type no other variant of its union has.
pub(super) fn mark(types: &mut [PlannedType]) {
    let aliases = aliases(types);
    for planned in types {
        let itself = RustType::Named(planned.ident.clone());
        if let Item::JsonUnion(union) = &mut planned.item {
            mark_branches(&mut union.branches, itself, &aliases);
        }
        let Item::Union(union) = &mut planned.item else { continue };
        let held: Vec<_> = union.variants().map(|it| held(&it.ty, &aliases)).collect();
        for (index, ty) in held.iter().enumerate() {
            let is_alone = held.iter().filter(|other| *other == ty).count() == 1;
            union.tagging.variant_mut(index).converts = is_alone;
        }
    }
}

/// Unmarks each branch whose type another one before it has, or that is JSON, as the union is: whichever branch a
/// value is made of, the JSON is the same.
fn mark_branches(branches: &mut [JsonBranch], itself: RustType, aliases: &Aliases) {
    let mut met = vec![RustType::Json, itself];
    for branch in branches {
        let ty = held(&branch.ty, aliases);
        branch.converts &= !met.contains(&ty);
        met.push(ty);
    }
}

/// Marks each media type whose type no other one of its request body has.
pub(super) fn mark_bodies(operations: &mut [PlannedOperation], types: &[PlannedType]) {
    let aliases = aliases(types);
    for operation in operations.iter_mut().filter(|it| it.has_body_enum()) {
        let held: Vec<_> = operation.encodings.iter().map(|it| held(&it.ty, &aliases)).collect();
        for (encoding, ty) in operation.encodings.iter_mut().zip(&held) {
            encoding.converts = held.iter().filter(|other| *other == ty).count() == 1;
        }
    }
}

/// Returns whether two payloads of a module's variants have one type outside of their boxes.
pub fn is_one_payload(types: &[PlannedType], one: &RustType, other: &RustType) -> bool {
    let aliases = aliases(types);
    held(one, &aliases) == held(other, &aliases)
}

type Aliases = BTreeMap<TypeIdent, RustType>;

fn aliases(types: &[PlannedType]) -> Aliases {
    let alias = |it: &PlannedType| match &it.item {
        Item::Alias(inner) => Some((it.ident.clone(), inner.clone())),
        _ => None,
    };
    types.iter().filter_map(alias).collect()
}

/// Returns the type of a payload outside of its box, as rustc sees it.
fn held(ty: &RustType, aliases: &Aliases) -> RustType {
    match ty {
        RustType::Boxed(inner) => resolved(inner, aliases),
        ty => resolved(ty, aliases),
    }
}

/// Returns a type without aliases, or nothing if it contains itself.
fn resolved(ty: &RustType, aliases: &Aliases) -> RustType {
    let inside = |inner: &RustType| Box::new(resolved(inner, aliases));
    match ty {
        RustType::Named(ident) => match aliases.get(ident) {
            Some(inner) => resolved(inner, aliases),
            None => ty.clone(),
        },
        RustType::Option(inner) => RustType::Option(inside(inner)),
        RustType::Patch(inner) => RustType::Patch(inside(inner)),
        RustType::Vec(inner) => RustType::Vec(inside(inner)),
        RustType::Map(inner) => RustType::Map(inside(inner)),
        RustType::Boxed(inner) => RustType::Boxed(inside(inner)),
        other => other.clone(),
    }
}
