//! Nodes that mean the same in, one spelling out, so that a document written differently is no change.
//!
//! Only what certainly means the same is rewritten: what an object says of its properties in parts
//! of `allOf` or at once, a part alone, `type` beside the values of an enum, null as a type or as a
//! branch, an object that is open, and default values of a parameter.

use serde_yaml::{Mapping, Value};

use crate::api::Fate;
use crate::document::table::SCHEMA;
use crate::document::{X_NULLABLE, is_x_nullable};

/// Returns another spelling of a schema, or `None` if it is the one that is compared.
pub(super) fn schema(members: &Mapping) -> Option<Mapping> {
    const STEPS: [fn(&mut Mapping) -> bool; 7] = [
        open_object,
        nullable_extension,
        nullable,
        null_branch,
        object_parts,
        only_part,
        type_of_values,
    ];
    // Most schemas have nothing that could be written differently.
    const ANY_OF: [&str; 7] =
        ["additionalProperties", X_NULLABLE, "nullable", "oneOf", "anyOf", "allOf", "enum"];
    if !ANY_OF.iter().any(|it| members.contains_key(it)) {
        return None;
    }
    let mut acc = members.clone();
    let mut any = false;
    // Each step takes something away, so this ends.
    while STEPS.iter().any(|step| step(&mut acc)) {
        any = true;
    }
    any.then_some(acc)
}

/// Returns another spelling of a parameter, or `None` if it is the one that is compared.
pub(super) fn parameter(members: &Mapping) -> Option<Mapping> {
    let usual = match text(members, "in")? {
        "query" | "cookie" => "form",
        _ => "simple",
    };
    // The default of `explode` depends on the style (OpenAPI 3.1.1 §4.8.12.2).
    let style = text(members, "style").unwrap_or(usual);
    let explode = members.get("explode").and_then(Value::as_bool);
    let mut acc = members.clone();
    if style == usual {
        acc.shift_remove("style");
    }
    if explode == Some(style == "form") {
        acc.shift_remove("explode");
    }
    (acc.len() < members.len()).then_some(acc)
}

/// Returns whether a schema allows every value.
fn allows_all(schema: &Value) -> bool {
    schema.as_bool() == Some(true) || schema.as_mapping().is_some_and(Mapping::is_empty)
}

/// `additionalProperties` that allow everything are the default.
fn open_object(schema: &mut Mapping) -> bool {
    let is_open = schema.get("additionalProperties").is_some_and(allows_all);
    is_open && schema.shift_remove("additionalProperties").is_some()
}

/// `x-nullable` says what `nullable` does, where that does not stand.
fn nullable_extension(schema: &mut Mapping) -> bool {
    if !is_x_nullable(schema) {
        return false;
    }
    schema.shift_remove(X_NULLABLE);
    schema.insert("nullable".into(), true.into());
    true
}

/// `nullable` of 3.0 is a type of 3.1.
fn nullable(schema: &mut Mapping) -> bool {
    if schema.get("nullable").and_then(Value::as_bool) != Some(true) {
        return false;
    }
    let Some(ty) = text(schema, "type").map(str::to_owned) else { return false };
    schema.shift_remove("nullable");
    schema.insert("type".into(), or_null(ty));
    true
}

fn or_null(ty: String) -> Value {
    Value::Sequence(vec![ty.into(), "null".into()])
}

/// A value and null are two branches, or two types.
fn null_branch(schema: &mut Mapping) -> bool {
    for keyword in ["oneOf", "anyOf"] {
        let Some([one, two]) = list(schema, keyword) else { continue };
        let is_null = |it: &Value| {
            it.as_mapping().is_some_and(|it| it.len() == 1 && text(it, "type") == Some("null"))
        };
        let branch = match (is_null(one), is_null(two)) {
            (false, true) => one,
            (true, false) => two,
            _ => continue,
        };
        let Some(branch) = branch.as_mapping() else { continue };
        let is_plain = !["enum", "const", "$ref", "not", "allOf", "oneOf", "anyOf", "if"]
            .iter()
            .any(|it| branch.contains_key(it));
        let ty = text(branch, "type").filter(|_| is_plain).map(str::to_owned);
        let (Some(ty), true) = (ty, says_else_only_notes(schema, keyword)) else { continue };
        let branch = branch.clone();
        schema.shift_remove(keyword);
        move_up(schema, branch);
        schema.insert("type".into(), or_null(ty));
        return true;
    }
    false
}

