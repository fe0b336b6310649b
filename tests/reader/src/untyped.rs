//! The operations of the code that reach a value without a type, counted from the code alone; and those that do where
//! the document has one.

use crate::compare;
use crate::document::Document;
use crate::rust::{Code, Field, Item, Operation, Type};

/// Returns the operations that reach any JSON, in a parameter, a body or an error, as `GET /pets`.
///
/// A map or object of any JSON does not count: its values are objects.
pub fn untyped(code: &Code) -> Vec<String> {
    let found = code.operations.iter().filter(|it| reaches(code, it));
    let mut acc: Vec<_> = found.map(|it| format!("{} {}", it.method, it.path)).collect();
    acc.sort();
    acc
}

/// Returns the operations that reach any JSON where the document says which values there are.
pub fn less_than_declared(document: &Document, code: &Code) -> Vec<String> {
    let untyped = untyped(code);
    if untyped.is_empty() { Vec::new() } else { compare::looser(document, code, &untyped) }
}

fn reaches(code: &Code, operation: &Operation) -> bool {
    let fields = operation.fields.values().filter_map(|it: &Field| it.ty.as_ref().ok());
    let answers = operation.successes.iter().chain(&operation.errors).chain(&operation.stream);
    let types: Vec<&Type> = fields.chain(answers.map(|it| &it.ty)).collect();
    let items = code.reach(types.iter().copied());
    types.iter().any(|it| is_untyped(it)) || items.iter().any(|id| holds(code.item(id)))
}

/// Returns whether a value of an item holds any JSON itself.
fn holds(item: &Item) -> bool {
    match item {
        Item::Object { members, variant, .. } => {
            members.iter().map(|it| &it.ty).chain(variant).any(is_untyped)
        }
        _ => item.types().any(is_untyped),
    }
}

fn is_untyped(ty: &Type) -> bool {
    match ty {
        Type::Json => true,
        Type::Option(inner) | Type::Patch(inner) | Type::List(inner) | Type::Map(inner) => {
            is_untyped(inner)
        }
        _ => false,
    }
}
