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
        "number" => Some(Type::Number(if format == Some("float") {
            NumberWidth::F32
        } else {
            NumberWidth::F64
        })),
        _ => None,
    }
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
