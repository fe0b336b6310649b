//! A large document in, a small one of some of its paths and what they refer to out: small ones are read so fast that
//! many are tried.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::choices::Choices;

/// How many path items stay at most.
const MAX_PATHS: usize = 4;
/// How many components of one kind stay at most.
const MAX_COMPONENTS: usize = 40;

/// Leaves some paths of a document, and of its components what those refer to and a few others.
pub fn reduce(tree: &mut Value, choices: &mut Choices<'_>) {
    let n = 1 + choices.below(MAX_PATHS);
    if let Some(Value::Object(paths)) = tree.get_mut("paths") {
        thin(paths, n, choices);
    }
    let components = tree.get("components").cloned().unwrap_or_default();
    let mut named = BTreeSet::new();
    for (key, node) in tree.as_object().into_iter().flatten() {
        if key != "components" {
            collect(node, &mut named);
        }
    }
    loop {
        let before = named.len();
        let found: Vec<_> = named.iter().cloned().collect();
        for reference in found {
            let node = reference.strip_prefix("#/components").and_then(|it| components.pointer(it));
            if let Some(node) = node {
                collect(node, &mut named);
            }
        }
        if named.len() == before || named.len() > MAX_COMPONENTS * 4 {
            break;
        }
    }
    let Some(Value::Object(kinds)) = tree.get_mut("components") else { return };
    for (kind, members) in kinds.iter_mut().filter(|(kind, _)| *kind != "securitySchemes") {
        let Value::Object(members) = members else { continue };
        let mut left = 0;
        let extra = choices.below(3);
        let mut n_extra = 0;
        members.retain(|name, _| {
            let is_named = named.contains(&format!("#/components/{kind}/{name}"));
            n_extra += usize::from(!is_named);
            left += 1;
            (is_named || n_extra <= extra) && left <= MAX_COMPONENTS
        });
    }
}

/// Leaves `n` members, wherever they stand.
fn thin(map: &mut Map<String, Value>, n: usize, choices: &mut Choices<'_>) {
    while map.len() > n {
        let keys: Vec<_> = map.keys().cloned().collect();
        let first = choices.below(keys.len());
        let n_gone = (map.len() - n).min(1 + map.len() / 3);
        for key in keys.iter().cycle().skip(first).take(n_gone) {
            map.remove(key);
        }
    }
}

/// Adds every reference below a node.
fn collect(node: &Value, acc: &mut BTreeSet<String>) {
    match node {
        Value::Object(map) => {
            if let Some(Value::String(reference)) = map.get("$ref") {
                acc.insert(reference.clone());
            }
            map.values().for_each(|it| collect(it, acc));
        }
        Value::Array(list) => list.iter().for_each(|it| collect(it, acc)),
        _ => {}
    }
}
