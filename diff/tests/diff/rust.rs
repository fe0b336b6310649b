//! The Rust verdict of changes that the compiler was asked about: what breaks code is `major`, what does not is less.

use tamarack::{Input, Model};
use tamarack_diff::{self as diff, Rust};

/// Bodies and responses that are inline, an alias, a union, a server, credentials.
const FERRY: &str = "\
openapi: 3.0.3
info: {title: Ferry, version: '1'}
paths:
  /boats/{boat}:
    post:
      operationId: board
      parameters:
        - {name: boat, in: path, required: true, schema: {type: string}}
        - {name: deck, in: query, required: true, schema: {type: integer}}
      requestBody: {content: {application/json: {schema: {type: integer}}}}
      responses:
        '200': {description: Aboard., content: {application/json: {schema: {type: integer}}}}
        '409': {description: Full., content: {application/json: {schema: {type: string}}}}
  /ports:
    get:
      operationId: list_ports
      responses:
        '200':
          description: All.
          content:
            application/json: {schema: {$ref: '#/components/schemas/Port'}}
            text/plain: {schema: {type: string}}
    put:
      operationId: put_port
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Berth'}}}}
      responses:
        '200': {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Berth'}}}}
        '204': {description: Nothing.}
components:
  securitySchemes:
    pass: {type: apiKey, in: header, name: X-Pass}
  schemas:
    Code: {type: string}
    Port:
      type: object
      properties: {code: {$ref: '#/components/schemas/Code'}}
      additionalProperties: {type: integer}
    Berth:
      type: object
      required: [length]
      properties: {length: {type: integer}}
";

/// A webhook with an inline body, and one of a component.
const LOCK: &str = "\
openapi: 3.1.0
info: {title: Lock, version: '1'}
paths: {}
webhooks:
  opened:
    post:
      parameters: [{name: X-Gate, in: header, schema: {type: string}}]
      requestBody: {required: true, content: {application/json: {schema: {type: object, required: [at], properties: {at: {type: string}}}}}}
      responses: {'204': {description: Seen.}}
  closed:
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Closed'}}}}
      responses: {'204': {description: Seen.}}
components:
  schemas:
    Closed: {type: object, properties: {by: {type: string}}}
    Other: {type: object, properties: {to: {type: string}}}
";

#[test]
fn webhooks_are_structs_with_fields() {
    let worst = |from: &str, to: &str| {
        assert!(LOCK.contains(from), "{from}");
        let new = LOCK.replace(from, to);
        (diff::compare(&model(LOCK), &model(&new)).verdict().rust, new)
    };
    for (from, to, expected) in [
        ("  opened:", "  unlocked:", Rust::Major),
        ("name: X-Gate, in: header", "name: X-Gate, in: header, required: true", Rust::Major),
        ("name: X-Gate", "name: X-Door", Rust::Major),
        (
            "parameters: [{",
            "parameters: [{name: n, in: query, schema: {type: string}}, {",
            Rust::Minor,
        ),
        ("    post:\n      requestBody", "    put:\n      requestBody", Rust::None),
        ("schemas/Closed'", "schemas/Other'", Rust::Major),
        ("at: {type: string}", "at: {type: integer}", Rust::Major),
        (
            "required: true, content: {application/json: {schema: {$ref",
            "required: false, content: {application/json: {schema: {$ref",
            Rust::Major,
        ),
        ("by: {type: string}", "by: {type: integer}", Rust::Major),
    ] {
        assert_eq!(worst(from, to).0, expected, "{from} -> {to}");
    }
    let (_, without) = worst("  opened:\n    post:", "  opened:\n    x-post:");
    let diff = diff::compare(&model(&without), &model(LOCK));
    assert_eq!(diff.verdict().rust, Rust::Minor);
}

fn model(text: &str) -> Model {
    tamarack::read(&Input::new("ferry.yaml", text)).model.expect("a model")
}

/// Replaces one text of the document and compares; each row is written as
/// kind, subject, Rust.
#[track_caller]
fn check(from: &str, to: &str, expected: &[(&str, &str, Rust)]) {
    check_from(FERRY, from, to, expected);
}

#[track_caller]
fn check_from(document: &str, from: &str, to: &str, expected: &[(&str, &str, Rust)]) {
    assert!(document.contains(from), "`{from}` is not in the document");
    let diff = diff::compare(&model(document), &model(&document.replacen(from, to, 1)));
    let row = |it: &diff::Finding| (it.kind.id(), it.subject.clone(), it.verdict.rust);
    let rows: Vec<_> = diff.findings.iter().map(row).collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|(kind, subject, rust)| (*kind, (*subject).to_owned(), *rust))
        .collect();
    assert_eq!(rows, expected);
}

