//! Which documents can be rewritten: those whose meaning does not depend on where something is written.
//!
//! A reference into the middle of something leads elsewhere when that is written differently, and one
//! into another file leads nowhere. A path parameter that the path does not have means nothing
//! (OpenAPI 3.1.1 §4.8.12.1), so no way to write it is right.

use serde_json::Value;

use crate::edit::{METHODS, find, target};

/// Returns whether a document can be rewritten.
pub(crate) fn is_sound(document: &Value) -> bool {
    references_lead_to_components(document) && paths_have_their_parameters(document)
}

fn references_lead_to_components(node: &Value) -> bool {
    match node {
        Value::Array(all) => all.iter().all(references_lead_to_components),
        Value::Object(members) => {
            let own = members.get("$ref").and_then(Value::as_str);
            let is_component =
                |it: &str| target(it).is_some_and(|it| it.len() == 3 && it[0] == "components");
            own.is_none_or(is_component) && members.values().all(references_lead_to_components)
        }
        _ => true,
    }
}

fn paths_have_their_parameters(document: &Value) -> bool {
    let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    paths.into_iter().all(|(path, item)| {
        let operations = METHODS.iter().filter_map(|it| item.get(*it));
        let lists = operations.chain([item]).filter_map(|it| it.get("parameters")?.as_array());
        lists.flatten().all(|parameter| {
            let reference = parameter.get("$ref").and_then(Value::as_str).and_then(target);
            let parameter = reference.and_then(|it| find(document, &it)).unwrap_or(parameter);
            let name = parameter["name"].as_str().unwrap_or_default();
            parameter["in"] != "path" || path.contains(&format!("{{{name}}}"))
        })
    })
}
