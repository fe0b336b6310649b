//! Pairs of documents that misled a reviewer once: each with the verdict that it must have.

use tamarack::{Input, Model};
use tamarack_diff::{self as diff, Diff, Wire};

fn model(text: &str) -> Model {
    tamarack::read(&Input::new("probe.yaml", text)).model.expect("a model")
}

fn compare(old: &str, new: &str) -> Diff {
    diff::compare(&model(old), &model(new))
}

/// A document that sends and receives `S`.
fn document(schema: &str) -> String {
    with(schema, "", "", "")
}

/// The same, with parameters of the operation, what stands beside it, and further components.
fn with(schema: &str, parameters: &str, operation: &str, components: &str) -> String {
    format!(
        "openapi: 3.1.0
info: {{title: Probe, version: '1'}}
servers: [{{url: 'https://probe.test'}}]
paths:
  /x:
    post:
      operationId: do_x
      parameters: [{parameters}]
      requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: '#/components/schemas/S'}}}}}}}}
      responses: {{'200': {{description: Done., content: {{application/json: {{schema: {{$ref: '#/components/schemas/S'}}}}}}}}}}
{operation}
components:
  schemas:
    S: {schema}
    A: {{type: object, properties: {{a: {{type: string}}}}}}
    B: {{type: object, required: [b], properties: {{b: {{type: integer}}}}}}
{components}"
    )
}

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
fn the_type_beside_a_union_becomes_one_that_no_branch_has() {
    let branches = "oneOf: [{type: object, required: [p], properties: {p: {type: string}}}, {type: object, required: [q], properties: {q: {type: string}}}]";
    let of = |ty: &str| document(&property(&format!("{{type: {ty}, {branches}}}")));
    let verdict = compare(&of("object"), &of("string")).verdict();
    assert_eq!((verdict.request, verdict.response), (Wire::Unknown, Wire::Unknown));
}

