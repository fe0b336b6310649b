//! Objects, maps, aliases, enums, `allOf`.

use super::schemas;

fn check(text: &str, expected: &[&str], said: &[&str]) {
    let (types, diagnostics) = schemas(text);
    assert_eq!(types, expected);
    assert_eq!(diagnostics, said);
}

#[test]
fn components_are_structs_enums_or_aliases_in_the_order_of_the_document() {
    check(
        "Z: {type: object, required: [a], properties: {a: {type: integer}, b: {$ref: '#/components/schemas/E'}}}
E: {type: string, enum: [x, y, x, null]}
S: {type: string, format: uuid}
L: {type: array, items: {type: number, format: float}}
M: {type: object, additionalProperties: {type: boolean}}
F: {type: object}
A: {}
R: {$ref: '#/components/schemas/Z'}",
        &[
            "Z {a: I64, b~: E?}",
            "E? \"x\"|\"y\"|..",
            "S = string(uuid)",
            "L = [F32]",
            "M = map<Boolean>",
            "F = FreeForm",
            "A = Any",
            "R = Z",
        ],
        &[],
    );
}

#[test]
fn members_beside_the_named_ones_are_kept_when_the_schema_allows_them() {
    check(
        "A: {properties: {a: {}}, additionalProperties: true}
B: {properties: {a: {}}, additionalProperties: {type: string}}
C: {properties: {a: {}}, additionalProperties: false}",
        &["A {a~: Any, ..Any}", "B {a~: Any, ..string}", "C {a~: Any, !}"],
        &[],
    );
}

#[test]
fn properties_that_a_wrapper_allows_are_kept() {
    check(
        "A: {properties: {a: {}}}
B: {allOf: [{$ref: '#/components/schemas/A'}], additionalProperties: true}
C: {allOf: [{$ref: '#/components/schemas/A'}, {type: object, additionalProperties: true}]}",
        &["A {a~: Any}", "B {a~: Any, ..Any}", "C {a~: Any, ..Any}"],
        &[],
    );
}

#[test]
fn inline_types_are_hoisted_with_the_way_to_them() {
    check(
        "A:
  properties:
    b: {type: array, items: {properties: {c: {enum: [x]}}}}
    m: {additionalProperties: {x-enum: [y], type: string}}",
        &[
            "A {b~: [A.b.[]], m~: map<A.m.{}>}",
            "A.b.[] {c~: A.b.[].c}",
            "A.b.[].c \"x\"|..",
            "A.m.{} \"y\"|..",
        ],
        &[],
    );
}

#[test]
fn nullable_reaches_through_references() {
    check(
        "A: {properties: {b: {$ref: '#/components/schemas/B'}, c: {$ref: '#/components/schemas/C'}, d: {nullable: true, allOf: [{$ref: '#/components/schemas/D'}]}}}
B: {$ref: '#/components/schemas/C'}
C: {type: string, nullable: true}
D: {type: string}",
        &["A {b~: B?, c~: C?, d~: D?}", "B? = C", "C? = string", "D = string"],
        &[],
    );
}

#[test]
fn a_width_holds_the_bounds() {
    check(
        "A:
  properties:
    a: {type: integer, format: int32, maximum: 4294967295}
    b: {type: integer, format: uint32, minimum: -1}
    c: {type: integer, format: uint64, minimum: -1}
    d: {type: integer, format: int64, maximum: 9223372036854775808}
    e: {type: integer, format: int32, minimum: 0.5, maximum: 2147483647}",
        &["A {a~: I64, b~: I64, c~: I64, d~: U64, e~: I32}"],
        &[],
    );
}

#[test]
fn widths_follow_format_and_bounds() {
    check(
        "A:
  properties:
    a: {type: integer, format: int32}
    b: {type: integer, format: uint32}
    c: {type: integer, maximum: 18446744073709551615}
    d: {type: number}
    e: {type: integer, minimum: 1.0, default: '5'}",
        &["A {a~: I32, b~: U32, c~: U64, d~: F64, e~: I64}"],
        // 1.0 is an integer (JSON Schema, validation §6.1.1), so nothing is said of it.
        &["OAS105 #/components/schemas/A/properties/e/default"],
    );
}

