//! The keywords of the Schema Object, at every place where a schema may stand.

use tamarack::pointer::Pointer;

use super::{Trial, check};

/// The keywords of a schema in OpenAPI 3.0 (§4.7.24) and 3.1 (JSON Schema
/// 2020-12 core and validation, and the base vocabulary of §4.8.24), each with
/// a schema that it says something about and a value.
const KEYWORDS: &[(&str, &str, &str)] = &[
    ("type", "", "integer"),
    ("enum", "type: string", "[a, b]"),
    ("enum", "type: integer", "[1, 2]"),
    ("nullable", "type: string", "true"),
    ("multipleOf", "type: number", "3"),
    ("minimum", "type: integer", "1"),
    ("maximum", "type: integer", "9"),
    ("exclusiveMinimum", "type: integer, minimum: 1", "true"),
    ("exclusiveMaximum", "type: integer, maximum: 9", "true"),
    ("minLength", "type: string", "1"),
    ("maxLength", "type: string", "9"),
    ("pattern", "type: string", "'^a'"),
    ("minItems", "type: array, items: {type: string}", "1"),
    ("maxItems", "type: array, items: {type: string}", "9"),
    ("uniqueItems", "type: array, items: {type: string}", "true"),
    ("items", "type: array", "{type: integer}"),
    ("minProperties", OBJECT, "1"),
    ("maxProperties", OBJECT, "9"),
    ("required", OBJECT, "[a]"),
    ("required", "type: object", "[zz]"),
    ("properties", "type: object", "{a: {type: string}}"),
    ("additionalProperties", OBJECT, "{type: integer}"),
    ("additionalProperties", OBJECT, "false"),
    ("allOf", OBJECT, "[{type: object, properties: {b: {type: integer}}}]"),
    ("oneOf", "", "[{type: string}, {type: array, items: {type: string}}]"),
    ("anyOf", "", "[{type: string}, {type: array, items: {type: string}}]"),
    ("oneOf", OBJECT, "[{required: [a]}, {required: [b]}]"),
    ("not", "type: string", "{enum: [a]}"),
    ("not", "", "{}"),
    ("discriminator", OBJECT, "{propertyName: a}"),
];

const OBJECT: &str = "type: object, properties: {a: {type: string}}";

/// Formats change a type where a value is JSON; anywhere else they are
/// annotations (JSON Schema 2020-12 validation §7.2.1).
const FORMATS: &[(&str, &str, &str)] = &[
    ("format", "type: string", "uuid"),
    ("format", "type: integer", "int32"),
    ("format", "type: number", "float"),
    ("format", "type: number", "int64"),
];

/// What 3.1 adds, or spells in another way.
const KEYWORDS_31: &[(&str, &str, &str)] = &[
    ("type", "", "[string, object]"),
    ("type", "", "[string, 'null']"),
    ("type", "anyOf: [{minLength: 3}, {minimum: 3}]", "[string, integer]"),
    ("const", "type: string", "a"),
    ("const", "type: integer", "1"),
    ("const", "type: string, enum: [a, b]", "a"),
    ("exclusiveMinimum", "type: integer", "1"),
    ("exclusiveMaximum", "type: integer, maximum: 30", "9"),
    ("exclusiveMaximum", "type: integer", "9"),
    ("prefixItems", "type: array", "[{type: string}, {type: integer}]"),
    ("prefixItems", "type: array, items: {type: string}", "[{type: number}]"),
    ("contains", "type: array, items: {type: string}", "{const: a}"),
    ("minContains", "type: array, items: {type: string}, contains: {const: a}", "2"),
    ("maxContains", "type: array, items: {type: string}, contains: {const: a}", "3"),
    ("patternProperties", OBJECT, "{'^x': {type: integer}}"),
    ("patternProperties", "type: object", "{'^x': {type: integer}}"),
    ("patternProperties", "type: object, additionalProperties: false", "{'^x': {type: integer}}"),
    (
        "patternProperties",
        "type: object, additionalProperties: {type: string}",
        "{'^x': {type: integer}}",
    ),
    ("propertyNames", OBJECT, "{pattern: '^a'}"),
    ("dependentRequired", OBJECT, "{a: [b]}"),
    ("dependentSchemas", OBJECT, "{a: {required: [b]}}"),
    ("if", OBJECT, "{required: [a]}"),
    (
        "then",
        "type: object, properties: {a: {type: string}}, if: {required: [a]}",
        "{required: [b]}",
    ),
    (
        "else",
        "type: object, properties: {a: {type: string}}, if: {required: [a]}",
        "{required: [b]}",
    ),
    ("unevaluatedItems", "type: array, items: {type: string}", "false"),
    ("unevaluatedProperties", OBJECT, "false"),
    ("$dynamicRef", "", "'#meta'"),
    ("$ref", "description: text", "'#/components/schemas/Other'"),
];

