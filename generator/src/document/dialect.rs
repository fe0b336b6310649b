//! A schema of 3.0 or 3.1 in, the same schema in the dialect of 3.0 out, with `$ref` alone or inside `allOf`.

use serde_yaml::{Mapping, Value};

use super::listed::Lister;
use super::{SECRET_KEYWORDS, coerce, types};
use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::members;
use crate::pointer::Pointer;

/// Rewrites a schema that is not a map, and `$ref` with siblings.
pub(super) fn whole_schema(value: &mut Value, at: &Pointer, sink: &mut Sink) {
    match value {
        // JSON Schema 2020-12 §4.3.2: `true` allows everything, `false` nothing.
        Value::Bool(true) => *value = Value::Mapping(Mapping::new()),
        Value::Bool(false) => {
            let mut members = Mapping::new();
            members.insert("not".into(), Value::Mapping(Mapping::new()));
            *value = Value::Mapping(members);
        }
        Value::Null => {
            coerce::warn(at, "the value is read as an empty schema", sink);
            *value = Value::Mapping(Mapping::new());
        }
        Value::Mapping(members) => wrap_reference(members),
        _ => {}
    }
}

/// Turns `{$ref, description, ..}` into `{allOf: [{$ref}], description, ..}`.
/// 3.0 ignores the siblings of `$ref`, 3.1 does not, and what authors write
/// there they mean.
fn wrap_reference(members: &mut Mapping) {
    if !members::get(members, "$ref").is_some_and(Value::is_string) || members.len() == 1 {
        return;
    }
    let Some(reference) = members.remove("$ref") else { return };
    let says = |it: &str| Lister::is_keyword(it) || SECRET_KEYWORDS.contains(&it);
    let is_remark = |it: &str| it.starts_with("x-") && !says(it) || it == "summary";
    if members.keys().all(|key| key.as_str().is_some_and(is_remark)) {
        members.clear();
        members.insert("$ref".into(), reference);
        return;
    }
    let mut alone = Mapping::new();
    alone.insert("$ref".into(), reference);
    let all_of = members.entry("allOf".into()).or_insert_with(|| Value::Sequence(Vec::new()));
    if let Value::Sequence(parts) = all_of {
        parts.push(Value::Mapping(alone));
    }
}

/// Rewrites the keywords of a schema.
pub(super) fn normalise(members: &mut Mapping, at: &Pointer, sink: &mut Sink) {
    misplaced_required(members, at, sink);
    null_branches(members, "oneOf");
    null_branches(members, "anyOf");
    types::normalise_type(members, at, sink);
    constant(members);
    exclusive_bound(members, "exclusiveMinimum", "minimum");
    exclusive_bound(members, "exclusiveMaximum", "maximum");
    examples(members);
    discriminator(members, at, sink);
    values_of_type(members, at, sink);
}

/// `required: true` beside a property is Swagger's parameter spelling; lists
/// of names on scalars come from copied code. Neither says anything.
fn misplaced_required(members: &mut Mapping, at: &Pointer, sink: &mut Sink) {
    let scalar = matches!(
        members::get(members, "type").and_then(Value::as_str),
        Some("string" | "integer" | "number" | "boolean" | "array")
    );
    let Some(required) = members::get(members, "required") else { return };
    let flag =
        required.is_bool() || required.as_str().is_some_and(|it| it == "true" || it == "false");
    if flag || (scalar && required.is_sequence()) {
        let title = if flag {
            "`required` of a schema is a list of property names"
        } else {
            "`required` does not apply to a schema that is not an object"
        };
        let at = at.child("required");
        sink.push(
            Diagnostic::warning(codes::MISPLACED_KEYWORD, at, title).at_key().label("ignored"),
        );
        members.remove("required");
    }
}

/// Turns `anyOf: [T, {type: null}]` into a nullable `anyOf: [T]`. The hole
/// keeps the pointers of the other branches true.
fn null_branches(members: &mut Mapping, keyword: &str) {
    let Some(Value::Sequence(branches)) = members::get_mut(members, keyword) else { return };
    let mut nullable = false;
    for branch in branches.iter_mut().filter(|branch| is_null_schema(branch)) {
        *branch = Value::Null;
        nullable = true;
    }
    if nullable {
        let bare = branches.iter().all(Value::is_null);
        members.insert("nullable".into(), true.into());
        if bare {
            members.remove(keyword);
        }
    }
}

