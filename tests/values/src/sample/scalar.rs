//! Random texts, numbers and booleans.

use serde_json::{Number, Value, json};

use crate::choices::Choices;

const TEXTS: [&str; 12] = [
    "",
    "a",
    "text",
    "A b",
    "0",
    "12",
    "true",
    "null",
    "\u{e4}\u{1f600}",
    "a\"\\/\n",
    "a-b_c.d",
    "https://example.com/a?b=c#d",
];

/// Texts that patterns often ask for.
const OF_PATTERNS: [&str; 22] = [
    "a",
    "abc",
    "A",
    "ABC",
    "USD",
    "US",
    "en-US",
    "0",
    "1",
    "123",
    "1234",
    "12345",
    "a1",
    "a-b",
    "+15550100",
    "2026-01-01",
    "12:00",
    "12:00:00",
    "1.0.0",
    "#ffffff",
    "0123456789abcdef0123456789abcdef",
    "https://example.com",
];

/// Returns any value without parts.
pub(super) fn any(choices: &mut Choices) -> Value {
    match choices.below(5) {
        0 => json!(choices.one_in(2)),
        1 => json!(choices.below(1000)),
        2 => json!(0.5),
        3 => json!({ "any": [1, "a", null] }),
        _ => json!(choices.pick(&TEXTS).copied().unwrap_or_default()),
    }
}

/// Returns a value of a type without parts.
pub(super) fn of(schema: &Value, ty: &str, choices: &mut Choices) -> Value {
    match ty {
        "boolean" => json!(choices.one_in(2)),
        "integer" => integer(schema, choices),
        "number" if is_whole(schema) => integer(schema, choices),
        "number" => number(schema, choices),
        "string" => json!(string(schema, choices)),
        _ => Value::Null,
    }
}

/// Returns whether the format says that a number has no fraction: `int32` is one of numbers in the registry of OpenAPI.
fn is_whole(schema: &Value) -> bool {
    let format = schema.get("format").and_then(Value::as_str);
    matches!(format, Some("int32" | "int64" | "uint32" | "uint64"))
}

fn integer(schema: &Value, choices: &mut Choices) -> Value {
    let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
    let (least, most) = match schema.get("format").and_then(Value::as_str) {
        Some("int32") => (f64::from(i32::MIN), f64::from(i32::MAX)),
        Some("uint32") => (0.0, f64::from(u32::MAX)),
        Some("uint64") => (0.0, 9.0e15),
        _ => (-9.0e15, 9.0e15),
    };
    let least = bound("minimum").unwrap_or(least).max(least);
    let most = bound("maximum").unwrap_or(most).min(most);
    let step = bound("multipleOf").filter(|it| *it > 0.0).unwrap_or(1.0);
    let near = [0.0, 1.0, -1.0, 7.0, 100.0, 4096.0, least, most, least + 1.0, most - 1.0];
    let fit: Vec<f64> = near
        .iter()
        .map(|it| (it / step).round() * step)
        .filter(|it| (least..=most).contains(it))
        .collect();
    let it = choices.pick(&fit).copied().unwrap_or(least.ceil());
    #[expect(clippy::cast_possible_truncation, reason = "it is within the range")]
    Value::Number(Number::from(it as i64))
}

fn number(schema: &Value, choices: &mut Choices) -> Value {
    let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
    let least = bound("minimum").unwrap_or(-1.0e12);
    let most = bound("maximum").unwrap_or(1.0e12);
    let near = [0.0, 1.0, -1.5, 0.25, 12.75, 1000.0, least, most, f64::midpoint(least, most)];
    let fit: Vec<f64> = near.into_iter().filter(|it| (least..=most).contains(it)).collect();
    let it = choices.pick(&fit).copied().unwrap_or(least);
    // A whole number may be written without its fraction.
    #[expect(clippy::cast_possible_truncation, reason = "it is small")]
    if it.fract() == 0.0 && it.abs() < 1.0e9 && choices.one_in(2) {
        return json!(it as i64);
    }
    json!(it)
}

fn string(schema: &Value, choices: &mut Choices) -> String {
    let bound =
        |key: &str| schema.get(key).and_then(Value::as_u64).and_then(|it| usize::try_from(it).ok());
    let text = match schema.get("format").and_then(Value::as_str) {
        Some("date-time") => "2026-01-02T03:04:05.678Z",
        Some("date") => "2026-01-02",
        Some("time") => "03:04:05Z",
        Some("duration") => "P1DT2H",
        Some("uuid") => "01234567-89ab-cdef-0123-456789abcdef",
        Some("uri" | "url" | "uri-reference") => "https://example.com/a",
        Some("email") => "a@example.com",
        Some("hostname") => "example.com",
        Some("ipv4") => "192.0.2.1",
        Some("ipv6") => "2001:db8::1",
        Some("byte") => "YWJj",
        _ if schema.get("pattern").is_some() => {
            choices.pick(&OF_PATTERNS).copied().unwrap_or_default()
        }
        _ => choices.pick(&TEXTS).copied().unwrap_or_default(),
    };
    let least = bound("minLength").unwrap_or(0).min(10_000);
    let most = bound("maxLength").unwrap_or(usize::MAX).max(least);
    let padding = "x".chars().cycle().take(least.saturating_sub(text.chars().count()));
    text.chars().chain(padding).take(most).collect()
}
