//! What messages can reach in a document, and in which direction; read from the document itself.
//!
//! The walk follows OpenAPI 3.0.4, 3.1.1 and JSON Schema: from each operation to its parameters, bodies,
//! headers and schemas. It leaves out what the texts say is ignored: header parameters `Accept`,
//! `Content-Type` and `Authorization`, bodies of requests that cannot have one, the body of a 204, a
//! `$ref`'s siblings in 3.0, a parameter that an operation overrides.

use std::collections::BTreeMap;
use std::ops::BitOrAssign;

use serde_json::Value;

use crate::edit::{self, METHODS, Place, child, find, is_30};

/// The directions in which messages carry something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Directions {
    /// What the client of the API sends.
    pub request: bool,
    /// What it receives.
    pub response: bool,
}

impl Directions {
    /// What a client sends.
    pub const REQUEST: Self = Self { request: true, response: false };
    /// What a client receives.
    pub const RESPONSE: Self = Self { request: false, response: true };

    /// Whether this has all directions of the other.
    fn has(self, other: Self) -> bool {
        (self.request || !other.request) && (self.response || !other.response)
    }

    /// Returns the directions both have.
    fn and(self, other: Self) -> Self {
        Self { request: self.request && other.request, response: self.response && other.response }
    }

    pub(crate) fn is_none(self) -> bool {
        self == Self::default()
    }
}

impl BitOrAssign for Directions {
    fn bitor_assign(&mut self, other: Self) {
        self.request |= other.request;
        self.response |= other.response;
    }
}

/// The nodes that messages reach.
#[derive(Clone, Debug, Default)]
pub struct Reached {
    /// Schemas, also those that are only a reference.
    pub schemas: BTreeMap<Place, Directions>,
    /// Of these, those that alone decide whether a value is null: no part of `allOf`, since a null that one
    /// part allows is refused by the others, no branch beside one that allows null, and no text.
    pub whole: BTreeMap<Place, Directions>,
    /// Parameters, behind references.
    pub parameters: BTreeMap<Place, Directions>,
    /// Operations.
    pub operations: Vec<Place>,
    /// Request bodies and responses, behind references, that have media types.
    pub bodies: BTreeMap<Place, Directions>,
}

/// Returns what messages can reach.
pub fn reached(document: &Value) -> Reached {
    let mut walk = Walk { document, is_30: is_30(document), acc: Reached::default() };
    for (path, item) in members(document, &["paths"]) {
        if path.last().is_some_and(|it| it.starts_with('/')) {
            walk.path_item(item, path);
        }
    }
    walk.acc
}

/// Methods whose requests have no body with a meaning (OpenAPI 3.0.4 section 4.7.10.1; RFC 9110 section 9.3).
const WITHOUT_BODY: [&str; 5] = ["get", "head", "delete", "options", "trace"];

/// Returns the members of the object at a place, each with its place.
fn members<'v>(document: &'v Value, place: &[&str]) -> Vec<(Place, &'v Value)> {
    let place: Place = place.iter().map(ToString::to_string).collect();
    let node = find(document, &place);
    members_of(node.unwrap_or(&Value::Null), &place)
}

fn members_of<'v>(node: &'v Value, place: &[String]) -> Vec<(Place, &'v Value)> {
    let all = node.as_object().into_iter().flatten();
    all.map(|(key, value)| (child(place, key), value)).collect()
}

struct Walk<'v> {
    document: &'v Value,
    is_30: bool,
    acc: Reached,
}

impl<'v> Walk<'v> {
    /// Follows references; `None` where they lead nowhere inside the document.
    fn follow(&self, mut node: &'v Value, mut place: Place) -> Option<(&'v Value, Place)> {
        for _ in 0..16 {
            let Some(reference) = node.get("$ref").and_then(Value::as_str) else {
                return Some((node, place));
            };
            place = edit::target(reference)?;
            node = find(self.document, &place)?;
        }
        None
    }

