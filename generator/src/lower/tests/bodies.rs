//! Request bodies and responses: media types, shared types, what costs the operation.

use super::{lower, operation, types, used};
use crate::api::{Api, StatusPattern};

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
fn equal_error_bodies_of_one_operation_are_one_type() {
    let (api, said) = operation(
        "responses:
  200: {description: d, content: {application/json: {schema: {properties: {ok: {}}}}}}
  400: {description: d, content: {application/json: {schema: {properties: {e: {type: string, description: x}}}}}}
  401: {description: d, content: {application/json: {schema: {properties: {e: {type: string}}}}}}",
    );
    assert_eq!(types(&api), ["op().response {ok~: Any}", "op().error {e~: string}"]);
    assert_eq!(
        contents(&api),
        [
            "Exact(200)",
            "< application/json Json op().response",
            "Exact(400)",
            "< application/json Json op().error",
            "Exact(401)",
            "< application/json Json op().error",
        ]
    );
    assert!(said.is_empty());
}

#[test]
fn different_bodies_are_told_apart_by_status() {
    let (api, _) = operation(
        "responses:
  200: {description: d, content: {application/json: {schema: {properties: {a: {}}}}}}
  201: {description: d, content: {application/json: {schema: {properties: {b: {}}}}}}
  4xx: {description: d, content: {application/json: {schema: {properties: {c: {}}}}}}
  default: {description: d, content: {application/json: {schema: {properties: {d: {}}}}}}",
    );
    assert_eq!(
        types(&api),
        [
            "op().responseExact(200) {a~: Any}",
            "op().responseExact(201) {b~: Any}",
            "op().errorRange(4) {c~: Any}",
            "op().errorDefault {d~: Any}",
        ]
    );
    assert_eq!(api.operations[0].responses[3].status, StatusPattern::Default);
}

#[test]
fn json_and_form_of_equal_shape_share_their_type() {
    let (api, said) = operation(
        "requestBody:
  content:
    application/json: {schema: {required: [a], properties: {a: {type: string}, b: {type: array, items: {type: string}}}}}
    application/x-www-form-urlencoded: {schema: {required: [a], properties: {a: {type: string, example: x}, b: {type: array, items: {type: string}}}}}
    text/plain: {schema: {type: string}}
responses: {204: {description: d}}",
    );
    assert_eq!(types(&api), ["op().request {a: string, b~: [string]}"]);
    assert_eq!(
        contents(&api),
        [
            "> application/json Json op().request",
            "> application/x-www-form-urlencoded Form op().request",
            "> text/plain Text string",
            "Exact(204)",
        ]
    );
    assert_eq!(said, ["-OAS312 #/paths/~1things/post/requestBody/content/text~1plain"]);
}

#[test]
fn an_unsupported_media_type_costs_itself_or_the_operation() {
    let (api, said) = operation(
        "requestBody: {content: {application/json: {schema: {}}, multipart/form-data: {schema: {}}}}
responses: {200: {description: d, content: {application/json: {schema: {}}, application/xml: {schema: {}}}}}",
    );
    assert_eq!(api.operations.len(), 1);
    assert_eq!(
        said,
        [
            "-OAS312 #/paths/~1things/post/requestBody/content/multipart~1form-data",
            "-OAS313 #/paths/~1things/post/responses/200/content/application~1xml",
        ]
    );
    let (api, said) =
        operation("requestBody: {content: {application/json-seq: {schema: {}}}}\nresponses: {}");
    assert!(api.operations.is_empty());
    assert_eq!(said.len(), 1);
    let (api, _) = operation(
        "responses: {200: {description: d, content: {application/xml: {schema: {type: object}}}}}",
    );
    assert!(api.operations.is_empty());
}

#[test]
fn what_an_error_cannot_be_read_as_is_bytes() {
    let (api, said) =
        operation("responses: {500: {description: d, content: {application/xml: {schema: {}}}}}");
    assert_eq!(contents(&api), ["Exact(500)", "< application/xml Bytes Bytes"]);
    assert!(said.is_empty());
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
            "> application/octet-stream Bytes Bytes",
            "Exact(200)",
            "< */* Json op().response",
            "Exact(201)",
            "< image/png Bytes Bytes",
            "Exact(202)",
            "< application/json Bytes Bytes",
        ]
    );
}

#[test]
fn a_form_that_is_not_flat_is_left_out() {
    let (api, said) = operation(
        "requestBody: {content: {application/x-www-form-urlencoded: {schema: {properties: {a: {type: object}}}}}}\nresponses: {}",
    );
    assert!(api.operations.is_empty());
    assert_eq!(
        said,
        ["-OAS312 #/paths/~1things/post/requestBody/content/application~1x-www-form-urlencoded"]
    );
}

#[test]
fn bodies_of_the_components_belong_to_the_document_once() {
    let (api, said) = lower(
        "paths:
  /a: {get: {operationId: a, responses: {404: {$ref: '#/components/responses/Gone'}}}}
  /b: {get: {operationId: b, responses: {404: {$ref: '#/components/responses/Gone'}}}}
components:
  responses:
    Gone: {description: d, content: {application/json: {schema: {properties: {e: {type: string, enum: [x]}}}}}}",
    );
    assert_eq!(
        types(&api),
        ["#.Gone.response {e~: #.Gone.response.e}", "#.Gone.response.e \"x\"|.."]
    );
    assert!(said.is_empty());
}

#[test]
fn an_untyped_body_marks_its_operation() {
    let union = "{oneOf: [{properties: {a: {}}}, {properties: {b: {}}}]}";
    let (api, _) = operation(&format!(
        "responses: {{200: {{content: {{application/json: {{schema: {union}}}}}}}}}"
    ));
    assert!(api.operations[0].degraded);
    let (api, _) = operation(&format!(
        "responses: {{400: {{content: {{application/json: {{schema: {union}}}}}}}}}"
    ));
    assert!(!api.operations[0].degraded);
}

#[test]
fn a_status_in_two_spellings_is_one_response() {
    for (first, second) in [("default", "DEFAULT"), ("4XX", "4xx"), ("\"404\"", "\"0404\"")] {
        let (api, said) = operation(&format!(
            "responses:\n  200: {{description: d}}\n  {first}: {{description: one}}\n  {second}: {{description: two}}\n"
        ));
        let described: Vec<_> =
            api.operations[0].responses.iter().map(|it| it.description.as_str()).collect();
        assert_eq!(described, ["d", "one"]);
        let place = format!("#/paths/~1things/post/responses/{}", second.trim_matches('"'));
        assert_eq!(said, [format!("-OAS101 {place}")]);
    }
}
