//! The rows of the objects that no code is generated from: examples, links, tags.

use super::Kind::{Flag, Json, List, Map, Node, Note, RefOr, Text, Unread};
use super::{HEADER, Member, Object, SERVER, member, object};

pub(super) static CONTACT: Object =
    object("Contact Object", &[member("name", Text), member("url", Text), member("email", Text)]);

pub(super) static LICENSE: Object = Object {
    expected: &["name"],
    ..object(
        "License Object",
        &[member("name", Text), member("identifier", Text), member("url", Text)],
    )
};

pub(super) static EXTERNAL_DOCS: Object = Object {
    expected: &["url"],
    ..object(
        "External Documentation Object",
        &[member("description", Text).note(), member("url", Text)],
    )
};

pub(super) static TAG: Object = Object {
    expected: &["name"],
    ..object(
        "Tag Object",
        &[
            member("name", Text),
            member("summary", Text).note(),
            member("description", Text).note(),
            member("externalDocs", Node(&EXTERNAL_DOCS)),
            member("parent", Text),
            member("kind", Text),
        ],
    )
};

pub(crate) static EXAMPLE: Object = object(
    "Example Object",
    &[
        member("summary", Text).note(),
        member("description", Text).note(),
        member("value", Json),
        member("externalValue", Text),
        member("dataValue", Json),
        member("serializedValue", Text),
    ],
);

pub(crate) static LINK: Object = object(
    "Link Object",
    &[
        member("operationRef", Text),
        member("operationId", Text),
        member("parameters", Map(&Json)),
        member("requestBody", Json),
        member("description", Text).note(),
        member("server", Node(&SERVER)),
    ],
);

pub(super) static ENCODING: Object = object(
    "Encoding Object",
    &[
        member("contentType", Text),
        member("headers", Map(&RefOr(&HEADER))),
        member("style", Text),
        member("explode", Flag),
        member("allowReserved", Flag),
        member("encoding", Map(&Node(&ENCODING))),
        member("prefixEncoding", List(&Node(&ENCODING))),
        member("itemEncoding", Node(&ENCODING)),
    ],
);

pub(super) static FLOWS: Object = object(
    "OAuth Flows Object",
    &[
        member("implicit", Unread(&Node(&IMPLICIT))).part(),
        member("password", Unread(&Node(&TOKEN_FLOW))).part(),
        member("clientCredentials", Node(&TOKEN_FLOW)).part(),
        member("authorizationCode", Unread(&Node(&AUTHORIZATION_CODE))).part(),
        member("deviceAuthorization", Unread(&Node(&DEVICE))).part(),
    ],
);

const FLOW: &[Member] = &[
    member("authorizationUrl", Text).part(),
    member("deviceAuthorizationUrl", Text).part(),
    member("tokenUrl", Text).part(),
    member("refreshUrl", Text).part(),
    member("scopes", Map(&Note)).part(),
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
        member("name", Text),
        member("namespace", Text),
        member("prefix", Text),
        member("attribute", Flag),
        member("wrapped", Flag),
        member("nodeType", Text),
    ],
);
