//! A checked tree in, its nodes out: paths, operations, parameters, bodies, responses, components.

use serde::Deserialize;
use serde_yaml::{Mapping, Value};

use super::leaves::{Leaves, typed};
use super::node::{
    Callback, Encoding, MediaType, Operation, PathItem, RefOr, RequestBody, Response,
    SecurityRequirement, Server,
};
use super::read_parameter::{header, parameter, parameters};
use super::read_schema::schema;
use super::table::Cost;
use super::{Document, METHODS, Table, WEBHOOKS, check};
use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::pointer::Pointer;

/// Reads every node of the document.
pub(super) fn document(tree: &Value, acc: &mut Document, sink: &mut Sink) {
    let root = Pointer::root();
    info(tree.get("info"), acc, sink);
    acc.servers = servers(tree.get("servers"), &root, sink);
    acc.security = tree.get("security").and_then(|it| security(it, &root, sink));
    if let Some(components) = tree.get("components") {
        self::components(components, &root.child("components"), acc, sink);
    }
    for (template, value, at) in members(tree.get("paths"), root.child("paths")) {
        if !template.starts_with("x-") {
            path_item(value, &at, acc, sink);
            acc.paths.push((template.to_owned(), at));
        }
    }
    for section in WEBHOOKS {
        for (name, value, at) in members(tree.get(section), root.child(section)) {
            if section == "webhooks" || !name.starts_with("x-") {
                path_item(value, &at, acc, sink);
                acc.webhooks.push((name.to_owned(), at));
            }
        }
    }
}

fn info(value: Option<&Value>, acc: &mut Document, sink: &mut Sink) {
    let at = Pointer::root().child("info");
    let (none, blank) = (Mapping::new(), Value::from(""));
    let members = value.and_then(Value::as_mapping).unwrap_or(&none);
    let mut info = Leaves::of(members, |it| ["contact", "license"].contains(&it));
    for name in ["title", "version"] {
        if info.get(name).is_none() {
            let title = format!("the Info Object has no `{name}`");
            sink.push(Diagnostic::warning(codes::MISSING_MEMBER, at.clone(), title));
            info.add(name, &blank);
        }
    }
    acc.info = info.typed(&at, sink).unwrap_or_default();
}

fn components(tree: &Value, at: &Pointer, acc: &mut Document, sink: &mut Sink) {
    let all = |section: &str| members(tree.get(section), at.child(section));
    for (name, value, at) in all("schemas") {
        if let Some(at) = schema(value, at, acc, sink) {
            acc.component_schemas.push((name.to_owned(), at));
        }
    }
    for (_, value, at) in all("parameters") {
        parameter(value, at, acc, sink);
    }
    for (_, value, at) in all("headers") {
        header(value, at, acc, sink);
    }
    for (_, value, at) in all("requestBodies") {
        request_body(value, at, acc, sink);
    }
    for (_, value, at) in all("responses") {
        response(value, at, acc, sink);
    }
    for (_, value, at) in all("callbacks") {
        callback(value, at, acc, sink);
    }
    for (_, value, at) in all("pathItems") {
        path_item(value, &at, acc, sink);
    }
    for (name, value, at) in all("securitySchemes") {
        put(&mut acc.schemes, value, at.clone(), Some(value.clone()));
        acc.security_schemes.push((name.to_owned(), at));
    }
}

fn path_item(value: &Value, at: &Pointer, acc: &mut Document, sink: &mut Sink) {
    let node = PathItem {
        pointer: at.clone(),
        servers: servers(value.get("servers"), at, sink),
        parameters: parameters(value, at, acc, sink),
        operations: operations(value, at, acc, sink),
    };
    if node.operations.is_empty() {
        put(&mut acc.path_items, value, at.clone(), Some(node));
        return;
    }
    if value.get("$ref").is_some() {
        // What OpenAPI 3.0.3 §4.7.9.1 leaves undefined: the operations that
        // stand here are the ones the author sees.
        let title = "`$ref` beside operations is ignored";
        sink.push(Diagnostic::warning(codes::MISPLACED_KEYWORD, at.child("$ref"), title).at_key());
    }
    acc.path_items.insert(at.clone(), RefOr::Node(Box::new(node)));
}

