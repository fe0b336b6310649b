//! Changes of one thing at a place that messages reach, each of which changes what is valid there.

use serde_json::{Map, Value, json};

use crate::edit::{self, Place, find};
use crate::reach::{Directions, Reached};

/// One changed thing.
#[derive(Clone, Debug)]
pub struct Change {
    /// The node that is replaced.
    pub place: Place,
    /// What happens, for messages.
    pub name: &'static str,
    /// The directions in which messages can carry it.
    pub directions: Directions,
    node: Value,
}

impl Change {
    /// Returns the changed document.
    pub fn apply(&self, document: &Value) -> Value {
        edit::replaced(document, &self.place, self.node.clone())
    }

    /// Returns what happens where, for messages.
    pub fn title(&self) -> String {
        format!("{} at {}", self.name, edit::pointer(&self.place))
    }
}

/// Returns all changes of a document, in the order of their places.
pub fn changes(document: &Value, reached: &Reached) -> Vec<Change> {
    let mut acc = Vec::new();
    let is_30 = edit::is_30(document);
    for (place, directions) in &reached.schemas {
        if let Some(node) = find(document, place) {
            schema(node, &mut At { place, directions: *directions, node, acc: &mut acc });
        }
    }
    for (place, directions) in reached.whole.iter().filter(|it| !it.1.is_none()) {
        if let Some(node) = find(document, place) {
            null(node, is_30, &mut At { place, directions: *directions, node, acc: &mut acc });
        }
    }
    for (place, directions) in &reached.parameters {
        if let Some(node) = find(document, place) {
            parameter(&mut At { place, directions: *directions, node, acc: &mut acc });
        }
    }
    for (place, directions) in &reached.bodies {
        if let Some(node) = find(document, place) {
            body(&mut At { place, directions: *directions, node, acc: &mut acc });
        }
    }
    for place in &reached.operations {
        if let Some(node) = find(document, place) {
            let directions = Directions::REQUEST;
            operation(document, &mut At { place, directions, node, acc: &mut acc });
        }
    }
    acc.retain(|it| find(document, &it.place) != Some(&it.node));
    acc
}

/// A place, and the list of its changes.
struct At<'a> {
    place: &'a Place,
    directions: Directions,
    node: &'a Value,
    acc: &'a mut Vec<Change>,
}

impl At<'_> {
    fn push(&mut self, name: &'static str, node: Value) {
        let (place, directions) = (self.place.clone(), self.directions);
        self.acc.push(Change { place, name, directions, node });
    }

    /// Changes a member.
    fn set(&mut self, name: &'static str, key: &str, value: Value) {
        let mut node = self.node.clone();
        node[key] = value;
        self.push(name, node);
    }

    /// Removes a member of the object that a member is.
    fn remove(&mut self, name: &'static str, key: &str, member: &str) {
        let mut node = self.node.clone();
        if let Some(map) = node.get_mut(key).and_then(Value::as_object_mut) {
            map.remove(member);
        }
        self.push(name, node);
    }
}

fn schema(node: &Value, at: &mut At<'_>) {
    if node.get("$ref").is_some() {
        at.push("a reference becomes a number", json!({ "type": "number", "maximum": -77 }));
        return;
    }
    if let Some(list) = node.get("enum").and_then(Value::as_array) {
        values(list, at);
        return;
    }
    if node.get("const").is_some() {
        return;
    }
    let Some(kind) = node.get("type").and_then(Value::as_str) else { return };
    let other = match kind {
        "string" => "integer",
        "boolean" | "array" | "object" => "string",
        "integer" | "number" => "boolean",
        _ => return,
    };
    at.set("another type", "type", json!(other));
    match kind {
        "string" => {
            at.set("maxLength", "maxLength", json!(smaller(node, "maxLength")));
            at.set("pattern", "pattern", json!("^zz+$"));
        }
        "integer" | "number" => at.set("maximum", "maximum", json!(-7_777)),
        "array" => at.set("minItems", "minItems", json!(larger(node, "minItems"))),
        "object" => object(node, at),
        _ => {}
    }
}

/// Allows null where a schema does not list its values.
fn null(node: &Value, is_30: bool, at: &mut At<'_>) {
    let lists = ["$ref", "enum", "const"].iter().any(|it| node.get(it).is_some());
    let Some(kind) = node.get("type").and_then(Value::as_str).filter(|it| !lists && *it != "null")
    else {
        return;
    };
    // The generator reads `nullable` in OpenAPI 3.1, and `x-nullable`, too.
    if node["nullable"] == json!(true) || node["x-nullable"] == json!(true) {
        return;
    }
    if is_30 {
        at.set("null is allowed", "nullable", json!(true));
    } else {
        at.set("null is allowed", "type", json!([kind, "null"]));
    }
}

