//! Changes of path items, operations, parameters and bodies.

use serde_yaml::Value;
use tamarack::pointer::Pointer;

use super::Mutation;
use super::schema::schema;
use super::site::{Site, Texts, yaml};

pub(super) fn path_item(item: &Value, at: &Pointer, acc: &mut Vec<Mutation>) {
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
