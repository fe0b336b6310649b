//! Forms and multipart bodies: their fields, their parts, how each is encoded.

use super::contents;
use crate::lower::tests::{lower, operation, types};

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
