//! What stands behind something that no code expresses: the smallest change of each, with its row and its direction.

use tamarack::{Input, Model};
use tamarack_diff::{self as diff, Diff, Wire};

fn model(text: &str) -> Model {
    tamarack::read(&Input::new("parcels.yaml", text)).model.expect("a model")
}

fn compare(old: &str, new: &str) -> Diff {
    diff::compare(&model(old), &model(new))
}

/// A document with one operation; `body` and `reply` are the contents of its
/// bodies, `schemas` its components, `more` what stands beside them.
fn document(body: &str, reply: &str, schemas: &str, more: &str) -> String {
    format!(
        "openapi: 3.1.0
info: {{title: Parcels, version: '1'}}
servers: [{{url: 'https://parcels.test'}}]
paths:
  /parcels:
    post:
      operationId: send_parcel
      requestBody: {{required: true, content: {{{body}}}}}
      responses: {{'200': {{description: Sent., content: {{{reply}}}}}}}
{more}
components:
  schemas:
    Plain: {{type: object, properties: {{ok: {{type: boolean}}}}}}
{schemas}
"
    )
}

const JSON: &str = "application/json: {schema: {$ref: '#/components/schemas/Crate'}}";
const PLAIN: &str = "application/json: {schema: {$ref: '#/components/schemas/Plain'}}";
const LABEL: &str = "    Label: {type: object, properties: {code: {type: string}}}\n";

/// Replaces one text and expects one row: kind, subject, request, response.
#[track_caller]
fn check(old: &str, from: &str, to: &str, expected: (&str, &str, Wire, Wire)) {
    assert!(old.contains(from), "`{from}` is not in the document");
    let diff = compare(old, &old.replace(from, to));
    let rows: Vec<_> = (diff.findings.iter())
        .map(|it| (it.kind.id(), it.subject.as_str(), it.verdict.request, it.verdict.response))
        .collect();
    assert_eq!(rows, [expected]);
}

/// A component that only something left over leads to: its property becomes
/// another type.
#[track_caller]
fn check_reach(old: &str, request: Wire, response: Wire) {
    let (from, to) = ("code: {type: string}", "code: {type: integer}");
    check(old, from, to, ("type-changed", "Label.code", request, response));
}

#[test]
fn a_branch_of_a_union_that_nothing_tells_apart() {
    let crate_ = "    Stamp: {type: object, properties: {value: {type: string}}}
    Crate: {type: object, properties: {mark: {oneOf: [{$ref: '#/components/schemas/Label'}, {$ref: '#/components/schemas/Stamp'}]}}}\n";
    let old = document(JSON, JSON, &format!("{LABEL}{crate_}"), "");
    check_reach(&old, Wire::Breaking, Wire::Breaking);
}

#[test]
fn the_branches_of_such_a_union_have_no_order() {
    let crate_ = |branches: &str| {
        let schemas =
            format!("    Crate: {{type: object, properties: {{to: {{oneOf: [{branches}]}}}}}}\n");
        document(JSON, JSON, &schemas, "")
    };
    let [a, b] = [
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, required: [x, y], properties: {b: {type: string}}}",
    ];
    let diff = compare(&crate_(&format!("{a}, {b}")), &crate_(&format!("{b}, {a}")));
    assert_eq!(diff.findings, []);
    let [a, b] = ["{type: string, minLength: 2}", "{type: array, items: {type: string}}"];
    let diff = compare(&crate_(&format!("{a}, {b}")), &crate_(&format!("{b}, {a}")));
    assert_eq!(diff.findings, []);
}

#[test]
fn a_union_beside_the_properties_that_its_branches_repeat() {
    let crate_ = "    Crate:
      allOf:
        - {type: object, required: [kind, body], properties: {kind: {type: string}, body: {type: object}}}
        - oneOf:
            - {type: object, properties: {kind: {const: big}, body: {type: object, properties: {x: {type: string}}}}}
            - {type: object, properties: {kind: {const: small}, body: {type: object, properties: {z: {type: string}}}}}
            - {type: object, properties: {kind: {const: tiny}, body: {type: object, properties: {y: {type: string}}}}}\n";
    let old = document(JSON, JSON, crate_, "");
    let subject = "Crate|variant|big.body.x";
    check(
        &old,
        "properties: {x: {type: string}}",
        "required: [x], properties: {x: {type: string}}",
        ("became-required", subject, Wire::Breaking, Wire::Compatible),
    );
    check(
        &old,
        "            - {type: object, properties: {kind: {const: small}, body: {type: object, properties: {z: {type: string}}}}}\n",
        "",
        ("variant-removed", "Crate|variant", Wire::Breaking, Wire::Compatible),
    );
}

