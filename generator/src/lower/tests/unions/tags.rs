//! Unions told apart by a tag: discriminators, constants and listed values.

use super::check;
use crate::lower::tests::schemas;

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
