//! Which properties, parameters and headers are secrets, why, and what the overlay changes of it.

use super::{HEAD, line, read};
use crate::api::{Api, Operation, Secrecy, Shape};

/// Returns the secrets of a document, each with its reason, and what was said.
fn secrets(spec: &str, overlay: Option<&str>) -> (Vec<String>, Vec<String>) {
    let (model, said) = read(&format!("{HEAD}{spec}"), overlay);
    let api = model.map(|it| it.api);
    (api.iter().flat_map(of_api).collect(), said.iter().map(line).collect())
}

fn of_api(api: &Api) -> Vec<String> {
    let properties = api.types.iter().flat_map(|it| match &it.shape {
        Shape::Struct(it) => it.properties.as_slice(),
        _ => &[],
    });
    let properties = properties.map(|it| (&it.name, &it.secret));
    let parameters = api.operations.iter().flat_map(|it| &it.parameters);
    let headers = api.operations.iter().flat_map(Operation::response_headers);
    let headers = headers.map(|it| (&it.name, &it.secret));
    (properties.chain(parameters.map(|it| (&it.name, &it.secret))).chain(headers))
        .filter_map(|(name, secret)| {
            let reason = match secret.as_ref()? {
                Secrecy::Declared(keyword) => keyword,
                Secrecy::Named => "named",
                Secrecy::Overlay(reason) => reason,
            };
            Some(format!("{name}: {reason}"))
        })
        .collect()
}

/// Checks the secrets of an object with these properties; nothing is said.
#[track_caller]
fn check(properties: &str, expected: &[&str]) {
    let spec = format!(
        "paths: {{}}
components:
  schemas:
    O: {{type: object, properties: {{{properties}}}}}
    Text: {{type: string}}
    Pin: {{type: string, format: password}}
    Tag: {{type: string, x-secret: true}}
    Kind: {{type: string, enum: [a]}}
    Other: {{type: object, properties: {{a: {{type: string}}}}}}
"
    );
    let (found, said) = secrets(&spec, None);
    assert_eq!(found, expected);
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn a_keyword_of_the_schema_says_so_wherever_it_stands() {
    check("a: {type: string, format: password}", &["a: format"]);
    check("a: {type: string, x-secret: true}", &["a: x-secret"]);
    check("a: {type: string, x-sensitive: true}", &["a: x-sensitive"]);
    check("a: {type: string, x-secret: false}", &[]);
    check("a: {$ref: '#/components/schemas/Pin'}", &["a: format"]);
    check("a: {$ref: '#/components/schemas/Tag'}", &["a: x-secret"]);
    check("a: {$ref: '#/components/schemas/Text', x-secret: true}", &["a: x-secret"]);
    check("a: {allOf: [{$ref: '#/components/schemas/Tag'}], description: d}", &["a: x-secret"]);
    check("a: {type: array, items: {type: string, format: password}}", &["a: format"]);
    check("a: {type: array, items: {$ref: '#/components/schemas/Tag'}}", &["a: x-secret"]);
    check(
        "a: {type: object, additionalProperties: {type: string, x-secret: true}}",
        &["a: x-secret"],
    );
}

#[test]
fn a_name_says_so_of_texts_alone() {
    check("password: {type: string}", &["password: named"]);
    check("password: {type: string, nullable: true}", &["password: named"]);
    check("password: {$ref: '#/components/schemas/Text'}", &["password: named"]);
    check(
        "secrets: {type: array, items: {$ref: '#/components/schemas/Text'}}",
        &["secrets: named"],
    );
    check("secrets: {type: object, additionalProperties: {type: string}}", &["secrets: named"]);
    check("password: {type: boolean}", &[]);
    check("password: {type: integer}", &[]);
    check("password: {type: string, format: date-time}", &[]);
    check("password: {$ref: '#/components/schemas/Kind'}", &[]);
    check("password: {$ref: '#/components/schemas/Other'}", &[]);
}

#[test]
fn parameters_are_looked_at_wherever_they_are_sent() {
    let parameter = |at: &str| format!("{{name: X-Api-Key, in: {at}, schema: {{type: string}}}}");
    let all = ["query", "header", "cookie"].map(parameter).join(", ");
    let spec = format!(
        "paths: {{'/a/{{password}}': {{get: {{operationId: x, parameters: [{all},
          {{name: password, in: path, required: true, schema: {{type: string}}}},
          {{name: a, in: query, x-secret: true, schema: {{type: string}}}},
          {{name: b, in: query, schema: {{type: string, format: password}}}}], responses: {{}}}}}}}}"
    );
    let (found, said) = secrets(&spec, None);
    let keys = ["X-Api-Key: named"; 3];
    assert_eq!(found, [&keys[..], &["password: named", "a: x-secret", "b: format"]].concat());
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn headers_of_responses_are_looked_at() {
    let spec = "paths: {/a: {get: {operationId: x, responses: {'204': {description: d, headers: {
      X-Auth-Token: {schema: {type: string}}, X-Next-Page: {schema: {type: string}},
      X-Pin: {schema: {type: string, format: password}}, X-Mine: {schema: {type: string}},
      X-Api-Key: {schema: {type: integer}}}}}}}}";
    let (found, said) = secrets(spec, None);
    assert_eq!(found, ["X-Auth-Token: named", "X-Pin: format"]);
    assert!(said.is_empty(), "{said:?}");
    let at = "#/paths/~1a/get/responses/204/headers";
    let overlay = format!(
        "not-secret = [{{at = '{at}/X-Auth-Token', reason = 'r'}}]
secret = [{{at = '{at}/X-Mine', reason = 'mine'}}]"
    );
    let (found, said) = secrets(spec, Some(&overlay));
    assert_eq!(found, ["X-Pin: format", "X-Mine: mine"]);
    assert!(said.is_empty(), "{said:?}");
}