fn is_null_schema(schema: &Value) -> bool {
    let one_null =
        |list: &Value| matches!(list.as_sequence().map(Vec::as_slice), Some([Value::Null]));
    schema.get("type").is_some_and(|ty| ty.as_str() == Some("null"))
        || schema.get("const").is_some_and(Value::is_null)
        || schema.get("enum").is_some_and(one_null)
}

/// The one value of `const` is what is left of a list that holds it; beside
/// another list it stays as it is written.
fn constant(members: &mut Mapping) {
    let Some(value) = members::get(members, "const").cloned() else { return };
    let is_listed = match members.get("enum") {
        Some(Value::Sequence(values)) => values.contains(&value),
        _ => true,
    };
    if is_listed {
        members.remove("const");
        members.insert("enum".into(), Value::Sequence(vec![value]));
    }
}

/// 3.1 writes `exclusiveMinimum: 0` for what 3.0 writes `minimum: 0,
/// exclusiveMinimum: true`.
/// Of two bounds the narrower one says what both say.
fn exclusive_bound(members: &mut Mapping, exclusive: &str, bound: &str) {
    let Some(value) = members::get(members, exclusive).filter(|it| it.is_number()).cloned() else {
        return;
    };
    let beside = members.get(bound).and_then(Value::as_f64);
    let is_wider = beside.zip(value.as_f64()).is_some_and(|(inclusive, exclusive)| {
        if bound == "minimum" { inclusive > exclusive } else { inclusive < exclusive }
    });
    if is_wider {
        members.remove(exclusive);
    } else {
        members.insert(exclusive.into(), true.into());
        members.insert(bound.into(), value);
    }
}

fn examples(members: &mut Mapping) {
    if members::get(members, "examples").is_none() {
        return;
    }
    let Some(examples) = members.remove("examples") else { return };
    let first = match examples {
        Value::Sequence(list) => list.into_iter().next(),
        Value::Mapping(map) => map.into_iter().next().map(|(_, example)| example),
        _ => None,
    };
    if let Some(first) = first
        && !members.contains_key("example")
    {
        members.insert("example".into(), first);
    }
}

/// `discriminator: type` is Swagger 2.0's spelling.
fn discriminator(members: &mut Mapping, at: &Pointer, sink: &mut Sink) {
    if let Some(value @ Value::String(_)) = members::get(members, "discriminator").cloned() {
        coerce::warn(&at.child("discriminator"), "the value is read as `propertyName`", sink);
        let mut object = Mapping::new();
        object.insert("propertyName".into(), value);
        members.insert("discriminator".into(), Value::Mapping(object));
    }
}

/// Reads default, enum values and bounds as what the type says they are.
fn values_of_type(members: &mut Mapping, at: &Pointer, sink: &mut Sink) {
    let Some(ty) = members::get(members, "type").and_then(Value::as_str).map(str::to_owned) else {
        return;
    };
    if let Some(default) = members::get_mut(members, "default") {
        coerce::default_of(&ty, default, &at.child("default"), sink);
    }
    if ty == "integer" {
        for bound in ["minimum", "maximum", "multipleOf"] {
            if let Some(value) = members::get_mut(members, bound)
                && value.is_f64()
                && let Some(whole) = coerce::as_whole(value)
            {
                // `1.0` is an integer as well.
                *value = whole;
            }
        }
    }
    if ty == "string" {
        for keyword in Lister::ALL.map(Lister::keyword) {
            listed_texts(members, keyword, at, sink);
        }
    }
}

/// Reads what a list of strings holds as strings.
fn listed_texts(members: &mut Mapping, keyword: &str, at: &Pointer, sink: &mut Sink) {
    let Some(Value::Sequence(values)) = members::get_mut(members, keyword) else { return };
    for (index, value) in values.iter_mut().enumerate() {
        if !value.is_string()
            && let Some(text) = coerce::text_of(value)
        {
            let at = at.child(keyword).index(index);
            let title = format!("the value of a string enum is read as the string `{text}`");
            coerce::warn(&at, &title, sink);
            *value = Value::String(text);
        }
    }
}