/// Parts of `allOf` that only name properties say them of the whole.
fn object_parts(schema: &mut Mapping) -> bool {
    const RESTRICTS: [&str; 4] =
        ["additionalProperties", "unevaluatedProperties", "patternProperties", "$ref"];
    let Some(parts) = list(schema, "allOf") else { return false };
    let is_object = |it: &Mapping| text(it, "type").is_none_or(|it| it == "object");
    if RESTRICTS.iter().any(|it| schema.contains_key(it))
        || !is_object(schema)
        || schema.get("type").is_some_and(|it| !it.is_string())
    {
        return false;
    }
    let says_properties = |it: &Mapping| {
        let known =
            |name: &str| ["type", "properties", "required"].contains(&name) || is_note(name);
        is_object(it)
            && it.contains_key("properties")
            && it.keys().filter_map(Value::as_str).all(known)
    };
    let is_new = |it: &Mapping| {
        let own = map(schema, "properties");
        map(it, "properties")
            .is_some_and(|it| it.keys().all(|name| own.is_none_or(|own| !own.contains_key(name))))
    };
    let found = parts
        .iter()
        .position(|it| it.as_mapping().is_some_and(|it| says_properties(it) && is_new(it)));
    let Some(index) = found else { return false };
    let Some(Value::Sequence(parts)) = schema.get_mut("allOf") else { return false };
    let Value::Mapping(mut part) = parts.remove(index) else { return false };
    if parts.is_empty() {
        schema.shift_remove("allOf");
    }
    if let Some(Value::Mapping(more)) = part.shift_remove("properties") {
        let own = schema.entry("properties".into()).or_insert_with(|| Mapping::new().into());
        own.as_mapping_mut().into_iter().for_each(|own| own.extend(more.clone()));
    }
    if let Some(Value::Sequence(more)) = part.shift_remove("required") {
        let own = schema.entry("required".into()).or_insert_with(|| Value::Sequence(Vec::new()));
        if let Some(own) = own.as_sequence_mut() {
            let new: Vec<_> = more.into_iter().filter(|it| !own.contains(it)).collect();
            own.extend(new);
        }
    }
    move_up(schema, part);
    true
}

/// The only part of a schema that says nothing else is the schema.
fn only_part(schema: &mut Mapping) -> bool {
    let Some([Value::Mapping(part)]) = list(schema, "allOf") else { return false };
    if !says_else_only_notes(schema, "allOf") {
        return false;
    }
    let part = part.clone();
    schema.shift_remove("allOf");
    move_up(schema, part);
    true
}

/// The values of an enum have their type.
fn type_of_values(schema: &mut Mapping) -> bool {
    let (Some(ty), Some(values)) = (text(schema, "type"), list(schema, "enum")) else {
        return false;
    };
    let is_of_type = |it: &Value| match ty {
        "string" => it.is_string(),
        "boolean" => it.is_bool(),
        "integer" => it.is_i64() || it.is_u64(),
        "number" => it.is_number(),
        _ => false,
    };
    let is_implied = !values.is_empty() && values.iter().all(is_of_type);
    is_implied && schema.shift_remove("type").is_some()
}

/// Puts the members of a part into the whole; texts of the whole stay.
fn move_up(schema: &mut Mapping, part: Mapping) {
    for (name, value) in part {
        schema.entry(name).or_insert(value);
    }
}

fn says_else_only_notes(schema: &Mapping, keyword: &str) -> bool {
    schema.keys().filter_map(Value::as_str).all(|it| it == keyword || is_note(it))
}

/// Returns whether a member says nothing of what is valid.
fn is_note(name: &str) -> bool {
    let fate = SCHEMA.member(name).map(|it| it.fate);
    name.starts_with("x-") || matches!(fate, Some(Fate::Note | Fate::Annotation))
}

fn text<'a>(members: &'a Mapping, name: &str) -> Option<&'a str> {
    members.get(name).and_then(Value::as_str)
}

fn list<'a>(members: &'a Mapping, name: &str) -> Option<&'a [Value]> {
    members.get(name).and_then(Value::as_sequence).map(Vec::as_slice)
}

fn map<'a>(members: &'a Mapping, name: &str) -> Option<&'a Mapping> {
    members.get(name).and_then(Value::as_mapping)
}
