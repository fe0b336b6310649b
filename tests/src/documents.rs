//! A document as a tree of values in, the same document written another way out.

use serde_yaml::{Mapping, Value};
use tamarack::pipeline::Input;

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

/// Moves the first member of a map to its end.
pub fn rotate(map: &mut Mapping) {
    let mut members: Vec<_> = std::mem::take(map).into_iter().collect();
    members.rotate_left(1);
    map.extend(members);
}

/// Calls `change` on every map of the tree, the inner ones first.
pub fn each_map(value: &mut Value, change: &mut impl FnMut(&mut Mapping)) {
    match value {
        Value::Mapping(map) => {
            for (_, member) in map.iter_mut() {
                each_map(member, change);
            }
            change(map);
        }
        Value::Sequence(elements) => {
            for element in elements {
                each_map(element, change);
            }
        }
        _ => {}
    }
}
