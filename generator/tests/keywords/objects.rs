//! The keywords of OpenAPI's objects beside the schema, each at every place where its object may stand.

use tamarack::pointer::Pointer;

use super::{Trial, check};

/// An object: its keywords with a value each, and its places as a document
/// with a hole.
struct Object {
    keywords: &'static [(&'static str, &'static str)],
    places: &'static [(&'static str, &'static str)],
}

const PARAMETER: Object = Object {
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
const PARAMETER_WITHOUT_SCHEMA: Object = Object {
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

const HEADER: Object = Object {
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
const HEADER_OF_OBJECT: Object = Object {
    keywords: &[("explode", "true")],
    places: &[(
        "#/paths/~1a/post/responses/200/headers/X-A",
        "paths: {/a: {post: {operationId: a, responses: {'200': {description: d, headers: {X-A: {schema: {type: object, properties: {a: {type: string}}}@}}}}}}}",
    )],
};

/// The properties that stand in place of `schema`.
const HEADER_WITHOUT_SCHEMA: Object = Object {
    keywords: &[
        ("schema", "{type: integer}"),
        ("content", "{application/json: {schema: {type: integer}}}"),
    ],
    places: &[(
        "#/paths/~1a/post/responses/200/headers/X-A",
        "paths: {/a: {post: {operationId: a, responses: {'200': {description: d, headers: {X-A: {description: d@}}}}}}}",
    )],
};

const MEDIA_TYPE: Object = Object {
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

const ENCODED: Object = Object {
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

const REQUEST_BODY: Object = Object {
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

const RESPONSE: Object = Object {
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

const OPERATION: Object = Object {
    keywords: &[
        ("tags", "[a]"),
        ("summary", "text"),
        ("description", "text"),
        ("parameters", "[{name: q, in: query, schema: {type: string}}]"),
        ("requestBody", "{content: {application/json: {schema: {type: string}}}}"),
        ("callbacks", "{done: {'{$request.body#/url}': {post: {responses: {}}}}}"),
        ("deprecated", "true"),
        ("security", "[{key: []}]"),
        ("servers", "[{url: 'https://other.example'}]"),
    ],
    places: &[(
        "#/paths/~1a/post",
        "paths: {/a: {post: {operationId: a, responses: {}@}}}\ncomponents: {securitySchemes: {key: {type: apiKey, in: header, name: K}}}",
    )],
};

const PATH_ITEM: Object = Object {
    keywords: &[
        ("parameters", "[{name: q, in: query, schema: {type: string}}]"),
        ("servers", "[{url: 'https://other.example'}]"),
        ("$ref", "'#/components/pathItems/I'"),
    ],
    places: &[("#/paths/~1a", "paths: {/a: {post: {operationId: a, responses: {}}@}}")],
};

const METHODS: Object = Object {
    keywords: &[
        ("get", "{operationId: b, responses: {}}"),
        ("put", "{operationId: b, responses: {}}"),
        ("delete", "{operationId: b, responses: {}}"),
        ("options", "{operationId: b, responses: {}}"),
        ("head", "{operationId: b, responses: {}}"),
        ("patch", "{operationId: b, responses: {}}"),
        ("trace", "{operationId: b, responses: {}}"),
    ],
    places: PATH_ITEM.places,
};

const SERVER: Object = Object {
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

const SERVER_VARIABLE: Object = Object {
    keywords: &[("enum", "[x, y]"), ("description", "text"), ("default", "x")],
    places: &[(
        "#/servers/0/variables/a",
        "servers: [{url: 'https://{a}.example', variables: {a: {x-a: b@}}}]\npaths: {/a: {post: {operationId: a, responses: {}}}}",
    )],
};

const FLOW: &str = "{authorizationUrl: 'https://a.example', tokenUrl: 'https://a.example', refreshUrl: 'https://a.example', scopes: {read: text}}";

const SECURITY_SCHEME: Object = Object {
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

const FLOWS: Object = Object {
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

const API_KEY: Object = Object {
    keywords: &[("scheme", "bearer")],
    places: &[(
        "#/components/securitySchemes/S",
        "paths: {/a: {post: {operationId: a, security: [{S: []}], responses: {}}}}\ncomponents: {securitySchemes: {S: {type: apiKey, in: header, name: K@}}}",
    )],
};

const DISCRIMINATOR: Object = Object {
    keywords: &[("mapping", "{x: '#/components/schemas/A', y: '#/components/schemas/B'}")],
    places: &[(
        "#/components/schemas/U/discriminator",
        "paths: {/a: {post: {operationId: a, responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/U'}}}}}}}}\ncomponents: {schemas: {U: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: k@}}, A: {type: object, properties: {k: {type: string}}}, B: {type: object, properties: {k: {type: string}, b: {type: string}}}}}",
    )],
};

const ROOT: Object = Object {
    keywords: &[
        ("servers", "[{url: 'https://a.example'}]"),
        ("security", "[{key: []}]"),
        ("x-webhooks", "{done: {post: {responses: {}}}}"),
    ],
    places: &[(
        "#",
        "paths: {/a: {post: {operationId: a, responses: {}}}}\ncomponents: {securitySchemes: {key: {type: apiKey, in: header, name: K}}}@",
    )],
};

/// What only 3.1 has.
const ROOT_31: Object = Object {
    keywords: &[
        ("webhooks", "{done: {post: {responses: {}}}}"),
        ("jsonSchemaDialect", "'https://json-schema.org/draft-07/schema'"),
    ],
    places: ROOT.places,
};

const INFO: Object = Object {
    keywords: &[("description", "text")],
    places: &[("#/info", "info: {title: T, version: '1'@}\npaths: {}")],
};

/// What no message depends on, by the sentences of the specification about it:
/// texts for people, examples, names and links. Definitions in `components`
/// have no effect unless something refers to them (§4.7.7).
const ANNOTATIONS: &[(&str, &str, &str)] = &[
    ("#", "tags", "[{name: a, description: text, externalDocs: {url: 'https://a.example'}}]"),
    ("#", "externalDocs", "{url: 'https://a.example', description: text}"),
    ("#/info", "termsOfService", "'https://a.example'"),
    ("#/info", "contact", "{name: a, url: 'https://a.example', email: a@a.example}"),
    ("#/info", "license", "{name: a, url: 'https://a.example'}"),
    ("#/paths/~1a", "summary", "text"),
    ("#/paths/~1a", "description", "text"),
    ("#/paths/~1a/post", "externalDocs", "{url: 'https://a.example'}"),
    ("#/paths/~1a/post/parameters/0", "examples", "{one: {value: a, summary: text}}"),
    ("#/paths/~1a/post/responses/200/headers/X-A", "example", "a"),
    ("#/paths/~1a/post/responses/200/headers/X-A", "examples", "{one: {value: a}}"),
    ("#/paths/~1a/post/responses/200/headers/X-A", "deprecated", "true"),
    ("#/paths/~1a/post/responses/200/content/application~1json", "example", "a"),
    ("#/paths/~1a/post/responses/200/content/application~1json", "examples", "{one: {value: a}}"),
    ("#/components", "schemas", "{}"),
    ("#/components", "responses", "{R: {description: d}}"),
    ("#/components", "parameters", "{p: {name: p, in: query, schema: {type: string}}}"),
    ("#/components", "examples", "{e: {value: a}}"),
    ("#/components", "requestBodies", "{b: {content: {}}}"),
    ("#/components", "headers", "{h: {schema: {type: string}}}"),
    ("#/components", "links", "{l: {operationId: a}}"),
    ("#/components", "callbacks", "{c: {}}"),
    ("#/components/securitySchemes/S", "bearerFormat", "JWT"),
];

const ANNOTATED: &str = "{\"openapi\": \"3.0.4\", \"info\": {\"title\": \"T\", \"version\": \"1\"}, \"paths\": {\"/a\": {\"post\": {\"operationId\": \"a\", \"parameters\": [{\"name\": \"q\", \"in\": \"query\", \"schema\": {\"type\": \"string\"}}], \"responses\": {\"200\": {\"description\": \"d\", \"headers\": {\"X-A\": {\"schema\": {\"type\": \"string\"}}}, \"content\": {\"application/json\": {\"schema\": {\"type\": \"string\"}}}}}}}}, \"components\": {\"securitySchemes\": {\"S\": {\"type\": \"http\", \"scheme\": \"bearer\"}}}}";

fn document(version: &str, template: &str, keyword: &str) -> String {
    let body = template.replace('@', keyword);
    let info = if body.starts_with("info:") { "" } else { "info: {title: T, version: '1'}\n" };
    format!("openapi: {version}\n{info}{body}\n")
}

fn trials(version: &str, objects: &[&Object]) -> Vec<Trial> {
    let mut acc = Vec::new();
    for object in objects {
        for (place, template) in object.places {
            for (keyword, value) in object.keywords {
                let before = if *place == "#" { "\n" } else { ", " };
                acc.push(Trial {
                    name: format!("{version}: {keyword}: {value} in {place}"),
                    without: document(version, template, ""),
                    with: document(version, template, &format!("{before}{keyword}: {value}")),
                    node: Pointer::parse(place).expect("a pointer"),
                    keyword,
                });
            }
        }
    }
    acc
}

const ALL: &[&Object] = &[
    &PARAMETER,
    &PARAMETER_WITHOUT_SCHEMA,
    &HEADER,
    &HEADER_OF_OBJECT,
    &HEADER_WITHOUT_SCHEMA,
    &MEDIA_TYPE,
    &ENCODED,
    &REQUEST_BODY,
    &RESPONSE,
    &OPERATION,
    &PATH_ITEM,
    &METHODS,
    &SERVER,
    &SERVER_VARIABLE,
    &SECURITY_SCHEME,
    &FLOWS,
    &API_KEY,
    &DISCRIMINATOR,
    &ROOT,
    &INFO,
];

#[test]
fn every_keyword_of_3_0() {
    check(&trials("3.0.4", ALL));
}

#[test]
fn every_keyword_of_3_1() {
    check(&trials("3.1.1", ALL));
    check(&trials("3.1.1", &[&ROOT_31]));
}

#[test]
fn annotations_are_never_reported() {
    for (place, keyword, value) in ANNOTATIONS {
        let mut tree: serde_yaml::Value = serde_yaml::from_str(ANNOTATED).expect("a document");
        let mut node = &mut tree;
        for token in Pointer::parse(place).expect("a pointer").tokens() {
            node = match node {
                serde_yaml::Value::Sequence(list) => {
                    &mut list[token.parse::<usize>().expect("an index")]
                }
                map => map.get_mut(token.as_str()).expect("a node"),
            };
        }
        let value: serde_yaml::Value = serde_yaml::from_str(value).expect("a value");
        node.as_mapping_mut().expect("a map").insert((*keyword).into(), value);
        let text = serde_yaml::to_string(&tree).expect("a text");
        let said = super::read(&text).said;
        assert!(said.is_empty(), "{keyword} in {place}: {said:#?}");
    }
}
