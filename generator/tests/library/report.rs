//! The report of a run, asserted whole.

use serde_json::json;
use tamarack::api::{
    Api, Constraints, Docs, GivenNames, Method, Operation, Origin, Shape, Type, TypeDef, TypeRef,
};
use tamarack::codes;
use tamarack::diagnostic::{Diagnostic, Loss};
use tamarack::pointer::Pointer;
use tamarack::render::Texts;
use tamarack::report::Report;
use tamarack::{Declared, Input, Model, Text};

const SPEC: &str = "\
openapi: 3.0.3
paths:
  /a:
    get: {}
    put: {}
    post: {requestBody: 1}
components:
  schemas:
    A: {type: string}
    B: {type: strng}
";

fn at(pointer: &str) -> Pointer {
    Pointer::parse(pointer).expect("a pointer")
}

fn operation(method: &str, degraded: bool) -> Operation {
    Operation {
        id: method.to_owned(),
        has_shared_id: false,
        has_made_id: false,
        method: Method::of_key(method).expect("a method"),
        path: Vec::new(),
        docs: Docs::default(),
        tags: Vec::new(),
        deprecated: false,
        servers: Vec::new(),
        parameters: Vec::new(),
        body: None,
        responses: Vec::new(),
        security: Vec::new(),
        degraded,
        token_endpoint: None,
        retries: tamarack::api::Retries::default(),
        pagination: None,
        pointer: at("#/paths/~1a").child(method),
        left_over: Vec::new(),
    }
}

fn type_def(name: &str, degraded: bool) -> TypeDef {
    TypeDef {
        origin: Origin::Component(name.to_owned()),
        pointer: at("#/components/schemas").child(name),
        docs: Docs::default(),
        deprecated: false,
        examples: Vec::new(),
        shape: Shape::Alias(TypeRef::plain(Type::Any)),
        nullable: false,
        degraded,
        serialized: false,
        constraints: Constraints::default(),
        left_over: Vec::new(),
    }
}

fn model() -> Model {
    let api = Api {
        openapi: "3.0.3".to_owned(),
        title: String::new(),
        version: String::new(),
        description: None,
        servers: Vec::new(),
        security_schemes: Vec::new(),
        types: vec![type_def("A", false), type_def("B", true)],
        operations: vec![operation("get", false), operation("put", true)],
        webhooks: Vec::new(),
        formats: tamarack::Formats::default(),
        derives: Vec::new(),
        replacements: Vec::new(),
        given_names: GivenNames::default(),
        left_over: Vec::new(),
        parts: Vec::new(),
    };
    let read = tamarack::read(&Input::new("a.yaml", SPEC)).model;
    let mut model = read.expect("a model");
    model.api = api;
    model.declared = Declared { operations: 3, schemas: 2 };
    model
}

fn report(model: Option<&Model>, diagnostics: &[Diagnostic]) -> serde_json::Value {
    let spec = Text { name: "a.yaml".to_owned(), content: SPEC.to_owned() };
    let input = Input::of(spec, None);
    let report = Report::new("a.yaml", model, diagnostics, &Texts::new(&input), 0.5);
    serde_json::from_str(&report.to_json()).expect("the report is JSON")
}

#[test]
fn what_is_lost_stands_once_with_its_cause() {
    let post = Loss::Operation(at("#/paths/~1a/post"));
    let strng = at("#/components/schemas/B/type");
    let diagnostics = [
        Diagnostic::error(codes::WRONG_KIND, at("#/paths/~1a/post/requestBody"), "no body")
            .loss(post.clone()),
        Diagnostic::skipped(codes::PARAMETER, at("#/paths/~1a/post"), "again").loss(post),
        Diagnostic::skipped(codes::UNKNOWN_TYPE, strng, "no type")
            .loss(Loss::Schema(at("#/components/schemas/B"))),
        Diagnostic::skipped(codes::SCHEMA, at("#/paths/~1a/put"), "untyped")
            .loss(Loss::Schema(at("#/paths/~1a/put"))),
        Diagnostic::skipped(codes::NOT_GENERATED, at("#/paths/~1a/get"), "a link")
            .loss(Loss::Part(at("#/paths/~1a/get"))),
        Diagnostic::warning(codes::COERCED, at("#/openapi"), "odd"),
    ];
    let untyped = json!({"pointer": "#/paths/~1a/put", "code": "OAS301", "message": "untyped", "line": 5, "column": 10});
    assert_eq!(
        report(Some(&model()), &diagnostics),
        json!({
            "spec": "a.yaml",
            "openapi": "3.0.3",
            "operations": {
                "declared": 3,
                "excluded": 0,
                "generated": 1,
                "degraded": [untyped],
                "skipped": [{
                    "pointer": "#/paths/~1a/post",
                    "code": "OAS101",
                    "message": "no body",
                    "at": "#/paths/~1a/post/requestBody",
                    "line": 6,
                    "column": 25,
                }],
                "untyped": [],
                "less_than_declared": [],
            },
            "schemas": {
                "declared": 2,
                "excluded": 0,
                "generated": 1,
                "degraded": [
                    {
                        "pointer": "#/components/schemas/B",
                        "code": "OAS104",
                        "message": "no type",
                        "at": "#/components/schemas/B/type",
                        "line": 10,
                        "column": 15,
                    },
                    untyped,
                ],
            },
            "secrets": [],
            "errors": [{
                "pointer": "#/paths/~1a/post/requestBody",
                "code": "OAS101",
                "message": "no body",
                "line": 6,
                "column": 25,
            }],
            "warnings": [
                {"pointer": "#/openapi", "code": "OAS105", "message": "odd", "line": 1, "column": 10},
                {"pointer": "#/paths/~1a/get", "code": "OAS316", "message": "a link", "line": 4, "column": 10},
            ],
            "seconds": 0.5,
        })
    );
}

