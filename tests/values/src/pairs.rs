//! A value and its schema in, the generated types that it has, alone or in lists and maps, out.

use serde_json::Value;
use tamarack_reader::document::{Document, Node};

use crate::types::Types;

/// A value that has a generated type.
#[derive(Clone, Debug)]
pub struct Pair {
    /// The type.
    pub ty: usize,
    /// The place of the schema of that type.
    pub schema: String,
    /// The place of the value in the document, or how it was made.
    pub place: String,
    /// The value.
    pub value: Value,
}

/// Adds the values with a type; returns whether there are any.
pub fn pairs(
    document: &Document,
    types: &Types,
    schema: &Node<'_>,
    example: (&str, &Value),
    acc: &mut Vec<Pair>,
) -> bool {
    let (place, value) = example;
    if value.is_null() {
        return false;
    }
    let (end, way) = document.follow(schema);
    if let Some((at, ty)) = way.iter().find_map(|at| Some((at, types.at.get(at)?))) {
        acc.push(Pair {
            ty: *ty,
            schema: at.clone(),
            place: place.to_owned(),
            value: value.clone(),
        });
        return true;
    }
    let parts = end.list("allOf");
    match value {
        Value::Array(items) if end.value.get("items").is_some() => {
            let schema = end.get("items");
            let each = items.iter().enumerate().map(|(index, item)| {
                let place = format!("{place}/{index}");
                schema.as_ref().is_some_and(|it| pairs(document, types, it, (&place, item), acc))
            });
            each.fold(false, |acc, it| acc | it)
        }
        Value::Object(members) if end.value.get("additionalProperties").is_some() => {
            let schema = end.get("additionalProperties").filter(|it| it.value.is_object());
            let each = members.iter().map(|(key, item)| {
                let place = format!("{place}/{}", key.replace('~', "~0").replace('/', "~1"));
                schema.as_ref().is_some_and(|it| pairs(document, types, it, (&place, item), acc))
            });
            each.fold(false, |acc, it| acc | it)
        }
        _ if parts.len() == 1 => pairs(document, types, &parts[0], example, acc),
        _ => false,
    }
}
