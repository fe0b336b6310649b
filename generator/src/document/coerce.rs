//! Converts scalars to the expected kind: `"true"` to a boolean, `1.0` to a whole number.

use serde_yaml::{Number, Value};

use super::check::Checked;
use super::kept::Kept;
use super::table::Kind;
use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::pointer::Pointer;

/// Checks a scalar; coerces it with a warning where the meaning is clear.
pub(super) fn scalar(
    value: &mut Value,
    kind: Kind,
    at: &Pointer,
    kept: &mut Kept,
    sink: &mut Sink,
) -> Checked {
    let meant = match kind {
        Kind::Text | Kind::Note => as_text(value),
        Kind::Flag => as_flag(value),
        Kind::Number => as_number(value),
        Kind::Count => as_count(value),
        _ => Some(value.clone()),
    };
    let Some(meant) = meant else {
        let title = format!("expected {}, found {}", wanted(kind), kind_of(value));
        let diagnostic = match value {
            Value::Null => Diagnostic::warning(codes::WRONG_KIND, at.clone(), title),
            _ => Diagnostic::error(codes::WRONG_KIND, at.clone(), title),
        };
        sink.push(diagnostic.label(format!("not {}", wanted(kind))));
        return Checked::Drop;
    };
    if &meant != value {
        // `1.0` is a whole number as well.
        if !value.is_number() || !meant.is_number() {
            warn(at, &format!("the value is read as {}", wanted(kind)), sink);
        }
        kept.node(at, value);
        *value = meant;
    }
    Checked::Keep
}

/// Returns a default as the type of its schema, where it is written as something else and can be that.
pub(super) fn default_of(ty: &str, value: &Value, at: &Pointer, sink: &mut Sink) -> Option<Value> {
    let meant = match ty {
        "boolean" => as_flag(value),
        "integer" => as_count(value).or_else(|| as_whole(value)),
        "number" => as_number(value),
        "string" if value.is_number() || value.is_bool() => as_text(value),
        _ => None,
    };
    let meant = meant.filter(|it| it != value)?;
    if !value.is_number() || !meant.is_number() {
        warn(at, &format!("the value is read as {}", article(ty)), sink);
    }
    Some(meant)
}

pub(super) fn warn(at: &Pointer, title: &str, sink: &mut Sink) {
    sink.push(Diagnostic::warning(codes::COERCED, at.clone(), title));
}

/// Returns the text of a scalar.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

fn as_text(value: &Value) -> Option<Value> {
    text_of(value).map(Value::String)
}

fn as_flag(value: &Value) -> Option<Value> {
    match value {
        Value::Bool(_) => Some(value.clone()),
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" => Some(Value::Bool(true)),
            "false" | "no" => Some(Value::Bool(false)),
            _ => None,
        },
        _ => None,
    }
}

fn as_number(value: &Value) -> Option<Value> {
    match value {
        Value::Number(number) if number.is_finite() => Some(value.clone()),
        Value::String(text) => {
            let text = text.trim();
            let whole = text.parse::<i64>().map(Number::from);
            let number = whole.or_else(|_| text.parse::<f64>().map(Number::from)).ok()?;
            number.is_finite().then_some(Value::Number(number))
        }
        _ => None,
    }
}

fn as_count(value: &Value) -> Option<Value> {
    as_whole(value).filter(Value::is_u64)
}

/// Returns a number that has no fraction as an integer: `1.0` as `1`.
pub(super) fn as_whole(value: &Value) -> Option<Value> {
    let Value::Number(number) = as_number(value)? else { return None };
    if !number.is_f64() {
        return Some(Value::Number(number));
    }
    // Written out and read back: `as` would saturate without a word.
    format!("{}", number.as_f64()?).parse::<i64>().ok().map(Value::from)
}

fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::Flag => "a boolean",
        Kind::Number => "a number",
        Kind::Count => "a whole number",
        _ => "a string",
    }
}

fn article(ty: &str) -> String {
    if ty.starts_with(['a', 'e', 'i', 'o', 'u']) { format!("an {ty}") } else { format!("a {ty}") }
}

/// Returns what a value is, for a message.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Sequence(_) => "a list",
        Value::Mapping(_) | Value::Tagged(_) => "a map",
    }
}
