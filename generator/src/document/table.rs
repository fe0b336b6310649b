//! The objects of OpenAPI 3.0 and 3.1 as a table: the members of each and the kind of each member.

/// What a member holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// A string.
    Text,
    /// A boolean.
    Flag,
    /// A number.
    Number,
    /// A whole number from 0.
    Count,
    /// Any value; not looked into.
    Json,
    /// A list.
    List(&'static Kind),
    /// A map from names that the author chooses.
    Map(&'static Kind),
    /// An object of the table.
    Node(&'static Object),
    /// An object of the table, or `$ref`.
    RefOr(&'static Object),
    /// A schema.
    Schema,
    /// A schema or a boolean that is none (`additionalProperties`).
    FlagOrSchema,
}

/// What is lost when a node is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cost {
    Nothing,
    Part,
    Operation,
}

/// An object of OpenAPI.
#[derive(Debug)]
pub(super) struct Object {
    /// The name in the specification.
    pub(super) title: &'static str,
    /// The members it knows.
    pub(super) members: &'static [(&'static str, Kind)],
    /// Members without which the node means nothing.
    pub(super) required: &'static [&'static str],
    /// Members whose loss costs the node: code without them would do something else.
    pub(super) vital: &'static [&'static str],
    /// The kind of the members whose names the author chooses.
    pub(super) others: Option<Kind>,
    /// What is lost without it.
    pub(super) cost: Cost,
}

use Kind::{Count, Flag, FlagOrSchema, Json, List, Map, Node, Number, RefOr, Text};