/// Whatever is denied or demanded without a type of its own.
#[test]
fn a_keyword_that_came_went_or_changed() {
    let crate_ = |keyword: &str| {
        let crate_ = format!(
            "    Crate: {{type: object, properties: {{e: {{type: string}}, f: {{type: string}}}}{keyword}}}\n"
        );
        document(JSON, PLAIN, &format!("{LABEL}{crate_}"), "")
    };
    let pairs = [
        ("not: {required: [e]}", "not: {required: [f]}"),
        ("not: {$ref: '#/components/schemas/Label'}", "not: {}"),
        (
            "if: {required: [e]}, then: {required: [f]}",
            "if: {required: [f]}, then: {required: [f]}",
        ),
        (
            "anyOf: [{required: [e]}, {required: [f]}]",
            "anyOf: [{required: [e]}, {required: [e, f]}]",
        ),
        ("dependentRequired: {e: [f]}", "dependentRequired: {f: [e]}"),
        ("dependentSchemas: {e: {required: [f]}}", "dependentSchemas: {e: {minProperties: 2}}"),
        ("propertyNames: {pattern: '^[a-z]$'}", "propertyNames: {pattern: '^[a-y]$'}"),
        ("unevaluatedProperties: false", "unevaluatedProperties: {type: string}"),
    ];
    for (was, is) in pairs {
        let (without, one, other) =
            (crate_(""), crate_(&format!(", {was}")), crate_(&format!(", {is}")));
        // Whether one of several properties must be there is decided.
        let [added, removed] = if was.starts_with("anyOf") {
            [Wire::Breaking, Wire::Compatible]
        } else {
            [Wire::Unknown; 2]
        };
        let expected = [added, removed, Wire::Unknown];
        let pairs = [(&without, &one), (&one, &without), (&one, &other)];
        for ((old, new), expected) in pairs.into_iter().zip(expected) {
            let verdict = compare(old, new).verdict();
            let wire = (verdict.request, verdict.response);
            assert_eq!(wire, (expected, Wire::None), "{was} {is}");
        }
    }
}

#[test]
fn a_keyword_of_a_list_or_a_string() {
    let crate_ = |schema: &str| {
        let crate_ = format!("    Crate: {{type: object, properties: {{e: {{{schema}}}}}}}\n");
        document(PLAIN, JSON, &crate_, "")
    };
    for (ty, keyword) in [
        ("type: array", "contains: {type: string}"),
        ("type: array, contains: {type: string}", "minContains: 2"),
        ("type: array, contains: {type: string}", "maxContains: 2"),
        ("type: array", "prefixItems: [{type: string}, {type: integer}]"),
        ("type: array", "unevaluatedItems: false"),
        ("type: string", "contentEncoding: base64"),
        ("type: string", "contentMediaType: image/png"),
        ("type: string", "contentSchema: {type: object}"),
    ] {
        let (old, new) = (crate_(ty), crate_(&format!("{ty}, {keyword}")));
        for (old, new) in [(&old, &new), (&new, &old)] {
            let verdict = compare(old, new).verdict();
            assert!(verdict.response >= Wire::Unknown, "{keyword}: {verdict:?}");
            assert_eq!(verdict.request, Wire::None, "{keyword}");
        }
    }
}

/// Where values are denied, a wider set of them is a narrower rest.
#[test]
fn a_component_that_is_denied() {
    let crate_ = "    Crate: {type: object, properties: {e: {type: string}}, not: {$ref: '#/components/schemas/Label'}}\n";
    let old = document(JSON, PLAIN, &format!("{LABEL}{crate_}"), "");
    let new = old.replace("code: {type: string}", "code: {type: integer}");
    let verdict = compare(&old, &new).verdict();
    assert_eq!((verdict.request, verdict.response), (Wire::Unknown, Wire::None));
}

