//! Documents that mean something else.

use tamarack_diff::{self as diff, Wire};

use super::{NARROWER, WIDER, both_ways, compare, document, one_way, property, text_of, with};

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
