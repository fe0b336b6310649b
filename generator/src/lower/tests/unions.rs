//! `oneOf` and `anyOf`, each way to tell the branches apart.

use super::{HEAD, read, schemas, used};
use crate::api::{Shape, Type, TypeId, TypeRef};

fn check(text: &str, expected: &[&str], said: &[&str]) {
    let (types, diagnostics) = schemas(text);
    assert_eq!(types, expected);
    assert_eq!(diagnostics, said);
}

const PETS: &str = "
Cat: {required: [kind], properties: {kind: {type: string}, lives: {type: integer}}}
Dog: {required: [kind], properties: {kind: {type: string, enum: [dog!]}}}";

#[test]
fn a_discriminator_takes_its_tags_from_mapping_values_or_names() {
    check(
        &format!(
            "P:
  type: object
  oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}, {{$ref: '#/components/schemas/Emu'}}]
  discriminator: {{propertyName: kind, mapping: {{cat: Cat, tom: '#/components/schemas/Cat', fly: Bee}}}}{PETS}
Emu: {{properties: {{}}}}
Bee: {{type: object}}"
        ),
        &[
            "P Discriminator { property: \"kind\" } cat/tom=Cat dog!=Dog Emu=Emu fly=Bee",
            "Cat {kind: string, lives~: I64}",
            "Dog {kind: Dog.kind}",
            "Emu = Any",
            "Bee = FreeForm",
            "Dog.kind \"dog!\"|..",
        ],
        &[],
    );
}

