//! The rows of the objects that code is generated from, except the Schema Object.

use super::Kind::{self, Flag, Json, List, Map, Node, RefOr, Text, Unread};
use super::unread::{
    CALLBACK, CONTACT, ENCODING, EXAMPLE, EXTERNAL_DOCS, FLOWS, LICENSE, LINK, TAG,
};
use super::{Cost, Object, OpenApiVersion, member, object};

pub(crate) static OPENAPI: Object = object(
    "OpenAPI Object",
    &[
        member("openapi", Text).annotation(),
        member("info", Node(&INFO)),
        member("jsonSchemaDialect", Text).assertion().since(OpenApiVersion::V31),
        member("$self", Text).annotation().since(OpenApiVersion::V32),
        member("servers", List(&Node(&SERVER))),
        member("paths", Node(&PATHS)),
        member("webhooks", Unread(&Map(&Node(&PATH_ITEM)))).part().since(OpenApiVersion::V31),
        // What `webhooks` was called before 3.1.
        member("x-webhooks", Unread(&Map(&Node(&PATH_ITEM)))).part(),
        member("components", Node(&COMPONENTS)),
        member("security", List(&Map(&List(&Text)))),
        member("tags", Unread(&List(&Node(&TAG)))).annotation(),
        member("externalDocs", Unread(&Node(&EXTERNAL_DOCS))).annotation(),
    ],
);

pub(crate) static INFO: Object = object(
    "Info Object",
    &[
        member("title", Text),
        member("summary", Text).annotation(),
        member("description", Text),
        member("termsOfService", Text).annotation(),
        member("contact", Unread(&Node(&CONTACT))).annotation(),
        member("license", Unread(&Node(&LICENSE))).annotation(),
        member("version", Text),
    ],
);

pub(crate) static SERVER: Object = Object {
    required: &["url"],
    ..object(
        "Server Object",
        &[
            member("url", Text),
            member("name", Text).annotation(),
            member("description", Text),
            member("variables", Map(&Node(&SERVER_VARIABLE))),
        ],
    )
};

pub(crate) static SERVER_VARIABLE: Object = Object {
    expected: &["default"],
    ..object(
        "Server Variable Object",
        &[
            member("enum", List(&Text)).assertion(),
            member("default", Text),
            member("description", Text),
        ],
    )
};

pub(crate) static PATHS: Object =
    Object { others: Some(Node(&PATH_ITEM)), ..object("Paths Object", &[]) };

pub(crate) static PATH_ITEM: Object = object(
    "Path Item Object",
    &[
        member("$ref", Text),
        member("summary", Text).annotation(),
        member("description", Text).annotation(),
        member("get", Node(&OPERATION)),
        member("put", Node(&OPERATION)),
        member("post", Node(&OPERATION)),
        member("delete", Node(&OPERATION)),
        member("options", Node(&OPERATION)),
        member("head", Node(&OPERATION)),
        member("patch", Node(&OPERATION)),
        member("trace", Node(&OPERATION)),
        member("servers", List(&Node(&SERVER))),
        member("parameters", List(&RefOr(&PARAMETER))),
    ],
);

pub(crate) static OPERATION: Object = Object {
    cost: Cost::Operation,
    vital: &["requestBody", "responses"],
    ..object(
        "Operation Object",
        &[
            member("tags", List(&Text)),
            member("summary", Text),
            member("description", Text),
            member("externalDocs", Unread(&Node(&EXTERNAL_DOCS))).annotation(),
            member("operationId", Text),
            member("parameters", List(&RefOr(&PARAMETER))),
            member("requestBody", RefOr(&REQUEST_BODY)),
            member("responses", Node(&RESPONSES)),
            member("callbacks", Unread(&Map(&RefOr(&CALLBACK)))).part(),
            member("deprecated", Flag),
            member("security", List(&Map(&List(&Text)))),
            member("servers", List(&Node(&SERVER))),
        ],
    )
};

