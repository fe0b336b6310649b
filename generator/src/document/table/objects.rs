//! The rows of the objects that code is generated from, except the Schema Object.

use super::Kind::{self, Flag, Json, List, Map, Node, RefOr, Text, Unread};
use super::unread::{CONTACT, ENCODING, EXAMPLE, EXTERNAL_DOCS, FLOWS, LICENSE, LINK, TAG};
use super::{Cost, Object, OpenApiVersion, Way, member, object};

pub(crate) static OPENAPI: Object = object(
    "OpenAPI Object",
    &[
        member("openapi", Text).definition(),
        member("info", Node(&INFO)),
        member("jsonSchemaDialect", Text).assertion().since(OpenApiVersion::V31),
        member("$self", Text).definition().since(OpenApiVersion::V32),
        member("servers", List(&Node(&SERVER))),
        member("paths", Node(&PATHS)),
        member("webhooks", Map(&Node(&PATH_ITEM)))
            .part()
            .way(Way::Turned)
            .since(OpenApiVersion::V31),
        // What `webhooks` was called before 3.1.
        member("x-webhooks", Node(&X_WEBHOOKS)).part().way(Way::Turned),
        member("components", Node(&COMPONENTS)),
        member("security", List(&Map(&List(&Text)))).way(Way::Sent).set(),
        member("tags", Unread(&List(&Node(&TAG)))).note().set(),
        member("externalDocs", Unread(&Node(&EXTERNAL_DOCS))).note(),
    ],
);

pub(crate) static INFO: Object = object(
    "Info Object",
    &[
        member("title", Text).note(),
        member("summary", Text).note(),
        member("description", Text).note(),
        member("termsOfService", Text).note(),
        member("contact", Unread(&Node(&CONTACT))).note(),
        member("license", Unread(&Node(&LICENSE))).note(),
        member("version", Text),
    ],
);

pub(crate) static SERVER: Object = Object {
    required: &["url"],
    ..object(
        "Server Object",
        &[
            member("url", Text),
            member("name", Text).note(),
            member("description", Text).note(),
            member("variables", Map(&Node(&SERVER_VARIABLE))),
        ],
    )
};

pub(crate) static SERVER_VARIABLE: Object = Object {
    expected: &["default"],
    ..object(
        "Server Variable Object",
        &[
            member("enum", List(&Text)).assertion().set(),
            member("default", Text),
            member("description", Text).note(),
        ],
    )
};

pub(crate) static PATHS: Object =
    Object { others: Some(Node(&PATH_ITEM)), ..object("Paths Object", &[]) };

/// Webhooks, where the names that begin with `x-` are extensions.
pub(crate) static X_WEBHOOKS: Object =
    Object { others: Some(Node(&PATH_ITEM)), ..object("Webhooks Object", &[]) };

pub(crate) static CALLBACK: Object =
    Object { others: Some(Node(&PATH_ITEM)), ..object("Callback Object", &[]) };

pub(crate) static PATH_ITEM: Object = object(
    "Path Item Object",
    &[
        member("$ref", Text),
        member("summary", Text).note(),
        member("description", Text).note(),
        member("get", Node(&OPERATION)),
        member("put", Node(&OPERATION)),
        member("post", Node(&OPERATION)),
        member("delete", Node(&OPERATION)),
        member("options", Node(&OPERATION)),
        member("head", Node(&OPERATION)),
        member("patch", Node(&OPERATION)),
        member("trace", Node(&OPERATION)),
        member("servers", List(&Node(&SERVER))),
        member("parameters", List(&RefOr(&PARAMETER))).way(Way::Sent).set(),
    ],
);