#[test]
fn the_type_of_a_body_without_a_name() {
    check(
        "requestBody: {content: {application/json: {schema: {type: integer}}}}",
        "requestBody: {content: {application/json: {schema: {type: string}}}}",
        &[("type-changed", "board request body", Rust::Major)],
    );
}

#[test]
fn the_type_of_a_reply_without_a_name() {
    check(
        "Aboard., content: {application/json: {schema: {type: integer}}}",
        "Aboard., content: {application/json: {schema: {type: string}}}",
        &[("type-changed", "board response 200", Rust::Major)],
    );
    check(
        "Full., content: {application/json: {schema: {type: string}}}",
        "Full., content: {application/json: {schema: {type: boolean}}}",
        &[("type-changed", "board response 409", Rust::Major)],
    );
}

/// Each media type of a response with a type of its own is a variant of an enum; one alone is the type.
#[test]
fn a_media_type_of_a_reply() {
    let text = "            text/plain: {schema: {type: string}}\n";
    let xml = "            application/xml: {schema: {type: string}}\n";
    let json = "            application/json: {schema: {$ref: '#/components/schemas/Port'}}\n";
    for removed in [text, json] {
        check(removed, "", &[("media-type-removed", "list_ports response 200", Rust::Major)]);
    }
    let added = format!("{text}{xml}");
    check(text, &added, &[("media-type-added", "list_ports response 200", Rust::Minor)]);
    // What is decoded as the same type is a variant that is there already.
    let hal = json.replace("application/json", "application/hal+json");
    let added = format!("{json}{hal}");
    check(json, &added, &[("media-type-added", "list_ports response 200", Rust::Minor)]);
}

/// A status that never has a body has none in code either.
#[test]
fn a_body_that_cannot_be() {
    check(
        "'204': {description: Nothing.}",
        "'204': {description: Nothing., content: {application/json: {schema: {type: string}}}}",
        &[("response-body-added", "put_port response 204", Rust::None)],
    );
}

#[test]
fn the_type_of_other_members() {
    check(
        "additionalProperties: {type: integer}",
        "additionalProperties: {type: string}",
        &[("type-changed", "Port{}", Rust::Major)],
    );
}

/// An alias is its type: what has no name any more is what it was.
#[test]
fn an_alias_in_place_of_its_type() {
    check(
        "properties: {code: {$ref: '#/components/schemas/Code'}}",
        "properties: {code: {type: string}}",
        &[],
    );
}

/// A type that may be null is the same type; where it stands is `Option`, and
/// an optional property is that already.
#[test]
fn a_named_type_that_may_be_null() {
    check(
        "Code: {type: string}",
        "Code: {type: string, nullable: true}",
        &[("nullable-added", "Code", Rust::None), ("nullable-added", "Port.code", Rust::None)],
    );
    check_from(
        &FERRY.replace(
            "    Port:\n      type: object\n",
            "    Port:\n      type: object\n      required: [code]\n",
        ),
        "Code: {type: string}",
        "Code: {type: string, nullable: true}",
        &[("nullable-added", "Port.code", Rust::Major), ("nullable-added", "Code", Rust::None)],
    );
}

