//! A request in, what other people's parsers read of it out; an error where the document does not allow it.

use bytes::Bytes;
use serde_json::{Value, json};

use crate::document::Operation;

/// Returns the media type and the content of a request, as far as the document allows both.
pub(crate) async fn judge(
    operation: &Operation,
    request: http::Request<Bytes>,
) -> Result<Value, String> {
    let (head, body) = request.into_parts();
    if !operation.is_at(head.method.as_str(), head.uri.path()) {
        return Err(format!("the document has no {} {}", head.method, head.uri));
    }
    let header = |name: &str| {
        let mut values = head.headers.get_all(name).iter().filter_map(|it| it.to_str().ok());
        values.next().filter(|_| values.next().is_none())
    };
    for (name, value) in operation.headers() {
        match (header(&name), value) {
            (None, _) => return Err(format!("not one header `{name}`")),
            (Some(sent), Some(value)) if sent != value => {
                return Err(format!("the header `{name}` is `{sent}`"));
            }
            _ => {}
        }
    }
    let content_type = header("content-type").ok_or("not one content type")?;
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    let schema = operation
        .request(media_type)
        .ok_or_else(|| format!("the content type is `{content_type}`"))?;
    let content = match media_type {
        "multipart/form-data" => parts(operation, schema, content_type, body).await?,
        "application/x-ndjson" => {
            let lines = serde_jsonlines::JsonLinesReader::new(&*body).read_all();
            let lines: Result<Vec<Value>, _> = lines.collect();
            let lines = Value::Array(lines.map_err(|error| error.to_string())?);
            allowed(operation, schema, lines)?
        }
        "application/json" => {
            let value = serde_json::from_slice(&body).map_err(|error| error.to_string())?;
            allowed(operation, schema, value)?
        }
        other => return Err(format!("no parser for `{other}`")),
    };
    Ok(json!({"media type": media_type, "content": content}))
}

fn allowed(operation: &Operation, schema: &Value, value: Value) -> Result<Value, String> {
    operation.wrong(schema, &value).map_or(Ok(value), Err)
}

/// Reads the parts of a form: each is a property, in the media type that OpenAPI 3.0.3, "Special Considerations
/// for multipart Content", gives it.
async fn parts(
    operation: &Operation,
    schema: &Value,
    content_type: &str,
    body: Bytes,
) -> Result<Value, String> {
    let boundary = multer::parse_boundary(content_type).map_err(|error| error.to_string())?;
    let mut multipart = multer::Multipart::with_reader(&*body, boundary);
    let mut parts = Vec::new();
    let mut names = serde_json::Map::new();
    while let Some(field) = multipart.next_field().await.map_err(|error| error.to_string())? {
        let name = field.name().ok_or("a part without a name")?.to_owned();
        let property = &schema["properties"][&name];
        let file_name = field.file_name().map(str::to_owned);
        let media_type = field.content_type().map(ToString::to_string);
        let content = field.bytes().await.map_err(|error| error.to_string())?;
        let content = match (property["type"].as_str(), media_type.as_deref()) {
            (Some("object"), Some("application/json")) => {
                let value = serde_json::from_slice(&content).map_err(|error| error.to_string())?;
                allowed(operation, property, value)?
            }
            (Some("string"), Some(_)) if property["format"] == "binary" => {
                if file_name.is_none() {
                    return Err(format!("the file `{name}` has no file name"));
                }
                json!(content.escape_ascii().to_string())
            }
            (declared, sent) => return Err(format!("`{name}` of {declared:?} is {sent:?}")),
        };
        names.insert(name.clone(), json!(true));
        parts.push(json!([name, file_name, media_type, content]));
    }
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    match required.into_iter().find(|it| !names.contains_key(*it)) {
        Some(name) => Err(format!("the part `{name}` is missing")),
        None => Ok(Value::Array(parts)),
    }
}