pub(crate) static OPERATION: Object = Object {
    cost: Cost::Operation,
    vital: &["requestBody", "responses"],
    ..object(
        "Operation Object",
        &[
            member("tags", List(&Text)).note().set(),
            member("summary", Text).note(),
            member("description", Text).note(),
            member("externalDocs", Unread(&Node(&EXTERNAL_DOCS))).note(),
            member("operationId", Text).note(),
            member("parameters", List(&RefOr(&PARAMETER))).way(Way::Sent).set(),
            member("requestBody", RefOr(&REQUEST_BODY)).way(Way::Sent),
            member("responses", Node(&RESPONSES)).way(Way::Received),
            member("callbacks", Map(&RefOr(&CALLBACK))).part().way(Way::Turned),
            member("deprecated", Flag),
            member("security", List(&Map(&List(&Text)))).way(Way::Sent).set(),
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
            member("description", Text).note(),
            member("required", Flag).assertion(),
            member("deprecated", Flag),
            member("allowEmptyValue", Flag).assertion(),
            member("style", Text),
            member("explode", Flag),
            member("allowReserved", Flag),
            member("schema", Kind::Schema).assertion(),
            member("example", Json).note(),
            member("examples", Unread(&Map(&RefOr(&EXAMPLE)))).note(),
            member("content", Map(&Node(&MEDIA_TYPE))),
            member("x-secret", Flag),
            member("x-sensitive", Flag),
        ],
    )
};

pub(crate) static HEADER: Object = object(
    "Header Object",
    &[
        member("description", Text).note(),
        member("required", Flag).assertion(),
        member("deprecated", Flag).annotation(),
        member("allowEmptyValue", Flag).assertion(),
        member("style", Text),
        member("explode", Flag),
        member("allowReserved", Flag),
        member("schema", Kind::Schema).assertion(),
        member("example", Json).note(),
        member("examples", Unread(&Map(&RefOr(&EXAMPLE)))).note(),
        member("content", Map(&Node(&MEDIA_TYPE))),
    ],
);

pub(crate) static REQUEST_BODY: Object = Object {
    expected: &["content"],
    ..object(
        "Request Body Object",
        &[
            member("description", Text).note(),
            member("content", Map(&Node(&MEDIA_TYPE))),
            member("required", Flag).assertion(),
        ],
    )
};

pub(crate) static MEDIA_TYPE: Object = object(
    "Media Type Object",
    &[
        member("schema", Kind::Schema).assertion(),
        member("itemSchema", Kind::Schema).assertion().since(OpenApiVersion::V32),
        member("example", Json).note(),
        member("examples", Unread(&Map(&RefOr(&EXAMPLE)))).note(),
        member("encoding", Map(&Node(&ENCODING))),
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
            member("summary", Text).note(),
            member("description", Text).note(),
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
        member("responses", Map(&RefOr(&RESPONSE))).way(Way::Received),
        member("parameters", Map(&RefOr(&PARAMETER))).way(Way::Sent),
        member("examples", Unread(&Map(&RefOr(&EXAMPLE)))).definition(),
        member("requestBodies", Map(&RefOr(&REQUEST_BODY))).way(Way::Sent),
        member("headers", Map(&RefOr(&HEADER))),
        member("securitySchemes", Map(&RefOr(&SECURITY_SCHEME))).way(Way::Sent),
        member("links", Unread(&Map(&RefOr(&LINK)))).definition(),
        member("callbacks", Map(&RefOr(&CALLBACK))).definition(),
        member("pathItems", Map(&Node(&PATH_ITEM))).definition().since(OpenApiVersion::V31),
        // Of OpenAPI 3.2.
        member("mediaTypes", Json).definition().since(OpenApiVersion::V32),
    ],
);

pub(crate) static SECURITY_SCHEME: Object = Object {
    required: &["type"],
    ..object(
        "Security Scheme Object",
        &[
            member("type", Text).assertion(),
            member("description", Text).note(),
            member("name", Text),
            member("in", Text),
            member("scheme", Text),
            member("bearerFormat", Text).note(),
            member("flows", Node(&FLOWS)).part(),
            member("openIdConnectUrl", Text).part(),
            member("oauth2MetadataUrl", Text).part(),
            member("deprecated", Flag).annotation(),
        ],
    )
};
