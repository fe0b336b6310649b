//! An input that fails in, a smaller one that fails in the same way out.

use serde_json::Value;

use crate::mutate::{at_mut, places};

/// Makes an input smaller as long as `fails` says that it still fails, within a number of tries.
pub fn minimise(input: &[u8], tries: usize, mut fails: impl FnMut(&[u8]) -> bool) -> Vec<u8> {
    let mut left = tries;
    let mut fails = |it: &[u8]| {
        left = left.saturating_sub(1);
        left > 0 && fails(it)
    };
    let tree = serde_json::from_slice(input).ok().or_else(|| serde_yaml::from_slice(input).ok());
    match tree {
        Some(tree @ (Value::Object(_) | Value::Array(_))) if fails(tree.to_string().as_bytes()) => {
            of_tree(tree, &mut fails).to_string().into_bytes()
        }
        _ => of_bytes(input.to_vec(), &mut fails),
    }
}

/// Takes away whole nodes, the largest first, then puts what a node holds in its place, then shortens texts.
fn of_tree(mut tree: Value, fails: &mut impl FnMut(&[u8]) -> bool) -> Value {
    loop {
        let before = tree.to_string().len();
        for change in [without, with_child, shortened] {
            let mut index = 0;
            // Places are in the order of the tree, so that what holds much comes before what it holds.
            loop {
                let all = places(&tree);
                let Some(place) = all.get(index) else { break };
                let smaller = change(&tree, place).filter(|it| fails(it.to_string().as_bytes()));
                match smaller {
                    Some(smaller) => tree = smaller,
                    None => index += 1,
                }
            }
        }
        if tree.to_string().len() >= before {
            return tree;
        }
    }
}

type Place = [crate::mutate::Step];

fn without(tree: &Value, place: &Place) -> Option<Value> {
    let mut acc = tree.clone();
    crate::mutate::remove(&mut acc, place)?;
    Some(acc)
}

fn with_child(tree: &Value, place: &Place) -> Option<Value> {
    let mut acc = tree.clone();
    let node = at_mut(&mut acc, place)?;
    let child = match node {
        Value::Object(map) => {
            map.values().find(|it| !it.is_string()).or(map.values().next()).cloned()
        }
        Value::Array(list) => list.first().cloned(),
        _ => None,
    };
    *node = child?;
    Some(acc)
}

fn shortened(tree: &Value, place: &Place) -> Option<Value> {
    let mut acc = tree.clone();
    let node = at_mut(&mut acc, place)?;
    let Value::String(text) = node else { return None };
    let n = text.chars().count();
    if n < 2 {
        return None;
    }
    *text = text.chars().take(n / 2).collect();
    Some(acc)
}

/// Takes away pieces, from halves down to single bytes.
fn of_bytes(mut bytes: Vec<u8>, fails: &mut impl FnMut(&[u8]) -> bool) -> Vec<u8> {
    let mut size = bytes.len() / 2;
    while size > 0 {
        let mut at = 0;
        while at < bytes.len() {
            let until = (at + size).min(bytes.len());
            let smaller = [&bytes[..at], &bytes[until..]].concat();
            if fails(&smaller) {
                bytes = smaller;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_matters_is_left() {
        let tree = json!({ "a": { "b": [1, { "c": "needle" }], "d": 2 }, "e": [3, 4] });
        let left = minimise(tree.to_string().as_bytes(), 1_000, |it| {
            String::from_utf8_lossy(it).contains("needle")
        });
        assert!(left.len() < 16, "{}", String::from_utf8_lossy(&left));
        let bytes = b"\xff\xff\0 some text ! and more";
        assert_eq!(minimise(bytes, 1_000, |it| it.contains(&b'!')), b"!");
    }
}
