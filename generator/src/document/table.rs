//! The objects of OpenAPI 3.0 and 3.1 as a table: the members of each and the kind of each member.

/// What a member holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
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
    /// A member that no code is generated from: only the lint looks into it.
    Unread(&'static Kind),
}

/// What is lost when a node is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cost {
    Nothing,
    Part,
    Operation,
}

/// An object of OpenAPI.
#[derive(Debug)]
pub(crate) struct Object {
    /// The name in the specification.
    pub(crate) title: &'static str,
    /// The members it knows.
    pub(crate) members: &'static [(&'static str, Kind)],
    /// Members without which the node means nothing.
    pub(crate) required: &'static [&'static str],
    /// Further members that the specification requires; code does without
    /// them, so only the lint asks for them.
    pub(crate) expected: &'static [&'static str],
    /// Members whose loss costs the node: code without them would do something else.
    pub(crate) vital: &'static [&'static str],
    /// The kind of the members whose names the author chooses.
    pub(crate) others: Option<Kind>,
    /// What is lost without it.
    pub(crate) cost: Cost,
}

use super::table_unread::{
    CALLBACK, CONTACT, ENCODING, EXAMPLE, EXTERNAL_DOCS, FLOWS, LICENSE, LINK, TAG, XML,
};
use Kind::{Count, Flag, FlagOrSchema, Json, List, Map, Node, Number, RefOr, Text, Unread};

impl Object {
    /// Returns whether it is that object of the table.
    pub(crate) fn is(&self, other: &'static Self) -> bool {
        std::ptr::eq(self, other)
    }
}

pub(super) const fn object(
    title: &'static str,
    members: &'static [(&'static str, Kind)],
) -> Object {
    Object {
        title,
        members,
        required: &[],
        expected: &[],
        vital: &[],
        others: None,
        cost: Cost::Part,
    }
}

pub(crate) static OPENAPI: Object = object(
    "OpenAPI Object",
    &[
        ("openapi", Text),
        ("info", Node(&INFO)),
        ("jsonSchemaDialect", Text),
        ("$self", Text),
        ("servers", List(&Node(&SERVER))),
        ("paths", Node(&PATHS)),
        ("webhooks", Unread(&Map(&Node(&PATH_ITEM)))),
        // What `webhooks` was called before 3.1.
        ("x-webhooks", Unread(&Map(&Node(&PATH_ITEM)))),
        ("components", Node(&COMPONENTS)),
        ("security", List(&Map(&List(&Text)))),
        ("tags", Unread(&List(&Node(&TAG)))),
        ("externalDocs", Unread(&Node(&EXTERNAL_DOCS))),
    ],
);

pub(crate) static INFO: Object = object(
    "Info Object",
    &[
        ("title", Text),
        ("summary", Text),
        ("description", Text),
        ("termsOfService", Text),
        ("contact", Unread(&Node(&CONTACT))),
        ("license", Unread(&Node(&LICENSE))),
        ("version", Text),
    ],
);

pub(crate) static SERVER: Object = Object {
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

pub(crate) static SERVER_VARIABLE: Object = Object {
    expected: &["default"],
    ..object(
        "Server Variable Object",
        &[("enum", List(&Text)), ("default", Text), ("description", Text)],
    )
};

pub(crate) static PATHS: Object =
    Object { others: Some(Node(&PATH_ITEM)), ..object("Paths Object", &[]) };

pub(crate) static PATH_ITEM: Object = object(
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

pub(crate) static OPERATION: Object = Object {
    cost: Cost::Operation,
    vital: &["requestBody", "responses"],
    ..object(
        "Operation Object",
        &[
            ("tags", List(&Text)),
            ("summary", Text),
            ("description", Text),
            ("externalDocs", Unread(&Node(&EXTERNAL_DOCS))),
            ("operationId", Text),
            ("parameters", List(&RefOr(&PARAMETER))),
            ("requestBody", RefOr(&REQUEST_BODY)),
            ("responses", Node(&RESPONSES)),
            ("callbacks", Unread(&Map(&RefOr(&CALLBACK)))),
            ("deprecated", Flag),
            ("security", List(&Map(&List(&Text)))),
            ("servers", List(&Node(&SERVER))),
        ],
    )
};

pub(crate) static PARAMETER: Object = Object {
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
            ("examples", Unread(&Map(&RefOr(&EXAMPLE)))),
            ("content", Map(&Node(&MEDIA_TYPE))),
        ],
    )
};

pub(crate) static HEADER: Object = object(
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
        ("examples", Unread(&Map(&RefOr(&EXAMPLE)))),
        ("content", Map(&Node(&MEDIA_TYPE))),
    ],
);

