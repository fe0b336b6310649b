//! Documents that differ in where something is written that no code expresses, and what only looks like them.

use tamarack_diff::Wire;

use super::{
    NARROWER, WIDER, both_ways, compare, document, nothing, one_way, property, text_of, with,
};

/// What is listed and declared is said by the properties; the rest is the same wherever it is listed.
#[test]
fn a_name_that_is_required_and_not_declared() {
    let whole =
        "{type: object, required: [x, c], properties: {c: {type: string}, d: {type: integer}}}";
    let parts = "{allOf: [{type: object, required: [x, c], properties: {c: {type: string}}}, {type: object, properties: {d: {type: integer}}}]}";
    let divided = "{allOf: [{type: object, required: [x], properties: {d: {type: integer}}}, {type: object, required: [c], properties: {c: {type: string}}}]}";
    nothing(&document(whole), &document(parts));
    nothing(&document(whole), &document(divided));
    let more = whole.replace("[x, c]", "[x, c, d]");
    let diff = compare(&document(whole), &document(&more));
    let rows: Vec<_> = diff.findings.iter().map(|it| (it.kind.id(), it.subject.as_str())).collect();
    assert_eq!(rows, [("became-required", "S.d")]);
    let gone = document(&whole.replace("[x, c]", "[c]"));
    assert_eq!(compare(&document(whole), &gone).verdict().request, Wire::Unknown);
}

/// A range is sent as a type that another entry names; each is compared with itself.
#[test]
fn a_range_beside_the_type_that_it_is_sent_as() {
    let s = property("{type: string}");
    let json = "application/json: {schema: {type: object, properties: {json: {type: string}}}}";
    let any = "'*/*': {schema: {type: object, properties: {any: {type: string}}}}";
    let of = |content: &str| {
        let operation = format!(
            "  /up:\n    post:\n      operationId: up\n      requestBody: {{content: {{{content}}}}}\n      responses: {{'200': {{description: Done., content: {{{content}}}}}}}\n"
        );
        with(&s, "", &operation, "")
    };
    let none = (Wire::None, Wire::None);
    // Names of types depend on which comes first.
    both_ways(&of(&format!("{json}, {any}")), &of(&format!("{any}, {json}")), none, none);
}

/// An operation that is left out has the parameters of its path, too.
#[test]
fn a_parameter_of_an_operation_that_is_left_out() {
    let s = property("{type: string}");
    let q = "{name: q, in: query, required: true, schema: {type: array, items: {type: object}}}";
    let of = |own: &str, of_path: &str| {
        let operation = format!(
            "  /up:\n    parameters: [{of_path}]\n    get:\n      operationId: up\n      parameters: [{own}]\n      responses: {{'204': {{description: Done.}}}}\n"
        );
        with(&s, "", &operation, "")
    };
    nothing(&of(q, ""), &of("", q));
    // One that it overrides is not one of its own.
    nothing(&of(q, ""), &of(q, &q.replace("object", "string")));
    let more = of(q, "{name: r, in: query, required: true, schema: {type: string}}");
    assert_eq!(compare(&of(q, ""), &more).verdict().request, Wire::Unknown);
}

/// What stands beside a union speaks of the properties of the branches, too.
#[test]
fn no_further_properties_beside_a_union() {
    let branches = "properties: {n: {type: string}}, oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]";
    let of = |more: &str| document(&format!("{{type: object, {more}{branches}}}"));
    let unknown = (Wire::Unknown, Wire::Unknown);
    both_ways(&of(""), &of("additionalProperties: false, "), unknown, unknown);
    nothing(&of(""), &of("additionalProperties: {}, "));
}

/// What no code expresses hangs on the property alone, though a part of `allOf` declares it.
#[test]
fn a_keyword_of_a_property_of_a_part() {
    let a = "a: {type: array, prefixItems: [{type: string}]}";
    let b = "b: {type: object, properties: {c: {type: string, contentSchema: {type: integer}}}}";
    let whole = format!("{{type: object, properties: {{{a}, {b}}}}}");
    let parts = format!(
        "{{allOf: [{{type: object, properties: {{{a}}}}}, {{type: object, properties: {{{b}}}}}]}}"
    );
    nothing(&document(&whole), &document(&parts));
    let other = parts.replace("[{type: string}]", "[{type: integer}]");
    let diff = compare(&document(&parts), &document(&other));
    assert_eq!(diff.findings.len(), 1, "{}", text_of(&diff));
}

/// The values of both unions are the same; only the code tells an object that says that it is open from one that
/// does not say it.
#[test]
fn branches_with_one_key_that_say_that_they_are_open() {
    let of = |more: &str, ty: &str| {
        let branch = |key: &str, ty: &str| {
            format!(
                "{{type: object, {more}required: [{key}], properties: {{{key}: {{type: {ty}}}}}}}"
            )
        };
        document(&property(&format!("{{oneOf: [{}, {}]}}", branch("p", "string"), branch("q", ty))))
    };
    let open = "additionalProperties: {}, ";
    let none = (Wire::None, Wire::None);
    both_ways(&of("", "number"), &of(open, "number"), none, none);
    both_ways(&of("", "integer"), &of(open, "number"), WIDER, NARROWER);
}

/// Who expects every success expects this one; the other way round, others can come.
#[test]
fn a_range_of_statuses_becomes_one_of_them() {
    let s = property("{type: string}");
    let range = document(&s).replace("'200'", "2XX");
    both_ways(&range, &document(&s), (Wire::None, Wire::Compatible), (Wire::None, Wire::Breaking));
    let other = document(&s).replace("'200'", "'201'");
    one_way(&document(&s), &other, (Wire::None, Wire::Breaking));
}
