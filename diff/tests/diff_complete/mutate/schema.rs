//! Changes of schemas.

use serde_yaml::Value;
use tamarack::pointer::Pointer;

use super::Mutation;
use super::site::{Site, Texts, yaml};

pub(super) fn schema(node: &Value, at: &Pointer, acc: &mut Vec<Mutation>) {
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