#[test]
fn a_body_that_no_code_writes_or_reads() {
    let label = "schema: {type: object, properties: {label: {$ref: '#/components/schemas/Label'}}}";
    for media_type in
        ["multipart/form-data", "application/xml", "text/csv", "application/vnd.parcel"]
    {
        let body = format!("{media_type}: {{{label}}}");
        let old = document(&body, PLAIN, LABEL, "");
        check_reach(&old, Wire::Breaking, Wire::None);
    }
    for media_type in
        ["application/x-www-form-urlencoded", "application/xml", "text/csv", "text/event-stream"]
    {
        let old = document(PLAIN, &format!("{media_type}: {{{label}}}"), LABEL, "");
        check_reach(&old, Wire::None, Wire::Breaking);
        let old = document(PLAIN, &format!("{PLAIN}, {media_type}: {{{label}}}"), LABEL, "");
        check_reach(&old, Wire::None, Wire::Breaking);
    }
    let old = document(&format!("anything: {{{label}}}"), PLAIN, LABEL, "");
    let from = "schema: {type: object, properties: {label:";
    let to = "schema: {type: object, required: [label], properties: {label:";
    check(&old, from, to, ("unknown", "POST /parcels", Wire::Unknown, Wire::None));
}

#[test]
fn how_a_form_and_a_query_are_written() {
    let form = "application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: array, items: {type: string}}}}}";
    let old = document(form, PLAIN, "", "");
    let from = "items: {type: string}}}}}";
    let to = "items: {type: string}}}}, encoding: {a: {style: form, explode: false}}}";
    let diff = compare(&old, &old.replace(from, to));
    assert!(diff.verdict().request >= Wire::Unknown, "{:?}", diff.findings);
    assert_eq!(diff.verdict().response, Wire::None);
    let old = document(
        PLAIN,
        PLAIN,
        "",
        "      parameters: [{name: q, in: query, schema: {type: string}}]",
    );
    let row = ("parameter-style-changed", "query parameter q", Wire::Breaking, Wire::None);
    check(&old, "in: query, schema", "in: query, allowReserved: true, schema", row);
}

#[test]
fn a_deep_object() {
    let parameter = "      parameters: [{name: filter, in: query, style: deepObject, schema: {type: object, properties: {label: {$ref: '#/components/schemas/Label'}, n: {type: string}}}}]";
    let old = document(PLAIN, PLAIN, LABEL, parameter);
    check_reach(&old, Wire::Breaking, Wire::None);
    let diff = compare(&old, &old.replace("n: {type: string}", "n: {type: number}"));
    let verdict = diff.verdict();
    assert_eq!(
        (verdict.request, verdict.response),
        (Wire::Breaking, Wire::None),
        "{:?}",
        diff.findings
    );
}

/// The server calls: what it sends is a response to the client, and what the
/// client answers is a request.
#[test]
fn webhooks_and_callbacks_travel_the_other_way() {
    let item = "{post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Label'}}}}, responses: {'200': {description: Seen., content: {application/json: {schema: {$ref: '#/components/schemas/Answer'}}}}}}}";
    let schemas =
        format!("{LABEL}    Answer: {{type: object, properties: {{seen: {{type: boolean}}}}}}\n");
    let webhook = document(PLAIN, PLAIN, &schemas, &format!("webhooks: {{arrived: {item}}}"));
    let callback = document(
        PLAIN,
        PLAIN,
        &schemas,
        &format!("      callbacks: {{arrived: {{'{{$request.body#/url}}': {item}}}}}"),
    );
    for old in [&webhook, &callback] {
        check_reach(old, Wire::None, Wire::Breaking);
        let row = ("type-changed", "Answer.seen", Wire::Breaking, Wire::None);
        check(old, "seen: {type: boolean}", "seen: {type: string}", row);
    }
    let diff = compare(&webhook, &webhook.replace("arrived", "left"));
    let subjects: Vec<_> = diff.findings.iter().map(|it| it.subject.as_str()).collect();
    assert_eq!(subjects, ["webhook arrived", "webhook left"]);
    assert_eq!(diff.verdict().wire(), Wire::Unknown);
}

#[test]
fn an_operation_with_a_body_that_no_code_writes() {
    let upload = "  /uploads:
    post:
      operationId: upload
      requestBody: {content: {multipart/form-data: {schema: {type: object}}}}
      responses: {'204': {description: Done.}}";
    let (without, with) = (document(PLAIN, PLAIN, "", ""), document(PLAIN, PLAIN, "", upload));
    let rows = |old: &str, new: &str| {
        let diff = compare(old, new);
        let row =
            |it: &tamarack_diff::Finding| (it.kind.id(), it.verdict.request, it.verdict.response);
        diff.findings.iter().map(row).collect::<Vec<_>>()
    };
    assert_eq!(rows(&without, &with), [("operation-added", Wire::Compatible, Wire::None)]);
    assert_eq!(rows(&with, &without), [("operation-removed", Wire::Breaking, Wire::None)]);
}

