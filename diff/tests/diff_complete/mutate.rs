//! A document in, the same document with one thing changed out, for everything that can be changed at every place.

use serde_yaml::{Mapping, Value};
use tamarack::pointer::Pointer;

/// One changed thing.
#[derive(Clone, Debug)]
pub(crate) struct Mutation {
    /// The node that changes.
    pub(crate) at: Pointer,
    /// What happens to it, for messages.
    pub(crate) name: String,
    /// The node as it is then.
    node: Value,
}

impl Mutation {
    /// Returns the document with the change.
    pub(crate) fn apply(&self, document: &Value) -> Value {
        let mut acc = document.clone();
        let mut node = &mut acc;
        for token in self.at.tokens() {
            node = match node {
                Value::Sequence(list) => &mut list[token.parse::<usize>().expect("an index")],
                node => &mut node[token.as_str()],
            };
        }
        *node = self.node.clone();
        acc
    }
}

/// Returns every change of a document, in the order of its nodes.
pub(crate) fn mutations(document: &Value) -> Vec<Mutation> {
    let mut acc = Vec::new();
    let root = Pointer::root();
    let top = Site::new(document, &root);
    top.set(&mut acc, "info", "title", |it| it.insert_text("title", "another"));
    top.set(&mut acc, "info", "version", |it| it.insert_text("version", "another"));
    top.own(&mut acc, "servers", |it| {
        it.insert("servers".into(), yaml("[{url: 'https://elsewhere.example'}]"));
    });
    top.own(&mut acc, "global security", |it| {
        it.insert("security".into(), yaml("[]"));
    });
    for (at, item) in top.members(&["paths"]) {
        path_item(&item, &at, &mut acc);
    }
    for (at, schema) in top.members(&["components", "schemas"]) {
        self::schema(&schema, &at, &mut acc);
    }
    for (at, scheme) in top.members(&["components", "securitySchemes"]) {
        let site = Site::new(&scheme, &at);
        site.own(&mut acc, "scheme", |it| {
            *it = yaml("{type: http, scheme: basic}").as_mapping().expect("a map").clone();
        });
        site.own(&mut acc, "scheme description", |it| it.insert_text("description", "other"));
    }
    acc.retain(|it| it.node != *find(document, &it.at));
    acc
}

fn find<'a>(document: &'a Value, at: &Pointer) -> &'a Value {
    at.tokens().iter().fold(document, |node, token| match node {
        Value::Sequence(list) => &list[token.parse::<usize>().expect("an index")],
        node => &node[token.as_str()],
    })
}

trait Texts {
    fn insert_text(&mut self, key: &str, text: &str);
    fn flip(&mut self, key: &str);
}

impl Texts for Mapping {
    fn insert_text(&mut self, key: &str, text: &str) {
        self.insert(key.into(), text.into());
    }

    fn flip(&mut self, key: &str) {
        let is = self.get(key).and_then(Value::as_bool).unwrap_or_default();
        self.insert(key.into(), (!is).into());
    }
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).expect("YAML")
}

/// A node and its place.
struct Site<'a> {
    node: &'a Value,
    at: &'a Pointer,
}

impl<'a> Site<'a> {
    fn new(node: &'a Value, at: &'a Pointer) -> Self {
        Self { node, at }
    }

    /// Changes the node itself.
    fn own(&self, acc: &mut Vec<Mutation>, name: &str, change: impl FnOnce(&mut Mapping)) {
        let Some(members) = self.node.as_mapping() else { return };
        let mut members = members.clone();
        change(&mut members);
        let node = Value::Mapping(members);
        acc.push(Mutation { at: self.at.clone(), name: name.to_owned(), node });
    }

    /// Changes a property.
    fn set(
        &self,
        acc: &mut Vec<Mutation>,
        member: &str,
        name: &str,
        change: impl FnOnce(&mut Mapping),
    ) {
        if let Some(node) = self.node.get(member) {
            Site::new(node, &self.at.child(member)).own(acc, name, change);
        }
    }

    /// Returns the properties of a map below.
    fn members(&self, way: &[&str]) -> Vec<(Pointer, Value)> {
        let found = way.iter().try_fold(self.node, |node, name| node.get(*name));
        let at = self.at.join(way);
        let all = found.and_then(Value::as_mapping).into_iter().flatten();
        all.filter_map(|(name, it)| Some((at.child(name.as_str()?), it.clone()))).collect()
    }