pub(crate) static PARAMETER: Object = Object {
    required: &["name", "in"],
    ..object(
        "Parameter Object",
        &[
            member("name", Text),
            member("in", Text),
            member("description", Text),
            member("required", Flag).assertion(),
            member("deprecated", Flag),
            member("allowEmptyValue", Flag).assertion(),
            member("style", Text),
            member("explode", Flag),
            member("allowReserved", Flag),
            member("schema", Kind::Schema).assertion(),
            member("example", Json).annotation(),
            member("examples", Unread(&Map(&RefOr(&EXAMPLE)))).annotation(),
            member("content", Map(&Node(&MEDIA_TYPE))),
            member("x-secret", Flag),
            member("x-sensitive", Flag),
        ],
    )
};

pub(crate) static HEADER: Object = object(
    "Header Object",
    &[
        member("description", Text),
        member("required", Flag).assertion(),
        member("deprecated", Flag).annotation(),
        member("allowEmptyValue", Flag).assertion(),
        member("style", Text),
        member("explode", Flag),
        member("allowReserved", Flag),
        member("schema", Kind::Schema).assertion(),
        member("example", Json).annotation(),
        member("examples", Unread(&Map(&RefOr(&EXAMPLE)))).annotation(),
        member("content", Map(&Node(&MEDIA_TYPE))),
    ],
);

pub(crate) static REQUEST_BODY: Object = Object {
    expected: &["content"],
    ..object(
        "Request Body Object",
        &[
            member("description", Text),
            member("content", Map(&Node(&MEDIA_TYPE))),
            member("required", Flag).assertion(),
        ],
    )
};

pub(crate) static MEDIA_TYPE: Object = object(
    "Media Type Object",
    &[
        member("schema", Kind::Schema).assertion(),
        member("itemSchema", Unread(&Kind::Schema)).since(OpenApiVersion::V32),
        member("example", Json).annotation(),
        member("examples", Unread(&Map(&RefOr(&EXAMPLE)))).annotation(),
        member("encoding", Unread(&Map(&Node(&ENCODING)))),
        member("prefixEncoding", Unread(&List(&Node(&ENCODING)))).since(OpenApiVersion::V32),
        member("itemEncoding", Unread(&Node(&ENCODING))).since(OpenApiVersion::V32),
    ],
);

pub(crate) static RESPONSES: Object =
    Object { others: Some(RefOr(&RESPONSE)), ..object("Responses Object", &[]) };

pub(crate) static RESPONSE: Object = Object {
    expected: &["description"],
    ..object(
        "Response Object",
        &[
            member("summary", Text).annotation(),
            member("description", Text),
            member("headers", Map(&RefOr(&HEADER))),
            member("content", Map(&Node(&MEDIA_TYPE))),
            member("links", Unread(&Map(&RefOr(&LINK)))).part(),
        ],
    )
};

pub(crate) static COMPONENTS: Object = object(
    "Components Object",
    &[
        member("schemas", Map(&Kind::Schema)),
        member("responses", Map(&RefOr(&RESPONSE))),
        member("parameters", Map(&RefOr(&PARAMETER))),
        member("examples", Unread(&Map(&RefOr(&EXAMPLE)))).annotation(),
        member("requestBodies", Map(&RefOr(&REQUEST_BODY))),
        member("headers", Map(&RefOr(&HEADER))),
        member("securitySchemes", Map(&RefOr(&SECURITY_SCHEME))),
        member("links", Unread(&Map(&RefOr(&LINK)))).annotation(),
        member("callbacks", Unread(&Map(&RefOr(&CALLBACK)))).annotation(),
        member("pathItems", Map(&Node(&PATH_ITEM))).annotation().since(OpenApiVersion::V31),
        // Of OpenAPI 3.2.
        member("mediaTypes", Json).annotation().since(OpenApiVersion::V32),
    ],
);

pub(crate) static SECURITY_SCHEME: Object = Object {
    required: &["type"],
    ..object(
        "Security Scheme Object",
        &[
            member("type", Text).assertion(),
            member("description", Text),
            member("name", Text),
            member("in", Text),
            member("scheme", Text),
            member("bearerFormat", Text).annotation(),
            member("flows", Node(&FLOWS)).part(),
            member("openIdConnectUrl", Text).part(),
            member("oauth2MetadataUrl", Text).part(),
            member("deprecated", Flag).annotation(),
        ],
    )
};