    fn path_item(&mut self, item: &'v Value, place: Place) {
        let Some((item, place)) = self.follow(item, place) else { return };
        for method in METHODS {
            let Some(operation) = item.get(method).filter(|it| it.is_object()) else { continue };
            let here = child(&place, method);
            self.acc.operations.push(here.clone());
            self.parameters(item, &place, operation, &here);
            if let Some(body) = operation.get("requestBody")
                && !WITHOUT_BODY.contains(&method)
            {
                self.body(body, child(&here, "requestBody"), Directions::REQUEST);
            }
            for (at, response) in members_of(&operation["responses"], &child(&here, "responses")) {
                let status = at.last().map(String::as_str).unwrap_or_default();
                let has_body = method != "head" && !["204", "205", "304"].contains(&status);
                if has_body && !status.starts_with('1') && !status.starts_with("x-") {
                    self.body(response, at, Directions::RESPONSE);
                }
            }
        }
    }

    fn parameters(
        &mut self,
        item: &'v Value,
        at_item: &[String],
        operation: &'v Value,
        at: &[String],
    ) {
        let mut by_key = BTreeMap::new();
        for (node, place) in [(item, at_item), (operation, at)] {
            let list = node.get("parameters").and_then(Value::as_array).into_iter().flatten();
            for (index, it) in list.enumerate() {
                let here = child(&child(place, "parameters"), &index);
                let Some((it, here)) = self.follow(it, here) else { continue };
                let (Some(name), Some(location)) = (it["name"].as_str(), it["in"].as_str()) else {
                    continue;
                };
                let name = match location {
                    // RFC 9110 section 5.1.
                    "header" => name.to_ascii_lowercase(),
                    _ => name.to_owned(),
                };
                by_key.insert((location, name), (it, here));
            }
        }
        for ((location, name), (node, place)) in by_key {
            let ignored = ["accept", "content-type", "authorization"].contains(&name.as_str());
            if location == "header" && ignored {
                continue;
            }
            *self.acc.parameters.entry(place.clone()).or_default() |= Directions::REQUEST;
            self.typed(node, &place, Directions::REQUEST);
        }
    }

    /// Visits the schema, or the first media type, of a parameter or a header.
    fn typed(&mut self, node: &'v Value, place: &[String], directions: Directions) {
        if let Some(schema) = node.get("schema") {
            self.schema(schema, child(place, "schema"), directions);
        } else if let Some((at, media)) =
            members_of(&node["content"], &child(place, "content")).into_iter().next()
            && let Some(schema) = media.get("schema")
        {
            self.schema(schema, child(&at, "schema"), directions);
        }
    }

    fn body(&mut self, node: &'v Value, place: Place, directions: Directions) {
        let Some((node, place)) = self.follow(node, place) else { return };
        let content = members_of(&node["content"], &child(&place, "content"));
        if !content.is_empty() {
            *self.acc.bodies.entry(place.clone()).or_default() |= directions;
        }
        for (at, media) in content {
            // A text or bytes cannot say null.
            let has_null = at.last().is_some_and(|it| it.to_ascii_lowercase().contains("json"));
            for keyword in ["schema", "itemSchema"] {
                if let Some(schema) = media.get(keyword) {
                    self.nested(schema, child(&at, keyword), directions, !has_null);
                }
            }
        }
        for (at, header) in members_of(&node["headers"], &child(&place, "headers")) {
            // OpenAPI 3.0.4 section 4.7.17.1: this header is ignored.
            if at.last().is_some_and(|it| it.eq_ignore_ascii_case("content-type")) {
                continue;
            }
            if let Some((header, at)) = self.follow(header, at) {
                self.typed(header, &at, directions);
            }
        }
    }

    fn schema(&mut self, node: &'v Value, place: Place, directions: Directions) {
        self.nested(node, place, directions, false);
    }