const fn object(title: &'static str, members: &'static [(&'static str, Kind)]) -> Object {
    Object { title, members, required: &[], vital: &[], others: None, cost: Cost::Part }
}

pub(super) static OPENAPI: Object = object(
    "OpenAPI Object",
    &[
        ("openapi", Text),
        ("info", Node(&INFO)),
        ("jsonSchemaDialect", Text),
        ("$self", Text),
        ("servers", List(&Node(&SERVER))),
        ("paths", Node(&PATHS)),
        ("webhooks", Json),
        ("components", Node(&COMPONENTS)),
        ("security", List(&Map(&List(&Text)))),
        ("tags", Json),
        ("externalDocs", Json),
    ],
);

static INFO: Object = object(
    "Info Object",
    &[
        ("title", Text),
        ("summary", Text),
        ("description", Text),
        ("termsOfService", Text),
        ("contact", Json),
        ("license", Json),
        ("version", Text),
    ],
);

static SERVER: Object = Object {
    required: &["url"],
    ..object(
        "Server Object",
        &[
            ("url", Text),
            ("name", Text),
            ("description", Text),
            ("variables", Map(&Node(&SERVER_VARIABLE))),
        ],
    )
};

static SERVER_VARIABLE: Object = object(
    "Server Variable Object",
    &[("enum", List(&Text)), ("default", Text), ("description", Text)],
);

static PATHS: Object = Object { others: Some(Node(&PATH_ITEM)), ..object("Paths Object", &[]) };

static PATH_ITEM: Object = object(
    "Path Item Object",
    &[
        ("$ref", Text),
        ("summary", Text),
        ("description", Text),
        ("get", Node(&OPERATION)),
        ("put", Node(&OPERATION)),
        ("post", Node(&OPERATION)),
        ("delete", Node(&OPERATION)),
        ("options", Node(&OPERATION)),
        ("head", Node(&OPERATION)),
        ("patch", Node(&OPERATION)),
        ("trace", Node(&OPERATION)),
        ("servers", List(&Node(&SERVER))),
        ("parameters", List(&RefOr(&PARAMETER))),
    ],
);

static OPERATION: Object = Object {
    cost: Cost::Operation,
    vital: &["requestBody", "responses"],
    ..object(
        "Operation Object",
        &[
            ("tags", List(&Text)),
            ("summary", Text),
            ("description", Text),
            ("externalDocs", Json),
            ("operationId", Text),
            ("parameters", List(&RefOr(&PARAMETER))),
            ("requestBody", RefOr(&REQUEST_BODY)),
            ("responses", Node(&RESPONSES)),
            ("callbacks", Json),
            ("deprecated", Flag),
            ("security", List(&Map(&List(&Text)))),
            ("servers", List(&Node(&SERVER))),
        ],
    )
};

static PARAMETER: Object = Object {
    required: &["name", "in"],
    ..object(
        "Parameter Object",
        &[
            ("name", Text),
            ("in", Text),
            ("description", Text),
            ("required", Flag),
            ("deprecated", Flag),
            ("allowEmptyValue", Flag),
            ("style", Text),
            ("explode", Flag),
            ("allowReserved", Flag),
            ("schema", Kind::Schema),
            ("example", Json),
            ("examples", Json),
            ("content", Map(&Node(&MEDIA_TYPE))),
        ],
    )
};

static HEADER: Object = object(
    "Header Object",
    &[
        ("description", Text),
        ("required", Flag),
        ("deprecated", Flag),
        ("allowEmptyValue", Flag),
        ("style", Text),
        ("explode", Flag),
        ("allowReserved", Flag),
        ("schema", Kind::Schema),
        ("example", Json),
        ("examples", Json),
        ("content", Map(&Node(&MEDIA_TYPE))),
    ],
);

static REQUEST_BODY: Object = object(
    "Request Body Object",
    &[("description", Text), ("content", Map(&Node(&MEDIA_TYPE))), ("required", Flag)],
);

static MEDIA_TYPE: Object = object(
    "Media Type Object",
    &[
        ("schema", Kind::Schema),
        ("itemSchema", Json),
        ("example", Json),
        ("examples", Json),
        ("encoding", Json),
        ("prefixEncoding", Json),
        ("itemEncoding", Json),
    ],
);

static RESPONSES: Object =
    Object { others: Some(RefOr(&RESPONSE)), ..object("Responses Object", &[]) };

static RESPONSE: Object = object(
    "Response Object",
    &[
        ("summary", Text),
        ("description", Text),
        ("headers", Map(&RefOr(&HEADER))),
        ("content", Map(&Node(&MEDIA_TYPE))),
        ("links", Json),
    ],
);

static COMPONENTS: Object = object(
    "Components Object",
    &[
        ("schemas", Map(&Kind::Schema)),
        ("responses", Map(&RefOr(&RESPONSE))),
        ("parameters", Map(&RefOr(&PARAMETER))),
        ("examples", Json),
        ("requestBodies", Map(&RefOr(&REQUEST_BODY))),
        ("headers", Map(&RefOr(&HEADER))),
        ("securitySchemes", Map(&RefOr(&SECURITY_SCHEME))),
        ("links", Json),
        ("callbacks", Json),
        ("pathItems", Map(&Node(&PATH_ITEM))),
        ("mediaTypes", Map(&Node(&MEDIA_TYPE))),
    ],
);

static SECURITY_SCHEME: Object = Object {
    required: &["type"],
    ..object(
        "Security Scheme Object",
        &[
            ("type", Text),
            ("description", Text),
            ("name", Text),
            ("in", Text),
            ("scheme", Text),
            ("bearerFormat", Text),
            ("flows", Json),
            ("openIdConnectUrl", Text),
            ("oauth2MetadataUrl", Text),
            ("deprecated", Flag),
        ],
    )
};

static DISCRIMINATOR: Object = Object {
    required: &["propertyName"],
    ..object(
        "Discriminator Object",
        &[("propertyName", Text), ("mapping", Map(&Text)), ("defaultMapping", Text)],
    )
};

/// A schema. The second half are keywords of JSON Schema 2020-12 (OpenAPI
/// 3.1) that only narrow what is valid, or say how to write it down: they are
/// known and change no type.
pub(super) static SCHEMA: Object = Object {
    cost: Cost::Nothing,
    ..object(
        "Schema Object",
        &[
            ("title", Text),
            ("description", Text),
            ("type", Text),
            ("format", Text),
            ("enum", List(&Json)),
            ("default", Json),
            ("example", Json),
            ("nullable", Flag),
            ("readOnly", Flag),
            ("writeOnly", Flag),
            ("deprecated", Flag),
            ("discriminator", Node(&DISCRIMINATOR)),
            ("externalDocs", Json),
            ("xml", Json),
            ("multipleOf", Number),
            ("minimum", Number),
            ("maximum", Number),
            ("exclusiveMinimum", Flag),
            ("exclusiveMaximum", Flag),
            ("minLength", Count),
            ("maxLength", Count),
            ("pattern", Text),
            ("minItems", Count),
            ("maxItems", Count),
            ("uniqueItems", Flag),
            ("minProperties", Count),
            ("maxProperties", Count),
            ("required", List(&Text)),
            ("properties", Map(&Kind::Schema)),
            ("additionalProperties", FlagOrSchema),
            ("items", Kind::Schema),
            ("allOf", List(&Kind::Schema)),
            ("oneOf", List(&Kind::Schema)),
            ("anyOf", List(&Kind::Schema)),
            ("not", Json),
            ("$defs", Map(&Kind::Schema)),
            ("definitions", Map(&Kind::Schema)),
            ("$schema", Json),
            ("$id", Json),
            ("$anchor", Json),
            ("$comment", Json),
            ("contentEncoding", Json),
            ("contentMediaType", Json),
            ("contentSchema", Json),
            ("prefixItems", Json),
            ("contains", Json),
            ("minContains", Json),
            ("maxContains", Json),
            ("if", Json),
            ("then", Json),
            ("else", Json),
            ("dependentRequired", Json),
            ("dependentSchemas", Json),
            ("patternProperties", Map(&Kind::Schema)),
            ("propertyNames", Json),
            ("unevaluatedItems", Json),
            ("unevaluatedProperties", Json),
        ],
    )
};
