//! A document in, documents that say the same in another way out: other order, inline for component, component for inline.

use serde_yaml::{Mapping, Value};

/// Lists in which order means nothing on the wire.
const SETS: [&str; 4] = ["required", "tags", "parameters", "security"];

/// Returns the document with every map and every set backwards.
pub(crate) fn backwards(node: &Value) -> Value {
    match node {
        Value::Mapping(members) => {
            let described = members
                .keys()
                .any(|it| it.as_str().is_some_and(|it| it.starts_with("x-enum") && it != "x-enum"));
            let turn = |(key, value): (&Value, &Value)| {
                let name = key.as_str().unwrap_or_default();
                let listed = ["enum", "x-enum"].contains(&name) && !described;
                if is_data(name) && name != "enum" {
                    return (key.clone(), value.clone());
                }
                let value = match backwards(value) {
                    Value::Sequence(mut all) if SETS.contains(&name) || listed => {
                        all.reverse();
                        Value::Sequence(all)
                    }
                    value => value,
                };
                (key.clone(), value)
            };
            let mut all: Vec<_> = members.iter().map(turn).collect();
            all.reverse();
            Value::Mapping(all.into_iter().collect())
        }
        Value::Sequence(all) => Value::Sequence(all.iter().map(backwards).collect()),
        other => other.clone(),
    }
}

/// Returns, for each reference to a component schema that does not hold
/// itself, the document with a copy in its place.
pub(crate) fn inlined(document: &Value) -> Vec<(String, Value)> {
    let mut places = Vec::new();
    references(document, &mut Vec::new(), &mut places);
    let component = |name: &str| &document["components"]["schemas"][name];
    let open = |name: &str| {
        let mut seen = Vec::new();
        !leads_to(document, component(name), name, &mut seen)
    };
    (places.into_iter())
        .filter(|(way, name)| open(name) && !is_tagged(document, way) && !is_base(component(name)))
        .map(|(way, name)| {
            let mut acc = document.clone();
            *at(&mut acc, &way) = component(&name).clone();
            (way.join("/"), acc)
        })
        .collect()
}

/// Returns, for each inline object of a property or a list, the document with
/// a component in its place.
pub(crate) fn extracted(document: &Value) -> Vec<(String, Value)> {
    let mut places = Vec::new();
    objects(document, &mut Vec::new(), &mut places);
    (places.into_iter())
        .map(|way| {
            let mut acc = document.clone();
            let node = std::mem::replace(at(&mut acc, &way), reference("ZzExtracted"));
            let schemas = at(&mut acc, &["components".to_owned(), "schemas".to_owned()]);
            schemas.as_mapping_mut().expect("a map").insert("ZzExtracted".into(), node);
            (way.join("/"), acc)
        })
        .collect()
}

fn reference(name: &str) -> Value {
    let mut acc = Mapping::new();
    acc.insert("$ref".into(), format!("#/components/schemas/{name}").into());
    Value::Mapping(acc)
}

fn name_of(node: &Value) -> Option<String> {
    let text = node.as_mapping().filter(|it| it.len() == 1)?.get("$ref")?.as_str()?;
    Some(text.strip_prefix("#/components/schemas/")?.to_owned())
}

/// A variant with a tag is known by the name of its component.
fn is_tagged(document: &Value, way: &[String]) -> bool {
    let owner = &way[..way.len().saturating_sub(2)];
    let node = owner.iter().fold(document, |node, token| step(node, token));
    node.get("discriminator").is_some()
}

/// Those that extend a schema with a tag extend the component, not a copy of it.
fn is_base(schema: &Value) -> bool {
    let has = |keyword: &str| schema.get(keyword).is_some();
    has("discriminator") && !has("oneOf") && !has("anyOf")
}

fn step<'a>(node: &'a Value, token: &str) -> &'a Value {
    match node {
        Value::Sequence(list) => &list[token.parse::<usize>().expect("an index")],
        node => &node[token],
    }
}

fn at<'a>(node: &'a mut Value, way: &[String]) -> &'a mut Value {
    way.iter().fold(node, |node, token| match node {
        Value::Sequence(list) => &mut list[token.parse::<usize>().expect("an index")],
        node => &mut node[token.as_str()],
    })
}

fn leads_to(document: &Value, node: &Value, name: &str, seen: &mut Vec<String>) -> bool {
    let found = match node.get("$ref").and_then(Value::as_str) {
        Some(text) => text.strip_prefix("#/components/schemas/").is_none_or(|it| {
            let is_new = !seen.iter().any(|other| other == it);
            seen.push(it.to_owned());
            it == name
                || is_new && leads_to(document, &document["components"]["schemas"][it], name, seen)
        }),
        None => false,
    };
    found
        || match node {
            Value::Mapping(all) => all.values().any(|it| leads_to(document, it, name, seen)),
            Value::Sequence(all) => all.iter().any(|it| leads_to(document, it, name, seen)),
            _ => false,
        }
}

type Way = Vec<String>;

/// What stands below is no schema, whatever it looks like.
fn is_data(key: &str) -> bool {
    ["example", "examples", "default", "enum", "discriminator"].contains(&key)
}

fn references(node: &Value, way: &mut Way, acc: &mut Vec<(Way, String)>) {
    if let Some(name) = name_of(node) {
        // A component that is another one has that name for itself.
        if way.len() > 3 && way.iter().rev().nth(1).is_none_or(|it| it != "allOf") {
            acc.push((way.clone(), name));
        }
    }
    each(node, way, &mut |node, way| references(node, way, acc));
}

fn objects(node: &Value, way: &mut Way, acc: &mut Vec<Way>) {
    let last = way.last().map(String::as_str);
    let under = way.iter().rev().nth(1).map(String::as_str);
    let placed = matches!(last, Some("items" | "schema")) || under == Some("properties");
    let structured = node.get("properties").is_some() && node.get("allOf").is_none();
    if placed && structured && way.len() > 3 {
        acc.push(way.clone());
    }
    each(node, way, &mut |node, way| objects(node, way, acc));
}

fn each(node: &Value, way: &mut Way, inner: &mut dyn FnMut(&Value, &mut Way)) {
    let mut go = |token: String, node: &Value| {
        way.push(token);
        inner(node, way);
        way.pop();
    };
    match node {
        Value::Mapping(all) => {
            for (key, node) in all {
                let key = key.as_str().unwrap_or_default().to_owned();
                if !is_data(&key) {
                    go(key, node);
                }
            }
        }
        Value::Sequence(all) => {
            all.iter().enumerate().for_each(|(index, node)| go(index.to_string(), node));
        }
        _ => {}
    }
}