#[test]
fn all_of_merges_objects_and_keeps_the_types_of_the_base() {
    check(
        "Base: {required: [id], properties: {id: {type: string}, kind: {type: string, enum: [a]}}, discriminator: {propertyName: kind}}
A:
  allOf:
  - $ref: '#/components/schemas/Base'
  - {type: object, required: [n, kind], properties: {n: {type: integer}}}",
        &[
            "Base Discriminator { property: \"kind\" } a=A Base=Base.|base",
            "A {id: string, kind: Base.kind, n: I64}",
            "Base.|base {id: string, kind~: Base.kind}",
            "Base.kind \"a\"|..",
        ],
        &[],
    );
}

#[test]
fn all_of_with_one_reference_and_docs_is_that_reference() {
    check(
        "A: {description: a, allOf: [{$ref: '#/components/schemas/B'}, {description: x}]}
B: {type: integer}
C: {properties: {b: {$ref: '#/components/schemas/B', description: b}}}",
        &["A = B", "B = I64", "C {b~: B}"],
        &[],
    );
}

#[test]
fn all_of_that_cannot_be_merged_is_untyped() {
    check(
        "A: {allOf: [{type: string}, {type: integer}]}
B: {properties: {a: {$ref: '#/components/schemas/A'}}}",
        &["A = Any", "B {a~: A}"],
        &["-OAS301 #/components/schemas/A"],
    );
}

#[test]
fn types_can_hold_themselves() {
    check(
        "Node: {properties: {next: {$ref: '#/components/schemas/Node'}, in: {properties: {up: {$ref: '#/components/schemas/Node/properties/in'}}}}}
Loop: {type: array, items: {$ref: '#/components/schemas/Loop'}}
X: {allOf: [{$ref: '#/components/schemas/Y'}, {properties: {x: {}}}]}
Y: {allOf: [{$ref: '#/components/schemas/X'}, {properties: {y: {}}}]}",
        &[
            "Node {next~: Node, in~: Node.in}",
            "Loop = [Loop]",
            "X {y~: Any, x~: Any}",
            "Y {x~: Any, y~: Any}",
            "Node.in {up~: Node.in}",
        ],
        &[
            "OAS203 #/components/schemas/X/allOf/0/$ref",
            "OAS203 #/components/schemas/Y/allOf/0/$ref",
        ],
    );
}

#[test]
fn a_reference_can_point_into_another_schema() {
    check(
        "B: {properties: {x: {$ref: '#/components/schemas/A/properties/a%20b/items'}}}
A: {properties: {a b: {type: array, items: {properties: {c: {}}}}}}",
        &["B {x~: A.a b.[]}", "A {a b~: [A.a b.[]]}", "A.a b.[] {c~: Any}"],
        &[],
    );
}

#[test]
fn a_lonely_discriminator_is_an_open_object_with_its_tag() {
    check(
        "A: {type: object, discriminator: {propertyName: kind}}",
        &["A {kind: string, ..Any}"],
        &[],
    );
}

#[test]
fn misplaced_and_unknown_keywords_cost_nothing() {
    check(
        "A: {properties: {a: {type: string, required: [a], titel: x}, b: {type: string, required: true}}, required: [zz]}",
        &["A {a~: string, b~: string}"],
        &[
            "OAS106 #/components/schemas/A/properties/a/required",
            "OAS103 #/components/schemas/A/properties/a/titel",
            "OAS106 #/components/schemas/A/properties/b/required",
            "OAS106 #/components/schemas/A/required",
        ],
    );
}

#[test]
fn a_given_component_name_holds_when_the_shapes_are_equal() {
    check(
        "M: {properties: {a: {type: string, description: x}}}
A:
  properties:
    same: {x-component-name: M, properties: {a: {type: string}}}
    other: {x-component-name: M, properties: {b: {type: string}}}
    new: {x-component-name: N, properties: {c: {type: string}}}
    again: {x-component-name: N, properties: {c: {type: string, example: y}}}
    differs: {x-component-name: N, properties: {d: {type: string}}}",
        &[
            "M {a~: string}",
            "A {same~: M, other~: A.other, new~: given:N, again~: given:N, differs~: A.differs}",
            "A.other {b~: string}",
            "given:N {c~: string}",
            "A.differs {d~: string}",
        ],
        &[],
    );
}

