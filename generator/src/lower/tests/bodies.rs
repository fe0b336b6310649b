//! Bodies of both directions: their media types, what costs the operation.

mod forms;
mod responses;

use super::{operation, used};
use crate::api::Api;

fn contents(api: &Api) -> Vec<String> {
    let mut lines = Vec::new();
    for operation in &api.operations {
        if let Some(body) = &operation.body {
            for content in &body.contents {
                let line = format!(
                    "> {} {:?} {}",
                    content.media_type,
                    content.encoding,
                    used(api, &content.ty)
                );
                lines.push(line);
            }
        }
        for response in &operation.responses {
            lines.push(format!("{:?}", response.status));
            for content in &response.contents {
                let line = format!(
                    "< {} {:?} {}",
                    content.media_type,
                    content.encoding,
                    used(api, &content.ty)
                );
                lines.push(line);
            }
        }
    }
    lines
}

#[test]
fn an_unsupported_media_type_costs_itself_or_the_operation() {
    let (api, said) = operation(
        "requestBody: {content: {application/json: {schema: {}}, anything: {schema: {}}}}
responses: {200: {description: d, content: {application/json: {schema: {}}, application/xml: {schema: {}}}}}",
    );
    assert_eq!(api.operations.len(), 1);
    assert_eq!(said, ["-OAS312 #/paths/~1things/post/requestBody/content/anything"]);
    let (api, said) = operation("requestBody: {content: {anything: {schema: {}}}}\nresponses: {}");
    assert!(api.operations.is_empty());
    assert_eq!(said.len(), 1);
}

#[test]
fn what_is_no_media_type_is_read_as_what_it_must_mean() {
    let (api, said) = operation(
        "responses: {200: {description: d, content: {json: {schema: {type: object, properties: {a: {}}}}, applicaton/xml: {}}}}",
    );
    assert_eq!(
        contents(&api),
        ["Exact(200)", "< application/json Json op().response", "< application/xml Text string"]
    );
    let content = "#/paths/~1things/post/responses/200/content";
    assert_eq!(
        said,
        [format!("OAS101 {content}/json"), format!("OAS101 {content}/applicaton~1xml")]
    );
}

#[test]
fn a_request_has_no_parameter_that_is_none() {
    for (key, sent, n_said) in [
        ("text/plain; utf-8", "text/plain", 1),
        ("text/plain;charset=utf-8", "text/plain;charset=utf-8", 0),
        ("text/plain; a=\"b c\"; d = e", "text/plain; a=\"b c\"", 1),
        ("text/plain;", "text/plain;", 0),
    ] {
        let (api, said) = operation(&format!(
            "requestBody: {{required: true, content: {{'{key}': {{schema: {{type: string}}}}}}}}\nresponses: {{}}"
        ));
        let body = api.operations[0].body.as_ref().expect("a body");
        assert_eq!((body.contents[0].media_type.as_str(), said.len()), (sent, n_said), "{said:?}");
    }
}

#[test]
fn bodies_of_bytes() {
    let (api, _) = operation(
        "requestBody: {content: {'*/*': {schema: {type: string, format: binary}}}}
responses:
  200: {description: d, content: {'*/*': {schema: {properties: {a: {}}}}}}
  201: {description: d, content: {image/png: {schema: {type: string, format: binary}}}}
  202: {description: d, content: {application/json: {schema: {type: string, format: binary}}}}",
    );
    assert_eq!(
        contents(&api),
        [
            "> */* Bytes Bytes",
            "Exact(200)",
            "< */* Json op().response",
            "Exact(201)",
            "< image/png Bytes Bytes",
            "Exact(202)",
            "< application/json Bytes Bytes",
        ]
    );
}

/// Each media type of a body is sent, with a type of its own where its schema is another.
#[test]
fn media_types_of_several_shapes() {
    let (api, said) = operation(
        "requestBody:
  content:
    application/json: {schema: {properties: {a: {type: string}}}}
    multipart/form-data: {schema: {properties: {f: {type: string, format: binary}}}}
    application/x-www-form-urlencoded: {schema: {properties: {n: {type: object, properties: {m: {type: integer}}}}}}
    application/vnd.a+json: {schema: {properties: {a: {type: string}}}}
    application/xml: {schema: {type: string}}
    image/*: {}
responses: {204: {description: d}}",
    );
    assert_eq!(
        contents(&api),
        [
            "> application/json Json op().request",
            "> multipart/form-data Multipart op().request.|multipart",
            "> application/x-www-form-urlencoded Form op().request.|form",
            "> application/vnd.a+json Json op().request",
            "> application/xml Text string",
            "> image/* Bytes Bytes",
            "Exact(204)",
        ]
    );
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn an_untyped_body_marks_its_operation() {
    let union =
        "{oneOf: [{type: string}, {type: integer}], anyOf: [{type: string}, {type: boolean}]}";
    let (api, _) = operation(&format!(
        "responses: {{200: {{content: {{application/json: {{schema: {union}}}}}}}}}"
    ));
    assert!(api.operations[0].degraded);
    let (api, _) = operation(&format!(
        "responses: {{400: {{content: {{application/json: {{schema: {union}}}}}}}}}"
    ));
    assert!(!api.operations[0].degraded);
}
