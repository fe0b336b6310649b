//! Properties beside `oneOf` and `anyOf`.

use super::check;

const BESIDE: &str = "
A: {required: [a], properties: {a: {type: string}}}
B: {required: [b], properties: {b: {type: integer}}}";

#[test]
fn properties_beside_a_union_are_an_object_with_the_union_inside() {
    check(
        &format!(
            "P:
  type: object
  required: [n]
  properties: {{n: {{type: string}}}}
  oneOf: [{{$ref: '#/components/schemas/A'}}, {{$ref: '#/components/schemas/B'}}]
  discriminator: {{propertyName: n}}
Q:
  allOf: [{{properties: {{n: {{type: string}}}}}}]
  anyOf: [{{$ref: '#/components/schemas/A'}}, {{$ref: '#/components/schemas/B'}}, {{type: object}}]
One:
  properties: {{n: {{type: string}}}}
  oneOf: [{{$ref: '#/components/schemas/A'}}]{BESIDE}"
        ),
        &[
            "P {n: string, &P.|variant}",
            "Q {n~: string, &Q.|variant}",
            "One {n~: string, &A}",
            "A {a: string}",
            "B {b: I64}",
            "P.|variant Discriminator { property: \"n\" } A=A B=B",
            "Q.|variant Key a=string b=I64",
        ],
        &[],
    );
}

#[test]
fn what_stands_beside_a_union_and_denies_further_properties_is_told() {
    let of = |further: &str| {
        format!(
            "P: {{type: object, {further}properties: {{n: {{type: string}}}}, oneOf: [{{$ref: '#/components/schemas/A'}}, {{$ref: '#/components/schemas/B'}}]}}{BESIDE}"
        )
    };
    let types =
        |union: &'static str| ["P {n~: string, &P.|variant}", "A {a: string}", "B {b: I64}", union];
    check(&of("additionalProperties: {}, "), &types("P.|variant Overlapping A=A B=B"), &[]);
    let said = ["OAS317 #/components/schemas/P/additionalProperties"];
    check(&of("additionalProperties: false, "), &types("P.|variant Key a=string b=I64"), &said);
}

#[test]
fn branches_that_narrow_the_properties_beside_them_are_no_types() {
    check(
        "P:
  type: object
  properties: {s: {type: string, enum: [a, b]}, t: {type: string}}
  oneOf:
  - {properties: {s: {enum: [a]}}, required: [t]}
  - {properties: {s: {enum: [b]}}}",
        &["P {s~: P.s, t~: string}", "P.s \"a\"|\"b\"|.."],
        // That some values go together is no type.
        &["OAS317 #/components/schemas/P/oneOf"],
    );
}

#[test]
fn branches_that_have_all_properties_beside_them_are_the_union() {
    check(
        "P:
  required: [k]
  properties: {k: {type: string}}
  oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
A: {allOf: [{$ref: '#/components/schemas/P'}, {properties: {k: {enum: [a]}, a: {type: string}}}]}
B: {allOf: [{$ref: '#/components/schemas/P'}, {properties: {k: {enum: [b]}}}]}",
        &[
            "P Discriminator { property: \"k\" } a=A b=B",
            "A {k: A.k, a~: string}",
            "B {k: B.k}",
            "A.k \"a\"|..",
            "B.k \"b\"|..",
        ],
        &[],
    );
}

#[test]
fn a_branch_that_is_no_object_has_no_place_beside_properties() {
    check(
        "P: {properties: {n: {type: string}}, oneOf: [{type: boolean}, {required: [x], properties: {x: {type: string}}}]}",
        &["P = Any"],
        &["-OAS301 #/components/schemas/P"],
    );
}

#[test]
fn a_format_beside_branches_of_one_type_is_that_of_each_value() {
    check(
        "P:
  properties:
    a: {format: uuid, anyOf: [{type: string, format: uri}, {type: string}]}
    b: {anyOf: [{type: string, format: uri}, {type: string}]}
    c: {format: int32, oneOf: [{type: integer}, {type: integer}]}
    d: {oneOf: [{type: integer, format: int32}, {type: integer, format: int32}]}",
        &["P {a~: string(uuid), b~: string, c~: I32, d~: I32}"],
        &[],
    );
}
