//! Types in, the same types without aliases that hold themselves out: `A: {type: array, items: {$ref: A}}`.

use crate::api::{Shape, Type, TypeDef, TypeId, TypeRef};
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss, Sink};

/// Reads the items of an alias that leads back to itself through nothing but
/// aliases as untyped JSON: no name stands for an endless type.
pub(super) fn break_alias_cycles(types: &mut [TypeDef], sink: &mut Sink) {
    let mut done = vec![false; types.len()];
    for start in 0..types.len() {
        let mut way = Vec::new();
        let mut at = Some(TypeId(start));
        while let Some(id) = at
            && !done[id.0]
            && !way.contains(&id)
        {
            way.push(id);
            at = next(&types[id.0]);
        }
        if let Some(id) = at.filter(|id| way.contains(id)) {
            let def = &mut types[id.0];
            let title = "the type is made of nothing but itself; its end is read as untyped JSON";
            let diagnostic = Diagnostic::skipped(codes::SCHEMA, def.pointer.clone(), title);
            sink.push(diagnostic.loss(Loss::Schema(def.pointer.clone())));
            if let Shape::Alias(used) = &mut def.shape {
                innermost(used).ty = Type::Any;
            }
            def.degraded = true;
        }
        for id in way {
            done[id.0] = true;
        }
    }
}

/// Returns the type an alias is made of.
fn next(def: &TypeDef) -> Option<TypeId> {
    let Shape::Alias(used) = &def.shape else { return None };
    let mut ty = &used.ty;
    loop {
        match ty {
            Type::Named(id) => return Some(*id),
            Type::List(inner) | Type::Map(inner) => ty = &inner.ty,
            _ => return None,
        }
    }
}

fn innermost(used: &mut TypeRef) -> &mut TypeRef {
    match used.ty {
        Type::List(_) | Type::Map(_) => match &mut used.ty {
            Type::List(inner) | Type::Map(inner) => innermost(inner),
            _ => unreachable!("the type was a list or a map one line above"),
        },
        _ => used,
    }
}
