//! Compares JSON values by what they mean: `1` and `1.0` are one number.

use serde_json::{Number, Value};

/// Below this each whole number is one `f64` (IEEE 754: 53 bits).
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Returns whether two values are equal as JSON Schema defines it (2020-12 core §4.2.2).
pub(super) fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => same_number(a, b),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

/// Like [`same`], where a value may be missing.
pub(super) fn same_optional(a: Option<&Value>, b: Option<&Value>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => same(a, b),
        (a, b) => a.is_none() && b.is_none(),
    }
}

/// Returns whether two numbers are one, however they are spelled.
pub(super) fn same_number(a: &Number, b: &Number) -> bool {
    let exact = |it: &Number| it.as_f64().filter(|it| it.abs() < EXACT);
    let ordering = exact(a).zip(exact(b)).and_then(|(a, b)| a.partial_cmp(&b));
    a == b || ordering == Some(std::cmp::Ordering::Equal)
}

/// Returns whether one of the values is the same.
pub(super) fn holds(all: &[Value], one: &Value) -> bool {
    all.iter().any(|it| same(it, one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spelling_of_a_number_means_nothing() {
        let value = |text: &str| -> Value { serde_json::from_str(text).expect("JSON") };
        for (a, b, expected) in [
            ("1", "1.0", true),
            ("[1, {\"a\": 1e1}]", "[1.0, {\"a\": 10}]", true),
            ("1", "1.5", false),
            ("1", "\"1\"", false),
            ("9007199254740993", "9007199254740992.0", false),
            ("9007199254740993", "9007199254740993", true),
            ("{\"a\": 1}", "{\"b\": 1}", false),
        ] {
            assert_eq!(same(&value(a), &value(b)), expected, "{a} {b}");
        }
    }
}
