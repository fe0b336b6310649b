//! Documents that mean the same in other words, and what only looks like them.

use tamarack_diff::Wire;

use super::{both_ways, compare, document, nothing, property, text_of, with};

#[test]
fn the_type_beside_a_reference_to_an_enum_says_nothing() {
    let of = |ty: &str| {
        let components = format!("    K: {{{ty}enum: [a, b]}}");
        let reference = "{type: string, $ref: '#/components/schemas/K'}";
        with(&property(reference), "", "", &components)
    };
    nothing(&of("type: string, "), &of(""));
}

#[test]
fn the_order_of_media_types_does_not_make_a_body_required() {
    let schema = "{schema: {$ref: '#/components/schemas/B'}}";
    let of = |first: &str, second: &str| {
        document("{type: string}").replace(
            "{required: true, content: {application/json: {schema: {$ref: '#/components/schemas/S'}}}}",
            &format!("{{content: {{{first}: {schema}, {second}: {schema}}}}}"),
        )
    };
    let (json, xml) = ("application/json", "application/xml");
    nothing(&of(json, xml), &of(xml, json));
}

#[test]
fn branches_that_are_called_by_their_place_have_no_order() {
    // Both are called after their JSON kind and counted.
    let branches = [
        "{type: object, properties: {status: {type: string, enum: [x]}}}",
        "{type: object, properties: {status: {type: string, enum: [y]}, reason: {type: string}}}",
    ];
    let of = |a: &str, b: &str| document(&property(&format!("{{oneOf: [{a}, {b}]}}")));
    nothing(&of(branches[0], branches[1]), &of(branches[1], branches[0]));
}

#[test]
fn branches_have_no_order() {
    let union = |keyword: &str, branches: &[&str]| {
        document(&property(&format!("{{{keyword}: [{}]}}", branches.join(", "))))
    };
    let lists: [&[&str]; 4] = [
        &["{type: string, minLength: 1}", "{type: array, maxItems: 50, items: {type: string}}"],
        &[
            "{type: object, properties: {a: {type: string}}}",
            "{type: object, properties: {c: {type: string}}}",
            "{$ref: '#/components/schemas/B'}",
        ],
        &[
            "{type: object, required: [a], properties: {a: {type: string}}}",
            "{type: object, required: [c], properties: {c: {type: string}}}",
        ],
        &["{$ref: '#/components/schemas/A'}", "{type: string}", "{$ref: '#/components/schemas/B'}"],
    ];
    for branches in lists {
        let backwards: Vec<&str> = branches.iter().rev().copied().collect();
        for keyword in ["oneOf", "anyOf"] {
            nothing(&union(keyword, branches), &union(keyword, &backwards));
        }
    }
}

#[test]
fn documents_that_mean_the_same() {
    let pairs = [
        ("{type: [string, 'null']}", "{oneOf: [{type: string}, {type: 'null'}]}"),
        (
            "{oneOf: [{$ref: '#/components/schemas/A'}, {type: 'null'}]}",
            "{anyOf: [{$ref: '#/components/schemas/A'}, {type: 'null'}]}",
        ),
        ("{enum: [a, b]}", "{type: string, enum: [a, b]}"),
        (
            "{type: number, minimum: 0, multipleOf: 2, default: 1, enum: [0, 2]}",
            "{type: number, minimum: 0.0, multipleOf: 2.0, default: 1.0, enum: [0.0, 2.0]}",
        ),
        (
            "{type: object, required: [c], properties: {c: {type: string}, d: {type: integer}}}",
            "{allOf: [{type: object, required: [c], properties: {c: {type: string}}}, {type: object, properties: {d: {type: integer}}}]}",
        ),
        ("{$ref: '#/components/schemas/A'}", "{allOf: [{$ref: '#/components/schemas/A'}]}"),
        ("{type: object}", "{type: object, additionalProperties: {}}"),
        ("{type: object}", "{type: object, additionalProperties: true}"),
        (
            "{type: string, not: {$ref: '#/components/schemas/A'}}",
            "{type: string, not: {type: object, properties: {a: {type: string}}}}",
        ),
    ];
    for (old, new) in pairs {
        nothing(&document(&property(old)), &document(&property(new)));
    }
    nothing(&document("{type: object}"), &document("{type: object, additionalProperties: {}}"));
}

/// The generated type differs, since an enum of numbers without a type is read as JSON.
#[test]
fn a_listed_number_needs_no_type() {
    let of = |schema: &str| document(&property(schema));
    let none = (Wire::None, Wire::None);
    both_ways(&of("{enum: [1, 2]}"), &of("{type: integer, enum: [1, 2]}"), none, none);
}

