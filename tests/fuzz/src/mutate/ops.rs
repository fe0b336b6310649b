//! One change of a tree, in a place and of a kind that are chosen at random.

use serde_json::{Map, Value, json};

use super::walk::{Path, Step, at, at_mut, places, pointer, remove};
use crate::choices::Choices;
use crate::tables;

/// How many times a node is doubled, and how deep it is wrapped.
const MANY: &[usize] = &[2, 3, 8, 40, 200];
/// How large a tree may get, in nodes.
const MAX_NODES: usize = 20_000;

/// Changes the tree once; a change that does not fit its place does nothing.
pub(super) fn change(tree: &mut Value, other: &Value, choices: &mut Choices<'_>) {
    let all = places(tree);
    if all.is_empty() {
        return;
    }
    let place = choose(&all, choices);
    match choices.below(16) {
        0 => {
            remove(tree, &place);
        }
        1 => double(tree, &place, choices),
        2 => swap(tree, &place, &choose(&all, choices)),
        3 => set(tree, &place, tables::value(choices)),
        4 | 5 => link(tree, &place, &all, choices),
        6 => extend(tree, &place, &all, choices),
        7 => rename(tree, &place, tables::name(choices)),
        8 | 9 => say(tree, &place, choices),
        10 => deepen(tree, &place, choices),
        11 if all.len() < MAX_NODES => multiply(tree, &place, choices),
        12 => {
            let node = at(tree, &choose(&all, choices)).cloned().unwrap_or_default();
            set(tree, &place, node);
        }
        13 => {
            let theirs = places(other);
            if !theirs.is_empty() {
                let node = at(other, &choose(&theirs, choices)).cloned().unwrap_or_default();
                set(tree, &place, node);
            }
        }
        _ => {
            let (keyword, value) = tables::keyword(choices);
            if let Some(Value::Object(map)) = at_mut(tree, &place) {
                map.insert(keyword, value);
            }
        }
    }
}

/// Chooses a place; every other time one of a schema, since most rules are about those.
fn choose(all: &[Path], choices: &mut Choices<'_>) -> Path {
    let mut place: &Path = choices.pick(all);
    for _ in 0..4 {
        let is_of_schema = |step: &Step| matches!(step, Step::Key(it) if ["schema", "schemas", "parameters"].contains(&it.as_str()));
        if place.iter().any(is_of_schema) || choices.one_in(2) {
            break;
        }
        place = choices.pick(all);
    }
    place.clone()
}

fn set(tree: &mut Value, place: &[Step], value: Value) {
    if let Some(node) = at_mut(tree, place) {
        *node = value;
    }
}

fn double(tree: &mut Value, place: &[Step], choices: &mut Choices<'_>) {
    let Some((last, above)) = place.split_last() else { return };
    let Some(copy) = at(tree, place).cloned() else { return };
    match (at_mut(tree, above), last) {
        (Some(Value::Array(elements)), _) => elements.push(copy),
        (Some(Value::Object(map)), Step::Key(key)) => {
            let name = match choices.below(3) {
                0 => tables::name(choices),
                1 => format!("{key}_"),
                _ => key.to_ascii_uppercase(),
            };
            map.insert(name, copy);
        }
        _ => {}
    }
}

fn swap(tree: &mut Value, one: &[Step], two: &[Step]) {
    // A node cannot change places with one that holds it.
    if one.starts_with(two) || two.starts_with(one) {
        return;
    }
    let (Some(first), Some(second)) = (at(tree, one).cloned(), at(tree, two).cloned()) else {
        return;
    };
    set(tree, one, second);
    set(tree, two, first);
}

/// Returns a reference to any node, or to one above the place.
fn reference(place: &[Step], all: &[Path], choices: &mut Choices<'_>) -> String {
    let mut text = if choices.one_in(2) {
        pointer(&place[..choices.below(place.len().max(1))])
    } else {
        let other: &Path = choices.pick(all);
        pointer(other)
    };
    if choices.one_in(8) {
        text = text.replace('e', "%65");
    }
    text
}

fn link(tree: &mut Value, place: &[Step], all: &[Path], choices: &mut Choices<'_>) {
    let reference = json!(reference(place, all, choices));
    match at_mut(tree, place) {
        // In 3.1 siblings of a reference count.
        Some(Value::Object(map)) if choices.one_in(2) => {
            map.insert("$ref".to_owned(), reference);
        }
        Some(node) => *node = json!({ "$ref": reference }),
        None => {}
    }
}

/// Makes a node an extension of another, often of one that holds it.
fn extend(tree: &mut Value, place: &[Step], all: &[Path], choices: &mut Choices<'_>) {
    let reference = reference(place, all, choices);
    let keyword = *choices.pick(&["allOf", "allOf", "oneOf", "anyOf"]);
    if let Some(node) = at_mut(tree, place) {
        *node = json!({ keyword: [{ "$ref": reference }, node.take()] });
    }
}

fn rename(tree: &mut Value, place: &[Step], name: String) {
    if let Some((Step::Key(key), above)) = place.split_last()
        && let Some(Value::Object(map)) = at_mut(tree, above)
        && let Some(value) = map.remove(key.as_str())
    {
        map.insert(name, value);
    }
}

/// Puts a text where one stands, or into an object as one of the keywords that take texts.
fn say(tree: &mut Value, place: &[Step], choices: &mut Choices<'_>) {
    let text = if choices.one_in(4) { tables::name(choices) } else { tables::text(choices) };
    match at_mut(tree, place) {
        Some(Value::Object(map)) => {
            let keywords = [
                "description",
                "title",
                "summary",
                "name",
                "operationId",
                "x-component-name",
                "pattern",
                "format",
                "version",
                "url",
                "propertyName",
                "default",
                "deprecationReason",
            ];
            map.insert((*choices.pick(&keywords)).to_owned(), Value::String(text));
        }
        Some(Value::Array(list)) => list.push(Value::String(text)),
        Some(node) => *node = Value::String(text),
        None => {}
    }
}

fn deepen(tree: &mut Value, place: &[Step], choices: &mut Choices<'_>) {
    let Some(node) = at_mut(tree, place) else { return };
    let depth = *choices.pick(MANY) / 2 + 1;
    let kind = choices.below(7);
    for _ in 0..depth {
        let inner = node.take();
        *node = match kind {
            0 => json!({ "allOf": [inner] }),
            1 => json!({ "oneOf": [inner, { "type": "null" }] }),
            2 => json!({ "type": "array", "items": inner }),
            3 => json!({ "type": "object", "properties": { "a": inner } }),
            4 => json!({ "type": "object", "additionalProperties": inner }),
            5 => json!({ "anyOf": [{ "type": "object", "properties": { "a": inner } }] }),
            _ => json!([inner]),
        };
    }
}

fn multiply(tree: &mut Value, place: &[Step], choices: &mut Choices<'_>) {
    let times = *choices.pick(MANY);
    match at_mut(tree, place) {
        Some(Value::Array(list)) => {
            let once = list.clone();
            for _ in 1..times.min(MAX_NODES / once.len().max(1)) {
                list.extend(once.iter().cloned());
            }
        }
        Some(Value::Object(map)) => {
            let once: Map<String, Value> = map.clone();
            for n in 1..times.min(MAX_NODES / once.len().max(1)) {
                map.extend(once.iter().map(|(key, it)| (format!("{key}{n}"), it.clone())));
            }
        }
        _ => {}
    }
}
