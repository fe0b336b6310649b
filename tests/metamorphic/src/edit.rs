//! Nodes of a document, found and replaced by their place.

use serde_json::Value;

/// The methods that a path item has operations of.
pub(crate) const METHODS: [&str; 8] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Returns whether a document is of OpenAPI 3.0.
pub(crate) fn is_30(document: &Value) -> bool {
    document["openapi"].as_str().is_some_and(|it| it.starts_with("3.0"))
}

/// The place of a node: the keys and indexes that lead to it.
pub type Place = Vec<String>;

/// Returns the place one step further.
pub fn child(place: &[String], key: &(impl ToString + ?Sized)) -> Place {
    let mut acc = place.to_vec();
    acc.push(key.to_string());
    acc
}

/// Returns the node at a place.
pub fn find<'v>(document: &'v Value, place: &[String]) -> Option<&'v Value> {
    place.iter().try_fold(document, |node, key| match node {
        Value::Array(list) => list.get(key.parse::<usize>().ok()?),
        node => node.get(key),
    })
}

/// Returns the document with another node at a place.
pub fn replaced(document: &Value, place: &[String], new: Value) -> Value {
    let mut acc = document.clone();
    *find_mut(&mut acc, place) = new;
    acc
}

/// Returns the node at a place of a document that has one.
pub fn find_mut<'v>(document: &'v mut Value, place: &[String]) -> &'v mut Value {
    place.iter().fold(document, |node, key| match node {
        Value::Array(list) => {
            let index = key.parse().unwrap_or(usize::MAX);
            list.get_mut(index).unwrap_or_else(|| unreachable!("the place was found before"))
        }
        node => &mut node[key.as_str()],
    })
}

/// Returns the place that a reference inside the document leads to.
pub fn target(reference: &str) -> Option<Place> {
    let rest = reference.strip_prefix("#/")?;
    Some(rest.split('/').map(|it| it.replace("~1", "/").replace("~0", "~")).collect())
}

/// Returns a place as a JSON pointer.
pub fn pointer(place: &[String]) -> String {
    let escaped = place.iter().map(|it| format!("/{}", it.replace('~', "~0").replace('/', "~1")));
    format!("#{}", escaped.collect::<String>())
}