/// What is optional is a field of the operation with a setter, also the first.
#[test]
fn the_first_optional_parameter_and_the_second() {
    let deck = "        - {name: deck, in: query, required: true, schema: {type: integer}}\n";
    let lane = "        - {name: lane, in: query, schema: {type: integer}}\n";
    check(
        deck,
        &format!("{deck}{lane}"),
        &[("optional-parameter-added", "query parameter lane", Rust::Minor)],
    );
    check(
        "operationId: list_ports\n",
        &format!("operationId: list_ports\n      parameters:\n{lane}"),
        &[("optional-parameter-added", "query parameter lane", Rust::Minor)],
    );
    let json = "application/json: {schema: {$ref: '#/components/schemas/Berth'}}";
    check(
        json,
        &format!("{json}, {}", json.replace("json", "x-www-form-urlencoded")),
        &[("media-type-added", "put_port request body", Rust::Minor)],
    );
}

/// Parameters of the path are told by their place; the name is the one of a field.
#[test]
fn a_renamed_parameter_of_the_path() {
    check(
        "/boats/{boat}:\n    post:\n      operationId: board\n      parameters:\n        - {name: boat,",
        "/boats/{ship}:\n    post:\n      operationId: board\n      parameters:\n        - {name: ship,",
        &[("path-parameter-renamed", "path parameter ship", Rust::Major)],
    );
}

/// A type that is received alone has no setters; it had none if its
/// constructor takes every property.
#[test]
fn a_type_that_is_sent_no_more() {
    check(
        "      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Berth'}}}}\n",
        "",
        &[("body-removed", "put_port request body", Rust::Major)],
    );
}

#[test]
fn a_credential_of_another_kind() {
    let pass = "pass: {type: apiKey, in: header, name: X-Pass}";
    let row = |rust| [("security-scheme-changed", "security scheme pass", rust)];
    let (bearer, basic) =
        ("pass: {type: http, scheme: bearer}", "pass: {type: http, scheme: basic}");
    check(pass, "pass: {type: apiKey, in: query, name: pass}", &row(Rust::Patch));
    // Only a bearer token can come from a provider: `Credential::pass_from`.
    check(pass, bearer, &row(Rust::Minor));
    check_from(&FERRY.replace(pass, bearer), bearer, pass, &row(Rust::Major));
    check(pass, basic, &row(Rust::Major));
}

/// Without a server the client is given one when it is made.
#[test]
fn a_server() {
    let paths = "paths:\n  /boats";
    let fixed = format!("servers: [{{url: 'https://ferry.test'}}]\n{paths}");
    check(paths, &fixed, &[("server-added", "servers", Rust::Major)]);
    let with_server = FERRY.replace(paths, &fixed);
    let https = "https://ferry.test";
    check_from(
        &with_server,
        https,
        "https://boats.test",
        &[("server-changed", "servers", Rust::Patch)],
    );
    check_from(&with_server, https, "/v1", &[("server-changed", "servers", Rust::Major)]);
    let open = "https://{area}.ferry.test', variables: {area: {default: north}}, description: 'A";
    check_from(&with_server, https, open, &[("server-changed", "servers", Rust::Major)]);
}

/// An operation that is left out leaves the types of its parameters behind,
/// which are called after it.
#[test]
fn what_a_missing_operation_leaves_behind() {
    let left_out = "  /holds:
    post:
      operationId: load
      parameters: [{name: kind, in: query, schema: {type: string, enum: [wood, coal]}}]
      requestBody: {required: true, content: {anything: {schema: {type: object}}}}
      responses: {'204': {description: Loaded.}}
  /ports:
";
    check_from(
        &FERRY.replace("  /ports:\n", left_out),
        "operationId: load",
        "operationId: stow",
        &[
            ("type-removed", "load parameter kind", Rust::Major),
            ("type-added", "stow parameter kind", Rust::Minor),
            ("operation-renamed", "POST /holds", Rust::None),
        ],
    );
}

