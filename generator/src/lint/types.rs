//! Reads types, nullability and bounds of a schema, in 3.0 and 3.1 alike.

use serde_yaml::{Mapping, Value};

pub(super) use crate::left_over::with_article;

/// Returns the types that a schema names; `None` when it names none, or one
/// that is none.
pub(super) fn declared(members: &Mapping) -> Option<Vec<&str>> {
    let names = match members.get("type")? {
        Value::String(name) => vec![name.as_str()],
        Value::Sequence(names) => names
            .iter()
            .map(|it| it.as_str().or(it.is_null().then_some("null")))
            .collect::<Option<_>>()?,
        _ => return None,
    };
    let known = ["string", "number", "integer", "boolean", "array", "object", "null"];
    (!names.is_empty() && names.iter().all(|it| known.contains(it))).then_some(names)
}

/// Returns the one type of a schema, besides null.
pub(super) fn only(members: &Mapping) -> Option<&str> {
    let names = declared(members)?;
    let mut others = names.into_iter().filter(|it| *it != "null");
    others.next().filter(|_| others.next().is_none())
}

/// Returns whether a schema says that null is valid.
pub(super) fn allows_null(members: &Mapping) -> bool {
    let flag = members.get("nullable").is_some_and(|it| it.as_bool() == Some(true));
    let listed = members.get("enum").and_then(Value::as_sequence);
    let is_null = |ty: &Value| ty.is_null() || ty.as_str() == Some("null");
    flag || listed.is_some_and(|it| it.iter().any(Value::is_null))
        || match members.get("type") {
            Some(Value::Sequence(names)) => names.iter().any(is_null),
            Some(name) => is_null(name),
            None => false,
        }
}

/// Returns whether a value is of a type.
pub(super) fn is_of(value: &Value, ty: &str) -> bool {
    match ty {
        "string" => value.is_string(),
        "number" => value.is_number(),
        // 1.0 is an integer (JSON Schema 2020-12, validation §6.1.1).
        "integer" => value.as_f64().is_some_and(|it| it.fract() == 0.0),
        "boolean" => value.is_bool(),
        "array" => value.is_sequence(),
        "object" => value.is_mapping(),
        _ => value.is_null(),
    }
}

/// Returns what a value is, for a message.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Sequence(_) => "a list",
        Value::Mapping(_) | Value::Tagged(_) => "a map",
    }
}

/// The bounds of a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    lowest: Option<f64>,
    highest: Option<f64>,
    above: Option<f64>,
    below: Option<f64>,
}

/// Reads `exclusiveMinimum: true` beside `minimum`, and `exclusiveMinimum: 0`.
pub(super) fn bounds(members: &Mapping) -> Bounds {
    let number = |name: &str| members.get(name).and_then(Value::as_f64);
    let is_set = |name: &str| members.get(name).and_then(Value::as_bool) == Some(true);
    let (lowest, highest) = (number("minimum"), number("maximum"));
    Bounds {
        lowest: lowest.filter(|_| !is_set("exclusiveMinimum")),
        highest: highest.filter(|_| !is_set("exclusiveMaximum")),
        above: number("exclusiveMinimum").or(lowest.filter(|_| is_set("exclusiveMinimum"))),
        below: number("exclusiveMaximum").or(highest.filter(|_| is_set("exclusiveMaximum"))),
    }
}

impl Bounds {
    /// Returns why a number is out of bounds.
    pub(super) fn broken_by(self, number: f64) -> Option<String> {
        let too =
            |word: &str, bound: Option<f64>| bound.map(|it| format!("{number} is {word} {it}"));
        too("less than the minimum", self.lowest.filter(|it| number < *it))
            .or_else(|| too("more than the maximum", self.highest.filter(|it| number > *it)))
            .or_else(|| too("not above", self.above.filter(|it| number <= *it)))
            .or_else(|| too("not below", self.below.filter(|it| number >= *it)))
    }

    /// Returns whether no number is within the bounds.
    pub(super) fn are_empty(self) -> bool {
        let over = |a: Option<f64>, b: Option<f64>| a.zip(b);
        over(self.lowest, self.highest).is_some_and(|(a, b)| a > b)
            || [(self.above, self.highest), (self.lowest, self.below), (self.above, self.below)]
                .into_iter()
                .any(|(a, b)| over(a, b).is_some_and(|(a, b)| a >= b))
    }
}

/// Returns why a count of characters or items is not within the bounds of two keywords.
pub(super) fn count_out_of(
    members: &Mapping,
    (what, count): (&str, usize),
    least: &str,
    most: &str,
) -> Option<String> {
    let bound = |name: &str| members.get(name).and_then(Value::as_u64);
    let n = u64::try_from(count).ok()?;
    let broken = bound(least).filter(|it| n < *it).map(|bound| (least, bound));
    let (name, bound) = broken.or_else(|| Some((most, bound(most).filter(|it| n > *it)?)))?;
    let plural = if count == 1 { "" } else { "s" };
    Some(format!("it has {count} {what}{plural}, and `{name}` is {bound}"))
}
