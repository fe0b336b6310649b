//! Defaults, examples and enum values against their schema.

use super::*;

#[test]
fn a_default_of_another_type() {
    let title =
        "OAS111 ^/default `default` does not fit its schema: expected a string, found a list";
    check_schema("{type: string, default: []}", title, "{type: string, default: ''}");
    let title = "OAS111 ^/default `default` does not fit its schema: expected a string, found null";
    check_schema(
        "{type: string, default: null}",
        title,
        "{type: string, nullable: true, default: null}",
    );
    check_schema_of(
        V31,
        "{type: [string, integer], default: true}",
        "OAS111 ^/default `default` does not fit its schema: expected a string or an integer, found a boolean",
        "{type: [string, 'null'], default: null}",
    );
}

#[test]
fn a_whole_number_is_an_integer_and_a_number() {
    check_schema(
        "{type: integer, default: 1.5}",
        "OAS111 ^/default `default` does not fit its schema: expected an integer, found a number",
        "{type: integer, default: 1.0}",
    );
    check_schema("{type: number, default: true}", "OAS111 ^/default", "{type: number, default: 1}");
}

#[test]
fn a_default_that_the_enum_does_not_list() {
    check_schema(
        "{type: string, enum: [a, b], default: c}",
        "OAS111 ^/default `default` does not fit its schema: `c` is not one of the values of `enum`",
        "{type: string, enum: [a, b], default: b}",
    );
    check_schema(
        "{allOf: [{$ref: '#/components/schemas/B'}], default: z}",
        "OAS111 ^/default `default` does not fit its schema: `z` is not one",
        "{allOf: [{$ref: '#/components/schemas/B'}], default: y}",
    );
}

#[test]
fn a_default_out_of_bounds() {
    check_schema(
        "{type: integer, minimum: 1, default: 0}",
        "OAS111 ^/default `default` does not fit its schema: 0 is less than the minimum 1",
        "{type: integer, minimum: 1, default: 1}",
    );
    check_schema(
        "{type: integer, minimum: 1, exclusiveMinimum: true, default: 1}",
        "OAS111 ^/default `default` does not fit its schema: 1 is not above 1",
        "{type: integer, minimum: 1, exclusiveMinimum: true, default: 2}",
    );
    check_schema(
        "{type: string, maxLength: 2, default: äöü}",
        "OAS111 ^/default `default` does not fit its schema: it has 3 characters, and `maxLength` is 2",
        "{type: string, maxLength: 3, default: äöü}",
    );
}

#[test]
fn a_union_takes_what_one_branch_takes() {
    let union = "oneOf: [{type: string}, {type: integer}]";
    check_schema(
        &format!("{{{union}, default: true}}"),
        "OAS111 ^/default `default` does not fit its schema: the value matches no branch of `oneOf`",
        &format!("{{{union}, default: 1}}"),
    );
}

#[test]
fn the_place_inside_of_a_value_is_named() {
    let object = "type: object, properties: {n: {type: integer}}";
    check_schema(
        &format!("{{{object}, example: {{n: x}}}}"),
        "OAS111 ^/example/n `example` does not fit its schema: expected an integer, found a string",
        &format!("{{{object}, example: {{n: 1, more: x}}}}"),
    );
    // Deeper than the comparison goes, and without an end of its own.
    check_schema(
        "{type: array, items: {$ref: '#/components/schemas/A'}, example: [1]}",
        "OAS111 ^/example/0",
        "{type: array, items: {$ref: '#/components/schemas/A'}, example: [[[]]]}",
    );
}

#[test]
fn a_string_may_be_the_written_form_of_a_list_or_a_map() {
    check_schema("{type: object, example: 1}", "OAS111 ^/example", "{type: object, example: '{}'}");
    let parameter = |example: &str| {
        let parameter = format!(
            "{{name: ids, in: query, schema: {{type: array, items: {{type: string}}}}, example: {example}}}"
        );
        operation("/pets", &format!("      parameters: [{parameter}]\n{DONE}"))
    };
    check(
        &parameter("1"),
        "OAS111 #/paths/~1pets/get/parameters/0/example `example` does not fit",
        &parameter("'a,b'"),
    );
}

#[test]
fn an_example_of_json_is_checked_and_of_another_type_not() {
    let body = |media: &str| {
        operation(
            "/pets",
            &format!(
                "      responses:\n        '200':\n          description: Pets.\n          content:\n            {media}: {{schema: {{type: array, items: {{type: string}}}}, examples: {{one: {{value: {{}}}}}}}}\n"
            ),
        )
    };
    let found = said(&body("application/json"));
    let wanted =
        "OAS111 #/paths/~1pets/get/responses/200/content/application~1json/examples/one/value";
    assert!(found.len() == 1 && found[0].starts_with(wanted), "{found:#?}");
    let found = said(&body("application/xml"));
    assert!(found.iter().all(|it| !it.starts_with("OAS111")), "{found:#?}");
}

#[test]
fn an_enum_of_another_type_is_one_finding() {
    check_schema(
        "{type: integer, enum: [1, two, three]}",
        "OAS111 ^/enum/1 `enum` lists a string, but the schema allows an integer",
        "{type: integer, enum: [1, 2.0]}",
    );
    check_schema(
        "{type: array, items: {type: string}, enum: [a, b]}",
        "OAS111 ^/enum `enum` lists values that are not lists",
        "{type: array, items: {type: string, enum: [a, b]}}",
    );
    check_schema(
        "{type: string, enum: [a, null]}",
        "OAS111 ^/enum/1",
        "{type: string, nullable: true, enum: [a, null]}",
    );
}

#[test]
fn what_was_coerced_is_not_said_twice() {
    let document = "{type: integer, default: '100'}";
    check_schema(document, "OAS105 ^/default", "{type: integer, default: 100}");
}

#[test]
fn a_server_variable_has_one_of_its_values() {
    let document = |default: &str| {
        format!(
            "{V30}servers:\n- url: 'https://{{r}}.pets.example'\n  variables: {{r: {{enum: [eu, us], default: {default}}}}}\npaths: {{}}\n"
        )
    };
    check(
        &document("ap"),
        "OAS111 #/servers/0/variables/r/default the default `ap` is not one of the values of `enum`",
        &document("eu"),
    );
}

#[test]
fn nothing_inside_of_examples_defaults_enums_and_extensions_is_a_schema() {
    let looks =
        "{type: strng, required: true, minimum: 2, maximum: 1, $ref: '#/nowhere', nullable: 1}";
    for keyword in ["example", "default", "x-schema"] {
        let schema = format!("{{type: object, {keyword}: {looks}}}");
        let document = format!("{V30}paths: {{}}\ncomponents:\n  schemas:\n    A: {schema}\n");
        assert_eq!(said(&document), Vec::<String>::new(), "{keyword}");
    }
    let document =
        format!("{V30}paths: {{}}\ncomponents:\n  examples:\n    e: {{value: {looks}}}\n");
    assert_eq!(said(&document), Vec::<String>::new());
}
