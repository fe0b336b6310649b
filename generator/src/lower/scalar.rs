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
    let bounds = [&schema.keywords.minimum, &schema.keywords.maximum];
    let holds_bounds =
        |width: IntegerWidth| bounds.into_iter().flatten().all(|it| holds(width, it));
    let width = match format {
        Some("int32") => IntegerWidth::I32,
        Some("uint32") => IntegerWidth::U32,
        Some("uint64") => IntegerWidth::U64,
        _ => IntegerWidth::I64,
    };
    // A bound that the width does not hold is a value that must be read.
    let wider = [width, IntegerWidth::I64, IntegerWidth::U64];
    let beyond = |it: &serde_json::Number| it.as_f64().is_some_and(|it| it > 0.0);
    let is_high = || bounds[1].as_ref().is_some_and(beyond) && !holds_bounds(IntegerWidth::I64);
    wider
        .into_iter()
        .find(|it| holds_bounds(*it))
        .unwrap_or_else(|| if is_high() { IntegerWidth::U64 } else { IntegerWidth::I64 })
}

/// Returns the bounds of a schema that lie beyond the integers of a width.
pub(super) fn unheld_bounds(
    schema: &Schema,
    width: IntegerWidth,
) -> impl Iterator<Item = &'static str> {
    let bounds = [("minimum", &schema.keywords.minimum), ("maximum", &schema.keywords.maximum)];
    let is_beyond =
        |bound: &Option<serde_json::Number>| bound.as_ref().is_some_and(|it| !holds(width, it));
    bounds.map(|(keyword, bound)| is_beyond(bound).then_some(keyword)).into_iter().flatten()
}

impl IntegerWidth {
    /// Returns which integers these are, for people.
    pub(super) fn bits(self) -> &'static str {
        match self {
            Self::I32 => "32 bits with a sign",
            Self::I64 => "64 bits with a sign",
            Self::U32 => "32 bits without a sign",
            Self::U64 => "64 bits without a sign",
        }
    }
}

fn holds(width: IntegerWidth, number: &serde_json::Number) -> bool {
    let (least, most): (i128, i128) = match width {
        IntegerWidth::I32 => (i32::MIN.into(), i32::MAX.into()),
        IntegerWidth::I64 => (i64::MIN.into(), i64::MAX.into()),
        IntegerWidth::U32 => (0, u32::MAX.into()),
        IntegerWidth::U64 => (0, u64::MAX.into()),
    };
    let whole = number.as_i64().map(i128::from).or(number.as_u64().map(i128::from));
    #[expect(clippy::cast_precision_loss, reason = "a fraction is compared as one")]
    let is_within = |it: f64| it >= least as f64 && it <= most as f64;
    match whole {
        Some(number) => (least..=most).contains(&number),
        None => number.as_f64().is_none_or(is_within),
    }
}
