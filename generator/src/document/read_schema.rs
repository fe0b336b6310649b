//! A checked schema in, its node and those of its subschemas out.

use indexmap::IndexMap;
use serde_yaml::{Mapping, Value};

use super::Document;
use super::leaves::Leaves;
use super::listed::Listed;
use super::node::{AdditionalProperties, JsonContent, Keywords, RefOr, Schema};
use super::table::SCHEMA;
use crate::diagnostic::Sink;
use crate::members;
use crate::pointer::Pointer;

/// Returns whether a keyword holds schemas, each of which is read as a node of its own,
/// or what no stage reads.
fn is_below(keyword: &str) -> bool {
    keyword == "xml" || SCHEMA.member(keyword).is_some_and(|it| it.kind.holds_schemas())
}

/// Reads the schema at `at` and all below; returns its pointer.
pub(super) fn schema(
    value: &Value,
    at: Pointer,
    acc: &mut Document,
    sink: &mut Sink,
) -> Option<Pointer> {
    let members = value.as_mapping()?;
    let node = match members::get(members, "$ref") {
        Some(Value::String(text)) => RefOr::Ref(text.clone()),
        _ => RefOr::Node(Box::new(node(members, &at, acc, sink)?)),
    };
    acc.schemas.insert(at.clone(), node);
    Some(at)
}

fn node(members: &Mapping, at: &Pointer, acc: &mut Document, sink: &mut Sink) -> Option<Schema> {
    let below = |keyword: &str| members::get(members, keyword);
    let leaves = Leaves::of(members, is_below);
    let data = leaves.typed(at, sink)?;
    let mut keywords: Keywords = leaves.typed(at, sink)?;
    keywords.never = below("not").and_then(Value::as_mapping).is_some_and(Mapping::is_empty);
    keywords.has_prefix =
        below("prefixItems").and_then(Value::as_sequence).is_some_and(|it| !it.is_empty());
    let values = Listed::of(members, at);
    if keywords.ty.is_none()
        && let Some(ty) = values.as_ref().filter(|it| !it.by.is_open()).and_then(Listed::ty)
    {
        keywords.ty = Some(ty.to_owned());
    }
    let mut schema = Schema {
        pointer: at.clone(),
        data,
        keywords,
        listed: values,
        properties: named(below("properties"), &at.child("properties"), acc, sink),
        additional: additional(below("additionalProperties"), at, acc, sink),
        items: below("items").and_then(|it| self::schema(it, at.child("items"), acc, sink)),
        all_of: listed(below("allOf"), &at.child("allOf"), acc, sink),
        one_of: listed(below("oneOf"), &at.child("oneOf"), acc, sink),
        any_of: listed(below("anyOf"), &at.child("anyOf"), acc, sink),
        content_media_type: below("contentMediaType").and_then(Value::as_str).map(str::to_owned),
        json_content: None,
        parts: Vec::new(),
    };
    let content = below("contentSchema");
    let content = content.and_then(|it| self::schema(it, at.child("contentSchema"), acc, sink));
    if is_json(members) {
        schema.json_content = Some(JsonContent { schema: content });
    }
    for keyword in ["$defs", "definitions"] {
        named(below(keyword), &at.child(keyword), acc, sink);
    }
    let properties = (below("patternProperties"), below("additionalProperties"));
    pattern_properties(properties, &mut schema, acc, sink);
    Some(schema)
}

/// Returns whether strings hold JSON as it is. Without a media type, `contentSchema` is ignored (JSON Schema
/// 2020-12 validation §8.5).
fn is_json(members: &Mapping) -> bool {
    let media_type = members::get(members, "contentMediaType").and_then(Value::as_str);
    let Some(media_type) = media_type else { return false };
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_json = essence == "application/json" || essence.ends_with("+json");
    is_json && members.get("contentEncoding").is_none()
}

fn named(
    value: Option<&Value>,
    at: &Pointer,
    acc: &mut Document,
    sink: &mut Sink,
) -> IndexMap<String, Pointer> {
    let mut pointers = IndexMap::new();
    for (name, value) in value.and_then(Value::as_mapping).into_iter().flatten() {
        let name = name.as_str().unwrap_or_default();
        if let Some(pointer) = schema(value, at.child(name), acc, sink) {
            pointers.insert(name.to_owned(), pointer);
        }
    }
    pointers
}

fn listed(
    value: Option<&Value>,
    at: &Pointer,
    acc: &mut Document,
    sink: &mut Sink,
) -> Vec<Pointer> {
    let values = value.and_then(Value::as_sequence).into_iter().flatten().enumerate();
    values.filter_map(|(index, value)| schema(value, at.index(index), acc, sink)).collect()
}

fn additional(
    value: Option<&Value>,
    at: &Pointer,
    acc: &mut Document,
    sink: &mut Sink,
) -> Option<AdditionalProperties> {
    match value? {
        Value::Bool(true) => Some(AdditionalProperties::Allowed),
        Value::Bool(false) => Some(AdditionalProperties::Denied),
        value => schema(value, at.child("additionalProperties"), acc, sink)
            .map(AdditionalProperties::Schema),
    }
}

/// A property whose name matches a pattern is one of any name to a reader. Its
/// type holds for all further properties where no others are allowed, or where
/// they have the same one; else they can be anything (JSON Schema 2020-12 core
/// §10.3.2: what matches no pattern is not constrained).
fn pattern_properties(
    (value, others): (Option<&Value>, Option<&Value>),
    schema: &mut Schema,
    acc: &mut Document,
    sink: &mut Sink,
) {
    let patterns = named(value, &schema.pointer.child("patternProperties"), acc, sink);
    let Some((_, first)) = patterns.first() else { return };
    let mut written = value.and_then(Value::as_mapping).into_iter().flat_map(Mapping::values);
    let one = written.next();
    let is_one = written.all(|it| Some(it) == one);
    let others_too = match &schema.additional {
        Some(AdditionalProperties::Denied) => true,
        Some(AdditionalProperties::Schema(_)) => one == others,
        None | Some(AdditionalProperties::Allowed) => false,
    };
    schema.additional = Some(if is_one && others_too {
        AdditionalProperties::Schema(first.clone())
    } else {
        schema.keywords.patterns_weakened = true;
        AdditionalProperties::Allowed
    });
}
