//! Tree in, [`Document`] out: the nodes of OpenAPI in one dialect, each with its place and read by itself.
//!
//! The tree is first checked against a table of the OpenAPI objects, so that a
//! bad node costs only itself and every key is accounted for. Then it is read
//! node by node: a node holds what stands in it directly, and the pointers of
//! the nodes below.

mod check;
mod coerce;
mod dialect;
mod kept;
mod leaves;
mod listed;
mod node;
mod read;
mod read_parameter;
mod read_schema;
mod said;
pub(crate) mod table;
mod types;

use std::collections::BTreeSet;

use serde_yaml::Value;

pub(crate) use check::unknown_member;
pub(crate) use dialect::{X_NULLABLE, is_x_nullable};
use kept::Kept;
pub(crate) use listed::{Listed, Lister};
pub(crate) use node::{
    AdditionalProperties, Callback, Encoding, Header, Keywords, MediaType, Operation, Parameter,
    Part, PathItem, RefOr, RequestBody, Response, SECRET_KEYWORDS, Schema, SecurityRequirement,
    Server,
};
pub(crate) use said::{Said, Sayings, says_something};

use crate::codes;
use crate::diagnostic::{Diagnostic, Sink};
use crate::pointer::{Pointer, PointerMap};

/// What a document declares, counted before anything is skipped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    /// Operations under `paths`.
    pub operations: usize,
    /// Schemas under `components/schemas`.
    pub schemas: usize,
}

/// The nodes of one kind by their place.
pub(crate) type Table<T> = PointerMap<RefOr<T>>;

/// An OpenAPI document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Document {
    pub(crate) openapi: String,
    pub(crate) info: openapiv3::Info,
    pub(crate) servers: Vec<Server>,
    pub(crate) security: Option<Vec<SecurityRequirement>>,
    /// The templates with their path items, in the order of the document.
    pub(crate) paths: Vec<(String, Pointer)>,
    /// The names of the webhooks with their path items, in the order of the document.
    pub(crate) webhooks: Vec<(String, Pointer)>,
    /// The names of the components with their schemas, in the order of the document.
    pub(crate) component_schemas: Vec<(String, Pointer)>,
    pub(crate) security_schemes: Vec<(String, Pointer)>,
    pub(crate) schemas: Table<Schema>,
    pub(crate) path_items: Table<PathItem>,
    pub(crate) callbacks: Table<Callback>,
    pub(crate) parameters: Table<Parameter>,
    pub(crate) headers: Table<Header>,
    pub(crate) request_bodies: Table<RequestBody>,
    pub(crate) responses: Table<Response>,
    /// The security schemes as they are in the tree: which kinds exist is decided
    /// when lowering.
    pub(crate) schemes: Table<Value>,
    /// The keywords of each object, as they have to come to something.
    pub(crate) said: Said,
    pub(crate) declared: Declared,
    /// Path and method of the operations that are read only since others refer to a part of them.
    pub(crate) skipped: BTreeSet<(String, &'static str)>,
}

pub(crate) const METHODS: [&str; 8] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Reads a document; `None` when the tree is no OpenAPI 3. The tree changes as it is read, and is then what it was.
pub(crate) fn read(tree: &mut Value, sink: &mut Sink) -> Option<Document> {
    let openapi = version(tree, sink)?;
    let declared = count(tree);
    let mut kept = Kept::default();
    check::check(tree, table::Kind::Node(&table::OPENAPI), &Pointer::root(), &mut kept, sink);
    let said = said::said(tree);
    let mut document = Document { openapi, said, declared, ..Document::default() };
    read::document(tree, &mut document, sink);
    kept.put_back(tree);
    Some(document)
}

fn version(tree: &Value, sink: &mut Sink) -> Option<String> {
    let root = Pointer::root();
    let help = "an OpenAPI document has the key `openapi` with a version of 3.0 or 3.1, for example `openapi: 3.0.3`";
    let Some(version) = tree.get("openapi").and_then(coerce::text_of) else {
        let swagger = tree.get("swagger").and_then(coerce::text_of);
        let (at, title, help) = match swagger {
            Some(version) => {
                let title = format!("the document is Swagger {version}, not OpenAPI 3");
                (root.child("swagger"), title, "convert it to OpenAPI 3.0 first")
            }
            None if tree.is_mapping() => {
                (root, "the document has no `openapi` key".to_owned(), help)
            }
            None if tree.is_null() => (root, "the document is empty".to_owned(), help),
            None => (root, format!("the document is {}, not a map", coerce::kind_of(tree)), help),
        };
        sink.push(Diagnostic::error(codes::NOT_OPENAPI, at, title).help(help));
        return None;
    };
    let at = root.child("openapi");
    let minor =
        version.strip_prefix("3.").map(|rest| rest.split(['.', '-']).next().unwrap_or(rest));
    match minor {
        Some("0" | "1") => Some(version),
        Some("2") => {
            let title = format!("OpenAPI {version} is read as 3.1");
            sink.push(Diagnostic::warning(codes::NOT_OPENAPI, at, title));
            Some(version)
        }
        _ => {
            let title = format!("OpenAPI `{version}` is not supported");
            sink.push(Diagnostic::error(codes::NOT_OPENAPI, at, title).help(help));
            None
        }
    }
}

/// The members of a document that hold webhooks; the second is what the first was called before 3.1.
pub(crate) const WEBHOOKS: [&str; 2] = ["webhooks", "x-webhooks"];

/// Returns whether a place is in a request that the API sends: a webhook or a callback.
pub(crate) fn is_turned(at: &Pointer) -> bool {
    let tokens = at.tokens();
    match tokens.as_slice() {
        [section, ..] if WEBHOOKS.contains(&section.as_str()) => true,
        [components, section, ..] if components == "components" => section == "callbacks",
        [paths, _, _, callbacks, ..] => paths == "paths" && callbacks == "callbacks",
        _ => false,
    }
}

/// Returns the path item that a path item refers to, inside the document.
fn referenced<'a>(tree: &'a Value, item: &Value) -> Option<&'a Value> {
    let own = METHODS.iter().any(|method| item.get(*method).is_some());
    let pointer = Pointer::parse(item.get("$ref")?.as_str()?)?;
    let target =
        pointer.tokens().into_iter().try_fold(tree, |node, token| node.get(token.as_str()));
    target.filter(|_| !own)
}

/// Counts what a document declares.
pub(crate) fn count(tree: &Value) -> Declared {
    let schemas = tree.get("components").and_then(|it| it.get("schemas"));
    let paths = tree.get("paths").and_then(Value::as_mapping);
    let operations = paths
        .into_iter()
        .flatten()
        .filter(|(path, _)| !path.as_str().is_some_and(|it| it.starts_with("x-")))
        .map(|(_, item)| {
            let item = referenced(tree, item).unwrap_or(item);
            METHODS.iter().filter(|method| item.get(**method).is_some()).count()
        })
        .sum();
    Declared {
        operations,
        schemas: schemas.and_then(Value::as_mapping).map_or(0, serde_yaml::Mapping::len),
    }
}