/// A session's name is a secret in a cookie: in a header it can be that of a log.
#[test]
fn cookies_of_sessions() {
    let of = |location: &str| {
        let one =
            |name: &str| format!("{{name: {name}, in: {location}, schema: {{type: string}}}}");
        let all = ["JSESSIONID", "connect.sid", "theme"].map(one).join(", ");
        let spec = format!(
            "paths: {{/a: {{get: {{operationId: x, parameters: [{all}], responses: {{'204': {{description: d}}}}}}}}}}"
        );
        secrets(&spec, None)
    };
    let expected = ["JSESSIONID: named".to_owned(), "connect.sid: named".to_owned()];
    assert_eq!(of("cookie"), (expected.to_vec(), vec![]));
    assert_eq!(of("header"), (vec![], vec![]));
}

#[test]
fn a_cursor_is_told_by_what_the_operation_answers() {
    let spec = |name: &str| {
        format!(
            "paths: {{/logs: {{get: {{operationId: x, parameters: [{{name: token, in: query, schema: {{type: string}}}}],
               responses: {{200: {{description: d, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Log'}}}}}}}}}}}}}}}}
components: {{schemas: {{Log: {{type: object, properties: {{{name}: {{type: string}}}}}}}}}}"
        )
    };
    assert_eq!(secrets(&spec("text"), None).0, ["token: named"]);
    assert!(secrets(&spec("continuation_token"), None).0.is_empty());
}

#[test]
fn a_keyword_where_nothing_can_be_hidden_is_reported() {
    let spec = "paths: {}
components: {schemas: {O: {type: object, properties: {a: {type: integer, x-secret: true}}}}}";
    assert_eq!(
        secrets(spec, None),
        (vec![], vec!["-OAS317 #/components/schemas/O/properties/a/x-secret".to_owned()])
    );
}

/// A type that only responses use, inside of another one, and one that is sent.
const LOGIN: &str = "paths:
  /a:
    post:
      operationId: x
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Login'}}}}
      responses: {200: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Outer'}}}}}
components:
  schemas:
    Login: {type: object, properties: {password: {type: string}, hint: {type: string}}}
    Outer: {type: object, properties: {session: {$ref: '#/components/schemas/Session'}}}
    Session: {type: object, properties: {access_token: {type: string}}}
";

#[test]
fn the_overlay_adds_and_takes_away() {
    let at = "#/components/schemas/Login/properties";
    let overlay = format!(
        "secret = [{{at = '{at}/hint', reason = 'it helps'}}]
not-secret = [{{at = '{at}/password', reason = 'r'}}]"
    );
    let (found, said) = secrets(LOGIN, Some(&overlay));
    assert_eq!(found, ["hint: it helps", "access_token: named"]);
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn an_entry_that_changes_nothing_is_an_error() {
    let at = "#/components/schemas/Login/properties/hint";
    for overlay in [
        format!("not-secret = [{{at = '{at}', reason = 'r'}}]"),
        // The two contradict each other.
        format!(
            "secret = [{{at = '{at}', reason = 'r'}}]\nnot-secret = [{{at = '{at}', reason = 'r'}}]"
        ),
    ] {
        assert_eq!(secrets(LOGIN, Some(&overlay)), (vec![], vec![format!("!OAS501 {at}")]));
    }
    // A request uses it, so that it has what the entry gives.
    let at = "#/components/schemas/Login";
    let overlay = format!("serialize = [{{at = '{at}', reason = 'r'}}]");
    assert_eq!(secrets(LOGIN, Some(&overlay)), (vec![], vec![format!("!OAS501 {at}")]));
}
