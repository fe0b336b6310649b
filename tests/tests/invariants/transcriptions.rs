//! The Pinecone documents in `specs/` declare exactly what the published ones do, in other words.
//!
//! The published documents are not kept here. Where a copy of them is at hand
//! (`TAMARACK_CORPUS`, or `../shared/corpus` beside the workspace), every
//! transcription is compared with it; elsewhere the tests say so and pass.

use std::path::PathBuf;

use serde_yaml::{Mapping, Value};
use tamarack_tests::{shared, specs};

/// API and version of each.
const DOCUMENTS: [(&str, &str); 5] = [
    ("oauth", "2025-04"),
    ("oauth", "2025-10"),
    ("oauth", "2026-01.alpha"),
    ("oauth", "2026-04"),
    ("admin", "2026-04"),
];

/// The keys whose value is prose where OpenAPI gives them a meaning.
const PROSE: [&str; 3] = ["summary", "description", "title"];

#[test]
fn the_interface_is_the_published_one() {
    for (name, original, transcription) in documents() {
        assert_eq!(
            sorted(without_prose(&transcription)),
            sorted(without_prose(&original)),
            "{name}: the interface differs"
        );
    }
}

#[test]
fn the_prose_is_our_own() {
    for (name, original, transcription) in documents() {
        let (mut theirs, mut ours) = (Vec::new(), Vec::new());
        collect_prose(&original, &mut theirs);
        collect_prose(&transcription, &mut ours);
        assert!(ours.len() > 20, "{name}: where is the prose?");
        for text in ours {
            assert!(!theirs.contains(&text), "{name}: `{text}` is copied");
        }
    }
}

#[test]
fn a_property_named_like_a_prose_key_is_kept() {
    let document: Value = serde_yaml::from_str(
        "{title: a, properties: {title: {type: string, description: b}}, example: {summary: c}}",
    )
    .unwrap();
    let expected: Value = serde_yaml::from_str(
        "{title: '', properties: {title: {type: string, description: ''}}, example: {summary: c}}",
    )
    .unwrap();
    assert_eq!(without_prose(&document), expected);
}

/// Returns name, published document and transcription of each document;
/// empty where the published ones are not at hand.
fn documents() -> Vec<(String, Value, Value)> {
    let root = specs::root();
    let Some(published) = shared::folder("corpus/pinecone") else { return Vec::new() };
    let load = |path: PathBuf| -> Value {
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    DOCUMENTS
        .iter()
        .map(|(api, version)| {
            let original = published.join(format!("{version}/{api}_{version}.oas.yaml"));
            let transcription = root.join(format!("specs/pinecone/{version}/{api}.oas.yaml"));
            (format!("{api} {version}"), load(original), load(transcription))
        })
        .collect()
}

/// Returns the document with every prose text emptied; the keys stay, so that
/// a description that only one side has still shows.
fn without_prose(value: &Value) -> Value {
    map_members(value, &|key, member| match member {
        Value::String(_) if PROSE.contains(&key) => Some(Value::String(String::new())),
        _ => None,
    })
}

/// Rebuilds `value`; `replace` may give another value for a property of an
/// OpenAPI object. Examples and defaults are data and stay as they are, and
/// the keys of `properties` are names, not OpenAPI properties.
fn map_members(value: &Value, replace: &dyn Fn(&str, &Value) -> Option<Value>) -> Value {
    let Value::Mapping(mapping) = value else {
        return match value {
            Value::Sequence(items) => items.iter().map(|item| map_members(item, replace)).collect(),
            other => other.clone(),
        };
    };
    let mut acc = Mapping::new();
    for (key, member) in mapping {
        let name = key.as_str().unwrap_or_default();
        let new = match (name, member) {
            ("example" | "default" | "value", data) => data.clone(),
            // A list of values in a schema, Example Objects elsewhere.
            ("examples", Value::Sequence(_)) => member.clone(),
            ("properties", Value::Mapping(properties)) => properties
                .iter()
                .map(|(name, schema)| (name.clone(), map_members(schema, replace)))
                .collect::<Mapping>()
                .into(),
            _ => replace(name, member).unwrap_or_else(|| map_members(member, replace)),
        };
        acc.insert(key.clone(), new);
    }
    Value::Mapping(acc)
}

/// Adds every prose text of `value` to `acc`, trimmed.
fn collect_prose(value: &Value, acc: &mut Vec<String>) {
    let texts = std::cell::RefCell::new(Vec::new());
    map_members(value, &|key, member| {
        if let (true, Value::String(text)) = (PROSE.contains(&key), member) {
            texts.borrow_mut().push(text.trim().to_owned());
        }
        None
    });
    acc.extend(texts.into_inner());
}

/// Returns the document with the keys of every map sorted: their order is no
/// part of the interface.
fn sorted(value: Value) -> Value {
    match value {
        Value::Mapping(mapping) => {
            let mut members: Vec<_> =
                mapping.into_iter().map(|(key, member)| (key, sorted(member))).collect();
            members.sort_by(|(a, _), (b, _)| a.as_str().cmp(&b.as_str()));
            Value::Mapping(members.into_iter().collect())
        }
        Value::Sequence(items) => Value::Sequence(items.into_iter().map(sorted).collect()),
        other => other,
    }
}