/// Reads the operations of a path item, in the order of the document.
fn operations(item: &Value, at: &Pointer, acc: &mut Document, sink: &mut Sink) -> Vec<Operation> {
    let mut operations = Vec::new();
    for (name, value, at) in members(Some(item), at.clone()) {
        let method = METHODS.into_iter().find(|method| *method == name);
        operations.extend(method.and_then(|method| operation(method, value, at, acc, sink)));
    }
    operations
}

fn operation(
    method: &'static str,
    value: &Value,
    at: Pointer,
    acc: &mut Document,
    sink: &mut Sink,
) -> Option<Operation> {
    /// What an operation says itself (OpenAPI 3.0.3 §4.7.10). The type of `openapiv3` would read the nodes below it
    /// too.
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Itself {
        #[serde(default)]
        tags: Vec<String>,
        summary: Option<String>,
        description: Option<String>,
        operation_id: Option<String>,
        #[serde(default)]
        deprecated: bool,
    }

    let leaves = Leaves::of(value.as_mapping()?, |_| false);
    let loss = || check::loss(Cost::Operation, &at);
    let itself: Itself = leaves.typed_or(&at, loss, sink)?;
    let data = openapiv3::Operation {
        tags: itself.tags,
        summary: itself.summary,
        description: itself.description,
        operation_id: itself.operation_id,
        deprecated: itself.deprecated,
        security: value.get("security").and_then(|it| security(it, &at, sink)),
        ..Default::default()
    };
    let responses = members(value.get("responses"), at.child("responses"))
        .filter(|(status, ..)| !status.starts_with("x-"))
        .map(|(status, value, at)| (status.to_owned(), response(value, at, acc, sink)))
        .collect();
    Some(Operation {
        method,
        data,
        servers: servers(value.get("servers"), &at, sink),
        parameters: parameters(value, &at, acc, sink),
        body: value
            .get("requestBody")
            .map(|it| request_body(it, at.child("requestBody"), acc, sink)),
        responses,
        callbacks: members(value.get("callbacks"), at.child("callbacks"))
            .filter(|(name, ..)| !name.starts_with("x-"))
            .map(|(name, value, at)| (name.to_owned(), callback(value, at, acc, sink)))
            .collect(),
        pointer: at,
    })
}

fn callback(value: &Value, at: Pointer, acc: &mut Document, sink: &mut Sink) -> Pointer {
    let mut node = Callback { items: Vec::new() };
    if value.get("$ref").is_none() {
        for (expression, value, at) in members(Some(value), at.clone()) {
            if !expression.starts_with("x-") {
                path_item(value, &at, acc, sink);
                node.items.push((expression.to_owned(), at));
            }
        }
    }
    put(&mut acc.callbacks, value, at, Some(node))
}

fn request_body(value: &Value, at: Pointer, acc: &mut Document, sink: &mut Sink) -> Pointer {
    /// What a body says itself (OpenAPI 3.0.3 §4.7.13).
    #[derive(Deserialize)]
    struct Itself {
        description: Option<String>,
        required: Option<bool>,
    }

    let members = value.as_mapping().filter(|it| !it.contains_key("$ref"));
    let node = members.and_then(|it| {
        let Itself { description, required } = typed(it, &at, sink)?;
        let content = content(value, &at, acc, sink);
        Some(RequestBody { description, required, content, pointer: at.clone() })
    });
    put(&mut acc.request_bodies, value, at, node)
}

fn response(value: &Value, at: Pointer, acc: &mut Document, sink: &mut Sink) -> Pointer {
    let text = value.get("description").and_then(Value::as_str).unwrap_or_default();
    let headers = members(value.get("headers"), at.child("headers"));
    let node = Response {
        description: text.to_owned(),
        headers: headers
            .map(|(name, value, at)| (name.to_owned(), header(value, at, acc, sink)))
            .collect(),
        content: content(value, &at, acc, sink),
        pointer: at.clone(),
    };
    put(&mut acc.responses, value, at, Some(node))
}

