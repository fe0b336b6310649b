//! Compares what stands beside the properties of two objects: a union, or the only branch of one.

use tamarack::api::{Shape, ToldBy, Type, TypeRef, Union};

use super::at::At;
use super::describe;
use super::kind::Kind;
use super::uses;
use super::verdict::{Rust, Wire};
use super::walk::{Version, Walk};
use super::within::Sameness;

/// Compares the branches, of which one version may have one alone.
pub(super) fn compare(walk: &mut Walk<'_>, at: &At, old: &TypeRef, new: &TypeRef) {
    let (was, is) = (walk.old, walk.new);
    let (a, b) = (was.api, is.api);
    let is_one = |was: &TypeRef, is: &TypeRef| match (&was.ty, &is.ty) {
        (Type::Named(one), Type::Named(other)) => match walk.pairing.new_of(*one) {
            Some(partner) => partner == *other,
            // A copy of it in its place.
            None => Sameness::new(a, b).holds(was, is),
        },
        _ => false,
    };
    let (kept, further, change) = match (union(was, old), union(is, new)) {
        (None, Some(union)) => {
            let (kept, further) = split(&union, (was, old), is, |it| is_one(old, it));
            let change = at.change(Kind::VariantAdded).wire(Wire::Compatible, Wire::Breaking);
            (kept, further, change)
        }
        (Some(union), None) => {
            let (kept, further) = split(&union, (is, new), was, |it| is_one(it, new));
            let change = at.change(Kind::VariantRemoved).wire(Wire::Breaking, Wire::Compatible);
            (kept.map(|(own, of_union)| (of_union, own)), further, change)
        }
        _ => return uses::compare(walk, at, old, new),
    };
    let Some((old, new)) = kept else { return uses::compare(walk, at, old, new) };
    let is_added = change.kind == Kind::VariantAdded;
    for words in further {
        // The field has another type.
        let change = change.clone().rust(Rust::Major);
        walk.push(if is_added { change.is(words) } else { change.was(words) });
    }
    uses::compare(walk, &At { code: None, ..at.clone() }, &old, &new);
}

fn union(version: Version<'_>, ty: &TypeRef) -> Option<Union> {
    match version.api.shape(ty)? {
        Shape::Union(it) => Some(it.clone()),
        Shape::Struct(_) | Shape::Enum(_) | Shape::Alias(_) => None,
    }
}

/// Returns the type of the only branch with that of the variant that it is, and what the others are.
fn split(
    union: &Union,
    (version, only): (Version<'_>, &TypeRef),
    other: Version<'_>,
    is_one: impl Fn(&TypeRef) -> bool,
) -> (Option<(TypeRef, TypeRef)>, Vec<String>) {
    let (mut kept, mut further) = (None, Vec::new());
    for (told_by, variant) in union.tagging.variants() {
        let own = match told_by {
            ToldBy::Key(key) => value_of(version, only, key),
            _ => is_one(&variant.ty).then(|| only.clone()),
        };
        match own {
            Some(own) if kept.is_none() => kept = Some((own, variant.ty.clone())),
            _ => further.push(describe::ty(other, &variant.ty)),
        }
    }
    (kept, further)
}

/// Returns the type of the only property of an object.
fn value_of(version: Version<'_>, ty: &TypeRef, key: &str) -> Option<TypeRef> {
    match version.api.shape(ty)? {
        Shape::Struct(it) => match it.properties.as_slice() {
            [only] if only.name == key => Some(only.ty.clone()),
            _ => None,
        },
        Shape::Union(_) | Shape::Enum(_) | Shape::Alias(_) => None,
    }
}
