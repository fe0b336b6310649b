//! Whole documents: versions, spellings of 3.1, broken nodes, broken references.

use super::{line, lower, read, schemas, types};
use crate::codes;

#[test]
fn only_openapi_3_is_read() {
    for (text, at) in [
        ("swagger: '2.0'", "#/swagger"),
        ("a: 1", "#"),
        ("[]", "#"),
        ("openapi: 4.0.0", "#/openapi"),
    ] {
        let (model, said) = read(text, None);
        assert!(model.is_none());
        assert_eq!((said[0].code, said[0].at.as_str()), (codes::NOT_OPENAPI, at));
    }
    let (model, said) = read("openapi: 3.2.0\ninfo: {title: t, version: v}", None);
    assert!(model.is_some());
    assert_eq!(said.iter().map(line).collect::<Vec<_>>(), ["OAS100 #/openapi"]);
}

#[test]
fn spellings_of_3_1_become_those_of_3_0() {
    let (types, said) = schemas(
        "A:
  properties:
    a: {type: [string, 'null']}
    b: {type: [string, integer], minimum: 1, pattern: x}
    c: {const: k}
    d: {anyOf: [{$ref: '#/components/schemas/B'}, {type: 'null'}]}
    e: {$ref: '#/components/schemas/A/$defs/D', description: x}
    f: true
    g: {type: integer, exclusiveMinimum: 0}
    h: {oneOf: [{type: 'null'}, {type: integer}, {type: string}]}
  $defs: {D: {type: boolean}}
B: {properties: {x: {}}}",
    );
    assert_eq!(
        types,
        [
            "A {a~: string?, b~: A.b, c~: A.c, d~: B?, e~: Boolean, f~: Any, g~: I64, h~: A.h?}",
            "B {x~: Any}",
            "A.b Kind =I64 =string",
            "A.c \"k\"|..",
            "A.h Kind =I64 =string",
        ]
    );
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn a_bad_node_costs_only_itself() {
    let (types, said) = schemas(
        "A: {properties: {a: [], b: {type: strng}, c: {type: String}, d: {type: string, nullable: 'true', maxLength: x}}}",
    );
    assert_eq!(types, ["A {b~: Any, c~: string, d~: string?}"]);
    assert_eq!(
        said,
        [
            "!OAS101 #/components/schemas/A/properties/a",
            "!OAS104 #/components/schemas/A/properties/b/type",
            "OAS105 #/components/schemas/A/properties/c/type",
            "OAS105 #/components/schemas/A/properties/d/nullable",
            "!OAS101 #/components/schemas/A/properties/d/maxLength",
        ]
    );
    let (model, said) = read("openapi: 3.0.0\ncomponents: {schemas: {A: {type: strng}}}", None);
    assert!(model.is_some());
    let unknown = said.iter().find(|it| it.code == codes::UNKNOWN_TYPE).expect("it is reported");
    let help = "did you mean `string`? the types are `string`, `number`, `integer`, `boolean`, `array`, `object`, and from OpenAPI 3.1 on `null`";
    assert_eq!(unknown.help.as_deref(), Some(help));
}

#[test]
fn references_that_lead_nowhere_are_reported_with_the_nearest_name() {
    let (model, said) = read(
        "openapi: 3.0.0\ninfo: {title: t, version: v}\ncomponents:\n  schemas:\n    Tag: {type: string}\n    A: {properties: {t: {$ref: '#/components/schemas/Tga'}}}\n    X: {$ref: '#/components/schemas/Y'}\n    Y: {$ref: '#/components/schemas/X'}\n    O: {$ref: 'other.yaml#/O'}\n",
        None,
    );
    let api = model.expect("it can be read").api;
    assert_eq!(types(&api), ["Tag = string", "A {t~: Any}", "X = Any", "Y = Any", "O = Any"]);
    let lines: Vec<_> = said.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            "!OAS201 #/components/schemas/A/properties/t/$ref",
            "!OAS204 #/components/schemas/O/$ref",
            "!OAS203 #/components/schemas/X/$ref",
            "!OAS203 #/components/schemas/Y/$ref",
        ]
    );
    let help = "did you mean the schema `#/components/schemas/Tag`?";
    assert_eq!(said[0].help.as_deref(), Some(help));
}

