//! `oneOf` and `anyOf`: keys, kinds, texts, and what nothing tells apart.

mod beside;
mod tags;

use super::{HEAD, read, schemas, used};
use crate::api::{Shape, Type, TypeId, TypeRef};

fn check(text: &str, expected: &[&str], said: &[&str]) {
    let (types, diagnostics) = schemas(text);
    assert_eq!(types, expected);
    assert_eq!(diagnostics, said);
}

#[test]
fn the_value_of_a_key_has_a_null_of_its_own() {
    check(
        "P:
  oneOf:
  - {type: object, required: [ok], properties: {ok: {type: string, nullable: true}}}
  - {type: object, required: [err], properties: {err: {type: string}}}",
        &["P Key ok=string? err=string"],
        &[],
    );
}

#[test]
fn one_required_key_each_is_told_apart_by_the_key() {
    let expected = ["P Key a=P.|a b=P.|b", "P.|a {x~: Any}", "P.|b {y~: Any}"];
    let closed = "P:
  oneOf:
  - {type: object, additionalProperties: false, required: [a], properties: {a: {properties: {x: {}}}}}
  - {type: object, additionalProperties: false, required: [b], properties: {b: {properties: {y: {}}}}}";
    let parent = "P:
  properties: {a: {properties: {x: {}}}, b: {properties: {y: {}}}}
  oneOf: [{required: [a]}, {required: [b]}]";
    check(closed, &expected, &[]);
    check(parent, &expected, &[]);
}

#[test]
fn branches_that_only_require_members_leave_an_object() {
    check(
        "P: {properties: {a: {type: string}, b: {type: string}}, anyOf: [{required: [a]}, {required: [b]}]}",
        &["P {a~: string, b~: string}"],
        &["OAS317 #/components/schemas/P/anyOf"],
    );
}

#[test]
fn different_kinds_are_told_apart_by_kind_narrow_ones_first() {
    check(
        "P:
  anyOf: [{type: object, properties: {a: {}}}, {type: string}, {type: number}, {type: integer}, {type: boolean}, {type: array, items: {$ref: '#/components/schemas/P'}}]",
        &["P Kind =Boolean =I64 =F64 =string =[P] =P.|Object", "P.|Object {a~: Any}"],
        &[],
    );
}

#[test]
fn unions_of_strings_are_one_string_or_open_enum() {
    check(
        "A: {anyOf: [{type: string, enum: [a, b]}, {type: string}]}
B: {oneOf: [{type: string, format: date}, {type: string, format: date-time}]}
C: {oneOf: [{type: string, enum: [x], description: an x}, {type: string, enum: [y]}]}",
        &["A \"a\"|\"b\"|..", "B = string", "C \"x\"|\"y\"|.."],
        &[],
    );
}

#[test]
fn what_nothing_tells_apart_is_kept_as_json() {
    check(
        "A: {oneOf: [{properties: {a: {}}}, {properties: {b: {}}}]}
B: {properties: {x: {anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}}}",
        &[
            "A Overlapping Object with a=A.|Object with a Object with b=A.|Object with b",
            "B {x~: B.x}",
            "A.|Object with a {a~: Any}",
            "A.|Object with b {b~: Any}",
            "B.x Overlapping A=A B=B",
        ],
        &[],
    );
    check(
        "A: {oneOf: [{type: string}, {type: integer}], anyOf: [{type: string}, {type: boolean}]}",
        &["A = Any"],
        &["-OAS301 #/components/schemas/A"],
    );
}

/// Which branch stands first means nothing (JSON Schema 2020-12, core, section 10.2.1).
#[test]
fn branches_are_called_alike_in_any_order() {
    let branches = [
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, properties: {a: {type: string}, b: {type: string}}}",
        "{type: object, required: [a], properties: {a: {type: string}}}",
        "{type: array, items: {$ref: '#/components/schemas/B'}}",
        "{type: array, items: {type: string}}",
        "{$ref: '#/components/schemas/B'}",
        "{type: string}",
        "{type: string, enum: [x]}",
        "{}",
    ];
    let called = |branches: &[&'static str]| {
        let list = branches.join(", ");
        let rest = format!(
            "paths: {{}}\ncomponents: {{schemas: {{A: {{anyOf: [{list}]}}, B: {{type: object}}}}}}\n"
        );
        let (api, said) = super::lower(&rest);
        assert_eq!(said, Vec::<String>::new());
        let Shape::Union(union) = &api.types[0].shape else { panic!("{:?}", api.types[0]) };
        let variants = union.tagging.variants();
        let each =
            variants.into_iter().zip(branches).map(|((by, _), it)| (*it, by.word().to_owned()));
        each.collect::<std::collections::BTreeMap<_, _>>()
    };
    let first = called(&branches);
    let words: Vec<_> = branches.iter().map(|it| first[it].as_str()).collect();
    let expected = [
        "Object",
        "Object with b",
        "Object 2",
        "B list",
        "String list",
        "B",
        "String",
        "String 2",
        "any",
    ];
    assert_eq!(words, expected);
    let mut reversed = branches;
    reversed.reverse();
    assert_eq!(called(&reversed), first);
}

/// A file is sent as a part of its own, which no JSON holds.
#[test]
fn a_union_of_files_is_not_kept_as_json() {
    let (api, said) = super::operation(
        "requestBody: {content: {multipart/form-data: {schema: {anyOf: [{type: object, properties: {f: {type: string, format: binary}}}, {type: object, properties: {g: {type: string}}}]}}}}\nresponses: {}",
    );
    assert!(api.types.iter().all(|it| !matches!(it.shape, Shape::Union(_))), "{said:?}");
    assert!(said.iter().any(|it| it.starts_with("-OAS301")), "{said:?}");
}

/// The kind is what the schema says, also where no type can be made of it.
#[test]
fn the_kind_of_a_branch_is_not_guessed_from_its_type() {
    let list = "{oneOf: [{type: array, items: {type: string}}], anyOf: [{type: array}]}";
    let text =
        format!("L: {list}\nU: {{oneOf: [{{$ref: '#/components/schemas/L'}}, {{type: boolean}}]}}");
    let text =
        format!("{HEAD}paths: {{}}\ncomponents: {{schemas: {{{}}}}}\n", text.replace('\n', ", "));
    let api = read(&text, None).0.expect("a model").api;
    let kinds: Vec<_> = match &api.types[1].shape {
        Shape::Union(it) => it.tagging.variants().into_iter().map(|it| it.0.word()).collect(),
        other => panic!("{other:?}"),
    };
    assert_eq!(used(&api, &TypeRef::plain(Type::Named(TypeId(0)))), "L");
    assert!(api.types[0].degraded);
    assert_eq!(kinds, ["Boolean", "List"]);
}

#[test]
fn listed_numbers_and_booleans_have_a_type_that_nobody_writes() {
    check(
        "I: {enum: [1, 2]}
N: {enum: [1, 0.5]}
B: {enum: [true]}
Mixed: {enum: [auto, 1]}
Of: {oneOf: [{enum: [1], title: Low}, {enum: [2], description: High}]}
Bounds: {anyOf: [{type: number, maximum: -1}, {type: number, minimum: 1}]}",
        &["I = I64", "N = F64", "B = Boolean", "Mixed = Any", "Of = I64", "Bounds = F64"],
        &[
            "OAS317 #/components/schemas/Bounds/anyOf/0/maximum",
            "OAS317 #/components/schemas/Bounds/anyOf/1/minimum",
        ],
    );
}