    fn nested(&mut self, node: &'v Value, place: Place, directions: Directions, is_part: bool) {
        let mut waiting = vec![Step { node, place, directions, is_part }];
        while let Some(Step { node, place, directions, is_part }) = waiting.pop() {
            let seen = self.acc.schemas.entry(place.clone()).or_default();
            let as_whole = self.acc.whole.entry(place.clone()).or_default();
            let is_known = seen.has(directions) && (is_part || as_whole.has(directions));
            if directions.is_none() || is_known || !node.is_object() {
                continue;
            }
            *seen |= directions;
            if !is_part {
                *as_whole |= directions;
            }
            if let Some(reference) = node.get("$ref").and_then(Value::as_str) {
                let end = edit::target(reference);
                if let Some((node, end)) =
                    end.and_then(|it| find(self.document, &it).map(|node| (node, it)))
                {
                    waiting.push(Step { node, place: end, directions, is_part });
                }
                if self.is_30 {
                    continue;
                }
            }
            self.below(&Step { node, place, directions, is_part }, &mut waiting);
        }
    }

    /// Pushes the schemas right below a schema, as far as they can make a difference.
    fn below(&self, step: &Step<'v>, acc: &mut Vec<Step<'v>>) {
        let Step { node, ref place, directions, is_part } = *step;
        let mut push = |node, place, directions, is_part| {
            acc.push(Step { node, place, directions, is_part });
        };
        let mut keywords = vec!["not"];
        if node.get("then").is_some() || node.get("else").is_some() {
            keywords.extend(["if", "then", "else"]);
        }
        if allows(node, "array") {
            keywords.extend(["items", "contains", "unevaluatedItems"]);
        }
        if allows(node, "object") {
            keywords.extend(["additionalProperties", "propertyNames", "unevaluatedProperties"]);
        }
        for keyword in keywords {
            if let Some(it) = node.get(keyword) {
                push(it, child(place, keyword), directions, false);
            }
        }
        for keyword in ["allOf", "oneOf", "anyOf", "prefixItems"] {
            let list = node.get(keyword).and_then(Value::as_array).into_iter().flatten();
            let at = child(place, keyword);
            // Where one branch allows null, another one adds nothing.
            let branches = node.get(keyword).and_then(Value::as_array);
            let is_part = match keyword {
                "allOf" => true,
                "prefixItems" => false,
                _ => is_part || branches.into_iter().flatten().any(allows_null),
            };
            for (index, it) in list.enumerate() {
                push(it, child(&at, &index), directions, is_part);
            }
        }
        if !allows(node, "object") {
            return;
        }
        for keyword in ["properties", "patternProperties", "dependentSchemas"] {
            for (at, it) in members_of(&node[keyword], &child(place, keyword)) {
                // What a reference leads to says it of the property, too (JSON Schema 2020-12 core section 7.7.1).
                let end = self.follow(it, at.clone()).map(|it| it.0);
                let says = |node: &Value, key: &str| node.get(key) == Some(&Value::Bool(true));
                let flag = |key: &str| says(it, key) || end.is_some_and(|end| says(end, key));
                let travels = match (flag("readOnly"), flag("writeOnly")) {
                    (true, false) => Directions::RESPONSE,
                    (false, true) => Directions::REQUEST,
                    _ => Directions { request: true, response: true },
                };
                push(it, at, directions.and(travels), false);
            }
        }
    }
}

/// A schema that is yet to be visited.
struct Step<'v> {
    node: &'v Value,
    place: Place,
    directions: Directions,
    is_part: bool,
}

/// Returns whether a schema says itself that a value may be null.
fn allows_null(node: &Value) -> bool {
    node["nullable"] == true
        || node.get("nullable").is_none() && node["x-nullable"] == true
        || node.get("type").is_some() && allows(node, "null")
}

/// Returns whether a schema lets a value be of this kind.
fn allows(node: &Value, kind: &str) -> bool {
    match node.get("type") {
        Some(Value::String(it)) => it == kind,
        Some(Value::Array(list)) => list.iter().any(|it| it == kind),
        _ => true,
    }
}