#[test]
fn enums_of_other_kinds_are_constraints() {
    let (api, _) = super::lower(
        "components: {schemas: {A: {type: integer, enum: [1, 2]}, B: {type: string, enum: [1, true]}}}",
    );
    assert_eq!(super::types(&api), ["A = I64", "B \"1\"|\"true\"|.."]);
    let crate::api::Shape::Alias(used) = &api.types[0].shape else { panic!("an alias") };
    assert_eq!(used.constraints.values(), [serde_json::json!(1), serde_json::json!(2)]);
}

#[test]
fn items_that_are_inherited_are_one_type() {
    check(
        "Derived: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {b: {}}}]}
Base: {properties: {rest: {type: array, items: {properties: {a: {}}}}}}",
        &[
            "Derived {rest~: [Base.rest.[]], b~: Any}",
            "Base {rest~: [Base.rest.[]]}",
            "Base.rest.[] {a~: Any}",
        ],
        &[],
    );
}

#[test]
fn a_property_of_several_parts_is_what_all_of_them_say() {
    check(
        "Base: {type: object, properties: {
  text: {type: string, minLength: 2}, inner: {type: object, properties: {a: {type: string}}},
  list: {type: array, items: {type: object, properties: {a: {type: string}}}},
  kind: {type: string, enum: [x, y, z]}, other: {$ref: '#/components/schemas/Other'},
  number: {type: number}, narrow: {type: string, nullable: true}}}
Other: {type: object, properties: {o: {type: boolean}}}
Child: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {
  text: {nullable: true}, inner: {required: [a], properties: {b: {type: integer}}},
  list: {items: {properties: {b: {type: integer}}}},
  kind: {enum: [z, y]}, other: {description: d}, number: {type: integer}, narrow: {type: string, maxLength: 1}}}]}
Grandchild: {allOf: [{$ref: '#/components/schemas/Child'}, {properties: {inner: {description: d}}}]}",
        &[
            "Base {text~: string, inner~: Base.inner, list~: [Base.list.[]], kind~: Base.kind, other~: Other, number~: F64, narrow~: string?}",
            "Other {o~: Boolean}",
            "Child {text~: string?, inner~: Child.inner, list~: [Child.list.[]], kind~: Child.kind, other~: Other, number~: I64, narrow~: string}",
            "Grandchild {text~: string?, inner~: Child.inner, list~: [Child.list.[]], kind~: Child.kind, other~: Other, number~: I64, narrow~: string}",
            "Base.inner {a~: string}",
            "Base.list.[] {a~: string}",
            "Base.kind \"x\"|\"y\"|\"z\"|..",
            "Child.inner {a: string, b~: I64}",
            "Child.list.[] {a~: string, b~: I64}",
            "Child.kind \"z\"|\"y\"|..",
        ],
        &[],
    );
}

#[test]
fn parts_that_contradict_each_other_are_reported_where_they_stand() {
    check(
        "Base: {type: object, properties: {a: {type: string}, k: {type: string, enum: [x]}}}
Child: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {a: {type: integer}, k: {type: string, enum: [y]}}}]}",
        &[
            "Base {a~: string, k~: Base.k}",
            "Child {a~: I64, k~: Child.k}",
            "Base.k \"x\"|..",
            "Child.k \"y\"|..",
        ],
        &[
            "OAS301 #/components/schemas/Child/allOf/1/properties/a",
            "OAS301 #/components/schemas/Child/allOf/1/properties/k",
        ],
    );
}

#[test]
fn two_rings_in_one_property_end() {
    check(
        "One: {type: object, properties: {next: {$ref: '#/components/schemas/One'}, a: {type: string}}}
Two: {type: object, properties: {next: {$ref: '#/components/schemas/Two'}, b: {type: string}}}
Both: {allOf: [{$ref: '#/components/schemas/One'}, {$ref: '#/components/schemas/Two'}]}",
        &[
            "One {next~: One, a~: string}",
            "Two {next~: Two, b~: string}",
            "Both {next~: Both.next, a~: string, b~: string}",
            "Both.next {next~: Both.next, a~: string, b~: string}",
        ],
        &[],
    );
}
