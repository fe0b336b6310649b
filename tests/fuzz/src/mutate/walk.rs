//! The places of a tree: all of them as steps, and back.

use std::fmt::Write as _;

use serde_json::Value;

/// A step from a node to one below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the member of a map.
    Key(String),
    /// To an element of a list.
    Index(usize),
}

/// The way from the root to a node.
pub(super) type Path = Vec<Step>;

/// How many places are looked at: a tree can be multiplied until it has more than can be listed.
const MAX_PLACES: usize = 60_000;

/// Returns the places of all nodes but the root, in the order of the tree.
pub fn places(tree: &Value) -> Vec<Vec<Step>> {
    let mut acc = Vec::new();
    collect(tree, &mut Vec::new(), &mut acc);
    acc
}

fn collect(node: &Value, path: &mut Path, acc: &mut Vec<Path>) {
    let below: Vec<(Step, &Value)> = match node {
        Value::Object(map) => map.iter().map(|(key, it)| (Step::Key(key.clone()), it)).collect(),
        Value::Array(list) => list.iter().enumerate().map(|(n, it)| (Step::Index(n), it)).collect(),
        _ => return,
    };
    for (step, child) in below {
        if acc.len() >= MAX_PLACES {
            return;
        }
        path.push(step);
        acc.push(path.clone());
        collect(child, path, acc);
        path.pop();
    }
}

/// Returns the node at a place.
pub fn at<'a>(tree: &'a Value, path: &[Step]) -> Option<&'a Value> {
    path.iter().try_fold(tree, |node, step| match step {
        Step::Key(key) => node.get(key.as_str()),
        Step::Index(index) => node.get(*index),
    })
}

/// Returns the node at a place, to change it.
pub fn at_mut<'a>(tree: &'a mut Value, path: &[Step]) -> Option<&'a mut Value> {
    path.iter().try_fold(tree, |node, step| match step {
        Step::Key(key) => node.get_mut(key.as_str()),
        Step::Index(index) => node.get_mut(*index),
    })
}

/// Takes the node at a place out of the tree.
pub fn remove(tree: &mut Value, path: &[Step]) -> Option<Value> {
    let (last, above) = path.split_last()?;
    match (at_mut(tree, above)?, last) {
        (Value::Object(map), Step::Key(key)) => map.remove(key.as_str()),
        (Value::Array(elements), Step::Index(index)) if *index < elements.len() => {
            Some(elements.remove(*index))
        }
        _ => None,
    }
}

/// Returns a place as the fragment of a reference (RFC 6901 section 6).
pub fn pointer(path: &[Step]) -> String {
    let mut acc = "#".to_owned();
    for step in path {
        acc.push('/');
        match step {
            Step::Key(key) => acc.push_str(&key.replace('~', "~0").replace('/', "~1")),
            Step::Index(index) => {
                let _ = write!(acc, "{index}");
            }
        }
    }
    acc
}
