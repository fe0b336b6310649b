//! A document in, what it declares of the request and response of one operation out; a reader of its own.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_yaml::Value;

/// What a document declares of an operation that gives tokens.
pub(crate) struct Declared {
    /// The path, as it is.
    pub(crate) path: String,
    /// The media types of the request body, in lower case.
    pub(crate) media_types: Vec<String>,
    /// The objects that the body can be.
    pub(crate) bodies: Vec<Object>,
    /// The status and media type of the response.
    pub(crate) success: (u16, String),
}

/// An object that a body can be.
#[derive(Clone, Default)]
pub(crate) struct Object {
    pub(crate) properties: BTreeSet<String>,
    pub(crate) required: BTreeSet<String>,
}

impl Declared {
    /// Reads what a document declares of `POST` on a path.
    pub(crate) fn read(file: &Path, path: &str) -> Result<Self, String> {
        let text = fs::read_to_string(file).map_err(|error| error.to_string())?;
        let document: Value = serde_yaml::from_str(&text).map_err(|error| error.to_string())?;
        let reader = Reader(&document);
        let operation = &document["paths"][path]["post"];
        let body = reader.resolved(&operation["requestBody"]);
        let contents = body["content"].as_mapping().ok_or("the operation has no body")?;
        let mut media_types = Vec::new();
        let mut bodies = Vec::new();
        for (media_type, media) in contents {
            media_types.push(essence(media_type.as_str().unwrap_or_default()));
            bodies.extend(reader.objects(&media["schema"]));
        }
        let responses = operation["responses"].as_mapping().ok_or("no responses")?;
        let success = responses.iter().find_map(|(status, response)| {
            let status =
                status.as_str().map(str::to_owned).or(status.as_u64().map(|it| it.to_string()));
            let status = status.filter(|it| it.starts_with('2'))?.parse().ok()?;
            let contents = reader.resolved(response)["content"].as_mapping();
            let media_type = contents.and_then(|it| it.keys().next()?.as_str());
            Some((status, media_type.unwrap_or("application/json").to_owned()))
        });
        let success = success.ok_or("no success")?;
        Ok(Self { path: path.to_owned(), media_types, bodies, success })
    }

    /// Returns whether the body has a place for the client's secret.
    pub(crate) fn has_a_secret(&self) -> bool {
        self.bodies.iter().any(|it| it.properties.contains("client_secret"))
    }
}

/// Returns a media type without its parameters.
pub(crate) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

struct Reader<'a>(&'a Value);

impl<'a> Reader<'a> {
    /// Follows references into the same document.
    fn resolved(&self, node: &'a Value) -> &'a Value {
        let mut node = node;
        while let Some(target) = node["$ref"].as_str() {
            let mut at = self.0;
            for name in target.trim_start_matches("#/").split('/') {
                at = &at[name.replace("~1", "/").replace("~0", "~").as_str()];
            }
            node = at;
        }
        node
    }

    /// Returns the objects that the values of a schema can be.
    fn objects(&self, schema: &'a Value) -> Vec<Object> {
        let schema = self.resolved(schema);
        let list = |key: &str| schema[key].as_sequence().map_or(&[][..], Vec::as_slice);
        let branches: Vec<&Value> = list("oneOf").iter().chain(list("anyOf")).collect();
        let mut own = Object::default();
        let names = schema["properties"].as_mapping().into_iter().flat_map(|it| it.keys());
        own.properties.extend(names.filter_map(|it| it.as_str().map(str::to_owned)));
        let required = list("required").iter();
        own.required.extend(required.filter_map(|it| it.as_str().map(str::to_owned)));
        for part in list("allOf") {
            for object in self.objects(part) {
                own.properties.extend(object.properties);
                own.required.extend(object.required);
            }
        }
        if branches.is_empty() {
            return vec![own];
        }
        let of_branch = branches.into_iter().flat_map(|it| self.objects(it));
        let with_own = of_branch.map(|mut it| {
            it.properties.extend(own.properties.iter().cloned());
            it.required.extend(own.required.iter().cloned());
            it
        });
        with_own.collect()
    }
}
