//! Finds the operations that reach a value without a type: typed to the last leaf are all the others.
//!
//! A schema counts that becomes any JSON, whether it could not be expressed or says nothing of its values (`{}`), and
//! wherever it stands: in a parameter, in a body that is sent or received, in an error, alone or in a list or map.
//! `type: object` without properties does not, nor does `additionalProperties: true`: their values are objects, and
//! read as such.
//!
//! Typed as far as the document has types are, beside those, the operations whose places say nothing ([`said`]).

use std::collections::BTreeSet;

use serde::Serialize;

use super::said;
use crate::api::{Additional, Api, Encoding, Operation, Shape, Type, TypeId, TypeRef, named, uses};
use crate::model::Model;
use crate::pointer::Pointer;

/// An operation that reaches untyped JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UntypedOperation {
    /// The operation.
    pub pointer: String,
    /// The schemas that are untyped JSON, or the properties, parameters and bodies that have them.
    pub at: Vec<String>,
}

/// Returns the operations that reach untyped JSON, each with the places.
pub(super) fn of(api: &Api) -> Vec<UntypedOperation> {
    let own: Vec<Vec<&Pointer>> = (0..api.types.len()).map(|id| of_type(api, TypeId(id))).collect();
    let found = api.operations.iter().map(|operation| (operation, places(api, operation, &own)));
    found
        .filter(|(_, at)| !at.is_empty())
        .map(|(operation, at)| UntypedOperation {
            pointer: operation.pointer.to_string(),
            at: at.into_iter().map(ToString::to_string).collect(),
        })
        .collect()
}

/// Returns of the operations that reach untyped JSON those that do where the document has a type, each with these
/// places alone.
pub(super) fn less_than_declared(
    model: &Model,
    untyped: &[UntypedOperation],
) -> Vec<UntypedOperation> {
    let places: BTreeSet<&String> = untyped.iter().flat_map(|it| &it.at).collect();
    let lines = of_lines(&model.api);
    let is_said = |at: &String| {
        Pointer::parse(at).is_none_or(|it| {
            let is_whole = lines.contains(&it) && said::is_text(&model.raw, &it.child("schema"));
            !is_whole && said::says(&model.raw, &it)
        })
    };
    let said: BTreeSet<&String> = places.into_iter().filter(|at| is_said(at)).collect();
    let mut acc = Vec::new();
    for operation in untyped {
        let at: Vec<String> = operation.at.iter().filter(|it| said.contains(it)).cloned().collect();
        if !at.is_empty() {
            acc.push(UntypedOperation { pointer: operation.pointer.clone(), at });
        }
    }
    acc
}

/// Returns the places of the bodies that are JSON texts in a row: the schema of a text is of all of them together, and
/// says nothing of one.
fn of_lines(api: &Api) -> BTreeSet<&Pointer> {
    let sent = api.operations.iter().filter_map(|it| it.body.as_ref()).flat_map(|it| &it.contents);
    let received = api.operations.iter().flat_map(Operation::received);
    let lines = sent.chain(received).filter(|it| it.encoding == Encoding::Lines);
    lines.map(|it| &it.pointer).collect()
}

/// Returns the places of untyped JSON that an operation reaches.
fn places<'a>(
    api: &'a Api,
    operation: &'a Operation,
    own: &[Vec<&'a Pointer>],
) -> BTreeSet<&'a Pointer> {
    let parameters = operation.parameters.iter().map(|it| (&it.ty, &it.pointer));
    let sent = operation.body.iter().flat_map(|it| &it.contents);
    let bodies = sent.chain(operation.received()).map(|it| (&it.ty, &it.pointer));
    let used: Vec<_> = parameters.chain(bodies).collect();
    let mut acc: BTreeSet<&Pointer> =
        used.iter().filter(|it| is_untyped(it.0)).map(|it| it.1).collect();
    let mut seen = BTreeSet::new();
    let mut open: Vec<TypeId> = used.iter().filter_map(|it| named(&it.0.ty)).collect();
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            acc.extend(&own[id.0]);
            open.extend(uses(api, id));
        }
    }
    acc
}

/// Returns the places of untyped JSON in a type itself.
fn of_type(api: &Api, id: TypeId) -> Vec<&Pointer> {
    let type_def = api.type_def(id);
    match &type_def.shape {
        Shape::Struct(it) => {
            let properties = it.properties.iter().filter(|it| is_untyped(&it.ty));
            let further = match &it.additional {
                Additional::Variant(ty) if is_untyped(ty) => Some(&type_def.pointer),
                _ => None,
            };
            properties.map(|it| &it.pointer).chain(further).collect()
        }
        Shape::Union(it) => {
            let variants = it.variants().filter(|it| is_untyped(&it.ty));
            variants.map(|it| &it.pointer).collect()
        }
        Shape::Alias(ty) => is_untyped(ty).then_some(&type_def.pointer).into_iter().collect(),
        Shape::Enum(_) => Vec::new(),
    }
}

fn is_untyped(ty: &TypeRef) -> bool {
    matches!(ty.heart(), Type::Any)
}