#[test]
fn a_parameter_means_the_same_wherever_it_is_written() {
    const Q: &str = "{name: q, in: query, schema: {type: array, items: {type: string}}}";
    let s = property("{type: string}");
    let old = with(&s, Q, "", "");
    let defaults = Q.replace(
        "query,",
        "query, style: form, explode: true, required: false, allowReserved: false, deprecated: false,",
    );
    nothing(&old, &with(&s, &defaults, "", ""));
    let component = format!("  parameters: {{Q: {Q}}}\n");
    nothing(&old, &with(&s, "{$ref: '#/components/parameters/Q'}", "", &component));
    let of_path =
        with(&s, "", "", "").replace("  /x:\n", &format!("  /x:\n    parameters: [{Q}]\n"));
    nothing(&old, &of_path);
}

#[test]
fn the_security_of_all_operations_is_that_of_each() {
    let s = property("{type: string}");
    let scheme = "  securitySchemes: {k: {type: apiKey, in: header, name: X}}\n";
    let document = with(&s, "", "", scheme);
    let global = document.replace("servers:", "security: [{k: []}]\nservers:");
    let own = document.replace("do_x\n", "do_x\n      security: [{k: []}]\n");
    nothing(&global, &own);
}

#[test]
fn a_renamed_schema_with_a_property_that_is_read_as_json() {
    let holder = "{type: object, properties: {u: {oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}]}, n: {not: {type: string}}, w: {}}}";
    let old = document(&property("{$ref: '#/components/schemas/Old'}"));
    let (old, new) = (
        format!("{old}    Old: {holder}\n"),
        format!("{old}    New: {holder}\n").replace("schemas/Old", "schemas/New"),
    );
    let diff = compare(&old, &new);
    let rows: Vec<_> = diff.findings.iter().map(|it| it.kind.id()).collect();
    assert_eq!(rows, ["type-renamed"], "{}", text_of(&diff));
    assert_eq!(diff.verdict().wire(), Wire::None);
}

/// The spellings that mean the same also do where no code expresses what they are a part of.
#[test]
fn spellings_behind_what_no_code_expresses() {
    let a = "{$ref: '#/components/schemas/A'}";
    let pairs = [
        ("{type: object, additionalProperties: {}}", "{type: object}"),
        ("{allOf: [{$ref: '#/components/schemas/A'}]}", a),
        ("{type: string, enum: [a, b]}", "{enum: [b, a]}"),
        (
            "{type: [string, 'null'], maxLength: 3}",
            "{oneOf: [{type: string, maxLength: 3}, {type: 'null'}]}",
        ),
        (
            "{type: object, required: [x, y], properties: {x: {type: string}, y: {type: integer}}}",
            "{allOf: [{type: object, required: [x], properties: {x: {type: string}}}, {required: [y], properties: {y: {type: integer}}}]}",
        ),
    ];
    for (one, other) in pairs {
        let of = |schema: &str| {
            document(&format!("{{type: object, not: {{properties: {{p: {schema}}}}}}}"))
        };
        nothing(&of(one), &of(other));
    }
    // What only looks alike is a row.
    let different = [
        ("{type: object, additionalProperties: {type: string}}", "{type: object}"),
        ("{type: string, enum: [a, 1]}", "{enum: [a, 1]}"),
        (
            "{type: object, additionalProperties: false, allOf: [{type: object, properties: {x: {type: string}}}]}",
            "{type: object, additionalProperties: false, properties: {x: {type: string}}}",
        ),
        ("{allOf: [{$ref: '#/components/schemas/A'}], minProperties: 1}", a),
    ];
    for (one, other) in different {
        let of = |schema: &str| {
            document(&format!("{{type: object, not: {{properties: {{p: {schema}}}}}}}"))
        };
        assert_ne!(text_of(&compare(&of(one), &of(other))), "", "{one} and {other}");
    }
}

/// A parameter that cannot be sent is one of its operation, wherever it is written.
#[test]
fn a_parameter_that_is_left_out_is_written_elsewhere() {
    let s = property("{type: string}");
    let parameter = "{name: q, in: query, schema: {oneOf: [{type: array, items: {type: array, items: {type: string}}}, {type: object}]}}";
    let inline = with(&s, parameter, "", "");
    let component = with(
        &s,
        "{$ref: '#/components/parameters/Q'}",
        "",
        &format!("  parameters: {{Q: {parameter}}}\n"),
    );
    nothing(&inline, &component);
    let above =
        with(&s, "", "", "").replace("  /x:\n", &format!("  /x:\n    parameters: [{parameter}]\n"));
    nothing(&inline, &above);
    let other = inline.replace("items: {type: string}", "items: {type: integer}");
    assert_eq!(compare(&inline, &other).verdict().request, Wire::Unknown);
    assert_eq!(compare(&component, &other).verdict().request, Wire::Unknown);
}
