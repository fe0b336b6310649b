//! `type` and `format` of a scalar in, its [`Type`] out.

use crate::api::{IntegerWidth, NumberWidth, Type};
use crate::document::Schema;

/// Returns the type of a scalar schema; `None` for lists, objects and the rest.
pub(super) fn scalar(schema: &Schema) -> Option<Type> {
    let format = schema.keywords.format.as_deref();
    match schema.keywords.ty.as_deref()? {
        "string" => Some(Type::String(format.map(str::to_owned))),
        "boolean" => Some(Type::Boolean),
        "integer" => Some(Type::Integer(integer_width(schema, format))),
        // Such a format narrows a number to integers (OpenAPI 3.1.1 §4.4.2).
        "number" if is_whole(schema, format) => Some(Type::Integer(integer_width(schema, format))),
        "number" => Some(Type::Number(if format == Some("float") {
            NumberWidth::F32
        } else {
            NumberWidth::F64
        })),
        _ => None,
    }
}

/// Returns whether a number has the format of an integer and nothing beside it
/// names a fraction.
fn is_whole(schema: &Schema, format: Option<&str>) -> bool {
    let keywords = &schema.keywords;
    let bounds = [&keywords.minimum, &keywords.maximum, &keywords.multiple_of];
    let listed = schema.only_values().iter().filter_map(serde_json::Value::as_number);
    let mut numbers = bounds.into_iter().flatten().chain(listed);
    let default = schema.data.default.as_ref().and_then(serde_json::Value::as_number);
    let has_fraction =
        |it: &serde_json::Number| it.is_f64() && it.as_f64().is_some_and(|it| it.fract() != 0.0);
    matches!(format, Some("int32" | "int64" | "uint32" | "uint64"))
        && !numbers.any(has_fraction)
        && !default.is_some_and(has_fraction)
}

fn integer_width(schema: &Schema, format: Option<&str>) -> IntegerWidth {
    let beyond = |number: &serde_json::Number| {
        number.as_i64().is_none() && number.as_f64().is_some_and(|it| it > 0.0)
    };
    match format {
        _ if schema.keywords.maximum.as_ref().is_some_and(beyond) => IntegerWidth::U64,
        Some("int32") => IntegerWidth::I32,
        Some("uint32") => IntegerWidth::U32,
        Some("uint64") => IntegerWidth::U64,
        _ => IntegerWidth::I64,
    }
}
