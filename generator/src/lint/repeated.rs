//! Lists with repeated entries: parameters, enum values, required names, tags.

use serde_yaml::Value;

use super::Findings;
use super::fits::same;
use super::sites::{Site, Sites};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::table::{OPENAPI, OPERATION, PATH_ITEM};
use crate::pointer::Pointer;

pub(super) fn check(sites: &Sites<'_>, acc: &mut Findings<'_>) {
    for site in sites.of(&OPERATION).chain(sites.of(&PATH_ITEM)) {
        parameters(site, sites, acc);
    }
    for site in sites.schemas() {
        for name in ["enum", "required"] {
            values(site, name, acc);
        }
    }
    for site in sites.of(&OPENAPI) {
        tags(site, acc);
    }
}

/// A parameter is what its name and its location say (OpenAPI 3.0.3 §4.7.12).
fn parameters(site: &Site<'_>, sites: &Sites<'_>, acc: &mut Findings<'_>) {
    let at = site.at.child("parameters");
    let list = site.members.get("parameters").and_then(Value::as_sequence);
    let mut seen: Vec<(String, &str, usize)> = Vec::new();
    for (index, parameter) in list.into_iter().flatten().enumerate() {
        let Some(parameter) = sites.deref(parameter) else { continue };
        let text = |name: &str| parameter.get(name).and_then(Value::as_str);
        let (Some(name), Some(location)) = (text("name"), text("in")) else { continue };
        // The names of headers have no case (RFC 9110 §5.1).
        let key = if location == "header" { name.to_ascii_lowercase() } else { name.to_owned() };
        let first = seen.iter().find(|it| it.0 == key && it.1 == location);
        if let Some((.., first)) = first {
            let title = format!("the parameter `{name}` in `{location}` is declared twice");
            acc.push(repeated(at.index(index), at.index(*first), title));
        } else {
            seen.push((key, location, index));
        }
    }
}

fn values(site: &Site<'_>, name: &str, acc: &mut Findings<'_>) {
    let Some(list) = site.members.get(name).and_then(Value::as_sequence) else { return };
    let at = site.at.child(name);
    // Texts are most of what is listed, and lists of ten thousand exist.
    let mut texts = std::collections::BTreeMap::new();
    for (index, value) in list.iter().enumerate() {
        let first = match value {
            Value::String(text) => match texts.get(text.as_str()) {
                Some(first) => Some(*first),
                None => {
                    texts.insert(text.as_str(), index);
                    None
                }
            },
            Value::Number(_) | Value::Bool(_) => {
                list.iter().take(index).take(1_000).position(|it| same(it, value))
            }
            _ => None,
        };
        if let Some(first) = first {
            let title = format!("`{name}` lists the same value twice");
            acc.push(repeated(at.index(index), at.index(first), title));
        }
    }
}

fn tags(site: &Site<'_>, acc: &mut Findings<'_>) {
    let Some(list) = site.members.get("tags").and_then(Value::as_sequence) else { return };
    let at = site.at.child("tags");
    let names: Vec<_> = list.iter().map(|it| it.get("name").and_then(Value::as_str)).collect();
    for (index, name) in names.iter().enumerate() {
        let Some(name) = name else { continue };
        let first = names[..index].iter().position(|it| it == &Some(*name));
        if let Some(first) = first {
            let title = format!("the tag `{name}` is declared twice");
            acc.push(repeated(at.index(index), at.index(first), title));
        }
    }
}

fn repeated(again: Pointer, first: Pointer, title: String) -> Diagnostic {
    Diagnostic::warning(codes::REPEATED, again, title)
        .label("declared again here")
        .other(first, "first declared here")
}