/// Annotations (JSON Schema 2020-12 validation §9, core §8.2 and §8.3, content
/// §8; OpenAPI §4.7.24): by definition no message depends on them.
const ANNOTATIONS: &[(&str, &str)] = &[
    ("title", "text"),
    ("description", "text"),
    ("default", "a"),
    ("deprecated", "true"),
    ("readOnly", "true"),
    ("writeOnly", "true"),
    ("example", "a"),
    ("examples", "[a]"),
    ("externalDocs", "{url: 'https://a.example'}"),
    ("xml", "{name: a}"),
    ("$comment", "text"),
    ("$id", "'https://a.example/s'"),
    ("$schema", "'https://json-schema.org/draft/2020-12/schema'"),
    ("$anchor", "a"),
    ("$dynamicAnchor", "a"),
    ("$defs", "{a: {type: string}}"),
    ("contentEncoding", "base64"),
    ("contentMediaType", "text/plain"),
    ("contentSchema", "{type: string}"),
];

/// The places of a schema: a document with a hole, and where the hole is.
const PLACES: &[(&str, &str, &str)] = &[
    (
        "component",
        "#/components/schemas/Box",
        "
  schemas:
    Other: {type: object, properties: {z: {type: string}}}
    Box: {@}",
    ),
    (
        "property",
        "#/components/schemas/Box/properties/p",
        "
  schemas:
    Other: {type: object, properties: {z: {type: string}}}
    Box: {type: object, properties: {p: {@}}}",
    ),
    (
        "items",
        "#/components/schemas/Box/properties/p/items",
        "
  schemas:
    Other: {type: object, properties: {z: {type: string}}}
    Box: {type: object, properties: {p: {type: array, items: {@}}}}",
    ),
    (
        "values",
        "#/components/schemas/Box/additionalProperties",
        "
  schemas:
    Other: {type: object, properties: {z: {type: string}}}
    Box: {type: object, additionalProperties: {@}}",
    ),
    (
        "part of allOf",
        "#/components/schemas/Box/properties/p/allOf/0",
        "
  schemas:
    Other: {type: object, properties: {z: {type: string}}}
    Box: {type: object, properties: {p: {allOf: [{@}, {description: more}]}}}",
    ),
    (
        "branch of oneOf",
        "#/components/schemas/Box/properties/p/oneOf/0",
        "
  schemas:
    Other: {type: object, properties: {z: {type: string}}}
    Box: {type: object, properties: {p: {oneOf: [{@}, {type: boolean}]}}}",
    ),
    (
        "branch of anyOf",
        "#/components/schemas/Box/properties/p/anyOf/0",
        "
  schemas:
    Other: {type: object, properties: {z: {type: string}}}
    Box: {type: object, properties: {p: {anyOf: [{@}, {type: boolean}]}}}",
    ),
    (
        "string beside a string",
        "#/components/schemas/Box/properties/p/anyOf/0",
        "
  schemas:
    Other: {type: object, properties: {z: {type: string}}}
    Box: {type: object, properties: {p: {anyOf: [{@}, {type: string, format: uri}]}}}",
    ),
];

