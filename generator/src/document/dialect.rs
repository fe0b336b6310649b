//! A schema of 3.0 or 3.1 in, the same schema in the dialect of 3.0 out, with `$ref` alone or inside `allOf`.

use serde_yaml::{Mapping, Value};

use super::kept::{Kept, Rewritten};
use super::listed::Lister;
use super::{SECRET_KEYWORDS, coerce, types};
use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::members;
use crate::pointer::Pointer;

/// What is written for `nullable` where Swagger 2.0 had no word for it.
pub(crate) const X_NULLABLE: &str = "x-nullable";

/// Rewrites a schema that is not a map, and `$ref` with siblings.
pub(super) fn whole_schema(value: &mut Value, at: &Pointer, kept: &mut Kept, sink: &mut Sink) {
    let is_other = match value {
        Value::Bool(_) | Value::Null => true,
        Value::Mapping(members) => {
            members.len() > 1 && members::get(members, "$ref").is_some_and(Value::is_string)
        }
        _ => false,
    };
    if !is_other {
        return;
    }
    kept.node(at, value);
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
    let Some(reference) = members.remove("$ref") else { return };
    let says =
        |it: &str| Lister::is_keyword(it) || SECRET_KEYWORDS.contains(&it) || it == X_NULLABLE;
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
pub(super) fn normalise(schema: &mut Rewritten<'_>, sink: &mut Sink) {
    misplaced_required(schema, sink);
    nullable_extension(schema);
    null_branches(schema, "oneOf");
    null_branches(schema, "anyOf");
    types::normalise_type(schema, sink);
    constant(schema);
    exclusive_bound(schema, "exclusiveMinimum", "minimum");
    exclusive_bound(schema, "exclusiveMaximum", "maximum");
    examples(schema);
    discriminator(schema, sink);
    values_of_type(schema, sink);
}

/// `required: true` beside a property is Swagger's parameter spelling; lists
/// of names on scalars come from copied code. Neither says anything.
fn misplaced_required(schema: &mut Rewritten<'_>, sink: &mut Sink) {
    let Some(required) = schema.get("required") else { return };
    let scalar =
        matches!(schema.text("type"), Some("string" | "integer" | "number" | "boolean" | "array"));
    let flag =
        required.is_bool() || required.as_str().is_some_and(|it| it == "true" || it == "false");
    if flag || (scalar && required.is_sequence()) {
        let title = if flag {
            "`required` of a schema is a list of property names"
        } else {
            "`required` does not apply to a schema that is not an object"
        };
        let at = schema.at().child("required");
        sink.push(
            Diagnostic::warning(codes::MISPLACED_KEYWORD, at, title).at_key().label("ignored"),
        );
        schema.changed().remove("required");
    }
}

/// Returns whether `x-nullable` says of a schema that it allows `null`. Where both stand, `nullable` says it.
pub(crate) fn is_x_nullable(members: &Mapping) -> bool {
    let is_null = members::get(members, X_NULLABLE).and_then(Value::as_bool) == Some(true);
    is_null && members::get(members, "nullable").is_none()
}

/// `x-nullable: true` is how authors of Swagger 2.0 write what is `nullable` in 3.0, and what converters leave
/// of it.
fn nullable_extension(schema: &mut Rewritten<'_>) {
    if is_x_nullable(schema.members()) {
        schema.changed().insert("nullable".into(), true.into());
    }
}

/// Turns `anyOf: [T, {type: null}]` into a nullable `anyOf: [T]`. The hole
/// keeps the pointers of the other branches true.
fn null_branches(schema: &mut Rewritten<'_>, keyword: &str) {
    if !schema.list(keyword).is_some_and(|it| it.iter().any(is_null_schema)) {
        return;
    }
    let members = schema.changed();
    let Some(Value::Sequence(branches)) = members::get_mut(members, keyword) else { return };
    for branch in branches.iter_mut().filter(|branch| is_null_schema(branch)) {
        *branch = Value::Null;
    }
    let bare = branches.iter().all(Value::is_null);
    members.insert("nullable".into(), true.into());
    if bare {
        members.remove(keyword);
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
fn constant(schema: &mut Rewritten<'_>) {
    let Some(value) = schema.get("const").cloned() else { return };
    if schema.list("enum").is_none_or(|it| it.contains(&value)) {
        let members = schema.changed();
        members.remove("const");
        members.insert("enum".into(), Value::Sequence(vec![value]));
    }
}

/// 3.1 writes `exclusiveMinimum: 0` for what 3.0 writes `minimum: 0,
/// exclusiveMinimum: true`.
/// Of two bounds the narrower one says what both say.
fn exclusive_bound(schema: &mut Rewritten<'_>, exclusive: &str, bound: &str) {
    let Some(value) = schema.get(exclusive).filter(|it| it.is_number()).cloned() else { return };
    let beside = schema.get(bound).and_then(Value::as_f64);
    let is_wider = beside.zip(value.as_f64()).is_some_and(|(inclusive, exclusive)| {
        if bound == "minimum" { inclusive > exclusive } else { inclusive < exclusive }
    });
    let members = schema.changed();
    if is_wider {
        members.remove(exclusive);
    } else {
        members.insert(exclusive.into(), true.into());
        members.insert(bound.into(), value);
    }
}

fn examples(schema: &mut Rewritten<'_>) {
    if schema.get("examples").is_none() {
        return;
    }
    let members = schema.changed();
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
fn discriminator(schema: &mut Rewritten<'_>, sink: &mut Sink) {
    if let Some(name) = schema.text("discriminator").map(str::to_owned) {
        let at = schema.at().child("discriminator");
        coerce::warn(&at, "the value is read as `propertyName`", sink);
        let mut object = Mapping::new();
        object.insert("propertyName".into(), name.into());
        schema.changed().insert("discriminator".into(), Value::Mapping(object));
    }
}

/// Reads default, enum values and bounds as what the type says they are.
fn values_of_type(schema: &mut Rewritten<'_>, sink: &mut Sink) {
    let Some(ty) = schema.text("type") else { return };
    let (is_integer, is_string) = (ty == "integer", ty == "string");
    let default = schema
        .get("default")
        .and_then(|it| coerce::default_of(ty, it, &schema.at().child("default"), sink));
    if let Some(default) = default {
        schema.changed().insert("default".into(), default);
    }
    if is_integer {
        for bound in ["minimum", "maximum", "multipleOf"] {
            // `1.0` is an integer as well.
            let written = schema.get(bound).filter(|it| it.is_f64());
            if let Some(whole) = written.and_then(coerce::as_whole) {
                schema.changed().insert(bound.into(), whole);
            }
        }
    }
    if is_string {
        for keyword in Lister::ALL.map(Lister::keyword) {
            listed_texts(schema, keyword, sink);
        }
    }
}

/// Reads what a list of strings holds as strings.
fn listed_texts(schema: &mut Rewritten<'_>, keyword: &str, sink: &mut Sink) {
    if schema.list(keyword).is_none_or(|it| it.iter().all(Value::is_string)) {
        return;
    }
    let at = schema.at();
    let Some(Value::Sequence(values)) = members::get_mut(schema.changed(), keyword) else { return };
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