    fn list(&self, name: &str) -> Vec<(Pointer, Value)> {
        let all = self.node.get(name).and_then(Value::as_sequence).into_iter().flatten();
        let at = self.at.child(name);
        all.enumerate().map(|(index, it)| (at.index(index), it.clone())).collect()
    }

    fn has(&self, key: &str) -> bool {
        self.node.get(key).is_some()
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.node.get(key).and_then(Value::as_str)
    }
}

fn path_item(item: &Value, at: &Pointer, acc: &mut Vec<Mutation>) {
    let site = Site::new(item, at);
    for method in ["get", "put", "post", "delete", "options", "head", "patch", "trace"] {
        if let Some(node) = item.get(method) {
            site.own(acc, "operation removed", |it| {
                it.remove(method);
            });
            operation(node, &at.child(method), acc);
        }
    }
    for (at, node) in site.list("parameters") {
        parameter(&node, &at, acc);
    }
}

fn operation(node: &Value, at: &Pointer, acc: &mut Vec<Mutation>) {
    let site = Site::new(node, at);
    site.own(acc, "operationId", |it| it.insert_text("operationId", "another_name"));
    site.own(acc, "summary", |it| it.insert_text("summary", "other words"));
    site.own(acc, "tags", |it| {
        it.insert("tags".into(), yaml("[another]"));
    });
    site.own(acc, "deprecated", |it| it.flip("deprecated"));
    site.own(acc, "no security", |it| {
        it.insert("security".into(), yaml("[]"));
    });
    site.own(acc, "operation servers", |it| {
        it.insert("servers".into(), yaml("[{url: 'https://elsewhere.example'}]"));
    });
    for (name, text) in [
        (
            "required query parameter",
            "{name: zz, in: query, required: true, schema: {type: string}}",
        ),
        ("optional header", "{name: X-Zz, in: header, schema: {type: string}}"),
    ] {
        site.own(acc, name, |it| {
            let all = it.entry("parameters".into()).or_insert_with(|| yaml("[]"));
            if let Some(list) = all.as_sequence_mut() {
                list.push(yaml(text));
            }
        });
    }
    for (at, node) in site.list("parameters") {
        parameter(&node, &at, acc);
    }
    for (index, (_, node)) in site.list("parameters").iter().enumerate() {
        if node.get("in").and_then(Value::as_str) != Some("path") {
            site.own(acc, "parameter removed", |it| {
                if let Some(list) = it.get_mut("parameters").and_then(Value::as_sequence_mut) {
                    list.remove(index);
                }
            });
        }
    }
    match node.get("requestBody") {
        Some(body) => {
            let body_at = at.child("requestBody");
            let body = Site::new(body, &body_at);
            if !body.has("$ref") {
                body.own(acc, "body required", |it| it.flip("required"));
                body.own(acc, "body description", |it| it.insert_text("description", "other"));
            }
            site.own(acc, "body removed", |it| {
                it.remove("requestBody");
            });
            contents(&body, acc);
        }
        None => site.own(acc, "body added", |it| {
            it.insert(
                "requestBody".into(),
                yaml("{required: true, content: {application/json: {schema: {type: string}}}}"),
            );
        }),
    }
    let responses = site.members(&["responses"]);
    for (at, node) in &responses {
        response(node, at, acc);
    }
    for (at, _) in &responses {
        let status = at.tokens().pop().expect("a status");
        if responses.len() > 1 {
            site.set(acc, "responses", "response removed", |it| {
                it.remove(status.as_str());
            });
        }
    }
    site.set(acc, "responses", "response added", |it| {
        it.insert("418".into(), yaml("{description: a teapot}"));
    });
    site.set(acc, "responses", "success added", |it| {
        let body = "{description: x, content: {application/json: {schema: {type: boolean}}}}";
        it.insert("299".into(), yaml(body));
    });
}

