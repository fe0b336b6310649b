//! Parameters: location, style, what is left out.

use super::{lower, operation, used};
use crate::api::Api;

fn parameters(api: &Api) -> Vec<String> {
    let all = api.operations.iter().flat_map(|it| &it.parameters);
    all.map(|it| {
        let optional = if it.required { "" } else { "~" };
        format!("{:?} {}{optional}: {} {:?}", it.location, it.name, used(api, &it.ty), it.style)
    })
    .collect()
}

#[test]
fn style_and_type_decide_how_a_value_is_written() {
    let (api, said) = operation(
        "parameters:
- {name: a, in: query, schema: {type: integer}}
- {name: b, in: query, schema: {type: array, items: {type: string}}}
- {name: c, in: query, explode: false, schema: {type: array, items: {type: string}}}
- {name: d, in: query, style: pipeDelimited, schema: {type: array, items: {}}}
- {name: e, in: query, style: spaceDelimited, schema: {type: array, items: {type: string}}}
- {name: f, in: header, schema: {type: array, items: {type: string}}}
- {name: g, in: query, content: {application/json: {schema: {properties: {x: {}}}}}}
- {name: h, in: cookie, schema: {type: string, enum: [x]}}
- {name: i, in: query, schema: {anyOf: [{type: string}, {type: integer}]}}
- {name: j, in: query, schema: {oneOf: [{type: string}, {type: array, items: {type: string}}]}}
responses: {}",
    );
    assert_eq!(
        parameters(&api),
        [
            "Query a~: I64 Plain",
            "Query b~: [string] Repeated",
            "Query c~: [string] Comma",
            "Query d~: [string] Pipe",
            "Query e~: [string] Space",
            "Header f~: [string] Comma",
            "Query g~: op().@g Json",
            "Cookie h~: op().@h Plain",
            "Query i~: string Plain",
            "Query j~: [string] Repeated",
        ]
    );
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn a_text_in_place_of_several_kinds_knows_the_listed_values() {
    let (api, said) = operation(
        "parameters:
- {name: a, in: query, schema: {anyOf: [{type: integer, enum: [1]}, {oneOf: [{type: string, enum: [x, y]}, {type: boolean}]}]}}
responses: {}",
    );
    let values = api.operations[0].parameters[0].ty.constraints.values();
    assert_eq!(*values, [serde_json::json!(1), "x".into(), "y".into()]);
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn an_object_is_deep_or_flat() {
    let object = "schema: {type: object, properties: {a: {type: string, enum: [x]}}}";
    for (style, expected) in [
        ("style: deepObject, ", "Query a~: op().@a Object(Deep)"),
        ("", "Query a~: op().@a Object(Exploded)"),
        ("explode: false, ", "Query a~: op().@a Object(Comma)"),
        ("style: pipeDelimited, ", "Query a~: op().@a Object(Pipe)"),
    ] {
        let (api, said) = operation(&format!(
            "parameters: [{{name: a, in: query, {style}{object}}}]\nresponses: {{}}"
        ));
        assert_eq!(parameters(&api), [expected]);
        assert!(said.is_empty(), "{said:?}");
    }
}

#[test]
fn a_nested_parameter_costs_itself_or_the_operation() {
    let nested =
        "schema: {type: object, properties: {a: {type: object, properties: {b: {type: string}}}}}";
    let (api, said) =
        operation(&format!("parameters: [{{name: a, in: query, {nested}}}]\nresponses: {{}}"));
    assert_eq!((api.operations.len(), api.types.len()), (1, 0));
    assert_eq!(said, ["-OAS314 #/paths/~1things/post/parameters/0"]);
    let (api, _) = operation(&format!(
        "parameters: [{{name: a, in: query, required: true, {nested}}}]\nresponses: {{}}"
    ));
    assert!(api.operations.is_empty());
}

#[test]
fn the_parameter_of_the_operation_wins_and_reserved_headers_are_ignored() {
    let (api, said) = lower(
        "paths:
  /a/{p}/{q}:
    parameters:
    - {name: n, in: query, schema: {type: integer}}
    - {name: p, in: path, schema: {type: string}}
    get:
      operationId: a
      parameters:
      - {name: n, in: query, schema: {type: string}}
      - {name: accept, in: header, schema: {type: string}}
      - {name: z, in: path, required: true, schema: {type: string}}
      responses: {}",
    );
    assert_eq!(
        parameters(&api),
        ["Query n~: string Plain", "Path p: string Plain", "Path q: string Plain",]
    );
    assert_eq!(
        said,
        [
            "OAS314 #/paths/~1a~1{p}~1{q}/get/parameters/1",
            "OAS109 #/paths/~1a~1{p}~1{q}/get/parameters/2",
            "OAS109 #/paths/~1a~1{p}~1{q}/get",
        ]
    );
}

#[test]
fn a_bad_parameter_costs_only_itself_and_moves_no_other() {
    let (api, said) = operation(
        "parameters:
- {in: query, schema: {}}
- {name: b, in: body, schema: {}}
- {name: s, in: query, style: simple, schema: {type: string}}
- {name: c, in: query, schema: {type: strng}}
responses: {}",
    );
    assert_eq!(parameters(&api), ["Query s~: string Plain", "Query c~: string Plain"]);
    assert_eq!(
        said,
        [
            "!OAS102 #/paths/~1things/post/parameters/0",
            "!OAS104 #/paths/~1things/post/parameters/3/schema/type",
            "!OAS101 #/paths/~1things/post/parameters/1/in",
            "OAS105 #/paths/~1things/post/parameters/2/style",
        ]
    );
}

/// Lowers one operation at a path, with declared parameters.
fn at_path(path: &str, declared: &str) -> (Vec<String>, String, Vec<String>) {
    let (api, said) = lower(&format!(
        "paths: {{'{path}': {{get: {{operationId: op, parameters: [{declared}], responses: {{}}}}}}}}"
    ));
    let template = api.operations.iter().map(crate::api::Operation::template).collect();
    (parameters(&api), template, said)
}

#[test]
fn an_expression_in_a_path_is_what_the_declared_parameters_say() {
    let get = |path: &str| format!("OAS107 #/paths/{}/get", path.replace('/', "~1"));
    let (p, q) = ("{name: p, in: path, required: true, ", "{name: q, in: query, ");
    let text = "schema: {type: string}}";
    for (path, declared, expected, template) in [
        ("/a{?q}", format!("{q}{text}"), "Query q~: string Plain", "/a"),
        ("/a/{+p}", format!("{p}{text}"), "Path p: string Plain", "/a/{p}"),
        ("/a{/p}", format!("{p}{text}"), "Path p: string Plain", "/a/{p}"),
        ("/a{;p}", format!("{p}{text}"), "Path p: string Matrix", "/a{p}"),
        ("/a/{p:int}", format!("{p}schema: {{type: integer}}}}"), "Path p: I64 Plain", "/a/{p}"),
        (
            "/a/{.p*}",
            format!("{p}schema: {{type: array, items: {{type: string}}}}}}"),
            "Path p: [string] LabelExploded",
            "/a/{p}",
        ),
        (
            "/a/{p*}",
            format!("{p}schema: {{type: object, properties: {{x: {{type: string}}}}}}}}"),
            "Path p: op().@p Object(Exploded)",
            "/a/{p}",
        ),
    ] {
        let found = at_path(path, &declared);
        assert_eq!(found, (vec![expected.to_owned()], template.to_owned(), vec![get(path)]));
    }
}

#[test]
fn a_declared_style_wins_over_that_of_the_path() {
    let declared = "{name: p, in: path, required: true, style: matrix, explode: false, schema: {type: array, items: {type: string}}}";
    let (parameters, _, said) = at_path("/{.p*}", declared);
    assert_eq!(parameters, ["Path p: [string] Matrix"]);
    let at = "#/paths/~1{.p*}/get";
    assert_eq!(said, [format!("OAS107 {at}"), format!("OAS107 {at}/parameters/0/style")]);
}

#[test]
fn what_only_an_expression_names_is_a_string() {
    let (parameters, template, said) = at_path("/a/{;p}{?q}{#f}", "");
    assert_eq!(parameters, ["Path p: string Matrix", "Query q~: string Plain"]);
    assert_eq!(template, "/a/{p}");
    assert_eq!(
        said.iter().map(|it| &it[..6]).collect::<Vec<_>>(),
        ["OAS107"; 3].iter().chain(&["OAS109"; 2]).copied().collect::<Vec<_>>()
    );
}

#[test]
fn an_expression_without_a_meaning_costs_the_operation() {
    for path in ["/a/{p:3}", "/a{?q}/b", "/a/{|p}", "/a{/p*}"] {
        let (parameters, _, said) = at_path(path, "");
        assert_eq!((parameters.len(), said.len()), (0, 1), "{path}");
        assert!(said[0].starts_with("-OAS107"), "{said:?}");
    }
}
