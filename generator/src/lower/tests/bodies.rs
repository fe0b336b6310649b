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
    assert!(said.is_empty());
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
fn what_an_error_cannot_be_read_as_is_bytes() {
    let (api, said) =
        operation("responses: {500: {description: d, content: {text/event-stream: {schema: {}}}}}");
    assert_eq!(contents(&api), ["Exact(500)", "< text/event-stream Bytes Bytes"]);
    assert!(said.is_empty());
}

#[test]
fn a_response_is_text_or_bytes_by_its_media_type() {
    let texts = [
        "application/xml",
        "application/soap+xml",
        "application/x-yaml",
        "application/jwt",
        "application/x-www-form-urlencoded",
        "text/csv; charset=latin1",
    ];
    let bytes = ["application/zip", "application/vnd.ms-excel", "image/svg+xml", "multipart/mixed"];
    let expected = texts.map(|it| (it, "Text string")).into_iter();
    for (media_type, read_as) in expected.chain(bytes.map(|it| (it, "Bytes Bytes"))) {
        let (api, said) = operation(&format!(
            "responses: {{200: {{description: d, content: {{{media_type}: {{}}}}}}}}"
        ));
        assert_eq!(contents(&api), ["Exact(200)", &format!("< {media_type} {read_as}")]);
        assert!(said.is_empty(), "{said:?}");
    }
    // What no list has is what its schema says.
    let (api, _) = operation(
        "responses: {200: {description: d, content: {application/vnd.words: {schema: {type: string}}}}}",
    );
    assert_eq!(contents(&api)[1], "< application/vnd.words Text string");
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
fn the_schema_of_an_item_is_its_type() {
    let event = |data: &str| {
        format!(
            "{{type: object, required: [data], properties: {{data: {data}, event: {{type: string}}}}}}"
        )
    };
    let object = "{type: object, properties: {a: {type: integer}}}";
    let union = format!("{{oneOf: [{}, {}]}}", event("{type: string}"), event("{type: string}"));
    for (media_type, item, expected) in [
        ("application/jsonl", object.to_owned(), "Lines op().response"),
        ("application/jsonl", "{type: array, items: {type: integer}}".to_owned(), "Lines [I64]"),
        ("text/event-stream", event("{type: string}"), "Events string"),
        ("text/event-stream", event(object), "Events op().response"),
        (
            "text/event-stream",
            format!("{{properties: {{data: {object}}}}}"),
            "Events op().response",
        ),
        ("text/event-stream", union, "Events string"),
    ] {
        let (model, said) = super::read(
            &format!(
                "openapi: 3.2.0\ninfo: {{title: t, version: v}}\npaths: {{/a: {{get: {{operationId: op, responses: {{'200': {{description: d, content: {{{media_type}: {{itemSchema: {item}}}}}}}}}}}}}}}\n"
            ),
            None,
        );
        let api = model.expect("a model").api;
        assert_eq!(
            contents(&api),
            ["Exact(200)", &format!("< {media_type} {expected}")],
            "{said:?}"
        );
    }
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
fn a_text_with_the_schema_of_the_json_beside_it_is_that_json() {
    let (api, said) = operation(
        "responses:
  200:
    description: d
    content:
      text/plain: {schema: {type: object, properties: {a: {}}}}
      application/json: {schema: {type: object, properties: {a: {}}}}
      text/csv: {schema: {type: object, properties: {a: {}}}}",
    );
    assert_eq!(
        contents(&api),
        [
            "Exact(200)",
            "< text/plain Json op().response",
            "< application/json Json op().response",
            "< text/csv Text string",
        ]
    );
    // The rows of a CSV are nothing that code comes of.
    assert_eq!(said, ["OAS317 #/paths/~1things/post/responses/200/content/text~1csv/schema"]);
}

/// A schema without `type` can describe an object or a list all the same.
#[test]
fn what_a_text_does_not_show_of_its_schema_is_reported() {
    let structured = [
        "type: object",
        "properties: {a: {type: string}}",
        "additionalProperties: {type: string}",
        "items: {type: string}",
        "oneOf: [{type: string}, {type: integer}]",
        "anyOf: [{type: string}, {type: integer}]",
    ];
    let expected = "OAS317 #/paths/~1things/post/responses/200/content/application~1xml/schema";
    for schema in structured {
        let content = format!("{{application/xml: {{schema: {{{schema}}}}}}}");
        let (_, said) =
            operation(&format!("responses: {{200: {{description: d, content: {content}}}}}"));
        assert_eq!(said, [expected], "{schema}");
    }
    for schema in ["type: string", "title: t", "type: string, maxLength: 3"] {
        let content = format!("{{application/xml: {{schema: {{{schema}}}}}}}");
        let (_, said) =
            operation(&format!("responses: {{200: {{description: d, content: {content}}}}}"));
        assert!(said.is_empty(), "{schema}: {said:?}");
    }
}

#[test]
fn a_default_beside_errors_says_nothing_of_a_success() {
    let (_, said) = operation("responses: {404: {description: d}, default: {description: d}}");
    assert_eq!(said, ["OAS102 #/paths/~1things/post/responses"]);
    for responses in ["default: {description: d}", "404: {description: d}"] {
        let (_, said) = operation(&format!("responses: {{{responses}}}"));
        assert!(said.is_empty(), "{said:?}");
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

/// The parts of a multipart body (OpenAPI 3.0.4 §4.7.15.1): files are what is binary, also in lists, in
/// unions and behind references; an object is JSON, which has no files.
#[test]
fn the_parts_of_a_multipart_body() {
    let (api, said) = lower(
        "paths:
  /a:
    post:
      operationId: a
      requestBody:
        content:
          multipart/form-data:
            schema:
              allOf:
                - {properties: {one: {type: string, format: binary}}}
                - properties:
                    many: {type: array, items: {$ref: '#/components/schemas/File'}}
                    either: {anyOf: [{type: string, format: binary}, {type: array, items: {type: string, format: binary}}]}
                    untyped: {description: x}
                    text: {type: string, format: byte}
                    object: {properties: {in: {type: string, format: binary}}}
      responses: {}
  /b: {post: {operationId: b, requestBody: {content: {multipart/form-data: {}}}, responses: {}}}
  /c: {post: {operationId: c, requestBody: {content: {multipart/mixed: {schema: {type: string, format: binary}}}}, responses: {}}}
components:
  schemas:
    File: {type: string, format: binary}
    Other: {properties: {f: {type: string, format: binary}}}",
    );
    assert_eq!(
        types(&api),
        [
            "File = File",
            "Other {f~: string(binary)}",
            "a().request {one~: File, many~: [File], either~: a().request.either, untyped~: File, text~: string(byte), object~: a().request.object}",
            "a().request.either Kind =File =[File]",
            "a().request.object {in~: string(binary)}",
        ]
    );
    let bodies: Vec<_> = contents(&api).into_iter().filter(|it| it.starts_with('>')).collect();
    assert_eq!(
        bodies[1..],
        ["> multipart/form-data Multipart map<File>", "> multipart/mixed Multipart map<File>"]
    );
    // Bytes alone say nothing of the parts.
    let unused = "OAS317 #/paths/~1c/post/requestBody/content/multipart~1mixed/schema";
    assert_eq!(said, [unused]);
}

/// The Encoding Object (OpenAPI 3.0.4 §4.7.15.1): `contentType` counts where no style is declared, and
/// 3.0 ignores a style of a multipart body.
#[test]
fn encoding_objects() {
    let fields = |media_type: &str| {
        let (api, said) = operation(&format!(
            "requestBody:
  content:
    {media_type}:
      schema: {{properties: {{a: {{type: array, items: {{type: string}}}}, b: {{type: object}}, c: {{}}, d: {{type: string}}}}}}
      encoding:
        a: {{style: form, explode: false}}
        b: {{contentType: application/json}}
        c: {{style: deepObject, contentType: text/plain}}
        d: {{allowReserved: true}}
        e: {{contentType: text/plain}}
responses: {{}}"
        ));
        let body = api.operations[0].body.as_ref().expect("a body");
        let fields: Vec<_> = (body.contents[0].fields.iter())
            .map(|it| {
                let (style, ty) = (it.style, it.content_type.as_deref().unwrap_or_default());
                format!("{} {style:?} {ty} {}", it.name, it.allow_reserved)
            })
            .collect();
        (fields, said)
    };
    let (form, said) = fields("application/x-www-form-urlencoded");
    let expected = [
        "a Comma  false",
        "b Default application/json false",
        "c DeepObject  false",
        "d Exploded  true",
    ];
    assert_eq!(form, expected);
    let at = "#/paths/~1things/post/requestBody/content/application~1x-www-form-urlencoded";
    let unused = ["c/contentType", "e"].map(|it| format!("-OAS317 {at}/encoding/{it}"));
    assert_eq!(said, unused);
    let (multipart, _) = fields("multipart/form-data");
    let expected = [
        "a Default  false",
        "b Default application/json false",
        "c Default text/plain false",
        "d Default  false",
    ];
    assert_eq!(multipart, expected);
}

/// What is no form is a text that the caller has encoded.
#[test]
fn a_form_that_is_no_object() {
    let (api, _) = operation(
        "requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: string}}}}\nresponses: {}",
    );
    assert_eq!(contents(&api), ["> application/x-www-form-urlencoded Text string"]);
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
