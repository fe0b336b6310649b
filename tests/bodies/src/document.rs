//! A document and an operation in, what the document declares of its request and its success out; a reader of its own.

use std::path::Path;

use serde_json::{Map, Value, json};

/// Levels of a schema that a sample has; a recursive one has no end.
const DEEPEST: usize = 8;

/// An operation of a document.
pub(crate) struct Operation {
    document: Value,
    method: String,
    path: String,
}

impl Operation {
    /// Reads the operation of a method and a path of a document.
    pub(crate) fn read(file: &Path, method: &str, path: &str) -> Result<Self, String> {
        let text = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
        let document: Value = serde_yaml::from_str(&text).map_err(|error| error.to_string())?;
        if !document["paths"][path][method].is_object() {
            return Err(format!("the document has no operation {method} {path}"));
        }
        Ok(Self { document, method: method.to_owned(), path: path.to_owned() })
    }

    fn node(&self) -> &Value {
        &self.document["paths"][&self.path][&self.method]
    }

    /// Returns whether a request has this method and path, whose parameters can be any segment.
    pub(crate) fn is_at(&self, method: &str, path: &str) -> bool {
        let (declared, sent): (Vec<_>, Vec<_>) =
            (self.path.split('/').collect(), path.split('/').collect());
        let is_segment = |(declared, sent): (&&str, &&str)| {
            declared == sent || declared.starts_with('{') && !sent.is_empty()
        };
        method.eq_ignore_ascii_case(&self.method)
            && declared.len() == sent.len()
            && declared.iter().zip(&sent).all(is_segment)
    }

    /// Returns the required headers, each with the value that the document gives it, if any.
    pub(crate) fn headers(&self) -> Vec<(String, Option<String>)> {
        let parameters = self.node()["parameters"].as_array().map_or(&[][..], Vec::as_slice);
        let of_parameters = parameters.iter().map(|it| self.resolved(it)).filter_map(|it| {
            let is_required = it["in"] == "header" && it["required"] == true;
            let value = self.resolved(&it["schema"])["default"].as_str().map(str::to_owned);
            is_required.then(|| (it["name"].as_str().unwrap_or_default().to_owned(), value))
        });
        let mut acc: Vec<_> = of_parameters.collect();
        let schemes = self.document["components"]["securitySchemes"].as_object();
        for scheme in schemes.into_iter().flat_map(Map::values) {
            if scheme["type"] == "apiKey" && scheme["in"] == "header" {
                acc.push((scheme["name"].as_str().unwrap_or_default().to_owned(), None));
            }
        }
        acc
    }

    /// Returns the schema of the request body in a media type.
    pub(crate) fn request(&self, media_type: &str) -> Option<&Value> {
        let schema = &self.resolved(&self.node()["requestBody"])["content"][media_type]["schema"];
        schema.is_object().then(|| self.resolved(schema))
    }

    /// Returns the status of the success, and its media types with their schemas.
    pub(crate) fn success(&self) -> Option<(u16, Vec<(&str, &Value)>)> {
        let responses = self.node()["responses"].as_object()?;
        let (status, response) = responses.iter().find(|(status, _)| status.starts_with('2'))?;
        let contents = self.resolved(response)["content"].as_object();
        let media_types = contents.into_iter().flatten();
        let media_types = media_types.map(|(name, media)| (&**name, &media["schema"])).collect();
        Some((status.parse().ok()?, media_types))
    }

    /// Follows references into the same document.
    fn resolved<'a>(&'a self, node: &'a Value) -> &'a Value {
        let mut node = node;
        while let Some(target) = node["$ref"].as_str() {
            node = self.document.pointer(target.trim_start_matches('#')).unwrap_or(&Value::Null);
        }
        node
    }

    /// Returns what is wrong with a value of a schema.
    pub(crate) fn wrong(&self, schema: &Value, value: &Value) -> Option<String> {
        let schema = self.resolved(schema);
        if value.is_null() {
            let is_allowed = schema["nullable"] == true;
            return (!is_allowed).then(|| "a null that is not declared".to_owned());
        }
        let is_of_type = match schema["type"].as_str() {
            Some("object") => value.is_object(),
            Some("array") => value.is_array(),
            Some("string") => value.is_string(),
            Some("boolean") => value.is_boolean(),
            Some("integer") => value.is_i64() || value.is_u64(),
            Some("number") => value.is_number(),
            _ => true,
        };
        if !is_of_type {
            return Some(format!("`{value}` is no {}", schema["type"]));
        }
        let required = schema["required"].as_array().into_iter().flatten();
        if let Some(name) = required.filter_map(Value::as_str).find(|it| value.get(it).is_none()) {
            return Some(format!("`{name}` is missing"));
        }
        let items = value.as_array().into_iter().flatten();
        let of_items = items.map(|it| (&schema["items"], it));
        let properties = value.as_object().into_iter().flatten();
        let of_properties = properties.map(|(name, it)| (&schema["properties"][name], it));
        let mut inside = of_items.chain(of_properties).filter(|(schema, _)| schema.is_object());
        inside.find_map(|(schema, value)| self.wrong(schema, value))
    }

    /// Returns a value of each branch of a schema: the example of the document, or one that is made of the
    /// types.
    pub(crate) fn samples(&self, schema: &Value) -> Vec<Value> {
        let schema = self.resolved(schema);
        let Some(branches) = schema["oneOf"].as_array() else {
            return vec![self.sample(schema, 0)];
        };
        branches.iter().map(|it| self.of_branch(schema, it, 0)).collect()
    }

    /// A value of a branch, with the tag by which the document tells it.
    fn of_branch(&self, union: &Value, branch: &Value, depth: usize) -> Value {
        let mut value = self.sample(branch, depth);
        let discriminator = &union["discriminator"];
        if let Some(name) = discriminator["propertyName"].as_str() {
            let mapping = discriminator["mapping"].as_object().into_iter().flatten();
            let tag = mapping.filter(|(_, target)| **target == branch["$ref"]).map(|(tag, _)| tag);
            for tag in tag {
                value[name] = json!(tag);
            }
        }
        value
    }

    fn sample(&self, schema: &Value, depth: usize) -> Value {
        let schema = self.resolved(schema);
        if let Some(example) = schema.get("example") {
            return example.clone();
        }
        if let Some(branch) = schema["oneOf"].get(0) {
            return self.of_branch(schema, branch, depth);
        }
        match schema["type"].as_str() {
            Some("object") => {
                let properties = schema["properties"].as_object().into_iter().flatten();
                let required = schema["required"].as_array().map_or(&[][..], Vec::as_slice);
                let here = properties
                    .filter(|(name, _)| depth < DEEPEST || required.contains(&json!(name)));
                here.map(|(name, it)| (name.clone(), self.sample(it, depth + 1))).collect()
            }
            Some("array") if depth < DEEPEST => {
                json!([self.sample(&schema["items"], depth + 1)])
            }
            Some("array") => json!([]),
            Some("boolean") => json!(true),
            Some("integer") => json!(7),
            Some("number") => json!(0.5),
            Some("string") if schema["format"] == "date-time" => json!("2026-04-01T00:00:00Z"),
            Some("string") => {
                let values = [&schema["enum"], &schema["x-enum"]];
                let listed = values.into_iter().find_map(|it| it.get(0));
                listed.cloned().unwrap_or_else(|| json!("two\nlines, \u{fc}"))
            }
            _ => json!({"any": [1, "thing"]}),
        }
    }
}
