//! Normalises `type` to one name as in 3.0: lists and `null` become `nullable` and `anyOf`.

use serde_yaml::{Mapping, Value};

use super::coerce;
use super::kept::Rewritten;
use super::listed::Lister;
use super::table::SCHEMA;
use crate::codes;
use crate::diagnostic::{Diagnostic, Loss, Sink};
use crate::nearest::nearest;
use crate::pointer::Pointer;

const TYPES: [&str; 6] = ["string", "number", "integer", "boolean", "array", "object"];

/// Rewrites `type` to one known name, or removes it.
pub(super) fn normalise_type(schema: &mut Rewritten<'_>, sink: &mut Sink) {
    match schema.get("type") {
        Some(Value::Sequence(_)) => type_list(schema, sink),
        Some(Value::String(_)) => one_type(schema, sink),
        Some(Value::Null) => {
            unquoted_null(&schema.at().child("type"), sink);
            null_alone(schema.changed());
        }
        _ => {}
    }
}

fn null_alone(members: &mut Mapping) {
    members.remove("type");
    members.insert("nullable".into(), true.into());
}

/// Reports `type: null` in YAML: without quotes it is the value, and OpenAPI asks for the word.
fn unquoted_null(at: &Pointer, sink: &mut Sink) {
    coerce::warn(at, "the value `null` is read as the type `null`", sink);
}

fn one_type(schema: &mut Rewritten<'_>, sink: &mut Sink) {
    let Some(name) = schema.text("type").filter(|it| !TYPES.contains(it)) else { return };
    let lower = name.to_ascii_lowercase();
    if name == "null" {
        null_alone(schema.changed());
    } else if TYPES.contains(&lower.as_str()) {
        let at = schema.at().child("type");
        coerce::warn(&at, &format!("the type is read as `{lower}`"), sink);
        schema.changed().insert("type".into(), lower.into());
    } else {
        unknown_type(name, schema.at(), sink);
        schema.changed().remove("type");
    }
}

fn unknown_type(name: &str, at: &Pointer, sink: &mut Sink) {
    let list = TYPES.map(|it| format!("`{it}`")).join(", ");
    let list = format!("the types are {list}, and from OpenAPI 3.1 on `null`");
    let help = match nearest(name, TYPES.into_iter().chain(["null"])) {
        Some(near) => format!("did you mean `{near}`? {list}"),
        // Swagger 2.0 had it.
        None if name == "file" => {
            format!("a file is `type: string` with `format: binary`; {list}")
        }
        None => list,
    };
    let diagnostic = Diagnostic::error(
        codes::UNKNOWN_TYPE,
        at.child("type"),
        format!("there is no type `{name}`"),
    );
    sink.push(diagnostic.label("no such type").help(help).loss(Loss::Schema(at.clone())));
}

fn type_list(schema: &mut Rewritten<'_>, sink: &mut Sink) {
    let at = schema.at();
    let members = schema.changed();
    let Some(Value::Sequence(list)) = members.remove("type") else { return };
    let mut names: Vec<String> = Vec::new();
    for (index, name) in list.iter().enumerate() {
        match name.as_str() {
            Some("null") => {
                members.insert("nullable".into(), true.into());
            }
            None if name.is_null() => {
                unquoted_null(&at.child("type").index(index), sink);
                members.insert("nullable".into(), true.into());
            }
            Some(name) if TYPES.contains(&name) => {
                if !names.iter().any(|it| it == name) {
                    names.push(name.to_owned());
                }
            }
            _ => unknown_type(name.as_str().unwrap_or("?"), &at.child("type").index(index), sink),
        }
    }
    match names.as_slice() {
        [] => {}
        [one] => {
            members.insert("type".into(), one.clone().into());
        }
        _ => several_types(members, &names, at, sink),
    }
}

/// Turns `type: [string, integer]` into `anyOf: [{type: string}, {type:
/// integer}]`, each with the keywords that speak of its type.
fn several_types(members: &mut Mapping, names: &[String], at: &Pointer, sink: &mut Sink) {
    if let Some(beside) =
        ["anyOf", "oneOf", "allOf"].into_iter().find(|it| members.contains_key(it))
    {
        let title = format!("the list of `type` has no effect beside `{beside}`");
        let at = at.child("type");
        let diagnostic = Diagnostic::warning(codes::KEYWORD, at.clone(), title).at_key();
        sink.push(diagnostic.loss(Loss::Part(at)));
        return;
    }
    if let Some(Value::Sequence(values)) = members.get(Lister::Enum.keyword()) {
        // The listed values say more than the list of types.
        if values.iter().all(|it| it.is_string() || it.is_null()) {
            members.insert("type".into(), "string".into());
        }
        return;
    }
    let branches = names.iter().map(|name| {
        let mut branch = Mapping::new();
        branch.insert("type".into(), name.clone().into());
        for keyword in keywords_of(name) {
            if let Some(value) = members.get(keyword) {
                branch.insert(keyword.into(), value.clone());
            }
        }
        Value::Mapping(branch)
    });
    let branches = branches.collect();
    for name in names {
        for keyword in keywords_of(name) {
            members.remove(keyword);
        }
    }
    members.insert("anyOf".into(), Value::Sequence(branches));
}

/// Returns the keywords that say something about values of one type alone.
fn keywords_of(ty: &str) -> impl Iterator<Item = &'static str> {
    let own: &[&str] = match ty {
        "string" => &["format"],
        "object" => &["required"],
        _ => &[],
    };
    let shared = SCHEMA.members.iter().filter(move |it| it.of.contains(&ty));
    shared.map(|it| it.name).chain(own.iter().copied())
}