fn parameter(node: &Value, at: &Pointer, acc: &mut Vec<Mutation>) {
    let site = Site::new(node, at);
    if site.has("$ref") {
        return;
    }
    let location = site.text("in").unwrap_or_default().to_owned();
    if location != "path" {
        site.own(acc, "parameter renamed", |it| it.insert_text("name", "X-Another"));
        site.own(acc, "parameter required", |it| it.flip("required"));
        let other = if location == "query" { "header" } else { "query" };
        site.own(acc, "parameter moved", |it| it.insert_text("in", other));
    }
    site.own(acc, "parameter deprecated", |it| it.flip("deprecated"));
    site.own(acc, "parameter description", |it| it.insert_text("description", "other words"));
    if let Some(schema) = node.get("schema") {
        if location == "query" && schema.get("type").is_some_and(|it| it == "array") {
            site.own(acc, "explode", |it| {
                let is = it.get("explode").and_then(Value::as_bool).unwrap_or(true);
                it.insert("explode".into(), (!is).into());
            });
        }
        self::schema(schema, &at.child("schema"), acc);
    }
}

fn contents(owner: &Site<'_>, acc: &mut Vec<Mutation>) {
    for (at, media) in owner.members(&["content"]) {
        let site = Site::new(&media, &at);
        let name = at.tokens().pop().expect("a media type");
        owner.set(acc, "content", "media type removed", |it| {
            it.remove(name.as_str());
        });
        owner.set(acc, "content", "media type renamed", |it| {
            let node = it.remove(name.as_str()).expect("it is there");
            it.insert("application/vnd.other+json".into(), node);
        });
        site.own(acc, "media example", |it| it.insert_text("example", "another"));
        if let Some(schema) = media.get("schema") {
            self::schema(schema, &at.child("schema"), acc);
            site.own(acc, "schema of a body", |it| {
                it.insert("schema".into(), yaml("{type: array, items: {type: boolean}}"));
            });
        }
    }
}

fn response(node: &Value, at: &Pointer, acc: &mut Vec<Mutation>) {
    let site = Site::new(node, at);
    if site.has("$ref") {
        return;
    }
    site.own(acc, "response description", |it| it.insert_text("description", "other words"));
    if site.has("content") {
        site.own(acc, "reply body removed", |it| {
            it.remove("content");
        });
    } else {
        site.own(acc, "reply body added", |it| {
            it.insert("content".into(), yaml("{application/json: {schema: {type: integer}}}"));
        });
    }
    site.own(acc, "header added", |it| {
        let headers = it.entry("headers".into()).or_insert_with(|| yaml("{}"));
        if let Some(headers) = headers.as_mapping_mut() {
            headers.insert("X-Zz".into(), yaml("{schema: {type: string}}"));
        }
    });
    for (header_at, header) in site.members(&["headers"]) {
        let header_site = Site::new(&header, &header_at);
        if !header_site.has("$ref") {
            header_site.own(acc, "header required", |it| it.flip("required"));
            header_site.own(acc, "header type", |it| {
                it.insert("schema".into(), yaml("{type: boolean}"));
            });
        }
    }
    contents(&site, acc);
}

fn schema(node: &Value, at: &Pointer, acc: &mut Vec<Mutation>) {
    let site = Site::new(node, at);
    if node.as_mapping().is_none() {
        return;
    }
    if site.has("$ref") {
        acc.push(Mutation {
            at: at.clone(),
            name: "reference becomes a scalar".to_owned(),
            node: yaml("{type: boolean}"),
        });
        return;
    }
    for key in ["description", "title"] {
        site.own(acc, key, |it| it.insert_text(key, "other words"));
    }
    for key in ["nullable", "deprecated"] {
        site.own(acc, key, |it| it.flip(key));
    }
    object(&site, acc);
    scalar(&site, acc);
    let existing = ["default", "pattern", "minimum", "maximum", "minLength", "maxLength"];
    let more = ["minItems", "maxItems", "uniqueItems", "additionalProperties", "format"];
    for key in existing.into_iter().chain(more).filter(|key| site.has(key)) {
        site.own(acc, &format!("{key} removed"), |it| {
            it.remove(key);
        });
    }
    for key in ["enum", "x-enum"] {
        let Some(values) = node.get(key).and_then(Value::as_sequence) else { continue };
        let text = values.iter().all(Value::is_string);
        site.own(acc, "value removed", |it| {
            let mut values = values.clone();
            if values.len() > 1 {
                values.pop();
            }
            it.insert(key.into(), values.into());
        });
        if text {
            site.own(acc, "value added", |it| {
                let mut values = values.clone();
                values.push("zz".into());
                it.insert(key.into(), values.into());
            });
            site.own(acc, "other spelling", |it| {
                it.remove(key);
                let other = if key == "enum" { "x-enum" } else { "enum" };
                it.insert(other.into(), values.clone().into());
            });
        }
        site.own(acc, "values dropped", |it| {
            it.remove(key);
        });
    }
    for keyword in ["oneOf", "anyOf", "allOf"] {
        for (at, node) in site.list(keyword) {
            schema(&node, &at, acc);
        }
        if site.list(keyword).len() > 1 {
            site.own(acc, &format!("{keyword} shorter"), |it| {
                if let Some(list) = it.get_mut(keyword).and_then(Value::as_sequence_mut) {
                    list.pop();
                }
            });
        }
    }
    if site.has("oneOf") && !site.has("discriminator") {
        site.own(acc, "anyOf for oneOf", |it| {
            let list = it.remove("oneOf").expect("it is there");
            it.insert("anyOf".into(), list);
        });
    }
    site.set(acc, "discriminator", "tag renamed", |it| it.insert_text("propertyName", "zz"));
    for keyword in ["items", "additionalProperties"] {
        if let Some(node) = node.get(keyword) {
            schema(node, &at.child(keyword), acc);
        }
    }
}

