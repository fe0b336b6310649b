//! What comes of a body in each media type: a document with a request and a response is read for each.

use super::{Read, cell, codes_of, read};
use crate::diagnostic::Diagnostic;
use crate::input::Text;

/// Media types of each kind.
const MEDIA_TYPES: &[&str] = &[
    "application/json",
    "application/problem+json",
    "application/*+json",
    "application/x-ndjson",
    "application/jsonl",
    "application/json-seq",
    "text/event-stream",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "multipart/mixed",
    "text/plain",
    "text/csv",
    "text/html",
    "text/*",
    "application/xml",
    "application/soap+xml",
    "application/yaml",
    "application/jwt",
    "application/octet-stream",
    "application/pdf",
    "application/msgpack",
    "application/x-protobuf",
    "image/png",
    "image/*",
    "*/*",
];

/// What a schema describes, and such a schema.
const SCHEMAS: [(&str, &str); 3] = [
    ("object", "{type: object, properties: {a: {type: string}}}"),
    ("text", "{type: string}"),
    ("binary", "{type: string, format: binary}"),
];

/// Returns the rows: a media type, what its schema describes, and what comes of it in a request and in a
/// response.
pub(super) fn rows() -> Vec<[String; 4]> {
    let mut acc = Vec::new();
    for media_type in MEDIA_TYPES {
        for (describes, schema) in SCHEMAS {
            let content = format!("content: {{{media_type:?}: {{schema: {schema}}}}}");
            let request = format!(
                "requestBody: {{required: true, {content}}}, responses: {{'204': {{description: d}}}}"
            );
            let response = format!("responses: {{'200': {{description: d, {content}}}}}");
            let [sent, received] = [request, response].map(|it| outcome(&it));
            acc.push([format!("`{media_type}`"), describes.to_owned(), sent, received]);
        }
    }
    acc
}

fn outcome(operation: &str) -> String {
    let text = format!(
        "openapi: 3.1.1\ninfo: {{title: t, version: '1'}}\npaths: {{/a: {{post: {{operationId: a, {operation}}}}}}}\n"
    );
    let Some(Read { api, diagnostics, .. }) = read(&Text::new("a.yaml", text)) else {
        unreachable!("the document is OpenAPI")
    };
    let about: Vec<Diagnostic> =
        diagnostics.into_iter().filter(|it| it.at.as_str().contains("/content")).collect();
    let operation = api.operations.first();
    let content = operation.and_then(|it| match &it.body {
        Some(body) => body.contents.first(),
        None => it.responses.first().and_then(|it| it.contents.first()),
    });
    cell(Some(content.map_or("skipped", |it| it.encoding.described())), &codes_of(&about))
}
