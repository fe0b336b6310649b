//! The objects of OpenAPI that no code is generated from, as a table: examples, links, callbacks, tags.

use super::table::Kind::{Flag, Json, List, Map, Node, RefOr, Text};
use super::table::{HEADER, Kind, Object, PATH_ITEM, SERVER, object};

pub(super) static CONTACT: Object =
    object("Contact Object", &[("name", Text), ("url", Text), ("email", Text)]);

pub(super) static LICENSE: Object = Object {
    expected: &["name"],
    ..object("License Object", &[("name", Text), ("identifier", Text), ("url", Text)])
};

pub(super) static EXTERNAL_DOCS: Object = Object {
    expected: &["url"],
    ..object("External Documentation Object", &[("description", Text), ("url", Text)])
};

pub(crate) static TAG: Object = Object {
    expected: &["name"],
    ..object(
        "Tag Object",
        &[
            ("name", Text),
            ("summary", Text),
            ("description", Text),
            ("externalDocs", Node(&EXTERNAL_DOCS)),
            ("parent", Text),
            ("kind", Text),
        ],
    )
};

pub(crate) static EXAMPLE: Object = object(
    "Example Object",
    &[
        ("summary", Text),
        ("description", Text),
        ("value", Json),
        ("externalValue", Text),
        ("dataValue", Json),
        ("serializedValue", Text),
    ],
);

pub(crate) static LINK: Object = object(
    "Link Object",
    &[
        ("operationRef", Text),
        ("operationId", Text),
        ("parameters", Map(&Json)),
        ("requestBody", Json),
        ("description", Text),
        ("server", Node(&SERVER)),
    ],
);

pub(super) static CALLBACK: Object =
    Object { others: Some(Kind::Node(&PATH_ITEM)), ..object("Callback Object", &[]) };

pub(super) static ENCODING: Object = object(
    "Encoding Object",
    &[
        ("contentType", Text),
        ("headers", Map(&RefOr(&HEADER))),
        ("style", Text),
        ("explode", Flag),
        ("allowReserved", Flag),
        ("encoding", Map(&Node(&ENCODING))),
        ("prefixEncoding", List(&Node(&ENCODING))),
        ("itemEncoding", Node(&ENCODING)),
    ],
);

pub(super) static FLOWS: Object = object(
    "OAuth Flows Object",
    &[
        ("implicit", Node(&IMPLICIT)),
        ("password", Node(&TOKEN_FLOW)),
        ("clientCredentials", Node(&TOKEN_FLOW)),
        ("authorizationCode", Node(&AUTHORIZATION_CODE)),
        ("deviceAuthorization", Node(&DEVICE)),
    ],
);

const FLOW: &[(&str, Kind)] = &[
    ("authorizationUrl", Text),
    ("deviceAuthorizationUrl", Text),
    ("tokenUrl", Text),
    ("refreshUrl", Text),
    ("scopes", Map(&Text)),
];

static IMPLICIT: Object =
    Object { expected: &["authorizationUrl", "scopes"], ..object("OAuth Flow Object", FLOW) };

static TOKEN_FLOW: Object =
    Object { expected: &["tokenUrl", "scopes"], ..object("OAuth Flow Object", FLOW) };

static AUTHORIZATION_CODE: Object = Object {
    expected: &["authorizationUrl", "tokenUrl", "scopes"],
    ..object("OAuth Flow Object", FLOW)
};

static DEVICE: Object = Object {
    expected: &["deviceAuthorizationUrl", "tokenUrl", "scopes"],
    ..object("OAuth Flow Object", FLOW)
};

pub(super) static XML: Object = object(
    "XML Object",
    &[
        ("name", Text),
        ("namespace", Text),
        ("prefix", Text),
        ("attribute", Flag),
        ("wrapped", Flag),
        ("nodeType", Text),
    ],
);
