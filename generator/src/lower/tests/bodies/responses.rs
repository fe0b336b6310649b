//! Responses: their statuses, what their bodies are read as, shared types.

use super::contents;
use crate::api::StatusPattern;
use crate::lower::tests::{lower, operation, read, types};

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
        let (model, said) = read(
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
