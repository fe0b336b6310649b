//! Keywords of a schema: bounds, misplaced, of another version, repeated, unknown.

use super::*;

#[test]
fn bounds_that_no_value_meets() {
    check_schema(
        "{type: integer, minimum: 2, maximum: 1}",
        "OAS112 ^/minimum no number is within the bounds",
        "{type: integer, minimum: 1, maximum: 1}",
    );
    check_schema(
        "{type: number, minimum: 1, maximum: 1, exclusiveMaximum: true}",
        "OAS112 ^/minimum",
        "{type: number, minimum: 1, maximum: 2, exclusiveMaximum: true}",
    );
    check_schema_of(
        V31,
        "{type: number, exclusiveMinimum: 1, maximum: 1}",
        "OAS112 ^/exclusiveMinimum",
        "{type: number, exclusiveMinimum: 0, maximum: 1}",
    );
    check_schema(
        "{type: string, minLength: 3, maxLength: 2}",
        "OAS112 ^/minLength `minLength` is more than `maxLength`",
        "{type: string, minLength: 2, maxLength: 2}",
    );
    check_schema(
        "{type: array, items: {}, minItems: 3, maxItems: 2}",
        "OAS112 ^/minItems",
        "{type: array, items: {}, minItems: 3}",
    );
    check_schema(
        "{type: integer, multipleOf: 0}",
        "OAS112 ^/multipleOf",
        "{type: integer, multipleOf: 5}",
    );
}

#[test]
fn an_enum_of_nothing() {
    let found = said(&format!(
        "{V30}paths: {{}}\ncomponents:\n  schemas:\n    A: {{type: integer, enum: []}}\n"
    ));
    assert!(found.iter().any(|it| it.starts_with("OAS112 #/components/schemas/A/enum")));
}

#[test]
fn keywords_of_another_type() {
    check_schema(
        "{type: array, items: {}, minLength: 1}",
        "OAS106 ^/minLength `minLength` does not apply to a list",
        "{type: array, items: {}, minItems: 1}",
    );
    check_schema(
        "{type: string, items: {type: string}}",
        "OAS106 ^/items",
        "{items: {type: string}, type: array, uniqueItems: false}",
    );
    check_schema(
        "{type: string, format: double}",
        "OAS106 ^/format the format `double` does not apply to a string",
        // Numbers that are too long for a double are written so.
        "{type: string, format: int64}",
    );
    check_schema(
        "{type: integer, format: date-time}",
        "OAS106 ^/format",
        "{type: string, format: date-time}",
    );
    check_schema_of(
        V31,
        "{type: [integer, 'null'], pattern: x}",
        "OAS106 ^/pattern",
        "{type: [string, integer], pattern: x}",
    );
}

#[test]
fn required_in_a_property_and_required_of_nothing() {
    check_schema(
        "{type: object, properties: {n: {type: string, required: true}}}",
        "OAS106 ^/properties/n/required `required` of a schema is a list",
        "{type: object, required: [n], properties: {n: {type: string}}}",
    );
    check_schema(
        "{type: object, required: [m], properties: {n: {type: string}}}",
        "OAS106 ^/required `required` names `m`, which is not a declared property",
        // A property may be called so, and its schema may come from elsewhere.
        "{required: [required, n], allOf: [{type: object, properties: {required: {type: boolean}}}, {type: object, properties: {n: {type: string}}}]}",
    );
}

#[test]
fn what_a_base_requires_is_said_at_the_base() {
    let document = format!(
        "{V30}paths: {{}}\ncomponents:\n  schemas:\n    Base: {{type: object, required: [m], properties: {{n: {{type: string}}}}}}\n    A: {{type: object, required: [k], properties: {{k: {{type: string}}}}, allOf: [{{$ref: '#/components/schemas/Base'}}]}}\n"
    );
    let found = said(&document);
    let wanted = "OAS106 #/components/schemas/Base/required `required` names `m`";
    assert!(found.len() == 1 && found[0].starts_with(wanted), "{found:#?}");
}

#[test]
fn keywords_of_another_version() {
    check_schema_of(
        V31,
        "{type: string, nullable: true}",
        "OAS113 ^/nullable `nullable` exists only in OpenAPI 3.0",
        "{type: [string, 'null']}",
    );
    check_schema_of(
        V31,
        "{type: integer, minimum: 0, exclusiveMinimum: true}",
        "OAS113 ^/exclusiveMinimum",
        "{type: integer, exclusiveMinimum: 0}",
    );
    check_schema(
        "{type: [string, 'null']}",
        "OAS113 ^/type a list of types exists only since OpenAPI 3.1",
        "{type: string, nullable: true}",
    );
    check_schema("{const: a}", "OAS113 ^/const", "{type: string, enum: [a]}");
    check_schema(
        "{type: integer, exclusiveMinimum: 0}",
        "OAS113 ^/exclusiveMinimum",
        "{type: integer, minimum: 0, exclusiveMinimum: true}",
    );
    // A property may be called like a keyword.
    check_schema(
        "{type: object, patternProperties: {}}",
        "OAS113 ^/patternProperties",
        "{type: object, properties: {const: {type: string}, if: {type: string}}}",
    );
}

#[test]
fn values_that_are_listed_twice() {
    check_schema(
        "{type: string, enum: [a, b, a]}",
        "OAS115 ^/enum/2 `enum` lists the same value twice",
        "{type: string, enum: [a, b, A b]}",
    );
    check_schema(
        "{type: object, required: [n, n], properties: {n: {type: string}}}",
        "OAS115 ^/required/1",
        "{type: object, required: [n], properties: {n: {type: string}}}",
    );
}

#[test]
fn an_array_of_3_0_says_what_is_in_it() {
    check_schema(
        "{type: array}",
        "OAS102 ^ the Schema Object has no `items`",
        "{type: array, items: {}}",
    );
    check_schema_of(V31, "{type: string, minLength: 2, maxLength: 1}", "OAS112 ^", "{type: array}");
}

#[test]
fn unknown_members_where_nothing_is_generated() {
    check_schema(
        "{not: {type: object, descripton: x}}",
        "OAS103 ^/not/descripton `descripton` is not a property of the Schema Object",
        "{not: {type: object, description: x, x-more: 1}}",
    );
    let example =
        |text: &str| format!("{V30}paths: {{}}\ncomponents:\n  examples:\n    e: {text}\n");
    check(
        &example("{id: 1}"),
        "OAS101 #/components/examples/e expected an Example Object, found the example itself",
        &example("{value: {id: 1}}"),
    );
}
