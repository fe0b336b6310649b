//! Documents as trees of values, to change them in tests.

use serde_yaml::{Mapping, Value};
use tamarack::Input;

/// Returns the tree of a document.
///
/// # Panics
///
/// When the text is no YAML.
pub fn tree(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("no YAML: {error}"))
}

/// Returns the same input with another tree for its document.
///
/// # Panics
///
/// When the tree cannot be written.
pub fn with_tree(input: &Input, tree: &Value) -> Input {
    let mut acc = input.clone();
    acc.spec.content = serde_yaml::to_string(tree).expect("a tree is YAML");
    acc
}

/// Returns the map at the end of `keys`.
///
/// # Panics
///
/// When there is none.
pub fn map_at<'a>(tree: &'a mut Value, keys: &[&str]) -> &'a mut Mapping {
    let mut node = tree;
    for key in keys {
        node = node.get_mut(*key).unwrap_or_else(|| panic!("no `{key}` in {keys:?}"));
    }
    node.as_mapping_mut().unwrap_or_else(|| panic!("no map at {keys:?}"))
}

/// Turns the order of a map round.
pub fn reverse(map: &mut Mapping) {
    let members: Vec<_> = std::mem::take(map).into_iter().collect();
    map.extend(members.into_iter().rev());
}

/// Moves the first property of a map to its end.
pub fn rotate(map: &mut Mapping) {
    let mut members: Vec<_> = std::mem::take(map).into_iter().collect();
    members.rotate_left(1);
    map.extend(members);
}

/// Returns the way to every value of the tree that `wanted` is true of, the
/// outer ones first.
pub fn ways_to(tree: &Value, wanted: &impl Fn(&Value) -> bool) -> Vec<Vec<Value>> {
    let mut acc = Vec::new();
    if wanted(tree) {
        acc.push(Vec::new());
    }
    let members: Vec<(Value, &Value)> = match tree {
        Value::Mapping(map) => map.iter().map(|(key, member)| (key.clone(), member)).collect(),
        Value::Sequence(elements) => {
            elements.iter().enumerate().map(|(index, it)| (Value::from(index), it)).collect()
        }
        _ => Vec::new(),
    };
    for (step, member) in members {
        for mut rest in ways_to(member, wanted) {
            rest.insert(0, step.clone());
            acc.push(rest);
        }
    }
    acc
}

/// Returns the value at the end of a way.
///
/// # Panics
///
/// When there is none.
pub fn at_mut<'a>(tree: &'a mut Value, way: &[Value]) -> &'a mut Value {
    let mut node = tree;
    for step in way {
        node = match step.as_u64().and_then(|index| usize::try_from(index).ok()) {
            Some(index) if node.is_sequence() => &mut node[index],
            _ => node.get_mut(step).unwrap_or_else(|| panic!("no {step:?} in {way:?}")),
        };
    }
    node
}

/// Puts a property before all others of a map.
pub fn put_first(map: &mut Mapping, key: &str, value: Value) {
    let members: Vec<_> = std::mem::take(map).into_iter().collect();
    map.insert(key.into(), value);
    map.extend(members);
}