pub(super) fn content(
    owner: &Value,
    at: &Pointer,
    acc: &mut Document,
    sink: &mut Sink,
) -> Vec<(String, MediaType)> {
    let all = members(owner.get("content"), at.child("content"));
    let media = all.map(|(name, value, at)| {
        let mut read = |keyword: &str| {
            value.get(keyword).and_then(|it| schema(it, at.child(keyword), acc, sink))
        };
        let (schema, item_schema) = (read("schema"), read("itemSchema"));
        let (encodings, examples) = (encodings(value, &at), examples(value));
        let media = MediaType { schema, item_schema, examples, encodings, pointer: at };
        (name.to_owned(), media)
    });
    media.collect()
}

/// Returns how the properties of a body are written.
fn encodings(media: &Value, at: &Pointer) -> Vec<(String, Encoding)> {
    let text = |it: &Value, name: &str| it.get(name).and_then(Value::as_str).map(str::to_owned);
    members(media.get("encoding"), at.child("encoding"))
        .map(|(name, value, at)| {
            let encoding = Encoding {
                content_type: text(value, "contentType"),
                style: text(value, "style"),
                explode: value.get("explode").and_then(Value::as_bool),
                allow_reserved: value.get("allowReserved").and_then(Value::as_bool) == Some(true),
                pointer: at,
            };
            (name.to_owned(), encoding)
        })
        .collect()
}

/// Returns `example` and the values of `examples`.
pub(super) fn examples(owner: &Value) -> Vec<serde_json::Value> {
    let one = owner.get("example");
    let named = owner.get("examples").and_then(Value::as_mapping);
    let values =
        named.into_iter().flat_map(|it| it.values().filter_map(|example| example.get("value")));
    one.into_iter().chain(values).filter_map(|it| serde_json::to_value(it).ok()).collect()
}

fn servers(value: Option<&Value>, at: &Pointer, sink: &mut Sink) -> Vec<Server> {
    let at = at.child("servers");
    let values = value.and_then(Value::as_sequence).into_iter().flatten().enumerate();
    let present = values.filter_map(|(index, value)| Some((at.index(index), value.as_mapping()?)));
    present
        .filter_map(|(at, members)| {
            let mut leaves = members.clone();
            if let Some(Value::Mapping(variables)) = leaves.get_mut("variables") {
                for variable in variables.values_mut().filter_map(Value::as_mapping_mut) {
                    // Required by the specification, and left out all the same.
                    variable.entry("default".into()).or_insert_with(|| "".into());
                }
            }
            Some(Server { data: typed(&leaves, &at, sink)?, pointer: at })
        })
        .collect()
}

fn security(value: &Value, at: &Pointer, sink: &mut Sink) -> Option<Vec<SecurityRequirement>> {
    let alternatives = value.as_sequence()?.iter().filter_map(Value::as_mapping);
    Some(alternatives.filter_map(|it| typed(it, &at.child("security"), sink)).collect())
}

/// Puts a node, or the `$ref` in its place, into its table.
pub(super) fn put<T>(table: &mut Table<T>, value: &Value, at: Pointer, node: Option<T>) -> Pointer {
    let entry = match value.get("$ref") {
        Some(Value::String(text)) => Some(RefOr::Ref(text.clone())),
        _ => node.map(|it| RefOr::Node(Box::new(it))),
    };
    if let Some(entry) = entry {
        table.insert(at.clone(), entry);
    }
    at
}

/// Returns the properties of a node, each with its place.
fn members(value: Option<&Value>, at: Pointer) -> impl Iterator<Item = (&str, &Value, Pointer)> {
    let all = value.and_then(Value::as_mapping).into_iter().flatten();
    all.filter_map(move |(name, value)| {
        let name = name.as_str()?;
        Some((name, value, at.child(name)))
    })
}
