//! Schemas that extend the schema they stand in, and schemas that are defined by themselves.

use super::{lower, read, schemas, types};
use crate::diagnostic::Severity;

fn check(rest: &str, expected: &[&str], expected_said: &[&str]) {
    let (types, said) = schemas(rest);
    assert_eq!(types, expected, "{rest}");
    assert_eq!(said, expected_said, "{rest}");
}

fn person(extension: &str) -> String {
    format!(
        "Person: {{required: [name], properties: {{name: {{type: string}}, spouse: {extension}}}}}"
    )
}

const SELF: &str = "{$ref: '#/components/schemas/Person'}";

#[test]
fn a_property_that_only_describes_its_owner_has_its_type() {
    for extension in [
        format!("{{allOf: [{SELF}, {{description: The partner.}}]}}"),
        "{$ref: '#/components/schemas/Person', description: The partner.}".to_owned(),
        format!("{{oneOf: [{SELF}]}}"),
        format!("{{allOf: [{{anyOf: [{SELF}]}}]}}"),
    ] {
        check(&person(&extension), &["Person {name: string, spouse~: Person}"], &[]);
    }
}

#[test]
fn a_property_that_extends_its_owner_is_a_type_that_holds_itself() {
    for extension in [
        format!("{{allOf: [{SELF}, {{required: [spouse]}}]}}"),
        "{$ref: '#/components/schemas/Person', required: [spouse]}".to_owned(),
    ] {
        check(
            &person(&extension),
            &[
                "Person {name: string, spouse~: Person.spouse}",
                "Person.spouse {name: string, spouse: Person.spouse}",
            ],
            &[],
        );
    }
    check(
        &person(&format!("{{allOf: [{SELF}, {{properties: {{since: {{type: string}}}}}}]}}")),
        &[
            "Person {name: string, spouse~: Person.spouse}",
            "Person.spouse {name: string, spouse~: Person.spouse, since~: string}",
        ],
        &[],
    );
}

#[test]
fn items_values_and_branches_extend_the_schema_they_stand_in() {
    check(
        "Node: {properties: {kids: {type: array, items: {allOf: [{$ref: '#/components/schemas/Node'}, {required: [kids]}]}}}}",
        &["Node {kids~: [Node.kids.[]]}", "Node.kids.[] {kids: [Node.kids.[]]}"],
        &[],
    );
    check(
        "Node: {properties: {kids: {additionalProperties: {allOf: [{$ref: '#/components/schemas/Node'}, {required: [kids]}]}}}}",
        &["Node {kids~: map<Node.kids.{}>}", "Node.kids.{} {kids: map<Node.kids.{}>}"],
        &[],
    );
    check(
        "Node: {properties: {next: {oneOf: [{allOf: [{$ref: '#/components/schemas/Node'}, {required: [next]}]}, {type: string}]}}}",
        &[
            "Node {next~: Node.next}",
            "Node.next Kind =string =Node.next.|Object",
            "Node.next.|Object {next: Node.next}",
        ],
        &[],
    );
}

#[test]
fn two_schemas_extend_each_other_inside() {
    check(
        "A: {properties: {b: {allOf: [{$ref: '#/components/schemas/B'}, {properties: {x: {type: string}}}]}}}
B: {properties: {a: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {y: {type: string}}}]}}}",
        &[
            "A {b~: A.b}",
            "B {a~: B.a}",
            "A.b {a~: B.a, x~: string}",
            "B.a {b~: A.b, y~: string}",
        ],
        &[],
    );
}

#[test]
fn an_owner_is_extended_through_its_aliases() {
    let aliases = "\nFirst: {$ref: '#/components/schemas/Person'}\nSecond: {allOf: [{$ref: '#/components/schemas/First'}]}";
    let extension = "{allOf: [{$ref: '#/components/schemas/Second'}, {required: [spouse]}]}";
    check(
        &(person(extension) + aliases),
        &[
            "Person {name: string, spouse~: Person.spouse}",
            "First = Person",
            "Second = First",
            "Person.spouse {name: string, spouse: Person.spouse}",
        ],
        &[],
    );
}

#[test]
fn a_list_or_map_that_extends_itself_gets_a_name() {
    check(
        "T: {type: array, items: {allOf: [{$ref: '#/components/schemas/T'}, {minItems: 1}]}}",
        &["T = [T.[]]", "T.[] = [T.[]]"],
        &[],
    );
    check(
        "T: {type: object, additionalProperties: {allOf: [{$ref: '#/components/schemas/T'}, {minProperties: 1}]}}",
        &["T = map<T.{}>", "T.{} = map<T.{}>"],
        &[],
    );
    check(
        "X: {properties: {p: {type: array, items: {$ref: '#/components/schemas/X/properties/p'}}}}",
        &["X {p~: X.p}", "X.p = [X.p]"],
        &[],
    );
}

#[test]
fn bodies_and_headers_extend_a_schema_that_extends_itself() {
    let own = "{allOf: [{$ref: '#/components/schemas/P'}, {required: [p]}]}";
    let (api, said) = lower(&format!(
        "paths:
  /x:
    post:
      operationId: x
      parameters: [{{in: query, name: q, content: {{application/json: {{schema: {own}}}}}}}]
      requestBody: {{content: {{application/json: {{schema: {own}}}}}}}
      responses:
        '200':
          description: d
          headers: {{H: {{schema: {own}}}}}
          content: {{application/json: {{schema: {own}}}}}
components: {{schemas: {{P: {{properties: {{p: {own}}}}}}}}}
"
    ));
    assert!(said.is_empty(), "{said:?}");
    let expected = ["P {p~: P.p}", "P.p {p: P.p}"];
    let found = types(&api);
    assert_eq!(found[..2], expected);
    // Each use is a schema of its own; what they hold is the one below `P`.
    assert_eq!(found.len(), 6, "{found:?}");
    assert!(found[2..].iter().all(|it| it.ends_with("{p: P.p}")), "{found:?}");
}

