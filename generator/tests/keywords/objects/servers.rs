//! Servers, and the security schemes that requests to them follow.

use super::Object;

pub(super) const SERVER: Object = Object {
    keywords: &[
        ("description", "text"),
        ("variables", "{a: {default: x, enum: [x, y], description: text}}"),
        ("variables", "{b: {default: x}}"),
    ],
    places: &[(
        "#/servers/0",
        "servers: [{url: 'https://{a}.example'@}]\npaths: {/a: {post: {operationId: a, responses: {}}}}",
    )],
};

pub(super) const SERVER_VARIABLE: Object = Object {
    keywords: &[("enum", "[x, y]"), ("description", "text"), ("default", "x")],
    places: &[(
        "#/servers/0/variables/a",
        "servers: [{url: 'https://{a}.example', variables: {a: {x-a: b@}}}]\npaths: {/a: {post: {operationId: a, responses: {}}}}",
    )],
};

const FLOW: &str = "{authorizationUrl: 'https://a.example', tokenUrl: 'https://a.example', refreshUrl: 'https://a.example', scopes: {read: text}}";

pub(super) const SECURITY_SCHEME: Object = Object {
    keywords: &[
        ("description", "text"),
        ("name", "K"),
        ("in", "header"),
        ("flows", "{clientCredentials: {tokenUrl: 'https://a.example', scopes: {}}}"),
        ("openIdConnectUrl", "'https://a.example'"),
    ],
    places: &[
        (
            "#/components/securitySchemes/S",
            "paths: {/a: {post: {operationId: a, security: [{S: []}], responses: {}}}}\ncomponents: {securitySchemes: {S: {type: http, scheme: bearer@}}}",
        ),
        (
            "#/components/securitySchemes/S",
            "paths: {/a: {post: {operationId: a, security: [{S: []}], responses: {}}}}\ncomponents: {securitySchemes: {S: {type: oauth2@}}}",
        ),
        (
            "#/components/securitySchemes/S",
            "paths: {/a: {post: {operationId: a, security: [{S: []}], responses: {}}}}\ncomponents: {securitySchemes: {S: {type: openIdConnect@}}}",
        ),
    ],
};

pub(super) const FLOWS: Object = Object {
    keywords: &[
        ("implicit", FLOW),
        ("password", FLOW),
        ("clientCredentials", FLOW),
        ("authorizationCode", FLOW),
    ],
    places: &[(
        "#/components/securitySchemes/S/flows",
        "paths: {/a: {post: {operationId: a, security: [{S: []}], responses: {}}}}\ncomponents: {securitySchemes: {S: {type: oauth2, flows: {x-a: b@}}}}",
    )],
};

pub(super) const API_KEY: Object = Object {
    keywords: &[("scheme", "bearer")],
    places: &[(
        "#/components/securitySchemes/S",
        "paths: {/a: {post: {operationId: a, security: [{S: []}], responses: {}}}}\ncomponents: {securitySchemes: {S: {type: apiKey, in: header, name: K@}}}",
    )],
};