pub(crate) static REQUEST_BODY: Object = Object {
    expected: &["content"],
    ..object(
        "Request Body Object",
        &[("description", Text), ("content", Map(&Node(&MEDIA_TYPE))), ("required", Flag)],
    )
};

pub(crate) static MEDIA_TYPE: Object = object(
    "Media Type Object",
    &[
        ("schema", Kind::Schema),
        ("itemSchema", Unread(&Kind::Schema)),
        ("example", Json),
        ("examples", Unread(&Map(&RefOr(&EXAMPLE)))),
        ("encoding", Unread(&Map(&Node(&ENCODING)))),
        ("prefixEncoding", Unread(&List(&Node(&ENCODING)))),
        ("itemEncoding", Unread(&Node(&ENCODING))),
    ],
);

pub(crate) static RESPONSES: Object =
    Object { others: Some(RefOr(&RESPONSE)), ..object("Responses Object", &[]) };

pub(crate) static RESPONSE: Object = Object {
    expected: &["description"],
    ..object(
        "Response Object",
        &[
            ("summary", Text),
            ("description", Text),
            ("headers", Map(&RefOr(&HEADER))),
            ("content", Map(&Node(&MEDIA_TYPE))),
            ("links", Unread(&Map(&RefOr(&LINK)))),
        ],
    )
};

pub(crate) static COMPONENTS: Object = object(
    "Components Object",
    &[
        ("schemas", Map(&Kind::Schema)),
        ("responses", Map(&RefOr(&RESPONSE))),
        ("parameters", Map(&RefOr(&PARAMETER))),
        ("examples", Unread(&Map(&RefOr(&EXAMPLE)))),
        ("requestBodies", Map(&RefOr(&REQUEST_BODY))),
        ("headers", Map(&RefOr(&HEADER))),
        ("securitySchemes", Map(&RefOr(&SECURITY_SCHEME))),
        ("links", Unread(&Map(&RefOr(&LINK)))),
        ("callbacks", Unread(&Map(&RefOr(&CALLBACK)))),
        ("pathItems", Map(&Node(&PATH_ITEM))),
        // Of OpenAPI 3.2.
        ("mediaTypes", Json),
    ],
);

pub(crate) static SECURITY_SCHEME: Object = Object {
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
            ("flows", Unread(&Node(&FLOWS))),
            ("openIdConnectUrl", Text),
            ("oauth2MetadataUrl", Text),
            ("deprecated", Flag),
        ],
    )
};

pub(crate) static DISCRIMINATOR: Object = Object {
    required: &["propertyName"],
    ..object(
        "Discriminator Object",
        &[("propertyName", Text), ("mapping", Map(&Text)), ("defaultMapping", Text)],
    )
};

/// A schema. The second half are keywords of JSON Schema 2020-12 (OpenAPI
/// 3.1) that only narrow what is valid, or say how to write it down: they are
/// known and change no type.
pub(crate) static SCHEMA: Object = Object {
    cost: Cost::Nothing,
    ..object(
        "Schema Object",
        &[
            ("title", Text),
            ("description", Text),
            ("type", Text),
            ("format", Text),
            ("enum", List(&Json)),
            // Where they say something, the dialect has rewritten them before.
            ("const", Json),
            ("examples", Json),
            ("default", Json),
            ("example", Json),
            ("nullable", Flag),
            ("readOnly", Flag),
            ("writeOnly", Flag),
            ("deprecated", Flag),
            ("discriminator", Node(&DISCRIMINATOR)),
            ("externalDocs", Unread(&Node(&EXTERNAL_DOCS))),
            ("xml", Unread(&Node(&XML))),
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
            ("not", Unread(&Kind::Schema)),
            ("$defs", Map(&Kind::Schema)),
            ("definitions", Map(&Kind::Schema)),
            ("$schema", Json),
            ("$id", Json),
            ("$anchor", Json),
            ("$dynamicAnchor", Json),
            ("$dynamicRef", Text),
            ("$comment", Json),
            ("contentEncoding", Json),
            ("contentMediaType", Json),
            ("contentSchema", Unread(&Kind::Schema)),
            ("prefixItems", Unread(&List(&Kind::Schema))),
            ("contains", Unread(&Kind::Schema)),
            ("minContains", Json),
            ("maxContains", Json),
            ("if", Unread(&Kind::Schema)),
            ("then", Unread(&Kind::Schema)),
            ("else", Unread(&Kind::Schema)),
            ("dependentRequired", Unread(&Map(&List(&Text)))),
            ("dependentSchemas", Unread(&Map(&Kind::Schema))),
            ("patternProperties", Map(&Kind::Schema)),
            ("propertyNames", Unread(&Kind::Schema)),
            ("unevaluatedItems", Unread(&FlagOrSchema)),
            ("unevaluatedProperties", Unread(&FlagOrSchema)),
        ],
    )
};