#[test]
fn a_bound_of_a_component_that_one_body_has_as_text() {
    let old = document("{type: object, properties: {a: {type: string}}}");
    let schema = "{schema: {$ref: '#/components/schemas/S'}}";
    let at = old.rfind("{application/json").expect("the response") + 1;
    let old = format!("{}application/xml: {schema}, {}", &old[..at], &old[at..]);
    let new = old.replace("S: {type: object,", "S: {type: object, minProperties: 22,");
    let verdict = compare(&old, &new).verdict();
    assert_eq!((verdict.request, verdict.response), (Wire::Breaking, Wire::Compatible));
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
fn a_part_that_denies_what_other_parts_declare() {
    let parts = "{allOf: [{$ref: '#/components/schemas/A'}, {type: object, properties: {c: {type: string}}}]}";
    let open = document(parts);
    let closed =
        open.replace("A: {type: object,", "A: {type: object, additionalProperties: false,");
    let rows = |old: &str, new: &str| -> Vec<_> {
        let row = |it: &diff::Finding| (it.kind.id(), it.verdict.request, it.verdict.response);
        compare(old, new).findings.iter().filter(|it| it.subject == "S").map(row).collect()
    };
    assert_eq!(rows(&open, &closed), [("object-closed", Wire::Breaking, Wire::Compatible)]);
    assert_eq!(rows(&closed, &open), [("object-opened", Wire::Compatible, Wire::Potentially)]);
    let inside = open.replace(
        "{type: object, properties: {c:",
        "{type: object, additionalProperties: false, properties: {c:",
    );
    assert_eq!(rows(&open, &inside), [("object-closed", Wire::Breaking, Wire::Compatible)]);
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

fn property(schema: &str) -> String {
    format!("{{type: object, properties: {{p: {schema}}}}}")
}

fn text_of(diff: &Diff) -> String {
    let rows = diff.findings.iter().map(|it| {
        let (old, new) = (&it.old.value, &it.new.value);
        format!("{} {:?}: {old:?} -> {new:?}\n", it.title(), it.verdict)
    });
    rows.collect()
}

#[track_caller]
fn nothing(old: &str, new: &str) {
    for (old, new) in [(old, new), (new, old)] {
        let diff = compare(old, new);
        assert_eq!(text_of(&diff), "");
    }
}

/// Expects one verdict of a pair, and another one of the pair the other way round.
#[track_caller]
fn both_ways(old: &str, new: &str, there: (Wire, Wire), back: (Wire, Wire)) {
    for (old, new, expected) in [(old, new, there), (new, old, back)] {
        one_way(old, new, expected);
    }
}

#[track_caller]
fn one_way(old: &str, new: &str, expected: (Wire, Wire)) {
    let diff = compare(old, new);
    let verdict = diff.verdict();
    assert_eq!((verdict.request, verdict.response), expected, "{}", text_of(&diff));
}

const WIDER: (Wire, Wire) = (Wire::Compatible, Wire::Breaking);
const NARROWER: (Wire, Wire) = (Wire::Breaking, Wire::Compatible);

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
fn a_variant_that_is_inserted_is_one_row() {
    let variant = |tag: &str, name: &str| {
        format!(
            "{{type: object, required: [kind], properties: {{kind: {{type: string, enum: [{tag}]}}, {name}: {{type: object, properties: {{z: {{type: string}}}}}}}}}}"
        )
    };
    let all_of = |variants: &[String]| {
        document(&format!(
            "{{allOf: [{{type: object, required: [id], properties: {{id: {{type: string}}}}}}, {{oneOf: [{}]}}]}}",
            variants.join(", ")
        ))
    };
    let [one, two, three] = [variant("a", "x"), variant("b", "w"), variant("c", "y")];
    let (old, new) = (all_of(&[one.clone(), three.clone()]), all_of(&[one, two, three]));
    both_ways(&old, &new, WIDER, NARROWER);
    let diff = compare(&old, &new);
    let kinds: Vec<_> = diff.findings.iter().map(|it| it.kind.id()).collect();
    assert_eq!(kinds, ["variant-added"]);
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

/// `T` and a union with `T`: what was sent may still be sent, what comes may be new.
#[test]
fn a_type_became_one_of_several() {
    let of = |schema: &str| document(&property(schema));
    let a = "{$ref: '#/components/schemas/A'}";
    let pairs = [
        (a, format!("{{oneOf: [{a}, {{type: string}}]}}")),
        (a, format!("{{oneOf: [{a}, {{type: object, properties: {{c: {{type: string}}}}}}]}}")),
        (a, format!("{{anyOf: [{a}, {{$ref: '#/components/schemas/B'}}]}}")),
        ("{type: string}", "{type: [string, integer]}".to_owned()),
        ("{type: string, maxLength: 5}", "{type: [string, integer], maxLength: 5}".to_owned()),
    ];
    for (old, new) in pairs {
        let (old, new) = (of(old), of(&new));
        both_ways(&old, &new, WIDER, NARROWER);
        let kinds = compare(&old, &new).findings;
        assert!(kinds.iter().all(|it| it.kind.id() != "nullable-added"), "{kinds:?}");
    }
}

#[test]
fn an_operation_with_a_body_of_parts() {
    let s = property("{type: string}");
    let operation = |body: &str| {
        format!(
            "  /up:\n    post:\n      operationId: up\n      requestBody: {{content: {{{body}}}}}\n      responses: {{'204': {{description: Done.}}}}\n"
        )
    };
    let parts = "multipart/form-data: {schema: {type: object, properties: {f: {type: string, format: binary}}}}";
    for body in [parts, "anything: {schema: {type: object}}"] {
        let (old, new) = (document(&s), with(&s, "", &operation(body), ""));
        both_ways(&old, &new, (Wire::Compatible, Wire::None), (Wire::Breaking, Wire::None));
    }
}

#[test]
fn where_a_token_comes_from_is_no_matter_of_responses() {
    let s = property("{type: string}");
    let of = |flow: &str, url: &str| {
        let scheme = format!(
            "  securitySchemes: {{o: {{type: oauth2, flows: {{{flow}: {{tokenUrl: '{url}', scopes: {{a: A}}}}}}}}}}\n"
        );
        with(&s, "", "", &scheme).replace("do_x\n", "do_x\n      security: [{o: [a]}]\n")
    };
    let old = of("clientCredentials", "https://a.test/token");
    for new in
        [of("clientCredentials", "https://b.test/token"), of("password", "https://a.test/token")]
    {
        for (old, new) in [(&old, &new), (&new, &old)] {
            let diff = compare(old, new);
            assert_eq!(diff.findings.len(), 1, "{}", text_of(&diff));
            assert_eq!(diff.verdict().response, Wire::None, "{}", text_of(&diff));
            assert_eq!(diff.verdict().request, Wire::Unknown, "{}", text_of(&diff));
            assert!(!text_of(&diff).contains("None ->") && !text_of(&diff).contains("-> None"));
        }
    }
}

/// `token=x` is a list of one element, if a list may have one.
#[test]
fn one_value_in_a_query_became_a_list() {
    let s = property("{type: string}");
    let of =
        |schema: &str| with(&s, &format!("{{name: token, in: query, schema: {schema}}}"), "", "");
    let one = of("{type: string}");
    let compatible = (Wire::Compatible, Wire::None);
    let breaking = (Wire::Breaking, Wire::None);
    both_ways(&one, &of("{type: array, items: {type: string}}"), compatible, breaking);
    one_way(&one, &of("{type: array, items: {type: integer}}"), breaking);
    one_way(&one, &of("{type: array, minItems: 2, items: {type: string}}"), breaking);
    one_way(&one, &of("{type: array, items: {type: string, maxLength: 3}}"), breaking);
    one_way(&of("{type: integer}"), &of("{type: array, items: {type: number}}"), compatible);
}

#[test]
fn the_first_property_of_any_object() {
    let with_a = "{type: object, properties: {a: {type: string}}}";
    let required = "{type: object, required: [a], properties: {a: {type: string}}}";
    let compatible = (Wire::Compatible, Wire::Compatible);
    one_way(&document("{type: object}"), &document(with_a), compatible);
    one_way(&document(&property("{type: object}")), &document(&property(with_a)), compatible);
    one_way(&document("{type: object}"), &document(required), NARROWER);
    let diff = compare(&document("{type: object}"), &document(with_a));
    assert!(text_of(&diff).contains("`S.a`: property added"), "{}", text_of(&diff));
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

#[test]
fn one_of_several_properties_became_required() {
    let of = |required: &str, union: &str| {
        document(&format!(
            "{{type: object{required}, properties: {{e: {{type: string}}, f: {{type: string}}}}{union}}}"
        ))
    };
    let union = ", anyOf: [{required: [e]}, {required: [f]}]";
    both_ways(&of("", ""), &of("", union), NARROWER, WIDER);
    // Where one of them is required already, the union refuses nothing.
    let undecided = (Wire::Unknown, Wire::Unknown);
    let required = ", required: [e]";
    both_ways(&of(required, ""), &of(required, union), undecided, undecided);
    let other = ", anyOf: [{required: [e]}, {minProperties: 1}]";
    both_ways(&of("", ""), &of("", other), undecided, undecided);
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