#[test]
fn a_document_that_cannot_be_read_has_a_report_too() {
    let broken = Diagnostic::error(codes::SYNTAX, Pointer::root(), "no YAML").position(2, 3);
    let report = report(None, &[broken]);
    assert_eq!(report["openapi"], json!(null));
    assert_eq!(report["operations"]["declared"], 0);
    assert_eq!(report["errors"][0]["line"], 2);
    assert_eq!(report["errors"][0]["column"], 3);
}

const UNTYPED: &str = "\
openapi: 3.1.0
info: {title: U, version: '1'}
paths:
  /parameter: {get: {parameters: [{name: q, in: query, schema: {}}], responses: {'204': {description: d}}}}
  /body: {put: {requestBody: {content: {application/json: {schema: {type: array, items: {}}}}}, responses: {'204': {description: d}}}}
  /error: {get: {responses: {'204': {description: d}, '400': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/E'}}}}}}}
  /object: {get: {responses: {'200': {description: d, content: {application/json: {schema: {type: object}}}}}}}
  /further: {get: {responses: {'200': {description: d, content: {application/json: {schema: {type: object, properties: {a: {type: string}}, additionalProperties: true}}}}}}}
  /none: {get: {responses: {'204': {description: d, content: {application/json: {}}}}}}
  /unread: {get: {responses: {'200': {description: d, content: {application/jsonl: {}, text/event-stream: {}}}}}}
components:
  schemas:
    E: {type: object, properties: {inner: {type: array, items: {$ref: '#/components/schemas/F'}}}}
    F: {anyOf: [{type: string}, {type: object, properties: {any: {}, none: {type: string}}}]}
";

#[test]
fn an_operation_counts_that_reaches_untyped_json_anywhere() {
    let input = Input::new("u.yaml", UNTYPED);
    let read = tamarack::read(&input);
    let report =
        Report::new("u.yaml", read.model.as_ref(), &[], &Texts::new(&input), 0.0).operations;
    let untyped: Vec<_> =
        report.untyped.iter().map(|it| (it.pointer.as_str(), it.at.as_slice())).collect();
    assert_eq!(
        untyped,
        [
            // A parameter of any value is a text.
            (
                "#/paths/~1body/put",
                &["#/paths/~1body/put/requestBody/content/application~1json".to_owned()][..]
            ),
            (
                "#/paths/~1error/get",
                &["#/components/schemas/F/anyOf/1/properties/any".to_owned()][..]
            ),
        ]
    );
}

#[test]
fn of_untyped_json_counts_by_itself_what_the_document_has_a_type_for() {
    let document = "
openapi: 3.0.3
info: {title: T, version: '1'}
servers: [{url: https://example.com}]
paths:
  /said: {get: {responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Said'}}}}}}}
  /free: {get: {responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Free'}}}}}}}
components:
  schemas:
    Free: {type: object, properties: {any: {}, list: {type: array}, map: {type: object, additionalProperties: {}}}}
    Said: {type: object, properties: {any: {}, either: {allOf: [{type: string}, {type: integer}]}}}
";
    let input = Input::new("u.yaml", document);
    let read = tamarack::read(&input);
    let report =
        Report::new("u.yaml", read.model.as_ref(), &[], &Texts::new(&input), 0.0).operations;
    assert_eq!(report.untyped.len(), 2);
    let less: Vec<_> =
        report.less_than_declared.iter().map(|it| (it.pointer.as_str(), it.at.join(" "))).collect();
    let place = "#/components/schemas/Said/properties/either".to_owned();
    assert_eq!(less, [("#/paths/~1said/get", place)]);
}