#[test]
fn constants_tell_objects_apart_without_a_discriminator() {
    check(
        "P:
  anyOf:
  - {required: [t], properties: {t: {type: string, enum: [a]}, x: {}}}
  - {required: [t], properties: {t: {type: string, enum: [b]}}}",
        &[
            "P Discriminator { property: \"t\" } a=P.|a b=P.|b",
            "P.|a {t: P.|a.t, x~: Any}",
            "P.|a.t \"a\"|..",
            "P.|b {t: P.|b.t}",
            "P.|b.t \"b\"|..",
        ],
        &[],
    );
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

#[test]
fn a_mapping_that_points_at_nothing_costs_that_tag_only() {
    check(
        &format!(
            "P: {{oneOf: [{{$ref: '#/components/schemas/Cat'}}], discriminator: {{propertyName: kind, mapping: {{c: Cat, d: Dgo}}}}}}{PETS}"
        ),
        &[
            "P Discriminator { property: \"kind\" } c=Cat",
            "Cat {kind: string, lives~: I64}",
            "Dog {kind: Dog.kind}",
            "Dog.kind \"dog!\"|..",
        ],
        &["!OAS201 #/components/schemas/P/discriminator/mapping/d"],
    );
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
fn a_base_with_a_discriminator_is_one_of_those_that_extend_it() {
    let (types, said) = schemas(
        "Top: {type: object, discriminator: {propertyName: k, mapping: {m: Mid, x: Other}}, properties: {k: {type: string, enum: [m, l, z]}}}
Mid: {allOf: [{$ref: '#/components/schemas/Top'}], discriminator: {propertyName: k}, properties: {m: {type: string}}}
Leaf: {allOf: [{allOf: [{$ref: '#/components/schemas/Mid'}]}, {properties: {k: {enum: [l]}, n: {type: integer}}}]}
Same: {allOf: [{$ref: '#/components/schemas/Top'}, {description: d}]}
Other: {type: object, properties: {o: {type: string}}}
Alone: {type: object, discriminator: {propertyName: k}, properties: {k: {type: string}}}
Uses: {properties: {one: {$ref: '#/components/schemas/Top'}, many: {type: array, items: {allOf: [{$ref: '#/components/schemas/Mid'}]}}}}",
    );
    assert_eq!(
        types,
        [
            "Top Discriminator { property: \"k\" } m=Mid.|base l=Leaf Same=Same x=Other z=Top.|base",
            "Mid Discriminator { property: \"k\" } l=Leaf m/z=Mid.|base",
            "Leaf {k~: Leaf.k, m~: string, n~: I64}",
            "Same {k~: Top.k}",
            "Other {o~: string}",
            "Alone {k~: string}",
            "Uses {one~: Top, many~: [Mid]}",
            "Top.|base {k~: Top.k}",
            "Top.k \"m\"|\"l\"|\"z\"|..",
            "Mid.|base {k~: Top.k, m~: string}",
            "Leaf.k \"l\"|..",
        ]
    );
    assert_eq!(said, Vec::<String>::new());
}

/// Of an integer no value says that it is the base, unless the base lists one.
#[test]
fn a_base_can_have_an_integer_or_a_boolean_as_its_tag() {
    let (types, said) = schemas(
        "Sum: {type: object, discriminator: {propertyName: n, mapping: {'1': One}}, properties: {n: {type: integer}}}
One: {allOf: [{$ref: '#/components/schemas/Sum'}, {properties: {a: {type: string}}}]}
Flag: {type: object, discriminator: {propertyName: f, mapping: {'true': Set}}, properties: {f: {type: boolean, enum: [true, false]}}}
Set: {allOf: [{$ref: '#/components/schemas/Flag'}, {properties: {b: {type: string}}}]}",
    );
    assert_eq!(
        types,
        [
            "Sum Discriminator { property: \"n\", of: Integer } 1=One",
            "One {n~: I64, a~: string}",
            "Flag Discriminator { property: \"f\", of: Boolean } true=Set false=Flag.|base",
            "Set {f~: Boolean, b~: string}",
            "Sum.|base {n~: I64}",
            "Flag.|base {f~: Boolean}",
        ]
    );
    assert_eq!(said, Vec::<String>::new());
}

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
fn listed_values_tell_objects_apart_also_where_the_tag_may_be_absent() {
    check(
        "P:
  oneOf:
  - {properties: {t: {enum: [a, b]}, x: {type: string}}}
  - {properties: {t: {enum: [c]}}}
Q:
  oneOf:
  - {required: [k], properties: {t: {enum: [a]}, k: {enum: [x]}}}
  - {required: [k], properties: {t: {enum: [b]}, k: {enum: [y, z]}}}
Open:
  anyOf:
  - {properties: {t: {type: string, x-enum: [a, b]}}}
  - {properties: {t: {type: string, x-enum: [c, d]}}}",
        &[
            "P Discriminator { property: \"t\" } a/b=P.|a c=P.|c",
            "Q Discriminator { property: \"k\" } x=Q.|x y/z=Q.|y",
            "Open Overlapping Object=Open.|Object Object 2=Open.|Object 2",
            "P.|a {t~: P.|a.t, x~: string}",
            "P.|a.t \"a\"|\"b\"|..",
            "P.|c {t~: P.|c.t}",
            "P.|c.t \"c\"|..",
            "Q.|x {t~: Q.|x.t, k: Q.|x.k}",
            "Q.|x.t \"a\"|..",
            "Q.|x.k \"x\"|..",
            "Q.|y {t~: Q.|y.t, k: Q.|y.k}",
            "Q.|y.t \"b\"|..",
            "Q.|y.k \"y\"|\"z\"|..",
            "Open.|Object {t~: Open.|Object.t}",
            "Open.|Object.t \"a\"|\"b\"|..",
            "Open.|Object 2 {t~: Open.|Object 2.t}",
            "Open.|Object 2.t \"c\"|\"d\"|..",
        ],
        &[],
    );
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

#[test]
fn integers_and_booleans_are_tags_as_well() {
    check(
        "N:
  oneOf:
  - {required: [v], properties: {v: {type: integer, enum: [1]}, x: {type: string}}}
  - {required: [v], properties: {v: {enum: [2, -3]}}}
B:
  anyOf:
  - {properties: {ok: {type: boolean, enum: [true]}, x: {type: string}}}
  - {properties: {ok: {type: boolean, enum: [false]}}}
D:
  oneOf: [{$ref: '#/components/schemas/One'}, {$ref: '#/components/schemas/Two'}]
  discriminator: {propertyName: v, mapping: {'1': One}}
One: {required: [v], properties: {v: {type: integer}}}
Two: {required: [v], properties: {v: {type: integer, enum: [2]}}}",
        &[
            "N Discriminator { property: \"v\", of: Integer } 1=N.|1 2/-3=N.|2",
            "B Discriminator { property: \"ok\", of: Boolean } true=B.|true false=B.|false",
            "D Discriminator { property: \"v\", of: Integer } 1=One 2=Two",
            "One {v: I64}",
            "Two {v: I64}",
            "N.|1 {v: I64, x~: string}",
            "N.|2 {v: I64}",
            "B.|true {ok~: Boolean, x~: string}",
            "B.|false {ok~: Boolean}",
        ],
        &[],
    );
}

#[test]
fn a_tag_that_no_code_can_compare_is_none() {
    check(
        "Half:
  oneOf:
  - {properties: {v: {type: number, enum: [0.5]}}}
  - {properties: {v: {type: number, enum: [1.5]}}}
Mixed:
  oneOf:
  - {properties: {v: {enum: [1]}}}
  - {properties: {v: {enum: [a]}}}
Word:
  oneOf: [{$ref: '#/components/schemas/One'}]
  discriminator: {propertyName: v, mapping: {one: One}}
One: {required: [v], properties: {v: {type: integer}}}",
        &[
            "Half Overlapping Object=Half.|Object Object 2=Half.|Object 2",
            "Mixed Overlapping Object=Mixed.|Object Object 2=Mixed.|Object 2",
            "Word Overlapping One=One",
            "One {v: I64}",
            "Half.|Object {v~: F64}",
            "Half.|Object 2 {v~: F64}",
            "Mixed.|Object {v~: I64}",
            "Mixed.|Object 2 {v~: Mixed.|Object 2.v}",
            "Mixed.|Object 2.v \"a\"|..",
        ],
        &["OAS317 #/components/schemas/Word/discriminator"],
    );
}
