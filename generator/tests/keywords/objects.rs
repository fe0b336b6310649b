//! The keywords of OpenAPI's objects beside the schema, each at every place where its object may stand.

mod annotations;
mod messages;
mod servers;

use tamarack::pointer::Pointer;

use messages::{
    ENCODED, HEADER, HEADER_OF_OBJECT, HEADER_WITHOUT_SCHEMA, MEDIA_TYPE, PARAMETER,
    PARAMETER_WITHOUT_SCHEMA, REQUEST_BODY, RESPONSE,
};
use servers::{API_KEY, FLOWS, SECURITY_SCHEME, SERVER, SERVER_VARIABLE};

use super::{Trial, check};

/// An object: its keywords with a value each, and its places as a document
/// with a hole.
struct Object {
    keywords: &'static [(&'static str, &'static str)],
    places: &'static [(&'static str, &'static str)],
}

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
