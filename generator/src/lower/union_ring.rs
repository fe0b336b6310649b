//! Degrades unions that are a variant of themselves to untyped JSON.

use crate::api::{Additional, Api, Shape, Struct, Tagging, Type, TypeId, TypeRef};
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss, Sink};
use crate::rings::rings;

/// Degrades the unions whose variants lead back to them without a property, an
/// item or a key in between, for example `A: {oneOf: [{$ref: B}], discriminator}`
/// with `B: {oneOf: [{$ref: A}], discriminator}`: whoever reads a value would
/// choose a variant for ever.
pub(super) fn break_rings(api: &mut Api, sink: &mut Sink) {
    let edges: Vec<Vec<usize>> = api.types.iter().map(|it| same_value(&it.shape)).collect();
    for (index, ring) in rings(&edges).into_iter().enumerate() {
        let def = &mut api.types[index];
        if ring.is_none() || !matches!(def.shape, Shape::Union(_)) {
            continue;
        }
        let at = def.pointer.clone();
        let title = "the schema is read as untyped JSON: the union is one of its own branches";
        let diagnostic = Diagnostic::error(codes::REF_CYCLE, at.clone(), title).at_key();
        let help = "give the branches a property that holds the union, or take the branch out";
        sink.push(diagnostic.label("never reaches a type").help(help).loss(Loss::Schema(at)));
        def.shape = Shape::Alias(TypeRef::plain(Type::Any));
        def.degraded = true;
    }
}

/// Returns the types that the same value is read as.
fn same_value(shape: &Shape) -> Vec<usize> {
    let named = |ty: &TypeRef| match ty.ty {
        Type::Named(TypeId(index)) => Some(index),
        _ => None,
    };
    match shape {
        // What is kept as JSON is read as a variant when it is asked for.
        Shape::Union(it) if !matches!(it.tagging, Tagging::Key(_) | Tagging::Overlapping(_)) => {
            it.variants().filter_map(|it| named(&it.ty)).collect()
        }
        Shape::Alias(ty) => named(ty).into_iter().collect(),
        // Its variant is read from the same object.
        Shape::Struct(Struct { additional: Additional::Variant(ty), .. }) => {
            named(ty).into_iter().collect()
        }
        Shape::Union(_) | Shape::Struct(_) | Shape::Enum(_) => Vec::new(),
    }
}
