//! The declared values of a string in, an open enum out.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Lowering;
use crate::api::{EnumSpelling, EnumValue, NameOf, OpenEnum};
use crate::document::{Listed, Schema};
use crate::pointer::Pointer;

/// Lowers the listed values of a string.
pub(super) fn lower_enum(schema: &Schema, listed: &Listed, acc: &mut Lowering<'_>) -> OpenEnum {
    acc.take(schema, &["type", "enum", "allOf"]);
    let mut known: Vec<EnumValue> = Vec::new();
    let mut seen = BTreeSet::new();
    for (index, text) in listed.texts() {
        if !seen.insert(text) {
            continue;
        }
        let pointer = listed.at.index(index);
        known.push(EnumValue {
            text: text.to_owned(),
            given_name: value_name(schema, &pointer, index, acc),
            description: value_description(schema, text, index),
            pointer,
        });
    }
    let spelling = if listed.by.is_open() { EnumSpelling::XEnum } else { EnumSpelling::Enum };
    // Whether letter case matters is marked at the end, where twins are known.
    OpenEnum { values: known, spelling, ignore_case: false }
}

fn value_name(
    schema: &Schema,
    at: &Pointer,
    index: usize,
    acc: &mut Lowering<'_>,
) -> Option<String> {
    let given = || given_name(schema, index).map(str::to_owned);
    acc.marks.name(at, NameOf::Variant).or_else(given)
}

/// Returns what the document calls a listed value.
pub(super) fn given_name(schema: &Schema, index: usize) -> Option<&str> {
    let keys = ["x-enum-varnames", "x-enumNames"];
    keys.iter().find_map(|key| schema.data.extensions.get(*key)?.as_array()?.get(index)?.as_str())
}

/// Returns what the document says about a listed value.
pub(super) fn value_description(schema: &Schema, text: &str, index: usize) -> Option<String> {
    let descriptions = ["x-enum-descriptions", "x-enumDescriptions"];
    let found = descriptions.iter().find_map(|key| match schema.data.extensions.get(*key)? {
        Value::Array(list) => list.get(index)?.as_str(),
        Value::Object(map) => map.get(text)?.as_str(),
        _ => None,
    });
    found.filter(|it| !it.is_empty()).map(str::to_owned)
}