/// A token that lacks a scope is refused.
#[test]
fn scopes_and_where_a_token_comes_from() {
    let scheme = "  securitySchemes:
    login:
      type: oauth2
      flows: {clientCredentials: {tokenUrl: 'https://login.test/token', scopes: {read: Look., write: Send.}}}\n";
    let own = "      security: [{login: [read]}]";
    let old = document(PLAIN, PLAIN, scheme, own);
    let added = ("security-scope-added", "send_parcel", Wire::Breaking, Wire::None);
    let removed = ("security-scope-removed", "send_parcel", Wire::Compatible, Wire::None);
    check(&old, "login: [read]", "login: [write, read]", added);
    check(&old, "login: [read]", "login: []", removed);
    // Another way in takes nothing from those who have one.
    check(&old, "[{login: [read]}]", "[{login: [read]}, {login: [write]}]", removed);
    let swapped: Vec<_> = compare(&old, &old.replace("login: [read]", "login: [write]"))
        .findings
        .iter()
        .map(|it| it.kind.id())
        .collect();
    assert_eq!(swapped, ["security-scope-added", "security-scope-removed"]);
    let row = |subject| ("unknown", subject, Wire::Unknown, Wire::None);
    let url = "https://login.test/token";
    check(&old, url, "https://login.test/oauth", row("security scheme login token URL"));
    let scopes = "security scheme login scopes";
    check(&old, ", write: Send.", "", row(scopes));
    check(&old, "Look.", "Look at it.", ("docs-changed", scopes, Wire::None, Wire::None));
    // A flow in which a person takes part is left over.
    let code = "authorizationCode: {authorizationUrl: 'https://login.test/ask', tokenUrl";
    let old = old.replace("clientCredentials: {tokenUrl", code);
    let flows = "security scheme login flows";
    check(&old, url, "https://login.test/oauth", row(flows));
    check(&old, ", write: Send.", "", row(flows));
    check(&old, "Look.", "Look at it.", ("docs-changed", flows, Wire::None, Wire::None));
}

/// What a schema says that others extend, the others say too.
#[test]
fn a_keyword_of_a_base() {
    let schemas = "    Base: {type: object, properties: {e: {type: string}}, not: {required: [x]}}
    Crate: {allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {f: {type: string}}}]}\n";
    let old = document(JSON, PLAIN, schemas, "");
    let diff = compare(&old, &old.replace("required: [x]", "required: [y]"));
    let verdict = diff.verdict();
    assert_eq!(
        (verdict.request, verdict.response),
        (Wire::Unknown, Wire::None),
        "{:?}",
        diff.findings
    );
}

/// What was sent may still be sent; what is received may be the other one.
#[test]
fn an_object_that_becomes_one_of_two() {
    let of = |schema: &str| {
        let schemas = format!("    Crate: {{type: object, properties: {{to: {schema}}}}}\n");
        document(JSON, JSON, &schemas, "")
    };
    let a = "{type: object, properties: {a: {type: string}}}";
    let b = "{type: object, properties: {b: {type: string}}}";
    let diff = compare(&of(a), &of(&format!("{{oneOf: [{a}, {b}]}}")));
    let wire = (diff.verdict().request, diff.verdict().response);
    assert_eq!(wire, (Wire::Compatible, Wire::Breaking), "{:?}", diff.findings);
}

/// Each union inside of another is compared once, not once for each pair of the outer ones: that would never end.
#[test]
fn unions_that_nest_deeply() {
    let nested = |depth: usize, inner: &str| {
        let union = |acc: String, _| format!("oneOf: [{{{acc}}}, {{type: boolean, enum: [true]}}]");
        let union = (0..depth).fold(format!("type: {inner}"), union);
        format!(
            "    Crate: {{type: object, not: {{{union}}}, properties: {{a: {{type: string}}}}}}\n"
        )
    };
    let text = |schemas: &str| document(JSON, PLAIN, schemas, "");
    let diff = compare(&text(&nested(40, "string")), &text(&nested(41, "integer")));
    let rows: Vec<_> = diff.findings.iter().map(|it| it.verdict.request).collect();
    assert_eq!(rows, [Wire::Unknown]);
}

/// The objects of a union by key have one property each; whether others may stand beside it no type shows.
#[test]
fn a_branch_with_one_key_that_is_closed() {
    let crate_ = "    Crate: {oneOf: [{type: object, required: [a], properties: {a: {type: string}}}, {type: object, title: B, required: [b], properties: {b: {type: string}}}]}\n";
    let old = document(JSON, PLAIN, crate_, "");
    let row = ("object-closed", "Crate|b", Wire::Breaking, Wire::None);
    check(&old, "title: B,", "title: B, additionalProperties: false,", row);
}