#[test]
fn what_no_code_comes_from_is_said_once_per_node() {
    let (_, said) = lower(
        "paths: {/a: {get: {operationId: a, responses: {'204': {description: d, links: {a: {operationId: a}, b: {operationId: a}}}}}}}",
    );
    let at = "#/paths/~1a/get/responses/204/links";
    assert_eq!(said, [format!("OAS316 {at}")]);
}

#[test]
fn a_reference_to_a_whole_list_or_map_is_said() {
    let (api, said) = lower(
        "paths: {/a: {get: {operationId: a, parameters: {$ref: '#/x-p'}, responses: {$ref: '#/x-r'}}}}
components: {schemas: {A: {type: object, required: {$ref: '#/x-n'}, properties: {$ref: '#/x-s', a: {type: string}}}, B: {properties: {$ref: {type: string}}}}}
x-p: []",
    );
    assert_eq!(api.operations.len(), 1);
    let schema = "#/components/schemas/A";
    assert_eq!(
        said,
        [
            "-OAS302 #/paths/~1a/get/parameters/$ref".to_owned(),
            "-OAS302 #/paths/~1a/get/responses/$ref".to_owned(),
            format!("-OAS302 {schema}/required/$ref"),
            format!("-OAS302 {schema}/properties/$ref"),
        ]
    );
}

#[test]
fn examples_defaults_and_extensions_are_not_looked_into() {
    let (types, said) = schemas(
        "A: {type: object, example: {type: strng, $ref: x}, x-a: {type: 1}, default: {properties: 1}, properties: {$ref: {type: string}, example: {type: string}}}",
    );
    assert_eq!(types, ["A {$ref~: string, example~: string}"]);
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn depth_never_overflows_the_stack() {
    let deep = |n: usize| format!("{}{{}}{}", "{\"items\": ".repeat(n), "}".repeat(n));
    for n in [10, 100, 120, 2_000] {
        let text = format!(
            "{{\"openapi\": \"3.1.0\", \"components\": {{\"schemas\": {{\"A\": {}}}}}}}",
            deep(n)
        );
        read(&text, None);
        let unions = text.replace("{\"items\": ", "{\"oneOf\": [").replace("}}", "}");
        read(&unions, None);
    }
    let name = |n: usize| format!("#/components/schemas/A{n}");
    let lines = |line: &dyn Fn(usize) -> String| (0..500).map(line).collect::<Vec<_>>().join("\n");
    let chain = lines(&|n| {
        format!(
            "    A{n}: {{allOf: [{{$ref: '{}'}}, {{properties: {{p{n}: {{}}}}}}]}}",
            name(n + 1)
        )
    });
    let hops = lines(&|n| format!("    A{n}: {{$ref: '{}'}}", name(n + 1)));
    let nested = lines(&|n| {
        format!("    A{n}: {{$defs: {{D: {{items: {{$ref: '{}/$defs/D'}}}}}}}}", name(n + 1))
    });
    for schemas in [chain, hops, nested] {
        let (model, _) =
            read(&format!("openapi: 3.0.0\ncomponents:\n  schemas:\n{schemas}\n"), None);
        assert_eq!(model.expect("it can be read").api.types.len(), 500);
    }
}

#[test]
fn a_null_without_quotes_is_the_type_null_and_said() {
    let (types, said) = schemas(
        "A: {type: [string, null]}
B: {type: [string, 'null']}
C: {type: object, properties: {a: {type: null}, b: {type: 'null'}}}",
    );
    assert_eq!(types, ["A? = string", "B? = string", "C {a~: Any?, b~: Any?}"]);
    let place = "#/components/schemas";
    let expected =
        [format!("OAS105 {place}/A/type/1"), format!("OAS105 {place}/C/properties/a/type")];
    assert_eq!(said, expected);
}