fn object(site: &Site<'_>, acc: &mut Vec<Mutation>) {
    if site.text("type") != Some("object") && !site.has("properties") {
        return;
    }
    site.own(acc, "closed", |it| {
        it.insert("additionalProperties".into(), false.into());
    });
    site.own(acc, "members of a type", |it| {
        it.insert("additionalProperties".into(), yaml("{type: string}"));
    });
    site.own(acc, "maxProperties", |it| {
        it.insert("maxProperties".into(), 3.into());
    });
    for (at, node) in site.members(&["properties"]) {
        let name = at.tokens().pop().expect("a name");
        site.own(acc, "required", |it| {
            let required = it.entry("required".into()).or_insert_with(|| yaml("[]"));
            let Some(list) = required.as_sequence_mut() else { return };
            let n_before = list.len();
            list.retain(|it| it.as_str() != Some(&name));
            if list.len() == n_before {
                list.push(name.as_str().into());
            }
        });
        site.set(acc, "properties", "property removed", |it| {
            it.remove(name.as_str());
        });
        let property = Site::new(&node, &at);
        if !property.has("$ref") {
            property.own(acc, "readOnly", |it| it.flip("readOnly"));
            property.own(acc, "writeOnly", |it| it.flip("writeOnly"));
            property.own(acc, "example", |it| it.insert_text("example", "another"));
        }
        schema(&node, &at, acc);
    }
    site.set(acc, "properties", "property added", |it| {
        it.insert("zz_new".into(), yaml("{type: string}"));
    });
}

fn scalar(site: &Site<'_>, acc: &mut Vec<Mutation>) {
    let mut put = |name: &str, key: &str, text: &str| {
        site.own(acc, name, |it| {
            it.insert(key.into(), yaml(text));
        });
    };
    match site.text("type") {
        Some("string") => {
            put("type", "type", "integer");
            put("format", "format", "uuid");
            put("unknown format", "format", "zz");
            put("default", "default", "zz");
            put("maxLength", "maxLength", "7");
            put("minLength", "minLength", "2");
            put("pattern", "pattern", "'^z+$'");
        }
        Some("integer") => {
            put("type", "type", "string");
            put("wider type", "type", "number");
            put("format", "format", "int32");
            put("default", "default", "7");
            put("minimum", "minimum", "2");
            put("maximum", "maximum", "70");
            put("multipleOf", "multipleOf", "2");
            put("list of numbers", "enum", "[2, 4]");
        }
        Some("number") => {
            put("type", "type", "boolean");
            put("format", "format", "float");
            put("exclusiveMinimum", "exclusiveMinimum", "true");
            put("minimum", "minimum", "0.5");
        }
        Some("boolean") => {
            put("type", "type", "string");
            put("default", "default", "true");
        }
        Some("array") => {
            put("type", "type", "string");
            put("maxItems", "maxItems", "3");
            put("uniqueItems", "uniqueItems", "true");
        }
        _ => {
            put("default of an object", "default", "{a: 1}");
            put("format of an object", "format", "zz");
        }
    }
}