fn smaller(node: &Value, key: &str) -> u64 {
    node.get(key).and_then(Value::as_u64).map_or(3, |it| it / 2)
}

fn larger(node: &Value, key: &str) -> u64 {
    node.get(key).and_then(Value::as_u64).map_or(2, |it| it + 2)
}

fn values(list: &[Value], at: &mut At<'_>) {
    if list.len() > 1 {
        at.set("a listed value removed", "enum", list[1..].into());
    }
    if list.iter().all(Value::is_string) {
        at.set("a listed value added", "enum", [list, &[json!("zz-new")]].concat().into());
    }
}

fn object(node: &Value, at: &mut At<'_>) {
    at.set("minProperties", "minProperties", json!(larger(node, "minProperties") + 20));
    let Some(properties) = node.get("properties").and_then(Value::as_object) else { return };
    let mut more = properties.clone();
    more.insert("zz_new".to_owned(), json!({ "type": "string" }));
    let required = node.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut changed = node.clone();
    changed["properties"] = more.into();
    changed["required"] = [required.clone(), vec![json!("zz_new")]].concat().into();
    at.push("a required property added", changed);
    if let Some(name) = properties.keys().find(|it| !required.contains(&json!(it))) {
        let all = [required.clone(), vec![json!(name)]].concat();
        at.set("a property becomes required", "required", all.into());
    }
    // An event always has data and a name, and its other fields are ignored (HTML standard, section 9.2.6).
    if is_event(at.place, properties) {
        return;
    }
    if let Some(first) =
        required.first().filter(|it| it.as_str().is_some_and(|it| properties.contains_key(it)))
    {
        let rest: Vec<_> = required.iter().filter(|it| *it != first).cloned().collect();
        at.set("a property becomes optional", "required", rest.into());
    }
    if node.get("additionalProperties").is_none() && node.get("patternProperties").is_none() {
        at.set("no further properties", "additionalProperties", json!(false));
    }
}

/// Returns whether a schema, written where it is used, describes the event and not its data.
fn is_event(place: &[String], properties: &Map<String, Value>) -> bool {
    let is_schema = |word: &str| ["schema", "itemSchema"].contains(&word);
    let is_of_events =
        matches!(place, [.., ty, word] if ty == "text/event-stream" && is_schema(word));
    let is_field = |name: &String| ["data", "event", "id", "retry"].contains(&name.as_str());
    is_of_events && properties.keys().all(is_field)
}

fn parameter(at: &mut At<'_>) {
    if at.node["in"] == "path" {
        return;
    }
    at.set("a parameter renamed", "name", json!("x-zz-renamed"));
    let required = at.node["required"] == json!(true);
    at.set("a parameter becomes required or optional", "required", json!(!required));
}

fn body(at: &mut At<'_>) {
    let media_types: Vec<String> =
        at.node["content"].as_object().into_iter().flatten().map(|it| it.0.clone()).collect();
    if let [_, .., last] = media_types.as_slice() {
        at.remove("a media type removed", "content", last);
    }
    if let [only] = media_types.as_slice() {
        let mut content = serde_json::Map::new();
        content.insert("application/vnd.zz+json".to_owned(), at.node["content"][only].clone());
        at.set("a media type replaced", "content", content.into());
    }
}

fn operation(document: &Value, at: &mut At<'_>) {
    let mut list = at.node.get("parameters").and_then(Value::as_array).cloned().unwrap_or_default();
    list.push(json!({
        "name": "zz_new", "in": "query", "required": true, "schema": { "type": "string" },
    }));
    at.set("a required parameter added", "parameters", list.into());
    let schemes = find(document, &["components".to_owned(), "securitySchemes".to_owned()]);
    let oauth = schemes.and_then(Value::as_object).into_iter().flatten();
    let mut oauth = oauth.filter(|it| it.1["type"] == "oauth2");
    if let (Some((name, _)), None) = (oauth.next(), at.node.get("security")) {
        at.set("a scope is required", "security", json!([{ name.as_str(): ["zz:new"] }]));
    }
    let one = at.place.last().cloned().unwrap_or_default();
    let above: Place = at.place[..at.place.len() - 1].to_vec();
    if let Some(item) = find(document, &above) {
        let mut item = item.clone();
        if let Some(map) = item.as_object_mut() {
            map.remove(&one);
        }
        let directions = at.directions;
        at.acc.push(Change { place: above, name: "an operation removed", directions, node: item });
    }
}