/// The value of a header that the client sends by itself is a constant.
#[test]
fn a_constant_header() {
    let deck = "        - {name: deck, in: query, required: true, schema: {type: integer}}\n";
    let sail = "        - {name: X-Sail, in: header, required: true, schema: {type: string, default: '1'}}\n";
    let with_sail = FERRY.replace(deck, &format!("{deck}{sail}"));
    let row = |kind, rust| [(kind, "header parameter X-Sail", rust)];
    check(deck, &format!("{deck}{sail}"), &row("constant-header-added", Rust::None));
    check_from(&with_sail, sail, "", &row("constant-header-removed", Rust::Major));
    // What lists its values is an enum besides.
    let listed = with_sail.replace("default: '1'", "enum: [a]");
    check_from(&listed, "enum: [a]", "enum: [b]", &row("constant-header-changed", Rust::Major));
    // The caller gives the value from now on, and the constant is gone.
    let free = row("constant-header-changed", Rust::Major);
    check_from(&with_sail, "default: '1'", "default: a", &free);
    let second = ("enum-value-added", "board parameter X-Sail", Rust::Minor);
    check_from(&listed, "enum: [a]", "enum: [a, b]", &[free[0], second]);
}

/// A required header with any other default has a setter.
#[test]
fn a_header_with_a_default() {
    let deck = "        - {name: deck, in: query, required: true, schema: {type: integer}}\n";
    let sail = "        - {name: X-Sail, in: header, required: true, schema: {type: string, default: a}}\n";
    let with_sail = FERRY.replace(deck, &format!("{deck}{sail}"));
    let row = |kind, rust| [(kind, "header parameter X-Sail", rust)];
    check(deck, &format!("{deck}{sail}"), &row("required-parameter-added", Rust::Minor));
    check_from(&with_sail, sail, "", &row("required-parameter-removed", Rust::Major));
    check_from(&with_sail, "default: a", "default: b", &row("default-changed", Rust::Patch));
    check_from(&with_sail, ", default: a", "", &row("default-removed", Rust::Major));
    let optional = sail.replace("required: true, ", "");
    check_from(&with_sail, sail, &optional, &row("became-optional", Rust::None));
}

/// A value becomes the union by `From` where one variant alone has its type.
#[test]
fn a_second_variant_of_a_type() {
    let branch = |key: &str, ty: &str| {
        format!(
            "        - {{type: object, additionalProperties: false, required: [{key}], \
             properties: {{{key}: {{$ref: '#/components/schemas/{ty}'}}}}}}\n"
        )
    };
    let union = format!(
        "{FERRY}    Cargo:\n      oneOf:\n{}{}",
        branch("berth", "Berth"),
        branch("code", "Code")
    );
    let last = branch("code", "Code");
    let more = |key: &str, ty: &str| format!("{last}{}", branch(key, ty));
    let row = |rust| [("variant-added", "Cargo", rust)];
    check_from(&union, &last, &more("port", "Port"), &row(Rust::Minor));
    check_from(&union, &last, &more("pier", "Berth"), &row(Rust::Major));
    // An alias is the type that it stands for, and a third variant takes nothing away.
    let aliased = union.replace("    Port:\n", "    Word: {type: string}\n    Port:\n");
    check_from(&aliased, &last, &more("word", "Word"), &row(Rust::Major));
    let twice = union.replace(&last, &more("pier", "Berth"));
    check_from(&twice, &last, &more("quay", "Berth"), &row(Rust::Minor));
}

/// Two parameters of one name are two fields; a row shows the one that it is about.
#[test]
fn a_row_shows_the_code_of_its_own_parameter() {
    let query = "name: deck, in: query, required: true, schema: {type: ";
    let document = |ty: &str| {
        let text = FERRY.replacen("name: deck,", "name: boat,", 1);
        let query = query.replacen("deck", "boat", 1);
        text.replacen(&format!("{query}integer"), &format!("{query}{ty}"), 1)
    };
    let diff = diff::compare(&model(&document("integer")), &model(&document("number")));
    let rows: Vec<_> = diff.findings.iter().filter(|it| it.subject.contains("boat")).collect();
    let code: Vec<_> =
        rows.iter().map(|it| (it.old.rust.as_deref(), it.new.rust.as_deref())).collect();
    assert_eq!(code, [(Some("boat_query: i64"), Some("boat_query: f64"))]);
}
