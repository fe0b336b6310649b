//! What a request and a response are made of: parameters, headers, bodies.

use super::Object;

pub(super) const PARAMETER: Object = Object {
    keywords: &[
        ("description", "text"),
        ("required", "true"),
        ("deprecated", "true"),
        ("allowEmptyValue", "true"),
        ("style", "pipeDelimited"),
        ("explode", "false"),
        ("allowReserved", "true"),
        ("example", "[a]"),
    ],
    places: &[
        (
            "#/paths/~1a/post/parameters/0",
            "paths: {/a: {post: {operationId: a, parameters: [{name: q, in: query, schema: {type: array, items: {type: string}}@}], responses: {}}}}",
        ),
        (
            "#/paths/~1a/parameters/0",
            "paths: {/a: {parameters: [{name: q, in: query, schema: {type: array, items: {type: string}}@}], post: {operationId: a, responses: {}}}}",
        ),
        (
            "#/components/parameters/q",
            "paths: {/a: {post: {operationId: a, parameters: [{$ref: '#/components/parameters/q'}], responses: {}}}}\ncomponents: {parameters: {q: {name: q, in: query, schema: {type: array, items: {type: string}}@}}}",
        ),
    ],
};

/// The properties that stand in place of `schema`.
pub(super) const PARAMETER_WITHOUT_SCHEMA: Object = Object {
    keywords: &[
        ("schema", "{type: integer}"),
        ("content", "{application/json: {schema: {type: integer}}}"),
        ("content", "{text/csv: {schema: {type: integer}}}"),
    ],
    places: &[(
        "#/paths/~1a/post/parameters/0",
        "paths: {/a: {post: {operationId: a, parameters: [{name: q, in: query@}], responses: {}}}}",
    )],
};

pub(super) const HEADER: Object = Object {
    keywords: &[
        ("description", "text"),
        ("required", "true"),
        ("allowEmptyValue", "true"),
        ("allowReserved", "true"),
    ],
    places: &[
        (
            "#/paths/~1a/post/responses/200/headers/X-A",
            "paths: {/a: {post: {operationId: a, responses: {'200': {description: d, headers: {X-A: {schema: {type: string}@}}}}}}}",
        ),
        (
            "#/components/headers/A",
            "paths: {/a: {post: {operationId: a, responses: {'200': {description: d, headers: {X-A: {$ref: '#/components/headers/A'}}}}}}}\ncomponents: {headers: {A: {schema: {type: string}@}}}",
        ),
    ],
};

/// What says something about an object alone.
pub(super) const HEADER_OF_OBJECT: Object = Object {
    keywords: &[("explode", "true")],
    places: &[(
        "#/paths/~1a/post/responses/200/headers/X-A",
        "paths: {/a: {post: {operationId: a, responses: {'200': {description: d, headers: {X-A: {schema: {type: object, properties: {a: {type: string}}}@}}}}}}}",
    )],
};

/// The properties that stand in place of `schema`.
pub(super) const HEADER_WITHOUT_SCHEMA: Object = Object {
    keywords: &[
        ("schema", "{type: integer}"),
        ("content", "{application/json: {schema: {type: integer}}}"),
    ],
    places: &[(
        "#/paths/~1a/post/responses/200/headers/X-A",
        "paths: {/a: {post: {operationId: a, responses: {'200': {description: d, headers: {X-A: {description: d@}}}}}}}",
    )],
};

pub(super) const MEDIA_TYPE: Object = Object {
    keywords: &[(
        "schema",
        "{type: object, properties: {ids: {type: array, items: {type: string}}}}",
    )],
    places: &[
        (
            "#/paths/~1a/post/requestBody/content/application~1json",
            "paths: {/a: {post: {operationId: a, requestBody: {content: {application/json: {description: d@}}}, responses: {}}}}",
        ),
        (
            "#/paths/~1a/post/responses/200/content/application~1json",
            "paths: {/a: {post: {operationId: a, responses: {'200': {description: d, content: {application/json: {description: d@}}}}}}}",
        ),
    ],
};

const ENCODING: &str = "{ids: {contentType: text/plain, style: form, explode: false, allowReserved: true, headers: {X-A: {schema: {type: string}}}}}";

pub(super) const ENCODED: Object = Object {
    keywords: &[("encoding", ENCODING)],
    places: &[
        (
            "#/paths/~1a/post/requestBody/content/application~1x-www-form-urlencoded",
            "paths: {/a: {post: {operationId: a, requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {ids: {type: array, items: {type: string}}}}@}}}, responses: {}}}}",
        ),
        (
            "#/paths/~1a/post/requestBody/content/application~1json",
            "paths: {/a: {post: {operationId: a, requestBody: {content: {application/json: {schema: {type: object, properties: {ids: {type: array, items: {type: string}}}}@}}}, responses: {}}}}",
        ),
        (
            "#/components/requestBodies/B/content/application~1x-www-form-urlencoded",
            "paths: {/a: {post: {operationId: a, requestBody: {$ref: '#/components/requestBodies/B'}, responses: {}}}}\ncomponents: {requestBodies: {B: {content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {ids: {type: array, items: {type: string}}}}@}}}}}",
        ),
    ],
};

pub(super) const REQUEST_BODY: Object = Object {
    keywords: &[("description", "text"), ("required", "true")],
    places: &[
        (
            "#/paths/~1a/post/requestBody",
            "paths: {/a: {post: {operationId: a, requestBody: {content: {application/json: {schema: {type: string}}}@}, responses: {}}}}",
        ),
        (
            "#/components/requestBodies/B",
            "paths: {/a: {post: {operationId: a, requestBody: {$ref: '#/components/requestBodies/B'}, responses: {}}}}\ncomponents: {requestBodies: {B: {content: {application/json: {schema: {type: string}}}@}}}",
        ),
    ],
};

const LINK: &str = "{next: {operationId: a, parameters: {x: '$response.body#/id'}}}";

pub(super) const RESPONSE: Object = Object {
    keywords: &[
        ("headers", "{X-A: {schema: {type: string}}}"),
        ("content", "{application/json: {schema: {type: string}}}"),
        ("links", LINK),
    ],
    places: &[
        (
            "#/paths/~1a/post/responses/200",
            "paths: {/a: {post: {operationId: a, responses: {'200': {description: d@}}}}}",
        ),
        (
            "#/components/responses/R",
            "paths: {/a: {post: {operationId: a, responses: {'200': {$ref: '#/components/responses/R'}}}}}\ncomponents: {responses: {R: {description: d@}}}",
        ),
    ],
};
