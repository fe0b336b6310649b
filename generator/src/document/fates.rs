//! What becomes of a keyword that nothing expresses: the written list of annotations, and what the others cost.

use super::table::{
    COMPONENTS, HEADER, INFO, MEDIA_TYPE, OPENAPI, OPERATION, Object, PARAMETER, PATH_ITEM,
    RESPONSE, SCHEMA, SECURITY_SCHEME, SERVER,
};

/// The keywords that no message depends on: texts for people, examples and
/// names (OpenAPI 3.1.1 §4.8; JSON Schema 2020-12 validation §8 and §9, core §8).
/// `format` is one where it names no width (validation §7.2.1). Components have
/// no effect unless something refers to them (§4.8.7).
const ANNOTATIONS: &[(&Object, &[&str])] = &[
    (&OPENAPI, &["openapi", "$self", "tags", "externalDocs"]),
    (&INFO, &["summary", "termsOfService", "contact", "license"]),
    (&SERVER, &["name"]),
    (&PATH_ITEM, &["summary", "description"]),
    (&OPERATION, &["externalDocs"]),
    (&PARAMETER, &["example", "examples"]),
    (&HEADER, &["example", "examples", "deprecated"]),
    (&MEDIA_TYPE, &["example", "examples"]),
    (&RESPONSE, &["summary"]),
    (&COMPONENTS, &["examples", "links", "callbacks", "mediaTypes", "pathItems"]),
    (&SECURITY_SCHEME, &["bearerFormat", "deprecated"]),
    (
        &SCHEMA,
        &[
            "title",
            "description",
            "default",
            "deprecated",
            "readOnly",
            "writeOnly",
            "example",
            "examples",
            "externalDocs",
            "xml",
            "format",
            "$comment",
            "$schema",
            "$id",
            "$anchor",
            "$dynamicAnchor",
            "$defs",
            "definitions",
            "contentEncoding",
            "contentMediaType",
            "contentSchema",
        ],
    ),
];

/// Parts that describe requests which somebody else sends, or where a token comes from.
const PARTS: &[&str] = &[
    "callbacks",
    "webhooks",
    "x-webhooks",
    "links",
    "flows",
    "openIdConnectUrl",
    "oauth2MetadataUrl",
];

/// Keywords of which the wire shows nothing: they only say which of the values
/// that can be written and read are valid.
const ASSERTIONS: &[&str] = &[
    "not",
    "if",
    "then",
    "else",
    "contains",
    "minContains",
    "maxContains",
    "dependentRequired",
    "dependentSchemas",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "required",
    "nullable",
    "enum",
    "const",
    "multipleOf",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "allowEmptyValue",
    "jsonSchemaDialect",
    "type",
    "oneOf",
    "anyOf",
    "additionalProperties",
    "discriminator",
    // Of a text, which is sent and read as it is.
    "schema",
];

/// The keywords that speak of values of some types alone.
pub(crate) const SPEAK_OF: &[(&[&str], &[&str])] = &[
    (&["string"], &["minLength", "maxLength", "pattern"]),
    (
        &["number", "integer"],
        &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
    ),
    (&["array"], &["items", "minItems", "maxItems", "uniqueItems"]),
    (&["object"], &["properties", "additionalProperties", "minProperties", "maxProperties"]),
];

/// What a keyword that nothing expresses costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// No message depends on it.
    Annotation,
    /// A part of the document that no client needs.
    Part,
    /// The values that are sent and read are the same.
    Assertion,
    /// What is sent or read could be another thing.
    Wire,
}

/// Returns what it costs that nothing expresses a keyword of an object.
pub(crate) fn fate(object: &'static Object, keyword: &str) -> Fate {
    let mut lists = ANNOTATIONS.iter().filter(|(it, _)| object.is(it));
    if lists.any(|(_, keywords)| keywords.contains(&keyword)) {
        Fate::Annotation
    } else if PARTS.contains(&keyword) {
        Fate::Part
    } else if ASSERTIONS.contains(&keyword) {
        Fate::Assertion
    } else {
        Fate::Wire
    }
}