/// Places in an operation.
const OPERATION_PLACES: &[(&str, &str, &str)] = &[
    ("query parameter", "#/paths/~1a/post/parameters/0/schema", "
      parameters: [{name: q, in: query, schema: {@}}]
      responses: {'204': {description: d}}"),
    ("path parameter", "#/paths/~1a/post/parameters/0/schema", "
      parameters: [{name: q, in: header, required: true, schema: {@}}]
      responses: {'204': {description: d}}"),
    ("parameter content", "#/paths/~1a/post/parameters/0/content/application~1json/schema", "
      parameters: [{name: q, in: query, content: {application/json: {schema: {@}}}}]
      responses: {'204': {description: d}}"),
    ("response header", "#/paths/~1a/post/responses/204/headers/X-A/schema", "
      responses: {'204': {description: d, headers: {X-A: {schema: {@}}}}}"),
    ("JSON request", "#/paths/~1a/post/requestBody/content/application~1json/schema", "
      requestBody: {content: {application/json: {schema: {@}}}}
      responses: {'204': {description: d}}"),
    ("property of a form", "#/paths/~1a/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties/p", "
      requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {p: {@}}}}}}
      responses: {'204': {description: d}}"),
    ("text request", "#/paths/~1a/post/requestBody/content/text~1plain/schema", "
      requestBody: {content: {text/plain: {schema: {@}}}}
      responses: {'204': {description: d}}"),
    ("JSON response", "#/paths/~1a/post/responses/200/content/application~1json/schema", "
      responses: {'200': {description: d, content: {application/json: {schema: {@}}}}}"),
    ("JSON error", "#/paths/~1a/post/responses/400/content/application~1json/schema", "
      responses: {'400': {description: d, content: {application/json: {schema: {@}}}}}"),
    ("text response", "#/paths/~1a/post/responses/200/content/text~1plain/schema", "
      responses: {'200': {description: d, content: {text/plain: {schema: {@}}}}}"),
    ("bytes response", "#/paths/~1a/post/responses/200/content/application~1octet-stream/schema", "
      responses: {'200': {description: d, content: {application/octet-stream: {schema: {@}}}}}"),
];

fn document(version: &str, template: &str, schema: &str) -> String {
    let hole = template.replace('@', schema);
    let head = format!("openapi: {version}\ninfo: {{title: T, version: '1'}}\n");
    if template.contains("responses:") {
        let other =
            "components: {schemas: {Other: {type: object, properties: {z: {type: string}}}}}";
        return format!("{head}paths:\n  /a:\n    post:\n      operationId: a{hole}\n{other}\n");
    }
    let use_it = "paths: {/a: {get: {operationId: a, responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Box'}}}}}}}}";
    format!("{head}{use_it}\ncomponents:{hole}\n")
}

fn trials(
    version: &str,
    keywords: &[(&'static str, &str, &str)],
    places: &[(&str, &str, &str)],
) -> Vec<Trial> {
    let mut acc = Vec::new();
    for (place, node, template) in places {
        for (keyword, host, value) in keywords {
            let comma = if host.is_empty() { "" } else { ", " };
            acc.push(Trial {
                name: format!("{version}: {keyword}: {value} beside {{{host}}} as {place}"),
                without: document(version, template, host),
                with: document(version, template, &format!("{host}{comma}{keyword}: {value}")),
                node: Pointer::parse(node).expect("a pointer"),
                keyword,
            });
        }
    }
    acc
}

#[test]
fn every_keyword_of_3_0_in_a_schema_of_the_components() {
    check(&trials("3.0.4", KEYWORDS, PLACES));
    check(&trials("3.0.4", FORMATS, &PLACES[..4]));
}

#[test]
fn every_keyword_of_3_0_in_a_schema_of_an_operation() {
    check(&trials("3.0.4", KEYWORDS, OPERATION_PLACES));
}

#[test]
fn every_keyword_of_3_1_in_a_schema_of_the_components() {
    check(&trials("3.1.1", KEYWORDS_31, PLACES));
}

#[test]
fn every_keyword_of_3_1_in_a_schema_of_an_operation() {
    check(&trials("3.1.1", KEYWORDS_31, OPERATION_PLACES));
}

/// What is an annotation stays one: nothing is said, and nothing fails.
#[test]
fn annotations_are_never_reported() {
    for (keyword, value) in ANNOTATIONS {
        for (place, _, template) in PLACES.iter().chain(OPERATION_PLACES) {
            let said = |schema: &str| super::read(&document("3.1.1", template, schema)).said;
            let before = said("type: string");
            let after = said(&format!("type: string, {keyword}: {value}"));
            let new: Vec<_> = after.iter().filter(|it| !before.contains(it)).collect();
            assert!(new.is_empty(), "{keyword} as {place}: {new:#?}");
        }
    }
}