#[test]
fn what_is_defined_by_itself_is_untyped_and_told_with_its_ring() {
    for keyword in ["allOf", "oneOf", "anyOf"] {
        for rest in [
            format!("C: {{{keyword}: [{{$ref: '#/components/schemas/C'}}]}}"),
            format!("C: {{type: object, {keyword}: [{{$ref: '#/components/schemas/C'}}]}}"),
            format!("C: {{{keyword}: [{{$ref: '#/components/schemas/C'}}, {{description: x}}]}}"),
            format!("C: {{{keyword}: [{{$ref: '#/components/schemas/C'}}], nullable: true}}"),
        ] {
            let used = format!(
                "{rest}\nU: {{oneOf: [{{$ref: '#/components/schemas/C'}}, {{type: string}}]}}"
            );
            let (types, said) = schemas(&used);
            let c = types[0].trim_start_matches('C').trim_start_matches('?');
            assert_eq!(c, " = Any", "{rest}");
            let place = format!("!OAS203 #/components/schemas/C/{keyword}/0/$ref");
            assert_eq!(said[0], place, "{rest}");
            assert!(!types[1].contains("= U"), "{types:?}");
        }
    }
}

#[test]
fn a_ring_through_every_way_of_being_another_schema_is_named() {
    let (_, said) = read(
        "openapi: 3.1.0
info: {title: t, version: v}
components:
  schemas:
    A: {oneOf: [{$ref: '#/components/schemas/B'}, {type: 'null'}]}
    B: {anyOf: [{$ref: '#/components/schemas/C'}, {$ref: '#/components/schemas/C'}]}
    C: {allOf: [{description: x}, {$ref: '#/components/schemas/D'}]}
    D: {$ref: '#/components/schemas/A'}
",
        None,
    );
    let rings: Vec<_> = said.iter().filter(|it| it.code.0 == "OAS203").collect();
    assert_eq!(rings.len(), 4, "{said:#?}");
    for name in ["A", "B", "C"] {
        let help = rings[0].help.as_deref().unwrap_or_default();
        assert!(help.contains(&format!("`#/components/schemas/{name}`")), "{help}");
    }
    assert!(rings.iter().all(|it| it.severity == Severity::Error));
}

/// All schemas on the ring say the same, so each says what all of them say.
#[test]
fn what_stands_beside_a_ring_of_all_of_is_kept() {
    let of = |name: &str| format!("{{$ref: '#/components/schemas/{name}'}}");
    check(
        &format!(
            "A: {{allOf: [{}, {{properties: {{a: {{}}}}}}]}}
B: {{allOf: [{}, {{properties: {{b: {{}}}}}}]}}
C: {{allOf: [{}, {{properties: {{c: {{}}}}}}]}}
Z: {{allOf: [{}, {{properties: {{z: {{}}}}}}]}}",
            of("B"),
            of("C"),
            of("A"),
            of("B")
        ),
        &[
            "A {c~: Any, b~: Any, a~: Any}",
            "B {a~: Any, c~: Any, b~: Any}",
            "C {b~: Any, a~: Any, c~: Any}",
            "Z {a~: Any, c~: Any, b~: Any, z~: Any}",
        ],
        &[
            "OAS203 #/components/schemas/A/allOf/0/$ref",
            "OAS203 #/components/schemas/B/allOf/0/$ref",
            "OAS203 #/components/schemas/C/allOf/0/$ref",
        ],
    );
}

#[test]
fn a_union_that_is_a_variant_of_itself_is_untyped() {
    let tagged = |name: &str, branch: &str| {
        format!(
            "{name}: {{discriminator: {{propertyName: k}}, oneOf: [{{$ref: '#/components/schemas/{branch}'}}]}}\n"
        )
    };
    for rest in [tagged("A", "A"), tagged("A", "B") + &tagged("B", "A")] {
        let (types, said) = schemas(&rest);
        assert!(types.iter().all(|it| it.ends_with("= Any")), "{types:?}");
        assert!(said.iter().all(|it| it.starts_with("!OAS203")), "{said:?}");
        assert_eq!(said.len(), types.len());
    }
}

/// A base that lists its children, which include it, is how inheritance is
/// written; it is no ring.
#[test]
fn a_base_with_a_child_is_no_ring() {
    let (types, said) = schemas(
        "Pet: {properties: {kind: {type: string}}, discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}}
Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {claws: {type: integer}}}]}",
    );
    let expected = [
        "Pet Discriminator { property: \"kind\" } cat=Cat Pet=Pet.|base",
        "Cat {kind~: string, claws~: I64}",
        "Pet.|base {kind~: string}",
    ];
    assert_eq!(types, expected);
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn what_is_inherited_below_a_schema_has_the_type_of_the_base() {
    for (base, limit, role, used) in [
        ("type: array, items", "minItems", "[]", "[Base.[]]"),
        ("type: object, additionalProperties", "minProperties", "{}", "map<Base.{}>"),
    ] {
        check(
            &format!(
                "Base: {{{base}: {{properties: {{a: {{type: string}}}}}}}}\n\
                 Use: {{properties: {{own: {{allOf: [{{$ref: '#/components/schemas/Base'}}, {{{limit}: 1}}]}}}}}}"
            ),
            &[
                &format!("Base = {used}"),
                &format!("Use {{own~: {used}}}"),
                &format!("Base.{role} {{a~: string}}"),
            ],
            &[],
        );
    }
}
