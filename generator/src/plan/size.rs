//! Estimates the size of types, to box large variants.

use crate::api::{Additional, Api, IntegerWidth, NumberWidth, Shape, Type, TypeId, TypeRef};

/// From this size on, in bytes, the payload of a variant is boxed. Clippy's
/// `large_enum_variant` asks for it at a difference of 200.
const BOXED_FROM: usize = 160;

/// Returns whether a variant's payload of this type is better boxed.
pub(super) fn is_large(api: &Api, ty: &TypeRef) -> bool {
    size_of(api, ty, 0) >= BOXED_FROM
}

/// Returns the size in bytes, rounded up; types that hold each other count as
/// large, since one of them is boxed anyway.
fn size_of(api: &Api, ty: &TypeRef, depth: usize) -> usize {
    match &ty.ty {
        _ if depth > 8 => BOXED_FROM,
        Type::Named(id) => size_of_named(api, *id, depth + 1),
        Type::Boolean
        | Type::Integer(IntegerWidth::I32 | IntegerWidth::U32)
        | Type::Number(NumberWidth::F32) => 8,
        Type::Integer(_) | Type::Number(_) => 16,
        // With the value of a library, the largest of which is a URL.
        Type::String(Some(it)) if api.formats.of(it).is_some() => 104,
        Type::String(_) | Type::List(_) | Type::Map(_) | Type::FreeForm => 24,
        Type::Any | Type::Bytes => 32,
        Type::File => 104,
    }
}

fn size_of_named(api: &Api, id: TypeId, depth: usize) -> usize {
    match &api.type_def(id).shape {
        Shape::Struct(it) => {
            let mut acc = match &it.additional {
                Additional::Kept(_) => 24,
                Additional::Variant(ty) => size_of(api, ty, depth),
                Additional::Unsaid | Additional::Denied => 0,
            };
            for property in &it.properties {
                acc += size_of(api, &property.ty, depth);
                if acc >= BOXED_FROM {
                    break;
                }
            }
            acc
        }
        Shape::Enum(_) => 24,
        Shape::Union(it) if it.is_overlapping() => 32,
        Shape::Union(_) => 64,
        Shape::Alias(ty) => size_of(api, ty, depth),
    }
}
