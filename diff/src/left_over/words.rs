//! The words of a row about a keyword that the model does not express: its subject and its values.

use serde_json::Value;
use tamarack::api::Written;

use super::super::at::At;
use super::super::describe;
use super::super::walk::Version;

/// Returns the subject of a row about the node at the end of a path.
pub(super) fn subject(at: &At, way: &[String]) -> String {
    let mut acc = at.subject.clone();
    let mut steps = way.iter().map(String::as_str);
    while let Some(step) = steps.next() {
        match step {
            "properties" => acc.extend([".", steps.next().unwrap_or_default()]),
            "items" => acc.push_str("[]"),
            "additionalProperties" => acc.push_str("{}"),
            "oneOf" | "anyOf" => acc.extend(["|", step]),
            "paths" => {
                let (path, method) = (steps.next(), steps.next());
                let method = method.unwrap_or_default().to_ascii_uppercase();
                acc = format!("{method} {}", path.unwrap_or_default());
            }
            "webhooks" | "x-webhooks" => {
                acc.extend([" webhook ", steps.next().unwrap_or_default()]);
            }
            "callbacks" => acc.extend([" callback ", steps.next().unwrap_or_default()]),
            "parameters" => acc.extend([" parameter ", steps.next().unwrap_or_default()]),
            "headers" => acc.extend([" header ", steps.next().unwrap_or_default()]),
            "responses" => acc.extend([" response ", steps.next().unwrap_or_default()]),
            "requestBody" => acc.push_str(" request body"),
            "securitySchemes" => {
                acc.extend([" security scheme ", steps.next().unwrap_or_default()]);
            }
            "content" => {
                steps.next();
            }
            "components" | "schema" => {}
            other => acc.extend([" ", other]),
        }
    }
    acc.trim().to_owned()
}

/// Returns a value as the document writes it; types by their names.
pub(super) fn json(version: Version<'_>, it: &Written, depth: usize) -> Value {
    match it {
        _ if depth > DEEPEST => Value::from("…"),
        Written::Plain(value) => value.clone(),
        Written::List(all) | Written::Set(all) => {
            all.iter().map(|it| json(version, it, depth + 1)).collect()
        }
        Written::Map(all) => {
            let all = all.iter().map(|it| (it.0.clone(), json(version, it.1, depth + 1)));
            Value::Object(all.collect())
        }
        Written::Part(index) => match version.api.parts[*index].ty {
            Some(id) => Value::from(describe::name(version, id)),
            None => json(version, &version.api.parts[*index].value, depth + 1),
        },
        Written::Note(inner) | Written::Way(_, inner) => json(version, inner, depth),
    }
}

/// A row is one line: what lies deeper is cut off anyway.
const DEEPEST: usize = 8;
