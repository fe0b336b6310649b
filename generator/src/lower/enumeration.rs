//! `enum`, `x-enum` or `x-extensible-enum` on a string in, an open enum out.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Lowering;
use crate::api::{EnumSpelling, EnumValue, NameOf, OpenEnum};
use crate::document::Schema;
use crate::pointer::Pointer;

/// The keywords of enums that may grow.
pub(super) const EXTENSIONS: [&str; 2] = ["x-enum", "x-extensible-enum"];

/// Returns whether a schema lists the values of a string.
pub(super) fn is_string_enum(schema: &Schema) -> bool {
    let string = schema.keywords.ty.as_deref().is_none_or(|ty| ty == "string");
    string
        && listed(schema)
            .is_some_and(|(_, values)| texts(values).next().is_some() && no_other_kinds(values))
}

/// Returns the texts that a string enum lists.
pub(super) fn known_texts(schema: &Schema) -> Vec<&str> {
    match listed(schema) {
        Some((_, values)) if is_string_enum(schema) => {
            texts(values).map(|(_, text)| text).collect()
        }
        _ => Vec::new(),
    }
}

/// Returns the one text a schema allows, when it allows one only.
pub(super) fn only_text(schema: &Schema) -> Option<&str> {
    let (_, values) = listed(schema)?;
    let mut texts = texts(values).map(|(_, text)| text);
    match (texts.next(), texts.next()) {
        (Some(one), None) if is_string_enum(schema) => Some(one),
        _ => None,
    }
}

/// Returns whether the listed values hold a `null`.
pub(super) fn lists_null(schema: &Schema) -> bool {
    listed(schema).is_some_and(|(_, values)| values.iter().any(Value::is_null))
}

/// Lowers the listed values of a string.
pub(super) fn lower_enum(schema: &Schema, acc: &mut Lowering<'_>) -> OpenEnum {
    acc.take(schema, &["type", "format", "enum", "allOf"]);
    let (keyword, values) = listed(schema).unwrap_or(("enum", &[]));
    let at = schema.pointer.child(keyword);
    let mut known: Vec<EnumValue> = Vec::new();
    let mut seen = BTreeSet::new();
    for (index, text) in texts(values) {
        if !seen.insert(text) {
            continue;
        }
        let pointer = at.index(index);
        known.push(EnumValue {
            text: text.to_owned(),
            given_name: value_name(schema, &pointer, index, acc),
            description: value_description(schema, text, index),
            pointer,
        });
    }
    let spelling = if keyword == "enum" { EnumSpelling::Enum } else { EnumSpelling::XEnum };
    // Whether letter case matters is marked at the end, where twins are known.
    OpenEnum { values: known, spelling, ignore_case: false }
}

fn value_name(
    schema: &Schema,
    at: &Pointer,
    index: usize,
    acc: &mut Lowering<'_>,
) -> Option<String> {
    let names = || {
        let keys = ["x-enum-varnames", "x-enumNames"];
        keys.iter()
            .find_map(|key| schema.data.extensions.get(*key)?.as_array()?.get(index)?.as_str())
    };
    acc.marks.name(at, NameOf::Variant).or_else(|| names().map(str::to_owned))
}

fn value_description(schema: &Schema, text: &str, index: usize) -> Option<String> {
    let descriptions = ["x-enum-descriptions", "x-enumDescriptions"];
    let found = descriptions.iter().find_map(|key| match schema.data.extensions.get(*key)? {
        Value::Array(list) => list.get(index)?.as_str(),
        Value::Object(map) => map.get(text)?.as_str(),
        _ => None,
    });
    found.filter(|it| !it.is_empty()).map(str::to_owned)
}

fn listed(schema: &Schema) -> Option<(&'static str, &[Value])> {
    if let Some(values) = &schema.keywords.enumeration {
        return Some(("enum", values));
    }
    EXTENSIONS
        .iter()
        .find_map(|key| Some((*key, schema.data.extensions.get(*key)?.as_array()?.as_slice())))
}

fn texts(values: &[Value]) -> impl Iterator<Item = (usize, &str)> {
    values.iter().enumerate().filter_map(|(index, value)| Some((index, value.as_str()?)))
}

fn no_other_kinds(values: &[Value]) -> bool {
    values.iter().all(|value| value.is_string() || value.is_null())
}
